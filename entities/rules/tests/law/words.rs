//! The derivation as an officer would say it.

use crate::office::{at, calendar, eight_hours, limit};
use rules::deadlines::{ClockEvent, ClockKind, ClockPolicy, TimeUnit, answer_due, due, fold};
use rules::lang::Lang;

#[test]
fn a_segment_says_what_was_counted_what_was_skipped_and_by_which_article() {
    let span =
        due(limit(5, TimeUnit::WorkingDays), at("2026-02-13 10:00"), &calendar(), &eight_hours(), None);

    let said = span.segments[0].words(Lang::Vi);

    assert_eq!(
        said,
        "Tính 5 ngày làm việc, không kể ngày 13/02/2026, đến 17:00 ngày 27/02/2026; bỏ qua ngày nghỉ: \
         14/02/2026–22/02/2026 (Tết Nguyên đán, CV 1/VPCP). Căn cứ: BLDS 91/2015 Đ147.2, Đ148.5."
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

#[test]
fn a_restart_and_an_extension_are_told_line_by_line() {
    let events = [
        ClockEvent { seq: 1, kind: ClockKind::Started, at: at("2026-11-02 16:30") },
        ClockEvent { seq: 2, kind: ClockKind::Paused, at: at("2026-11-04 10:00") },
        ClockEvent { seq: 3, kind: ClockKind::Restarted, at: at("2026-11-10 15:30") },
        ClockEvent {
            seq: 4,
            kind: ClockKind::Extended { to: at("2026-11-20 17:00") },
            at: at("2026-11-16 08:00"),
        },
    ];
    let policy = ClockPolicy { restart: true, legal_basis: "NĐ 61/2018 Đ19.4" };
    let six = limit(6, TimeUnit::CalendarDays);

    let deadline = fold(six, policy, &events, &calendar(), &eight_hours(), Some(16), at("2026-11-30 00:00"));

    let told = |lang| deadline.segments.iter().map(|s| s.words(lang)).collect::<Vec<_>>();
    assert_eq!(
        told(Lang::Vi),
        [
            "Tiếp nhận lúc 16:30 ngày 02/11/2026, sau giờ chốt hoặc vào ngày nghỉ, nên tính như tiếp nhận lúc 07:00 \
             ngày 03/11/2026. Căn cứ: Quyết định của địa phương về giờ chốt tiếp nhận.",
            "Đã tính 1 ngày từ 07:00 ngày 03/11/2026 đến 10:00 ngày 04/11/2026 nhưng bỏ, vì thời hạn được tính lại từ \
             đầu. Căn cứ: NĐ 61/2018 Đ19.4.",
            "Chờ người nộp hồ sơ từ 10:00 ngày 04/11/2026 đến 15:30 ngày 10/11/2026, không tính vào thời hạn. Căn cứ: \
             NĐ 61/2018 Đ19.4.",
            "Tính 6 ngày, không kể ngày 10/11/2026, đến 17:00 ngày 16/11/2026. Căn cứ: BLDS 91/2015 Đ147.2.",
            "Gia hạn kèm văn bản xin lỗi: thêm 4 ngày, đến 17:00 ngày 20/11/2026. Căn cứ: NĐ 61/2018 Đ19.9.",
        ]
    );
    assert_eq!(
        told(Lang::En).last().unwrap(),
        "Put off with an apology: 4 days more, up to 17:00 on 20 Nov 2026. Legal basis: NĐ 61/2018 Đ19.9."
    );
}

#[test]
fn every_kind_of_limit_can_be_told_in_both_languages() {
    for (amount, unit) in [
        (3, TimeUnit::HalfWorkingDays),
        (1, TimeUnit::Months),
        (0, TimeUnit::SameDay),
        (0, TimeUnit::AtOnce),
        (15, TimeUnit::CalendarDays),
    ] {
        let span = due(limit(amount, unit), at("2026-01-31 09:00"), &calendar(), &eight_hours(), None);

        for segment in span.segments {
            assert!(segment.words(Lang::Vi).contains("Căn cứ: "), "{segment:?}");
            assert!(segment.words(Lang::En).contains("Legal basis: "), "{segment:?}");
        }
    }
}

#[test]
fn w_16_a_worked_saturday_is_told_with_its_document() {
    let of =
        |unit, amount| due(limit(amount, unit), at("2025-04-25 09:00"), &calendar(), &eight_hours(), None);

    let days = of(TimeUnit::WorkingDays, 3);
    let hours = of(TimeUnit::WorkingHours, 16);

    assert_eq!(days.segments[0].worked.len(), 1);
    assert!(
        days.segments[0].words(Lang::Vi).contains("; tính cả ngày: 26/04/2025 (Làm bù, CV 1/VPCP). Căn cứ")
    );
    assert!(days.segments[0].words(Lang::En).contains("; days worked instead counted: 26 Apr 2025 ("));
    assert_eq!(hours.segments[0].worked, days.segments[0].worked);
    assert!(of(TimeUnit::CalendarDays, 10).segments[0].worked.is_empty(), "they count like any other");
}
