//! Mail that comes back waits at the desk, is told of, and may be sent again; what arrives is proved.

use super::scene::{decided, done_to, listed, ordered, said, shipment};
use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, POSTMAN, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::warnings::sweeping;
use sea_orm::EntityTrait;
use serde_json::json as body;

#[tokio::test]
async fn b_04_the_desk_takes_a_parcel_back_after_two_invitations_two_working_days_apart() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    let back = async || {
        let row = shipment(&commune, &dossier, "return").await;
        done_to(&commune, DESK, &row, "return-to-agency", &body!({})).await
    };

    commune.pass(TimeDelta::hours(1));
    said(&commune, &row, "undelivered").await;
    commune.pass(TimeDelta::days(1));
    said(&commune, &row, "undelivered").await;
    let early = problem(back().await, 409, "act_refused").await;
    commune.pass(TimeDelta::days(1));
    said(&commune, &row, "undelivered").await;
    let taken = json(back().await, 201).await;

    assert_eq!(early["blocked_by"][0]["code"], "invite_again");
    assert_eq!(taken["state"], "returned_to_agency");
    let seen = listed(&commune, MAU, &dossier).await;
    assert_eq!(
        (&seen[0]["failed_attempts"], seen[0]["invitations"].as_array().unwrap().len()),
        (&body!(3), 3)
    );
    assert_eq!(commune.now(DESK, &dossier).await["status"], "decided");
}

#[tokio::test]
async fn b_04_b_06_the_person_and_the_desk_are_told_of_it_and_it_is_sent_again_under_another_number() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    let path = format!("/v1/dossiers/{}/shipments", text(&dossier, "id"));
    problem(commune.post(DESK, &path, &body!({})).await, 409, "act_refused").await;
    commune.pass(TimeDelta::hours(1));
    said(&commune, &row, "returned_to_agency").await;

    let tx = commune.database.begin().await.unwrap();
    let catalogue = &commune.office.catalogue;
    sweeping::sweep(&tx, catalogue, (commune.clock.now(), None), None).await.unwrap();
    tx.commit().await.unwrap();
    let jobs = entities::jobs::row::Entity::find().all(commune.database.reader()).await.unwrap();
    let again = json(commune.post(DESK, &path, &body!({})).await, 201).await;

    assert!(jobs.iter().any(|job| job.kind == "warn" && job.payload.contains("result_unfetched")));
    assert_eq!(again["order_number"], format!("{}-R1", text(&dossier, "code")));
    let legs: Vec<_> = listed(&commune, DESK, &dossier).await.iter().map(|row| row["leg"].clone()).collect();
    assert_eq!(legs, ["returned-1", "return"]);
}

#[tokio::test]
async fn b_03_who_took_it_is_kept_sealed_and_shown_to_those_it_concerns() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    let proof = body!({
        "taken_by": "Nguyễn Văn Chồng", "relation": "chồng", "paper": "CCCD 006099000009",
        "at": commune.clock.now(),
    });
    let early = done_to(&commune, DESK, &row, "proof", &proof).await;
    problem(early, 409, "act_refused").await;
    commune.pass(TimeDelta::hours(1));
    said(&commune, &row, "out_for_delivery").await;
    commune.pass(TimeDelta::hours(1));
    let paid = body!({"receipt_number": "00000012"});
    let dossier = commune.now(DESK, &dossier).await;
    commune.done(DESK, &dossier, "cash-payment", paid).await;
    said(&commune, &row, "delivered").await;
    let row = shipment(&commune, &dossier, "return").await;

    problem(done_to(&commune, POSTMAN, &row, "proof", &proof).await, 404, "not_found").await;
    let kept = json(done_to(&commune, DESK, &row, "proof", &proof).await, 201).await;

    assert_eq!(kept["proof"]["taken_by"], "Nguyễn Văn Chồng");
    assert_eq!(listed(&commune, MAU, &dossier).await[0]["proof"]["relation"], "chồng");
    let masked = listed(&commune, INSPECTOR, &dossier).await;
    assert_eq!((&masked[0]["proof"], &masked[0]["raw_message"]), (&body!(null), &body!(null)));
    let row = shipment(&commune, &dossier, "return").await;
    assert!(!row.taken_by_sealed.unwrap().contains("Chồng"));
    assert_eq!(commune.now(MAU, &dossier).await["status"], "returned");
}

#[tokio::test]
async fn b_04_a_parcel_of_which_the_carrier_said_too_little_is_taken_back_for_a_reason_that_is_kept() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    let words = "Bưu tá đem trả tại quầy, người nhận đã chuyển đi.";
    let empty = done_to(&commune, DESK, &row, "return-to-agency", &body!({"reason": " "})).await;
    problem(empty, 422, "body_invalid").await;

    let taken = done_to(&commune, DESK, &row, "return-to-agency", &body!({"reason": words})).await;
    let taken = json(taken, 201).await;

    assert_eq!((&taken["state"], &taken["taken_back"]), (&body!("returned_to_agency"), &body!(words)));
    assert_eq!(listed(&commune, INSPECTOR, &dossier).await[0]["taken_back"], body!(null));
    let row = shipment(&commune, &dossier, "return").await;
    assert!(!row.taken_back_sealed.unwrap().contains("Bưu tá"));
}

#[tokio::test]
async fn b_04_two_deliveries_in_vain_on_one_day_are_one_invitation_and_the_second_is_told() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    commune.pass(TimeDelta::hours(1));
    said(&commune, &row, "undelivered").await;
    commune.pass(TimeDelta::hours(1));
    said(&commune, &row, "undelivered").await;
    commune.pass(TimeDelta::days(7));

    let warned = warned(&commune).await;

    assert!(warned.contains("second_invitation") && !warned.contains("post_gives_back"), "{warned}");
}

#[tokio::test]
async fn b_03_a_carriage_that_the_carrier_calls_off_is_told_and_the_fee_is_taken_at_the_desk_again() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    let ways = format!("/v1/payment-ways?dossier={}", text(&dossier, "id"));
    let carried = commune.read(MAU, &ways).await;
    commune.pass(TimeDelta::hours(1));
    said(&commune, &row, "cancelled").await;

    let warned = warned(&commune).await;

    assert!(warned.contains("not_carried"), "{warned}");
    assert_eq!(carried, body!([{"way": "post"}]));
    let open = commune.read(MAU, &ways).await;
    assert!(open.as_array().unwrap().contains(&body!({"way": "cash"})), "{open}");
    assert!(!open.as_array().unwrap().contains(&body!({"way": "post"})), "{open}");
}

/// The payloads of the warnings that a sweep gives now.
async fn warned(commune: &Commune) -> String {
    let tx = commune.database.begin().await.unwrap();
    let catalogue = &commune.office.catalogue;
    sweeping::sweep(&tx, catalogue, (commune.clock.now(), None), None).await.unwrap();
    tx.commit().await.unwrap();
    let jobs = entities::jobs::row::Entity::find().all(commune.database.reader()).await.unwrap();
    let told = jobs.into_iter().filter(|job| job.kind == "warn").map(|job| job.payload);
    told.collect::<Vec<_>>().join("\n")
}
