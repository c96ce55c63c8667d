//! How long public post may take (TT 17/2017 Đ7.2; law.md B-05), as data.

use crate::calendar::Calendar;
use crate::local_time::local_date;
use chrono::{DateTime, NaiveDate, Utc};

/// How far a parcel goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Inside one district; there are none since 01/07/2025, and the text was not found replaced.
    InsideDistrict,
    /// Inside one province.
    InsideProvince,
    /// Between big cities.
    BetweenBigCities,
    /// Between any other provinces.
    OtherProvince,
}

impl Way {
    /// Working days after the day of sending; and from the receipt of an order until its delivery, both legs.
    pub const PROMISED: [(Self, u8, u8); 4] = [
        (Self::InsideDistrict, 1, 2),
        (Self::InsideProvince, 2, 4),
        (Self::BetweenBigCities, 3, 6),
        (Self::OtherProvince, 4, 8),
    ];

    /// The way between two provinces by their official codes; none when one of them is not known.
    pub fn between(from: Option<&str>, to: Option<&str>) -> Option<Self> {
        let (from, to) = (from?, to?);
        Some(if from == to { Self::InsideProvince } else { Self::OtherProvince })
    }
}

/// The day that public post promises for a parcel sent on a day: J + n working days (B-05).
pub fn promised(sent_on: NaiveDate, way: Way, calendar: &Calendar) -> NaiveDate {
    let days = Way::PROMISED.iter().find(|(known, ..)| *known == way).map_or(0, |(_, days, _)| *days);
    (0..days).fold(sent_on, |day, _| calendar.next_working_day(day))
}

/// Invitations that the law counts among deliveries in vain, oldest first: each two working days after the one before
/// (B-04).
pub fn invitations(in_vain: &[DateTime<Utc>], calendar: &Calendar) -> Vec<DateTime<Utc>> {
    let mut counted: Vec<DateTime<Utc>> = Vec::new();
    let soonest_after =
        |last: &DateTime<Utc>| calendar.next_working_day(calendar.next_working_day(local_date(*last)));
    for at in in_vain {
        if counted.last().map(soonest_after).is_none_or(|soonest| soonest <= local_date(*at)) {
            counted.push(*at);
        }
    }
    counted
}

/// Invitations before the post may give a parcel back (B-04).
pub const INVITATIONS: usize = 2;
