//! Form 02, phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: what is missing and why, once and in full (L-03, L-04, L-13).

use super::block::{Block, Table, at_the_desk, centred, column, field, words};
use super::parts::{Matter, PaperLine};
use serde::{Deserialize, Serialize};

/// What the request says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementRequest {
    /// The dossier.
    pub matter: Matter,
    /// What is asked for; empty when data, not papers, are asked.
    pub papers: Vec<PaperLine>,
    /// Why, and what to do, in the officer's words.
    pub reason: String,
    /// Where to ask: address and telephone of the desk.
    pub contact: String,
    /// Who asks.
    pub officer: String,
}

impl SupplementRequest {
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut fields = vec![field("Mã hồ sơ", &self.matter.code)];
        fields.extend(self.matter.fields("Hồ sơ của"));
        let mut blocks = vec![Block::Fields { fields }];
        if !self.papers.is_empty() {
            blocks.push(words("Đề nghị bổ sung, hoàn thiện các giấy tờ sau:"));
            blocks.push(Block::Table(self.table()));
        }
        blocks.push(Block::Fields {
            fields: vec![field("Lý do và nội dung hướng dẫn", &self.reason)]
        });
        blocks.push(words(format!(
            "Nếu có vướng mắc khi hoàn thiện hồ sơ, đề nghị liên hệ: {}.",
            if self.contact.is_empty() {
                "……………………"
            } else {
                self.contact.trim_end_matches('.')
            }
        )));
        blocks.push(at_the_desk(&self.matter.applicant, "NGƯỜI HƯỚNG DẪN", &self.officer));
        blocks
    }

    fn table(&self) -> Table {
        let many = "Số lượng";
        let columns = vec![
            centred("", "TT", 2),
            column("Thành phần hồ sơ", 14),
            centred(many, "Bản chính", 4),
            centred(many, "Bản chứng thực", 4),
            centred(many, "Bản chụp", 4),
        ];
        let row = |(n, paper): (usize, &PaperLine)| {
            let counts = [paper.originals, paper.certified, paper.copies].map(|count| count.to_string());
            [(n + 1).to_string(), paper.name.clone()].into_iter().chain(counts).collect()
        };
        Table { columns, rows: self.papers.iter().enumerate().map(row).collect() }
    }
}
