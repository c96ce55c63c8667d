//! Exemptions and reductions as data: who, where, until when, by which law, and what proves it (F-05).

use super::days::within;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a person may be, so that the law asks less of them (đối tượng miễn, giảm).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonCondition {
    /// Of a poor household (hộ nghèo).
    HoNgheo,
    /// Of a household close to poverty (hộ cận nghèo).
    HoCanNgheo,
    /// An elderly person, 60 and over (người cao tuổi).
    NguoiCaoTuoi,
    /// A child (trẻ em).
    TreEm,
    /// A person with a disability (người khuyết tật).
    NguoiKhuyetTat,
    /// One who served the revolution, or their relative (người có công với cách mạng và thân nhân).
    NguoiCoCong,
    /// Of an ethnic minority in an area of special hardship (dân tộc thiểu số ở vùng đặc biệt khó khăn).
    DanTocThieuSoVungDbkk,
}

impl PersonCondition {
    /// All, in the order of the list.
    pub const ALL: [Self; 7] = [
        Self::HoNgheo,
        Self::HoCanNgheo,
        Self::NguoiCaoTuoi,
        Self::TreEm,
        Self::NguoiKhuyetTat,
        Self::NguoiCoCong,
        Self::DanTocThieuSoVungDbkk,
    ];
}

/// One exemption or reduction of a charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relief {
    /// Code, unique within the charge.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Plain English name.
    pub name_en: String,
    /// Whom it is for, any of these; everybody when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub who: Vec<PersonCondition>,
    /// Codes of units or administrative units where it holds; everywhere when empty. A unit's code holds below it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Code of the paper that proves it and must be handed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// How much less is asked.
    pub reduction: Reduction,
    /// It is given together with others that say so; otherwise one alone is given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cumulative: bool,
    /// First day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day in force; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// Law, decree, circular or provincial resolution.
    pub legal_basis: String,
}

/// How much less is asked of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reduction {
    /// All of it (miễn).
    Whole,
    /// So many hundredths of the line, 1 to 100 (giảm).
    Percent(u8),
    /// So many đồng of the line.
    Amount(u32),
}

impl Reduction {
    /// What is taken off a line of `full` đồng, never more than the line.
    ///
    /// What remains of a percentage is rounded down to whole đồng, once a line and in the payer's favour (F-07).
    pub fn of(self, full: i64) -> i64 {
        let full = full.max(0);
        match self {
            Self::Whole => full,
            Self::Percent(hundredths) => {
                let kept = 100 - i64::from(hundredths.min(100));
                full - (full / 100 * kept + full % 100 * kept / 100)
            }
            Self::Amount(amount) => full.min(i64::from(amount)),
        }
    }
}

impl Relief {
    /// It is for one of the `claims`, or for everybody.
    pub(super) fn is_for(&self, claims: &[PersonCondition]) -> bool {
        self.who.is_empty() || self.claimed(claims).is_some()
    }

    /// The first of the claims that it is given for.
    pub(super) fn claimed(&self, claims: &[PersonCondition]) -> Option<PersonCondition> {
        claims.iter().copied().find(|claim| self.who.contains(claim))
    }

    pub(super) fn in_force(&self, on: NaiveDate) -> bool {
        within(on, self.valid_from, self.valid_to)
    }

    /// It holds where the codes of a place say.
    pub(super) fn holds_at(&self, places: &[&str]) -> bool {
        let below =
            |code: &str, place: &str| code.strip_prefix(place).is_some_and(|rest| rest.starts_with('.'));
        let here = |place: &String| places.iter().any(|code| code == place || below(code, place));
        self.places.is_empty() || self.places.iter().any(here)
    }
}
