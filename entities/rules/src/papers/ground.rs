//! Why a paper is digitised at reception, and from which day on (D-01, D-03).

use crate::procedure::Tier;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a component is digitised at reception (TT 01/2023/TT-VPCP; D-01).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// It is the result of an earlier procedure (kết quả giải quyết TTHC trước đó).
    EarlierResult,
    /// The law of its sector asks for it (pháp luật chuyên ngành).
    SectorLaw,
    /// The authority needs it and has decided so (yêu cầu quản lý); the usual case.
    #[default]
    Decision,
    /// It is not digitised: looked at and given back.
    None,
}

impl Ground {
    /// Key in the database; none for a paper that is not digitised.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::EarlierResult => Some("earlier_result"),
            Self::SectorLaw => Some("sector_law"),
            Self::Decision => Some("decision"),
            Self::None => None,
        }
    }

    /// Whether it is the usual ground, which the catalogue leaves unsaid.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// First local day from which a tier digitises what it receives (NĐ 107/2021; D-03); a tier that is absent does not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roadmap(pub BTreeMap<String, NaiveDate>);

impl Roadmap {
    /// Whether a paper received on this local day at a unit of this tier is to be digitised.
    pub fn asks(&self, tier: Tier, received_on: NaiveDate) -> bool {
        self.0.get(tier.key()).is_some_and(|from| received_on >= *from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn d_03_each_tier_begins_on_its_own_day() {
        let from = [("province", "2022-06-01"), ("district", "2022-12-01"), ("commune", "2023-06-01")];
        let roadmap = Roadmap(from.iter().map(|(tier, from)| (tier.to_string(), day(from))).collect());

        for (tier, from) in from {
            let tier = Tier::from_key(tier).unwrap();
            assert!(!roadmap.asks(tier, day(from).pred_opt().unwrap()), "{tier:?} the day before");
            assert!(roadmap.asks(tier, day(from)), "{tier:?} on the day");
        }
        assert!(!roadmap.asks(Tier::PostalPoint, day("2030-01-01")));
    }
}
