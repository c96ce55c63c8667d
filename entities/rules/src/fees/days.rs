//! Days of force of tariffs and reliefs.

use chrono::NaiveDate;

/// `on` lies between two days, both counted; an absent one is open.
pub(super) fn within(on: NaiveDate, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
    from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
}
