//! Form 04, xin lỗi và hẹn lại ngày trả kết quả: sent before the appointment, and once only (L-40, L-41).

use super::block::{Block, by_the_head, field, words};
use super::parts::{Issued, Matter, Signer};
use super::phrases;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the apology says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apology {
    /// The dossier.
    pub matter: Matter,
    /// Received.
    pub received_at: DateTime<Utc>,
    /// The appointment as it was (L-41).
    pub due_before: DateTime<Utc>,
    /// The new appointment, later than the old one.
    pub due_after: DateTime<Utc>,
    /// Why, in words.
    pub reason: String,
    /// Who signs for the agency.
    pub signer: Signer,
}

impl Apology {
    pub(super) fn blocks(&self, issued: &Issued) -> Vec<Block> {
        let before = vec![
            field("Kính gửi", &self.matter.applicant),
            field("Mã hồ sơ", &self.matter.code),
            field("Nội dung yêu cầu giải quyết", &self.matter.procedure),
            field("Thời gian nhận hồ sơ", phrases::moment(self.received_at)),
            field("Thời gian hẹn trả kết quả", phrases::moment(self.due_before)),
        ];
        vec![
            Block::Fields { fields: before },
            words(format!(
                "{} không thể trả kết quả đúng thời gian đã hẹn và xin lỗi Ông/Bà/Tổ chức về sự chậm trễ này.",
                issued.agency
            )),
            Block::Fields { fields: vec![field("Lý do", &self.reason)] },
            Block::Framed {
                label: "Thời gian hẹn lại trả kết quả".into(),
                words: phrases::moment(self.due_after),
            },
            words(
                "Kết quả sẽ được trả chậm nhất vào thời gian hẹn lại nêu trên. Mong Ông/Bà/Tổ chức thông cảm./.",
            ),
            by_the_head(&self.signer.title, &self.signer.name),
        ]
    }
}
