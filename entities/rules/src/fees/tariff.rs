//! A row of a tariff: what is asked for what, from when to when, for whom less, and when it is given back (F-05, F-06).

use super::days::within;
use super::reliefs::Relief;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Phí or lệ phí: two separate sums, accounts and receipts (F-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Price of a public service (phí).
    Phi,
    /// Fixed sum of state management (lệ phí).
    LePhi,
}

impl FeeKind {
    /// Both, phí first.
    pub const ALL: [Self; 2] = [Self::Phi, Self::LePhi];
}

/// One row of a tariff (F-05). The channel is said by the terms it stands in; amounts are whole đồng (F-07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// Code of the charge (`MaPhiLePhi`).
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// Amount of one unit in đồng.
    pub amount: u32,
    /// What one unit is (`hồ sơ`, `bản`, `trang`).
    #[serde(default = "Tariff::per_dossier")]
    pub unit: String,
    /// First day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Who pays less, where and until when (miễn, giảm).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reliefs: Vec<Relief>,
    /// When it is given back (hoàn trả); never when absent (F-06).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundTerms>,
    /// Decree, circular or provincial resolution.
    pub legal_basis: String,
}

impl Tariff {
    /// The unit of charges that are asked once a dossier.
    pub(super) fn per_dossier() -> String {
        "hồ sơ".into()
    }

    pub(super) fn in_force(&self, on: NaiveDate) -> bool {
        within(on, self.valid_from, self.valid_to)
    }
}

/// When a charge is given back, and by which law; frozen on the dossier with the quote (F-06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundTerms {
    /// After which ending.
    pub when: RefundWhen,
    /// Decree, circular or provincial resolution that orders it.
    pub legal_basis: String,
}

/// After which ending of the dossier a charge is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundWhen {
    /// Never: most circulars say so.
    Never,
    /// The dossier was not received (status 3).
    WhenRefused,
    /// The office gave nothing: not received, stopped, or refused on the merits. A withdrawal is the person's own.
    WhenNotGranted,
    /// After every ending, and before it.
    Always,
}

/// How a dossier has ended, as far as refunds look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It goes on.
    Open,
    /// It was not received.
    Refused,
    /// The person took it back.
    Withdrawn,
    /// The office ended it without a result.
    Stopped,
    /// It was refused on the merits.
    Rejected,
    /// What was asked was granted.
    Granted,
}

impl RefundWhen {
    /// The charge is given back after this ending.
    pub fn holds(self, ending: Ending) -> bool {
        match self {
            Self::Never => false,
            Self::WhenRefused => ending == Ending::Refused,
            Self::WhenNotGranted => matches!(ending, Ending::Refused | Ending::Stopped | Ending::Rejected),
            Self::Always => true,
        }
    }
}
