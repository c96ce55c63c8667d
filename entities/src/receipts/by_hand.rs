//! Receipts that this program did not make out: written in a printed book, or issued by another system.

use super::series::{in_force, paper_ended, said};
use crate::dossiers::Door;
use crate::error::Error;
use crate::payments::words::missing;
use rules::fees::FeeKind;
use rules::fees::receipts::{Medium, digits, is_number, paper_allowed};
use rules::local_time::local_date;
use uuid::Uuid;

/// The number of such a receipt, as the desk types it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandReceipt {
    /// The number.
    pub number: String,
    /// On paper, or electronic in another system.
    pub medium: Medium,
}

impl HandReceipt {
    /// What the payment and the history keep of it.
    pub fn words(&self) -> String {
        match self.medium {
            Medium::Paper => format!("Biên lai số {}", self.number.trim()),
            Medium::Electronic => format!("Biên lai điện tử số {}", self.number.trim()),
        }
    }
}

const NUMBER: &str = "/receipt_number";

impl Door<'_> {
    /// Refuses a number that cannot be one: of paper after 2026 (F-14), or not of the form of the unit's printed books
    /// (F-10, F-15) where such a series is recorded.
    pub(crate) async fn check_by_hand(&self, receipt: &HandReceipt, unit: Uuid) -> Result<(), Error> {
        let day = local_date(self.at);
        let mut wrong = missing(NUMBER, &receipt.number, 100);
        if receipt.medium == Medium::Paper && !paper_allowed(day) {
            wrong.push(paper_ended(NUMBER));
        }
        if receipt.medium == Medium::Paper && self.has_books(unit).await? && !is_number(&receipt.number, day)
        {
            let most = digits(day);
            wrong.push(said(
                NUMBER,
                "receipt_number_invalid",
                &format!("Số biên lai có tối đa {most} chữ số và bắt đầu từ 1."),
                &format!("A receipt has a number of at most {most} digits, from 1 on."),
            ));
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }

    async fn has_books(&self, unit: Uuid) -> Result<bool, Error> {
        let day = local_date(self.at);
        for kind in FeeKind::ALL {
            if in_force(self.tx, unit, (kind, Medium::Paper), day).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
