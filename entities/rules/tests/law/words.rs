//! The derivation as an officer would say it.

use crate::office::{at, calendar, eight_hours, limit};
use rules::deadlines::{TimeUnit, answer_due, due};
use rules::lang::Lang;

#[test]
fn a_segment_says_what_was_counted_what_was_skipped_and_by_which_article() {
    let span =
        due(limit(5, TimeUnit::WorkingDays), at("2026-02-13 10:00"), &calendar(), &eight_hours(), None);

    let said = span.segments[0].words(Lang::Vi);

    assert_eq!(
        said,
        "Tính 5 ngày làm việc, không kể ngày 13/02/2026, đến 17:00 ngày 27/02/2026; bỏ qua ngày nghỉ: \
         14/02/2026–22/02/2026 (Tết Nguyên đán, CV 1/VPCP) (BLDS 91/2015 Đ147.2, Đ148.5; W-02)."
    );
    assert_eq!(
        span.segments[0].words(Lang::En).split(';').next().unwrap(),
        "Counted 5 working days, leaving out 13 Feb 2026, up to 17:00 on 27 Feb 2026"
    );
}

#[test]
fn working_time_is_said_in_hours_and_minutes() {
    let span = answer_due(at("2026-11-02 08:00"), None, &calendar(), &eight_hours());

    let said = span.segments[0].words(Lang::Vi);

    assert!(
        said.starts_with("Tính 8 giờ làm việc từ 08:00 ngày 02/11/2026 đến 08:00 ngày 03/11/2026"),
        "{said}"
    );
}
