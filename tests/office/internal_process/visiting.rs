//! Checks on the spot: place, time, participants and content, all of them.

use super::scene::{appraised, asked, below, codes, decided};
use crate::support::commune::{CASE, Commune, INSPECTOR, MAU, MONEY, THU};
use crate::support::house::problem;
use serde_json::{Value, json};

fn report() -> Value {
    json!({
        "place": "Thửa đất số 12, tổ 5", "at": "2026-03-10T01:30:00Z", "found": "Ranh giới đúng như bản vẽ.",
        "participants": [{"name": "Nguyễn Thị Mẫu", "role": "Người nộp"}, {"name": "Triệu Thị Lý", "role": "Công chức"}],
    })
}

fn changed(member: &str, to: Value) -> Value {
    let mut report = report();
    report[member] = to;
    report
}

#[tokio::test]
async fn l_32_a_visit_is_recorded_with_place_time_participants_and_content() {
    let commune = Commune::open().await;
    let mut submitted = commune.clock.now();
    submitted -= chrono::TimeDelta::hours(1);
    let commune = Commune::open_at(submitted).await;
    let dossier = appraised(&commune).await;
    commune.pass(chrono::TimeDelta::hours(1));

    let after = commune.done(CASE, &dossier, "visits", report()).await;

    assert_eq!((&after["due_at"], &after["status"]), (&dossier["due_at"], &dossier["status"]));
    for who in [CASE, MAU] {
        let visits = below(&commune, who, &after, "visits").await;
        assert_eq!(visits[0]["report"], report());
        assert_eq!(
            (&visits[0]["at"], &visits[0]["recorded_name"]),
            (&json!("2026-03-10T01:30:00Z"), &json!("Triệu Thị Lý"))
        );
    }
    let masked = below(&commune, INSPECTOR, &after, "visits").await;
    assert_eq!((&masked[0]["report"], &masked[0]["entry"]), (&Value::Null, &json!(after["version"])));
    problem(asked(&commune, THU, &after, "visits").await, 404, "not_found").await;
}

#[tokio::test]
async fn l_32_a_visit_without_one_of_them_is_none() {
    let commune = Commune::open().await;
    let dossier = appraised(&commune).await;
    let nobody = json!([{"name": "Nguyễn Thị Mẫu", "role": " "}]);
    for (report, wrong) in [
        (changed("place", json!("")), vec!["place_missing", "time_impossible"]),
        (changed("participants", json!([])), vec!["participants_missing", "time_impossible"]),
        (changed("participants", nobody), vec!["participant_incomplete", "time_impossible"]),
        (changed("at", json!("2026-03-11T01:30:00Z")), vec!["time_impossible"]),
    ] {
        let told = problem(commune.act(CASE, &dossier, "visits", &report).await, 422, "body_invalid").await;

        assert_eq!(codes(&told), wrong, "{report}");
    }
    let empty = commune.refused(CASE, &dossier, "visits", changed("found", json!("…"))).await;
    assert_eq!(codes(&empty), ["reason_missing"]);
}

#[tokio::test]
async fn a_visit_is_the_officers_and_belongs_to_an_open_dossier() {
    let commune = Commune::open().await;
    let dossier = appraised(&commune).await;
    let over = decided(&commune).await;

    assert_eq!(codes(&commune.refused(MONEY, &dossier, "visits", report()).await), ["wrong_role"]);
    assert_eq!(codes(&commune.refused(CASE, &over, "visits", report()).await), ["wrong_status"]);
}
