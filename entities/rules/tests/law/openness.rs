//! L-17, L-19, L-55, L-58: what is owed to the public, and what of it a procedure says.

use crate::office::{calendar, day};
use rules::openness::{Decided, downtime_block, downtime_from, publish_by};
use rules::procedure::Level;

#[test]
fn l_55_a_procedure_is_published_within_five_working_days_of_its_decision() {
    let calendar = calendar();

    assert_eq!(publish_by(day("2026-11-02"), &calendar), day("2026-11-09"));
    assert_eq!(publish_by(day("2026-11-20"), &calendar), day("2026-11-30"), "24 November is off");
    assert_eq!(publish_by(day("2026-02-13"), &calendar), day("2026-02-27"), "Tết is off");
    assert_eq!(publish_by(day("2026-11-07"), &calendar), day("2026-11-13"), "signed on a Saturday");
}

#[test]
fn l_17_a_downtime_is_planned_seven_working_days_ahead() {
    let calendar = calendar();

    assert_eq!(downtime_from(day("2026-11-02"), &calendar), day("2026-11-11"));
    assert_eq!(downtime_from(day("2026-11-16"), &calendar), day("2026-11-26"), "24 November is off");
    assert_eq!(downtime_from(day("2026-02-13"), &calendar), day("2026-03-03"), "Tết is off");
}

#[test]
fn l_17_a_downtime_too_soon_is_refused_unless_nobody_planned_it() {
    let calendar = calendar();
    let block = |from, unplanned| downtime_block(day("2026-11-02"), day(from), unplanned, &calendar);

    let told = block("2026-11-10", false).unwrap();

    assert_eq!((told.code, told.legal_basis), ("downtime_too_soon", Some("NĐ 224/2026 Đ13")));
    assert!(told.vi.contains("11/11/2026"), "{}", told.vi);
    assert_eq!(block("2026-11-10", true), None);
    assert_eq!(block("2026-11-11", false), None);
    assert_eq!(block("2026-11-14", false), None, "a Saturday after it");
}

#[test]
fn l_19_the_former_levels_are_read_as_todays() {
    let read = [1, 2, 3, 4, 5].map(Level::of_former);

    assert_eq!(read, [None, None, Some(Level::MotPhan), Some(Level::ToanTrinh), None]);
}

#[test]
fn l_55_a_decision_is_a_number_and_a_day() {
    let decided: Decided =
        serde_json::from_str(r#"{"number": "QĐ 12/QĐ-UBND", "on": "2026-11-02"}"#).unwrap();

    assert_eq!((decided.number.as_str(), decided.on), ("QĐ 12/QĐ-UBND", day("2026-11-02")));
    assert!(
        serde_json::from_str::<Decided>(r#"{"number": "QĐ 12", "on": "2026-11-02", "by": "x"}"#).is_err()
    );
}
