//! Form 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả: what came in, when, and when the result is due (L-03, L-05).

use super::block::{Block, Field, Table, at_the_desk, centred, column, field};
use super::parts::{Issued, Matter, PaperLine};
use super::phrases;
use crate::deadlines::TimeLimit;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the receipt says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The dossier.
    pub matter: Matter,
    /// Look-up secret (C-16).
    pub secret: String,
    /// What came in.
    pub papers: Vec<PaperLine>,
    /// Number of sets (bộ).
    pub sets: u8,
    /// Statutory time limit.
    pub limit: TimeLimit,
    /// Received.
    pub received_at: DateTime<Utc>,
    /// Appointment, to the minute; none when it counts from the reception at the competent agency (L-20).
    pub due_at: Option<DateTime<Utc>>,
    /// The competent agency.
    pub authority: String,
    /// Key of how the result goes back.
    pub return_method: String,
    /// Phí asked, in đồng.
    pub phi: i64,
    /// Lệ phí asked, in đồng; a sum of its own (F-01).
    pub le_phi: i64,
    /// The book (quyển số): the year it was opened for (L-56).
    pub book: i32,
    /// Who handed it in.
    pub submitter: String,
    /// Who received it.
    pub officer: String,
}

impl Receipt {
    pub(super) fn blocks(&self, issued: &Issued) -> Vec<Block> {
        vec![
            Block::Fields { fields: self.person(issued) },
            self.handed_in(),
            Block::Fields { fields: self.terms() },
            self.appointment(),
            Block::Fields { fields: self.booked(issued) },
            at_the_desk(&self.submitter, "NGƯỜI TIẾP NHẬN HỒ SƠ", &self.officer),
            Block::LookUp { code: self.matter.code.clone(), secret: self.secret.clone(), remarks: remarks() },
        ]
    }

    fn person(&self, issued: &Issued) -> Vec<Field> {
        let mut fields = vec![field("Mã hồ sơ", &self.matter.code), field("Nơi tiếp nhận", issued.speaker())];
        fields.extend(self.matter.fields("Tiếp nhận hồ sơ của"));
        fields
    }

    fn handed_in(&self) -> Block {
        let columns = vec![
            centred("", "TT", 2),
            column("Thành phần hồ sơ nộp gồm", 16),
            centred("", "Bản chính", 4),
            centred("", "Bản sao", 4),
        ];
        let row = |(n, paper): (usize, &PaperLine)| {
            let copies = paper.certified.saturating_add(paper.copies);
            vec![(n + 1).to_string(), paper.name.clone(), paper.originals.to_string(), copies.to_string()]
        };
        Block::Table(Table { columns, rows: self.papers.iter().enumerate().map(row).collect() })
    }

    fn terms(&self) -> Vec<Field> {
        vec![
            field("Số lượng hồ sơ", format!("{:02} bộ", self.sets)),
            field("Thời gian giải quyết theo quy định", phrases::limit(self.limit)),
            field("Thời gian nhận hồ sơ", phrases::moment(self.received_at)),
            field("Phí", phrases::money(self.phi)),
            field("Lệ phí", phrases::money(self.le_phi)).beside(),
        ]
    }

    fn appointment(&self) -> Block {
        let words = self.due_at.map_or_else(
            || format!("Tính từ khi {} nhận đủ hồ sơ hợp lệ; sẽ thông báo ngay khi có.", self.authority),
            phrases::moment,
        );
        Block::Framed { label: "Thời gian trả kết quả giải quyết hồ sơ".into(), words }
    }

    fn booked(&self, issued: &Issued) -> Vec<Field> {
        let place = format!("Quyển số {}, số thứ tự {}", self.book, issued.number);
        vec![
            field("Đăng ký nhận kết quả", phrases::return_method(&self.return_method)),
            field("Vào Sổ theo dõi hồ sơ", place),
        ]
    }
}

fn remarks() -> Vec<String> {
    vec![
        "Giấy này được lập thành 02 bản: một bản giao người nộp, một bản lưu cùng hồ sơ.".into(),
        "Khi đến nhận kết quả, mang theo giấy này và giấy tờ tùy thân; người được ủy quyền mang theo giấy ủy quyền."
            .into(),
    ]
}
