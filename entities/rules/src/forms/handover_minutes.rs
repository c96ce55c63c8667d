//! Biên bản giao nhận between postman and officer (TT 17/2017 Đ5): who gave what to whom, counted; it has no form number.

use super::block::{Block, Table, centred, column, field, signature, words};
use super::phrases;
use super::sheet::{Paper, Sheet};
use crate::local_time::local_date;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the minutes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverMinutes {
    /// Name of the agency.
    pub agency: String,
    /// The dossier.
    pub code: String,
    /// Name of its procedure.
    pub procedure: String,
    /// Papers that came in; otherwise the result that went out.
    pub incoming: bool,
    /// Name of the postman.
    pub postman: String,
    /// Name of the officer.
    pub officer: String,
    /// When both had signed.
    pub signed_at: DateTime<Utc>,
    /// What they counted.
    pub papers: Vec<Counted>,
}

/// One line of what was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// Name of the paper.
    pub name: String,
    /// How many.
    pub copies: u16,
    /// An original (bản chính), not a copy.
    pub original: bool,
    /// To be taken back from the person when the result is handed over (TT 17/2017 Đ5.2).
    #[serde(default)]
    pub withdrawn: bool,
}

impl HandoverMinutes {
    /// The page that both sign, one for each.
    pub fn sheet(&self) -> Sheet {
        let place = phrases::place(&self.agency);
        let day = phrases::day(local_date(self.signed_at));
        let what = if self.incoming { "Hồ sơ" } else { "Kết quả" };
        Sheet {
            paper: Paper::A5,
            form: String::new(),
            agency: self.agency.clone(),
            desk: String::new(),
            number: String::new(),
            place_and_date: if place.is_empty() { day } else { format!("{place}, {day}") },
            title: "Biên bản giao nhận".into(),
            subtitle: format!("{what} gửi qua dịch vụ bưu chính công ích"),
            blocks: self.blocks(),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let (gives, takes) = match self.incoming {
            true => (&self.postman, &self.officer),
            false => (&self.officer, &self.postman),
        };
        let fields = vec![
            field("Mã hồ sơ", &self.code),
            field("Thủ tục", &self.procedure),
            field("Thời điểm giao nhận", phrases::moment(self.signed_at)),
        ];
        let mut blocks = vec![
            Block::Fields { fields },
            words("Hai bên đã kiểm đếm và giao nhận các giấy tờ sau:"),
            Block::Table(self.table()),
        ];
        if self.papers.iter().any(|paper| paper.withdrawn) {
            blocks.push(words("Giấy tờ phải thu hồi: bưu điện thu lại của người nhận và giao về cơ quan."));
        }
        blocks.push(Block::Signatures {
            signatures: vec![signature("BÊN GIAO", gives), signature("BÊN NHẬN", takes)],
        });
        blocks
    }

    fn table(&self) -> Table {
        let columns = vec![
            centred("", "STT", 1),
            column("Giấy tờ", 7),
            centred("", "Số lượng", 2),
            centred("", "Loại", 2),
            centred("", "Thu hồi", 2),
        ];
        let rows = self.papers.iter().zip(1..).map(|(paper, n): (&Counted, u16)| {
            let kind = if paper.original { "bản chính" } else { "bản sao" };
            let back = if paper.withdrawn { "có" } else { "" };
            vec![n.to_string(), paper.name.clone(), paper.copies.to_string(), kind.into(), back.into()]
        });
        Table { columns, rows: rows.collect() }
    }
}
