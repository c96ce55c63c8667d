//! What differs between a dossier here and what the portal tells of it.

use super::walked::{Side, Walked};
use chrono::{DateTime, Utc};
use rules::lang::Lang;
use serde::{Deserialize, Serialize};

/// A kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// We have it, the portal does not.
    MissingThere,
    /// The portal sent it and holds it, we have no dossier of it.
    MissingHere,
    /// Both have it, in different statuses.
    DifferentStatus,
    /// Both have it, with another date of reception or another due date.
    DifferentDates,
    /// The portal refused to say what it holds.
    NotCompared,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::MissingThere,
        Self::MissingHere,
        Self::DifferentStatus,
        Self::DifferentDates,
        Self::NotCompared,
    ];

    /// The same in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::MissingThere => {
                lang.pick("Cổng không có hồ sơ này.", "The portal does not hold this dossier.")
            }
            Self::MissingHere => lang.pick(
                "Cổng đã gửi và đang giữ hồ sơ này, nhưng ở đây không có.",
                "The portal sent it and holds it, and there is no such dossier here.",
            ),
            Self::DifferentStatus => {
                lang.pick("Trạng thái trên Cổng khác với ở đây.", "The status at the portal is another one.")
            }
            Self::DifferentDates => lang.pick(
                "Ngày tiếp nhận hoặc ngày hẹn trả trên Cổng khác với ở đây.",
                "The date of reception or the due date at the portal is another one.",
            ),
            Self::NotCompared => lang.pick(
                "Cổng không cho biết đang giữ gì, nên chưa đối soát được.",
                "The portal refused to say what it holds, so it could not be compared.",
            ),
        }
    }
}

/// What differs; none when the portal tells the same as far as it tells anything.
///
/// A dossier that was handed in at the portal is only asked for: its status there is in words of the portal's own
/// (wire.md §1.8).
pub fn compare(dossier: &Walked, there: Option<&Side>) -> Vec<Kind> {
    let Some(there) = there else { return vec![Kind::MissingThere] };
    if dossier.is_born_there() {
        return Vec::new();
    }
    let here = dossier.side();
    let status = there.status.is_some_and(|status| Some(status) != here.status);
    let moved = |told: Option<DateTime<Utc>>, known: Option<DateTime<Utc>>| {
        // The wire knows seconds; what it does not tell is not held against it.
        told.is_some_and(|told| known.map(|known| known.timestamp()) != Some(told.timestamp()))
    };
    let dates = moved(there.received_at, here.received_at) || moved(there.due_at, here.due_at);
    let found = [(status, Kind::DifferentStatus), (dates, Kind::DifferentDates)];
    found.into_iter().filter_map(|(differs, kind)| differs.then_some(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use rules::status::Status;
    use uuid::Uuid;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_773_108_000 + seconds, 0).unwrap()
    }

    fn dossier() -> Walked {
        Walked {
            id: Uuid::nil(),
            code: "000.01.40.H55-260310-0001".into(),
            status: "processing".into(),
            received_at: Some(at(0) + TimeDelta::microseconds(7)),
            due_at: Some(at(86_400)),
            system_of_record: "local".into(),
            national_id: None,
            version: 3,
            updated_at: at(60),
        }
    }

    fn there() -> Side {
        Side { status: Some(Status::Processing), received_at: Some(at(0)), due_at: Some(at(86_400)) }
    }

    #[test]
    fn the_same_on_both_sides_is_no_finding() {
        assert_eq!(compare(&dossier(), Some(&there())), []);
    }

    #[test]
    fn what_the_portal_does_not_tell_is_not_held_against_it() {
        assert_eq!(compare(&dossier(), Some(&Side::default())), []);
    }

    #[test]
    fn another_status_and_another_date_are_findings_of_their_own() {
        let drifted = Side { status: Some(Status::Decided), due_at: Some(at(0)), ..there() };

        assert_eq!(compare(&dossier(), Some(&drifted)), [Kind::DifferentStatus, Kind::DifferentDates]);
    }

    #[test]
    fn a_due_date_there_while_the_clock_stands_here_is_a_finding() {
        let waiting = Walked { due_at: None, ..dossier() };

        assert_eq!(compare(&waiting, Some(&there())), [Kind::DifferentDates]);
    }

    #[test]
    fn one_of_the_portals_own_is_only_asked_for() {
        let born =
            Walked { system_of_record: "dvcqg".into(), national_id: Some("DVCQG-1".into()), ..dossier() };

        assert_eq!(compare(&born, Some(&Side { status: Some(Status::Received), ..Side::default() })), []);
        assert_eq!(compare(&born, None), [Kind::MissingThere]);
    }
}
