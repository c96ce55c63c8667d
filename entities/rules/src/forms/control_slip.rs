//! Phiếu kiểm soát quá trình giải quyết hồ sơ: every hand-over, who gave, who took, early, on time or late (L-53).

use super::block::{Block, Table, centred, column, field};
use super::parts::Matter;
use super::phrases;
use crate::local_time::local;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the slip says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlSlip {
    /// The dossier.
    pub matter: Matter,
    /// The unit that decides.
    pub authority: String,
    /// Units that help.
    pub partners: Vec<String>,
    /// Received.
    pub received_at: Option<DateTime<Utc>>,
    /// Due; none while the clock does not run.
    pub due_at: Option<DateTime<Utc>>,
    /// In the order they happened.
    pub handovers: Vec<Handover>,
}

/// One hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Unit or step that gives.
    pub from: String,
    /// Unit or step that takes.
    pub to: String,
    /// Who gave.
    pub giver: String,
    /// When it was given.
    pub given_at: DateTime<Utc>,
    /// Who took it; empty while nobody has.
    pub taker: String,
    /// When it was taken.
    pub taken_at: Option<DateTime<Utc>>,
    /// How the giver stood to the time allotted; none where none was.
    pub timeliness: Option<Timeliness>,
    /// A word with it.
    pub note: String,
}

/// How work stands to the time it had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// Trước hạn.
    Early,
    /// Đúng hạn.
    OnTime,
    /// Quá hạn.
    Late,
}

impl Timeliness {
    /// As the slip prints it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Early => "Trước hạn",
            Self::OnTime => "Đúng hạn",
            Self::Late => "Quá hạn",
        }
    }
}

impl ControlSlip {
    pub(super) fn blocks(&self) -> Vec<Block> {
        let at = |moment: Option<DateTime<Utc>>| moment.map_or_else(String::new, phrases::moment);
        let partners = if self.partners.is_empty() { "Không có".into() } else { self.partners.join("; ") };
        let fields = vec![
            field("Mã hồ sơ", &self.matter.code),
            field("Nội dung yêu cầu giải quyết", &self.matter.procedure),
            field("Cơ quan (bộ phận) giải quyết", &self.authority),
            field("Cơ quan phối hợp giải quyết", partners),
            field("Thời gian nhận hồ sơ", at(self.received_at)),
            field("Thời gian hẹn trả kết quả", at(self.due_at)),
        ];
        let columns = vec![
            column("Cơ quan, bộ phận", 9),
            column("Thời gian giao, nhận hồ sơ", 19),
            centred("", "Kết quả giải quyết hồ sơ", 6),
            column("Ghi chú", 6),
        ];
        let rows = self.handovers.iter().enumerate().map(|(n, handover)| handover.row(n + 1)).collect();
        vec![Block::Fields { fields }, Block::Table(Table { columns, rows })]
    }
}

impl Handover {
    fn row(&self, n: usize) -> Vec<String> {
        let taken = match self.taken_at {
            Some(at) => format!("Nhận: {}\nNgười nhận: {}", clocked(at), self.taker),
            None => "Nhận: chưa nhận".into(),
        };
        vec![
            format!("{n}. Giao: {}\nNhận: {}", self.from, self.to),
            format!("Giao: {}\nNgười giao: {}\n{taken}", clocked(self.given_at), self.giver),
            self.timeliness.map_or("", Timeliness::words).into(),
            self.note.clone(),
        ]
    }
}

fn clocked(at: DateTime<Utc>) -> String {
    local(at).format("%H giờ %M phút, ngày %d/%m/%Y").to_string()
}
