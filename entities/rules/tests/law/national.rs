//! L-28, L-29: the view of the national index beside the local one.

use crate::office::at;
use rules::deadlines::{NationalFacts, SupplementWait, index_end, on_time_for_the_index};
use rules::lang::Lang;

fn wait(asked: &str, completed: Option<&str>) -> SupplementWait {
    SupplementWait { asked_at: at(asked), completed_at: completed.map(at) }
}

fn facts<'a>(supplements: &'a [SupplementWait], decided: Option<&str>) -> NationalFacts<'a> {
    NationalFacts {
        due: at("2026-11-16 17:00"),
        decided_at: decided.map(at),
        ended_at: None,
        supplements,
        period_end: at("2026-11-30 23:59:59"),
    }
}

#[test]
fn l_28_the_wait_for_a_supplement_is_always_subtracted() {
    let waits = [wait("2026-11-04 10:00", Some("2026-11-10 15:30"))];

    let decided = facts(&waits, Some("2026-11-22 10:00"));

    assert_eq!(index_end(&decided), at("2026-11-16 04:30"));
    assert!(on_time_for_the_index(&decided));
    assert!(!on_time_for_the_index(&facts(&[], Some("2026-11-22 10:00"))));
}

#[test]
fn l_28_two_supplements_without_a_result_are_late() {
    let waits = [wait("2026-11-03 10:00", Some("2026-11-03 11:00")), wait("2026-11-04 10:00", None)];

    assert!(!on_time_for_the_index(&facts(&waits, None)));
    assert!(on_time_for_the_index(&facts(&waits[1..], None)), "one alone is judged at the request");
    let withdrawn = NationalFacts { ended_at: Some(at("2026-11-05 09:00")), ..facts(&waits, None) };
    assert!(!on_time_for_the_index(&withdrawn));
}

#[test]
fn l_29_an_open_dossier_is_judged_at_the_end_of_the_period() {
    assert!(!on_time_for_the_index(&facts(&[], None)));
    let early = NationalFacts { period_end: at("2026-11-10 00:00"), ..facts(&[], None) };
    assert!(on_time_for_the_index(&early));
}

#[test]
fn l_28_the_index_says_why() {
    let waits = [wait("2026-11-04 10:00", Some("2026-11-10 15:30"))];
    let twice = [wait("2026-11-03 10:00", Some("2026-11-03 11:00")), wait("2026-11-04 10:00", None)];
    let open = [wait("2026-11-04 10:00", None)];

    let said = |facts: NationalFacts<'_>| facts.words(Lang::Vi);

    assert_eq!(
        said(facts(&waits, Some("2026-11-22 10:00"))),
        "Trừ 6 ngày 5 giờ 30 phút chờ bổ sung thì tính đến 04:30 ngày 16/11/2026, so với hạn 17:00 ngày 16/11/2026. Căn cứ: QĐ 766/QĐ-TTg."
    );
    assert_eq!(
        said(facts(&[], Some("2026-11-16 10:00"))),
        "Tính đến 10:00 ngày 16/11/2026, so với hạn 17:00 ngày 16/11/2026. Căn cứ: QĐ 766/QĐ-TTg."
    );
    assert!(
        said(facts(&twice, None))
            .starts_with("Đã yêu cầu bổ sung 2 lần mà chưa có kết quả nên tính là quá hạn.")
    );
    assert!(said(facts(&open, None)).starts_with("Đang chờ bổ sung từ 10:00 ngày 04/11/2026"));
    assert!(
        facts(&waits, Some("2026-11-22 10:00")).words(Lang::En).starts_with("Less 6 d 5 h 30 min of waiting")
    );
}
