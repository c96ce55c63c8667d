//! The human check of what a machine read: who keys which field, and what counts in the end.
//!
//! A field that was read unsurely is keyed by one person who sees what the machine read. A field drawn by lot is keyed
//! by two people, neither of whom sees the machine's reading or the other's; where they differ a third one decides.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// How far a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldState {
    /// Counts as read.
    Taken,
    /// Waits for a person.
    ToCheck,
    /// Waits for a second person, who does not see what the first one keyed.
    ToKey,
    /// Two people keyed it differently; a third one decides.
    Differs,
    /// Counts as people keyed it.
    Checked,
}

impl FieldState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Taken, Self::ToCheck, Self::ToKey, Self::Differs, Self::Checked];

    /// Key in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::ToCheck => "to_check",
            Self::ToKey => "to_key",
            Self::Differs => "differs",
            Self::Checked => "checked",
        }
    }

    /// The state of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether nobody has to look any more.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Taken | Self::Checked)
    }
}

/// Where a field begins after it was read with this confidence against its threshold, both 0 to 100.
pub fn begins(confidence: u8, check_below: u8, drawn: bool) -> FieldState {
    if drawn || confidence < check_below { FieldState::ToCheck } else { FieldState::Taken }
}

/// Whether the lot falls on a field: so many of a hundred, by a number that nobody can foresee and anybody with the
/// office's key can count again.
pub fn drawn(lot: u64, percent: u8) -> bool {
    lot % 100 < u64::from(percent)
}

/// What is known of a field when somebody keys it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keying<'a> {
    /// How far it is.
    pub state: FieldState,
    /// Keyed by two.
    pub drawn: bool,
    /// What the machine read.
    pub read: Option<&'a str>,
    /// Who keyed it first, and what.
    pub first: Option<(&'a str, &'a str)>,
    /// Who keyed it second, and what.
    pub second: Option<(&'a str, &'a str)>,
}

/// What a keying leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyed {
    /// The new state.
    pub state: FieldState,
    /// Whether the machine had read it right; none while people do not agree.
    pub machine_right: Option<bool>,
}

/// Why somebody may not key a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotYours {
    /// Nobody has to look at it.
    Settled,
    /// The same person keyed it before.
    Again,
}

impl Keying<'_> {
    /// What follows when `by` keys `value`; blanks at the ends and doubled ones do not count.
    pub fn key(&self, by: &str, value: &str) -> Result<Keyed, NotYours> {
        self.may(by)?;
        let agreed = match (self.state, self.first) {
            (FieldState::ToKey, Some((_, first))) => same(first, value),
            (FieldState::ToCheck, _) => !self.drawn,
            _ => true,
        };
        let state = match (self.state, agreed) {
            (_, true) => FieldState::Checked,
            (FieldState::ToCheck, false) => FieldState::ToKey,
            (_, false) => FieldState::Differs,
        };
        let machine_right = agreed.then(|| same(self.read.unwrap_or_default(), value));
        Ok(Keyed { state, machine_right })
    }

    /// Whether `by` may key it now.
    pub fn may(&self, by: &str) -> Result<(), NotYours> {
        if self.state.is_settled() {
            return Err(NotYours::Settled);
        }
        let before = [self.first, self.second];
        if before.iter().flatten().any(|(who, _)| *who == by) { Err(NotYours::Again) } else { Ok(()) }
    }

    /// Whether `by` may see what the machine read: not before a blind keying of their own or of anybody else.
    pub fn shows_reading(&self) -> bool {
        !self.drawn || matches!(self.state, FieldState::Differs | FieldState::Checked)
    }

    /// Whether `by` may see what others keyed: only who decides between two, or once it is settled.
    pub fn shows_keyings(&self, by: &str) -> bool {
        match self.state {
            FieldState::Checked => true,
            FieldState::Differs => self.may(by).is_ok(),
            _ => false,
        }
    }
}

/// Whether two values say the same: composed alike, blanks trimmed and single.
pub fn same(one: &str, other: &str) -> bool {
    tidy(one) == tidy(other)
}

/// A value as it is kept: composed (NFC), without blanks at the ends, single ones within.
pub fn tidy(value: &str) -> String {
    let composed: String = value.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day that a keyed value names, written `31/12/2025`, `31-12-2025`, `31.12.2025` or `2025-12-31`.
pub fn day(value: &str) -> Option<NaiveDate> {
    let plain = value.trim().replace(['-', '.'], "/");
    let forms = ["%d/%m/%Y", "%Y/%m/%d"];
    forms.into_iter().find_map(|form| NaiveDate::parse_from_str(&plain, form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_officers_write_it() {
        let new_year = NaiveDate::from_ymd_opt(2025, 1, 2);
        for text in ["02/01/2025", " 2/1/2025", "02-01-2025", "02.01.2025", "2025-01-02"] {
            assert_eq!(day(text), new_year, "{text}");
        }
        assert_eq!(day("31/02/2025"), None);
        assert_eq!(day("năm 2025"), None);
    }

    fn unsure(read: &str) -> Keying<'_> {
        Keying { state: FieldState::ToCheck, drawn: false, read: Some(read), first: None, second: None }
    }

    fn by_lot(read: &str) -> Keying<'_> {
        Keying { drawn: true, ..unsure(read) }
    }

    fn ended(right: bool) -> Result<Keyed, NotYours> {
        Ok(Keyed { state: FieldState::Checked, machine_right: Some(right) })
    }

    #[test]
    fn a_field_read_unsurely_is_settled_by_one_person() {
        assert_eq!(unsure("Trần Thị Bình").key("an", " Trần  Thị Bình "), ended(true));
        assert_eq!(unsure("Tran Thi Binh").key("an", "Trần Thị Bình"), ended(false));
        assert_eq!(Keying { read: None, ..unsure("") }.key("an", ""), ended(true), "both found nothing");
    }

    #[test]
    fn a_drawn_field_takes_two_people_who_agree() {
        let first = by_lot("12").key("an", "12").unwrap();
        assert_eq!(first, Keyed { state: FieldState::ToKey, machine_right: None });

        let now = Keying { state: FieldState::ToKey, first: Some(("an", "12")), ..by_lot("12") };
        assert_eq!(now.key("an", "12"), Err(NotYours::Again));
        assert_eq!(now.key("binh", "12"), ended(true));
        assert!(!now.shows_reading() && !now.shows_keyings("binh"), "the second sees neither");
    }

    #[test]
    fn a_third_person_decides_between_two() {
        let now = Keying { state: FieldState::ToKey, first: Some(("an", "12")), ..by_lot("13") };
        assert_eq!(now.key("binh", "13").unwrap().state, FieldState::Differs);

        let now = Keying { state: FieldState::Differs, second: Some(("binh", "13")), ..now };
        assert_eq!(now.key("an", "12"), Err(NotYours::Again));
        assert_eq!(now.key("binh", "12"), Err(NotYours::Again));
        assert!(!now.shows_keyings("an") && now.shows_keyings("chi"));
        assert_eq!(now.key("chi", "13"), ended(true));
        assert_eq!(now.key("chi", "14"), ended(false));
    }

    #[test]
    fn a_settled_field_is_not_keyed_again() {
        for state in [FieldState::Taken, FieldState::Checked] {
            assert_eq!(Keying { state, ..unsure("x") }.key("an", "y"), Err(NotYours::Settled));
        }
    }

    #[test]
    fn a_field_begins_with_people_when_it_is_unsure_or_drawn() {
        assert_eq!(begins(80, 80, false), FieldState::Taken);
        assert_eq!(begins(79, 80, false), FieldState::ToCheck);
        assert_eq!(begins(100, 80, true), FieldState::ToCheck);
        assert!(!drawn(0, 0) && drawn(4, 5) && !drawn(5, 5) && drawn(199, 100));
    }

    #[test]
    fn every_state_is_found_by_its_key() {
        for state in FieldState::ALL {
            assert_eq!(FieldState::from_key(state.key()), Some(state));
        }
    }
}
