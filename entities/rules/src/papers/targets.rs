//! How much of the old paper must be digitised by when, and how far an office is (R-C2, R-C3).

use super::PaperKind;
use crate::procedure::Tier;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One target of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The plan that sets it, in a few words.
    pub plan: String,
    /// Tier of the units it is for.
    pub tier: Tier,
    /// Dossiers or results.
    pub kind: PaperKind,
    /// Least share, in hundredths.
    pub percent: u8,
    /// First local day of its period.
    pub from: NaiveDate,
    /// Last local day by which it is to be reached.
    pub until: NaiveDate,
    /// Where it is written.
    pub source: String,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Digitised.
    pub done: u64,
    /// All that count.
    pub of: u64,
}

impl Share {
    /// The share in hundredths of a percent, rounded down; none where nothing counts.
    pub fn basis_points(self) -> Option<u64> {
        self.done.saturating_mul(10_000).checked_div(self.of)
    }

    /// The share as a percentage with two decimals; none where nothing counts.
    pub fn percent(self) -> Option<f64> {
        let points = u32::try_from(self.basis_points()?).unwrap_or(u32::MAX);
        Some(f64::from(points) / 100.0)
    }

    /// Both together.
    pub fn with(self, other: Self) -> Self {
        Self { done: self.done.saturating_add(other.done), of: self.of.saturating_add(other.of) }
    }
}

/// How an office stands to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The share is reached; never where nothing counts.
    pub reached: bool,
    /// Papers still to be digitised.
    pub missing: u64,
}

impl Target {
    /// How a share stands to this target.
    pub fn progress(&self, share: Share) -> Progress {
        let needed = share.of.saturating_mul(u64::from(self.percent)).div_ceil(100);
        Progress { reached: share.of > 0 && share.done >= needed, missing: needed.saturating_sub(share.done) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(percent: u8) -> Target {
        Target {
            plan: "Kế hoạch mẫu".into(),
            tier: Tier::Commune,
            kind: PaperKind::Result,
            percent,
            from: "2022-01-01".parse().unwrap(),
            until: "2025-12-31".parse().unwrap(),
            source: "mẫu".into(),
        }
    }

    #[test]
    fn r_c2_fifty_five_of_a_hundred_reach_the_target_and_fifty_four_do_not() {
        let (almost, there) = (Share { done: 54, of: 100 }, Share { done: 55, of: 100 });

        assert_eq!(target(55).progress(almost), Progress { reached: false, missing: 1 });
        assert_eq!(target(55).progress(there), Progress { reached: true, missing: 0 });
    }

    #[test]
    fn a_share_of_nothing_reaches_no_target_and_has_no_percentage() {
        assert!(!target(0).progress(Share::default()).reached);
        assert_eq!(Share::default().percent(), None);
        assert_eq!(Share { done: 1, of: 3 }.percent(), Some(33.33));
    }

    #[test]
    fn part_of_a_paper_is_a_paper_that_is_missing() {
        assert_eq!(target(70).progress(Share { done: 0, of: 3 }).missing, 3);
    }
}
