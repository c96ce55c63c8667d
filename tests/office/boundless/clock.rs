//! When the clock of a dossier of another place starts, and what must wait for it.

use super::{amended, elsewhere, received};
use crate::support::commune::{Commune, DESK, HEAD, MAU, NEIGHBOUR, text};
use chrono::TimeDelta;
use serde_json::json as body;

#[tokio::test]
async fn l_20_its_clock_starts_when_the_competent_unit_takes_it_in() {
    let commune = Commune::open_at(amended()).await;
    let dossier = received(&commune).await;
    let path = format!("/v1/dossiers/{}/deadline", text(&dossier, "id"));
    assert_eq!(commune.read(MAU, &path).await["state"], "not_started");
    assert!(dossier["due_at"].is_null() && !dossier["received_at"].is_null());

    commune.pass(TimeDelta::days(1));
    let admitted = commune.done(NEIGHBOUR, &dossier, "admission", body!({})).await;

    assert_eq!(admitted["due_at"], "2026-11-18T10:00:00Z", "five working days from the eleventh");
    let derived = commune.read(MAU, &path).await;
    assert_eq!(derived["state"], "running");
    assert_eq!(derived["derivation"][0]["from"], "2026-11-11T02:00:00Z");
}

#[tokio::test]
async fn l_20_nothing_is_done_to_it_before_that() {
    let commune = Commune::open_at(amended()).await;
    let dossier = received(&commune).await;
    for (act, particulars) in [
        ("forwarding", body!({})),
        ("payment-request", body!({})),
        ("supplement-request", body!({"reason": "Ảnh mờ.", "components": ["T51-01"]})),
        ("children", body!({"procedure": "9.000503", "unit": commune.neighbour})),
    ] {
        let refused = commune.refused(NEIGHBOUR, &dossier, act, particulars).await;
        assert!(refused["blocked_by"].to_string().contains("not_admitted"), "{act}: {refused}");
    }
    let refused = commune.refused(DESK, &dossier, "admission", body!({})).await;
    assert!(refused["blocked_by"].to_string().contains("wrong_role"), "{refused}");
    let admitted = commune.done(NEIGHBOUR, &dossier, "admission", body!({})).await;
    let again = commune.refused(NEIGHBOUR, &admitted, "admission", body!({})).await;
    assert!(again["blocked_by"].to_string().contains("no_admission_due"), "{again}");
}

#[tokio::test]
async fn l_21_before_the_amendment_and_under_r2018_it_starts_at_the_reception() {
    for (at, due) in [("2025-06-10", "2025-06-17"), ("2026-03-10", "2026-03-17")] {
        let at = format!("{at}T02:00:00Z").parse().unwrap();
        let commune = Commune::open_at(at).await;

        let dossier = received(&commune).await;

        assert_eq!(dossier["due_at"], format!("{due}T10:00:00Z"));
        let refused = commune.refused(NEIGHBOUR, &dossier, "admission", body!({})).await;
        assert!(refused["blocked_by"].to_string().contains("no_admission_due"), "{refused}");
    }
}

#[tokio::test]
async fn l_20_the_law_of_the_day_of_reception_holds_not_that_of_the_submission() {
    let commune = Commune::open_at("2026-08-04T02:00:00Z".parse().unwrap()).await;
    let dossier = commune.submit(MAU, elsewhere(&commune), |_| {}).await;
    commune.pass(TimeDelta::days(2));

    let received = commune.done(DESK, &dossier, "acceptance", body!({})).await;

    assert!(received["due_at"].is_null(), "amended on 5 August: the clock waits for the competent unit");
    let admitted = commune.done(NEIGHBOUR, &received, "admission", body!({})).await;
    assert!(!admitted["due_at"].is_null());
}

#[tokio::test]
async fn l_20_a_dossier_of_the_own_place_starts_at_its_reception() {
    let commune = Commune::open_at(amended()).await;
    let dossier = commune.submit(MAU, elsewhere(&commune), |a| {
        a.as_object_mut().unwrap().remove("authority");
    });

    let received = commune.done(DESK, &dossier.await, "acceptance", body!({})).await;

    assert_eq!(received["due_at"], "2026-11-17T10:00:00Z");
    assert_eq!(received["authority"], received["unit"]);
}

#[tokio::test]
async fn it_is_settled_over_there_and_handed_over_here() {
    let commune = Commune::open_at(amended()).await;
    let dossier = received(&commune).await;
    let admitted = commune.done(NEIGHBOUR, &dossier, "admission", body!({})).await;
    for (who, act, particulars) in
        [(DESK, "forwarding", body!({})), (HEAD, "stop", body!({"reason": "Dừng giải quyết."}))]
    {
        let refused = commune.refused(who, &admitted, act, particulars).await;
        assert!(refused["blocked_by"].to_string().contains("wrong_role"), "{who} {act}: {refused}");
    }
    let settled = commune.done(NEIGHBOUR, &admitted, "forwarding", body!({})).await;
    let file = commune.paper(NEIGHBOUR).await;
    let decision = body!({"outcome": "granted", "number": "1/KQ", "result_code": "KQ-T01", "file": file});
    let decided = commune.done(NEIGHBOUR, &settled, "decision", decision).await;

    let returned = commune.done(DESK, &decided, "return", body!({"proof": "Ký nhận tại quầy."})).await;

    assert_eq!(returned["status"], "returned");
}

#[tokio::test]
async fn l_23_it_should_be_taken_in_by_the_end_of_its_way() {
    let commune = Commune::open_at(amended()).await;
    let queue = async |name: &str| {
        let page = commune.read(NEIGHBOUR, &format!("/v1/queues/{name}")).await;
        page["items"].as_array().unwrap().len()
    };
    let brought = commune.submit(DESK, elsewhere(&commune), |a| a["channel"] = body!("desk"));
    commune.done(DESK, &brought.await, "acceptance", body!({})).await;
    assert_eq!((queue("due-today").await, queue("late").await), (1, 0));

    commune.pass(TimeDelta::hours(9));

    assert_eq!(queue("late").await, 1, "paper goes the same day when received before 15:00");
}

#[tokio::test]
async fn l_24_what_is_electronic_is_there_at_once() {
    let commune = Commune::open_at(amended()).await;
    received(&commune).await;
    let late = async || commune.read(NEIGHBOUR, "/v1/queues/late").await["items"].as_array().unwrap().len();
    assert_eq!(late().await, 0);

    commune.pass(TimeDelta::hours(3));

    assert_eq!(late().await, 1, "the session of the morning is over");
}
