//! Form 05 of TT 03/2025, thông báo dừng giải quyết hồ sơ: why, at which stage, and what becomes of the money (L-44).

use super::block::{Block, by_the_head, field, words};
use super::parts::{Issued, Matter, Signer};
use super::{amount, phrases};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StopNotice {
    /// The dossier.
    pub matter: Matter,
    /// Received; none when it was stopped before.
    pub received_at: Option<DateTime<Utc>>,
    /// Stage it had come to, in words.
    pub stage: String,
    /// Why, in words.
    pub reason: String,
    /// Phí of the dossier, in đồng.
    pub phi: i64,
    /// Lệ phí of the dossier, in đồng.
    pub le_phi: i64,
    /// Whether they have been paid.
    pub paid: bool,
    /// Who signs for the agency.
    pub signer: Signer,
}

impl StopNotice {
    pub(super) fn blocks(&self, issued: &Issued) -> Vec<Block> {
        let received = self.received_at.map_or_else(|| "Chưa tiếp nhận".into(), phrases::moment);
        let before = vec![
            field("Kính gửi", &self.matter.applicant),
            field("Mã hồ sơ", &self.matter.code),
            field("Nội dung yêu cầu giải quyết", &self.matter.procedure),
            field("Thời gian nhận hồ sơ", received),
            field("Giai đoạn giải quyết khi dừng", &self.stage),
        ];
        let after = vec![
            field("Lý do dừng", &self.reason),
            field("Phí", phrases::money(self.phi)),
            field("Lệ phí", phrases::money(self.le_phi)).beside(),
            field("Nghĩa vụ tài chính", self.settlement()),
        ];
        vec![
            Block::Fields { fields: before },
            words(format!(
                "{} thông báo dừng giải quyết hồ sơ nêu trên kể từ {}.",
                issued.agency,
                phrases::moment(issued.at)
            )),
            Block::Fields { fields: after },
            words("Ông/Bà/Tổ chức có thể nộp hồ sơ mới khi đủ điều kiện theo quy định./."),
            by_the_head(&self.signer.title, &self.signer.name),
        ]
    }

    fn settlement(&self) -> String {
        match (self.phi.saturating_add(self.le_phi), self.paid) {
            (0, _) => "Không phát sinh".into(),
            (_, false) => "Chưa nộp; không phải nộp nữa".into(),
            (total, true) => {
                format!("Đã nộp {}; việc hoàn trả thực hiện theo quy định", amount::figures(total))
            }
        }
    }
}
