//! The two regimes of the law, in force by date (law.md §0).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A body of law that a dossier keeps from its reception on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// NĐ 61/2018: three tiers, until 30/06/2025.
    R2018,
    /// NĐ 118/2025: two tiers, from 01/07/2025.
    R2025,
}

/// What a regime says where the two differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// The regime.
    pub regime: Regime,
    /// First day in force.
    pub from: (i32, u32, u32),
    /// Dossier codes use the organisation codes of QĐ 20/2020 (C-11) instead of QCVN 102:2016 (C-10).
    pub new_organisation_codes: bool,
    /// Base text, for receipts.
    pub base_text: &'static str,
}

/// The profiles, newest first.
pub const PROFILES: [Profile; 2] = [
    Profile {
        regime: Regime::R2025,
        from: (2025, 7, 1),
        new_organisation_codes: true,
        base_text: "NĐ 118/2025/NĐ-CP",
    },
    Profile {
        regime: Regime::R2018,
        from: (2018, 6, 21),
        new_organisation_codes: false,
        base_text: "NĐ 61/2018/NĐ-CP",
    },
];

/// The profile in force on a day; the oldest for days before all.
pub fn in_force(on: NaiveDate) -> &'static Profile {
    let [newest, oldest] = &PROFILES;
    let (year, month, day) = newest.from;
    if NaiveDate::from_ymd_opt(year, month, day).is_some_and(|from| on >= from) { newest } else { oldest }
}

impl Regime {
    /// The profile of this regime.
    pub fn profile(self) -> &'static Profile {
        let [newest, oldest] = &PROFILES;
        if newest.regime == self { newest } else { oldest }
    }
}
