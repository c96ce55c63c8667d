//! Phí and lệ phí: tariffs, and the quote a dossier keeps (law.md §4.1).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Phí or lệ phí: two separate sums, accounts and receipts (F-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Price of a public service (phí).
    Phi,
    /// Fixed sum of state management (lệ phí).
    LePhi,
}

/// One row of a tariff (F-05).
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
    /// Decree, circular or provincial resolution.
    pub legal_basis: String,
}

impl Tariff {
    fn per_dossier() -> String {
        "hồ sơ".into()
    }

    fn in_force(&self, on: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= on) && self.valid_to.is_none_or(|to| on <= to)
    }
}

/// One line of a quote, frozen on the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// Code of the charge.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// Amount of one unit in đồng.
    pub unit_amount: u32,
    /// How many units.
    pub quantity: u32,
    /// Amount asked, in đồng.
    pub amount: i64,
    /// Decree, circular or provincial resolution.
    pub legal_basis: String,
}

/// What will be asked: the lines and their sum in đồng.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The lines in tariff order.
    pub lines: Vec<FeeLine>,
    /// Sum of the lines in đồng.
    pub total: i64,
}

/// What these tariffs ask on the day `on` for `quantity` units of the counted charges.
///
/// Charges counted by dossier are asked once whatever the quantity.
pub fn quote(tariffs: &[Tariff], on: NaiveDate, quantity: u32) -> Quote {
    let lines: Vec<FeeLine> =
        tariffs.iter().filter(|tariff| tariff.in_force(on)).map(|tariff| line(tariff, quantity)).collect();
    let total = lines.iter().map(|l| l.amount).sum();
    Quote { lines, total }
}

fn line(tariff: &Tariff, quantity: u32) -> FeeLine {
    let quantity = if tariff.unit == Tariff::per_dossier() { 1 } else { quantity.max(1) };
    FeeLine {
        code: tariff.code.clone(),
        name: tariff.name.clone(),
        kind: tariff.kind,
        unit_amount: tariff.amount,
        quantity,
        amount: i64::from(tariff.amount) * i64::from(quantity),
        legal_basis: tariff.legal_basis.clone(),
    }
}
