//! A granted dossier leaves a result, in the transaction of the decision.

use super::scene::{address, for_signature, granted, result, results, verified};
use crate::support::commune::{Commune, DESK, HEAD, INSPECTOR, MAU, THU, text};
use crate::support::house::problem;
use chrono::TimeDelta;
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_granted_is_a_result_with_a_code_to_check_it_by() {
    let commune = Commune::open().await;

    let dossier = granted(&commune, |_| {}).await;

    let told = results(&commune, MAU, &dossier).await;
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((text(one, "result_code"), text(one, "name")), ("KQ-T2", "Kết quả thử"));
    assert_eq!((text(one, "number"), text(one, "state")), ("12/CT", "in_force"));
    assert_eq!(
        (text(one, "issued_on"), text(one, "valid_from"), &one["valid_until"]),
        ("2026-03-10", "2026-03-10", &Value::Null)
    );
    assert_eq!(text(one, "unit_name"), "Ủy ban nhân dân phường Đức Xuân");
    let code = text(one, "verification_code");
    assert_eq!((code.len(), code.split('-').count()), (24, 5), "{code}");
    assert!(text(one, "verification_address").ends_with(&code.replace('-', "")), "{one}");
    let file = commune.read(HEAD, &format!("/v1/files/{}", text(one, "file"))).await;
    assert_eq!(one["sha256"], file["sha256"]);
    assert_eq!(&result(&commune, HEAD, one).await, one);
}

#[tokio::test]
async fn a_result_is_read_by_who_sees_the_dossier() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let one = results(&commune, DESK, &dossier).await.remove(0);

    let overseen = result(&commune, INSPECTOR, &one).await;

    assert_eq!((&overseen["number"], &overseen["name"]), (&Value::Null, &one["name"]));
    for path in [address(&one, ""), address(&one, "/qr"), address(&one, "/links")] {
        problem(commune.get(THU, &path).await, 404, "not_found").await;
    }
    problem(commune.get(INSPECTOR, &address(&one, "/qr")).await, 403, "forbidden").await;
}

#[tokio::test]
async fn a_refusal_on_the_merits_leaves_no_result() {
    let commune = Commune::open().await;

    let dossier = granted(&commune, |decision| {
        decision["outcome"] = json!("rejected");
        decision["reason"] = json!("Không đủ điều kiện.");
    })
    .await;

    assert_eq!(results(&commune, HEAD, &dossier).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_result_is_valid_as_its_kind_says_or_as_the_approver_does_and_then_no_more() {
    let commune = Commune::open().await;
    let usual = granted(&commune, |decision| decision["result_code"] = json!("KQ-T2-6")).await;
    let own = granted(&commune, |decision| {
        decision["result_code"] = json!("KQ-T2-6");
        decision["valid_from"] = json!("2026-03-12");
        decision["valid_until"] = json!("2026-03-20");
    })
    .await;

    let usual = results(&commune, MAU, &usual).await.remove(0);
    let own = results(&commune, MAU, &own).await.remove(0);

    assert_eq!((text(&usual, "valid_until"), text(&usual, "state")), ("2026-09-10", "in_force"));
    assert_eq!((text(&own, "valid_until"), text(&own, "state")), ("2026-03-20", "not_yet_in_force"));
    commune.pass(TimeDelta::days(2));
    assert_eq!(result(&commune, MAU, &own).await["state"], "in_force");
    commune.pass(TimeDelta::days(9));
    assert_eq!(result(&commune, MAU, &own).await["state"], "expired");
    assert_eq!(verified(&commune, text(&own, "verification_code")).await["verdict"], "expired");
    assert_eq!(verified(&commune, text(&usual, "verification_code")).await["verdict"], "in_force");
}

#[tokio::test]
async fn a_validity_that_is_over_before_it_begins_is_told() {
    let commune = Commune::open().await;
    let dossier = for_signature(&commune).await;
    for (from, until) in [(Value::Null, "2026-03-09"), (json!("2026-05-01"), "2026-04-30")] {
        let mut decision = commune.decision("KQ-T2").await;
        (decision["valid_from"], decision["valid_until"]) = (from, json!(until));

        let answer = commune.act(HEAD, &dossier, "decision", &decision).await;

        let told = problem(answer, 422, "body_invalid").await;
        assert_eq!(told["errors"][0]["code"], "valid_until_past", "{told}");
    }
}

#[tokio::test]
async fn a_result_is_not_born_after_its_last_day() {
    let commune = Commune::open().await;
    let dossier = for_signature(&commune).await;
    let mut decision = commune.decision("KQ-T2-6").await;
    decision["valid_from"] = json!("2025-03-10");

    let answer = commune.act(HEAD, &dossier, "decision", &decision).await;

    let told = problem(answer, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["code"], "valid_until_past", "{told}");
}

#[tokio::test]
async fn l_48_a_result_taken_back_is_replaced_by_the_next_one() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let open = commune.done(HEAD, &dossier, "correction", json!({"reason": "Sai ngày sinh."})).await;
    let between = results(&commune, HEAD, &open).await.remove(0);
    commune.pass(TimeDelta::hours(1));

    let decision = commune.decision("KQ-T2").await;
    let dossier = commune.done(HEAD, &open, "decision", decision).await;

    assert_eq!(
        (text(&between, "state"), &between["replaced_by"], text(&between, "ended_reason")),
        ("replaced", &Value::Null, "Sai ngày sinh.")
    );
    let told = results(&commune, HEAD, &dossier).await;
    let [old, new] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((&old["replaced_by"], text(new, "state")), (&new["id"], "in_force"));
    assert_eq!(text(old, "ended_by"), "Nông Văn Duyệt");
    let overseen = results(&commune, INSPECTOR, &dossier).await;
    assert_eq!(overseen[0]["ended_reason"], Value::Null, "the reason may name a person");
    let [gone, there] = [old, new].map(|one| text(one, "verification_code"));
    assert_eq!(verified(&commune, gone).await["verdict"], "replaced");
    assert_eq!(verified(&commune, there).await["verdict"], "in_force");
}

#[tokio::test]
async fn ones_own_results_are_walked_page_by_page() {
    let commune = Commune::open().await;
    let mut granted_ids = Vec::new();
    for _ in 0..3 {
        let dossier = granted(&commune, |_| {}).await;
        granted_ids.push(results(&commune, MAU, &dossier).await[0]["id"].clone());
    }
    let (mut path, mut walked) = ("/v1/me/results?limit=2".to_owned(), Vec::new());

    for pages in 1.. {
        let page = commune.read(MAU, &path).await;
        walked.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].clone()));
        let Some(next) = page["next"].as_str() else {
            assert_eq!(pages, 2);
            break;
        };
        path = format!("/v1/me/results?limit=2&after={next}");
    }

    granted_ids.reverse();
    assert_eq!(walked, granted_ids);
    assert_eq!(commune.read(THU, "/v1/me/results").await["items"], json!([]));
}

#[tokio::test]
async fn the_square_code_is_drawn_for_the_person_and_the_officers() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let one = results(&commune, MAU, &dossier).await.remove(0);

    let drawn = commune.get(MAU, &address(&one, "/qr")).await;
    let pixels = commune.get(DESK, &address(&one, "/qr?format=png")).await;

    assert_eq!(drawn.headers()["content-type"], "image/svg+xml");
    assert!(drawn.text().await.unwrap().starts_with("<svg"));
    assert_eq!(pixels.headers()["content-type"], "image/png");
    assert!(pixels.bytes().await.unwrap().starts_with(b"\x89PNG"));
    problem(commune.get(MAU, &address(&one, "/qr?format=gif")).await, 400, "query_invalid").await;
}
