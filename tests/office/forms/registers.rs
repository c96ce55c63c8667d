//! The register of a unit: its dossiers of some days, numbered as their receipts are.

use super::desk::{asked, assert_says, file, make_all, read_back};
use crate::queries::{assert_no_scan, plan};
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, NEIGHBOUR, text};
use crate::support::database::TestDatabase;
use crate::support::house::problem;
use chrono::{NaiveDate, TimeDelta};
use entities::forms::{reading, registers};
use serde_json::{Value, json as body};
use uuid::Uuid;

#[tokio::test]
async fn forms_and_registers_are_read_from_their_indices() {
    let db = TestDatabase::fresh().await;
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();

    let received = plan(&db, registers::query(Uuid::nil(), day(1), day(31))).await;
    let of_dossier = plan(&db, reading::query(Uuid::nil())).await;

    assert_no_scan("a register", &received);
    assert!(received.contains("dossiers_unit_received"), "{received}");
    assert!(of_dossier.contains("forms_once") || of_dossier.contains("INDEX"), "{of_dossier}");
    for plan in [received, of_dossier] {
        assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "sorted by hand:\n{plan}");
    }
}

fn path(commune: &Commune) -> String {
    format!("/v1/units/{}/registers", commune.unit)
}

fn days(from: &str, to: &str) -> Value {
    body!({"from": from, "to": to})
}

#[tokio::test]
async fn l_56_the_register_holds_what_was_received_on_its_days() {
    let commune = Commune::open().await;
    let refused = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &refused, "refusal", body!({"reason": "Nộp nhầm nơi."})).await;
    let first = commune.submit(MAU, commune.birth(), |_| {}).await;
    let decided = commune.brought_to_the_head(&first).await;
    commune.done(HEAD, &decided, "decision", commune.decision("KQ-KS-01").await).await;
    commune.pass(TimeDelta::days(1));
    let second = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &second, "acceptance", body!({})).await;

    let both = asked(&commune, DESK, &path(&commune), days("2026-03-10", "2026-03-11")).await;
    let one = asked(&commune, DESK, &path(&commune), days("2026-03-11", "2026-03-31")).await;

    make_all(&commune).await;
    let both = read_back(&file(&commune, DESK, &both).await);
    assert_says(&both, &["SỔ THEO DÕI HỒ SƠ", "Từ ngày 10 tháng 3 năm 2026 đến ngày 11 tháng 3 năm 2026"]);
    assert_says(&both, &["Nguyễn Thị Mẫu", "Cộng: 2 hồ sơ.", "Mẫu số 07"]);
    assert_says(&both, &[text(&first, "code"), text(&second, "code")]);
    assert!(!both.contains(text(&refused, "code")), "what was never received is not in the book");
    let one = read_back(&file(&commune, CASE, &one).await);
    assert!(one.contains(text(&second, "code")) && !one.contains(text(&first, "code")), "{one}");
}

#[tokio::test]
async fn l_56_what_the_desk_did_before_the_reception_is_no_sending_on() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let claimed = commune.done(DESK, &dossier, "claim", body!({})).await;
    commune.pass(TimeDelta::days(1));
    commune.done(DESK, &claimed, "acceptance", body!({})).await;

    let register = asked(&commune, DESK, &path(&commune), days("2026-03-11", "2026-03-11")).await;

    make_all(&commune).await;
    let text = read_back(&file(&commune, DESK, &register).await);
    assert!(!text.contains("10/03/2026"), "{text}");
}

#[tokio::test]
async fn l_56_a_register_is_made_by_the_desk_of_its_unit_for_a_year_at_most() {
    let commune = Commune::open().await;
    let month = days("2026-03-01", "2026-03-31");

    for who in [MAU, CASE, NEIGHBOUR] {
        problem(commune.post(who, &path(&commune), &month).await, 403, "forbidden").await;
    }
    for (from, to) in [("2026-03-31", "2026-03-01"), ("2025-01-01", "2026-01-02")] {
        let wrong = commune.post(DESK, &path(&commune), &days(from, to)).await;
        let wrong = problem(wrong, 422, "body_invalid").await;
        assert_eq!(
            (&wrong["errors"][0]["pointer"], &wrong["errors"][0]["code"]),
            (&body!("/to"), &body!("period_invalid"))
        );
    }

    let register = asked(&commune, DESK, &path(&commune), month).await;
    make_all(&commune).await;
    assert_says(&read_back(&file(&commune, DESK, &register).await), &["Cộng: 0 hồ sơ."]);
    problem(commune.get(MAU, &format!("/v1/forms/{}", text(&register, "id"))).await, 404, "not_found").await;
    problem(commune.get(NEIGHBOUR, &format!("/v1/forms/{}", text(&register, "id"))).await, 404, "not_found")
        .await;
}
