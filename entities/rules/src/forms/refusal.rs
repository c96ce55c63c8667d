//! Form 03, phiếu từ chối tiếp nhận giải quyết hồ sơ: why a dossier is not taken in (L-03, L-04).

use super::block::{Block, at_the_desk, field, words};
use super::parts::{Issued, Matter};
use serde::{Deserialize, Serialize};

/// What the refusal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The dossier.
    pub matter: Matter,
    /// Why, in the officer's words.
    pub reason: String,
    /// Who refuses.
    pub officer: String,
}

impl Refusal {
    pub(super) fn blocks(&self, issued: &Issued) -> Vec<Block> {
        let mut fields = vec![field("Mã hồ sơ", &self.matter.code)];
        fields.extend(self.matter.fields("Hồ sơ của"));
        let reason = vec![field("Lý do", &self.reason)];
        vec![
            Block::Fields { fields },
            words(format!(
                "Sau khi xem xét, {} không tiếp nhận, giải quyết hồ sơ nêu trên với lý do cụ thể như sau:",
                issued.speaker()
            )),
            Block::Fields { fields: reason },
            words("Xin thông báo để Ông/Bà/Tổ chức được biết và thực hiện./."),
            at_the_desk(&self.matter.applicant, "NGƯỜI TIẾP NHẬN HỒ SƠ", &self.officer),
        ]
    }
}
