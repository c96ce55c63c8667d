//! What the law promises at the desk and what no other file tells: one code, the catalogue's words, steps as published.

use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MONEY, text, time};
use crate::support::house::json;
use chrono::{TimeZone, Utc};
use rules::local_time::local_date;
use serde_json::{Value, json as body};

/// Certified copies, worked on until the result, each step by whom it belongs to.
async fn decided(commune: &Commune, dossier: &Value) -> Value {
    let dossier = commune.brought_to_the_head(dossier).await;
    commune.done(HEAD, &dossier, "decision", commune.decision("KQ-CC-01").await).await
}

#[tokio::test]
async fn l_06_what_is_done_the_same_day_is_recorded_though_nobody_asks_for_a_receipt() {
    let commune = Commune::open().await;
    let brought = commune.submit(DESK, commune.brought("Lường Thị Ví"), |_| {}).await;

    let mut now = decided(&commune, &brought).await;
    now = commune.done(MONEY, &now, "cash-payment", body!({"receipt_number": "00000012"})).await;
    now = commune.done(DESK, &now, "return", body!({"proof": "Đã ký nhận tại quầy."})).await;

    assert_eq!(local_date(time(&now, "due_at")), local_date(commune.clock.now()));
    assert_eq!(text(&now, "status"), "returned");
    let history = commune.read(DESK, &format!("/v1/dossiers/{}/history", text(&now, "id"))).await;
    let acts: Vec<&str> = history.as_array().unwrap().iter().map(|entry| text(entry, "act")).collect();
    assert_eq!((acts.first(), acts.last()), (Some(&"submit"), Some(&"return")));
    assert!(acts.contains(&"accept") && acts.contains(&"decide"), "{acts:?}");
    let receipt = commune.get(DESK, &format!("/v1/dossiers/{}/receipt", text(&now, "id"))).await;
    assert_eq!(receipt.status(), 200, "who asks gets one all the same");
}

#[tokio::test]
async fn l_21_before_july_2025_the_time_counts_from_the_desk_too() {
    let commune = Commune::open_at(Utc.with_ymd_and_hms(2025, 6, 2, 2, 0, 0).unwrap()).await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    assert!(dossier["due_at"].is_null());
    commune.clock.set(Utc.with_ymd_and_hms(2025, 6, 3, 2, 0, 0).unwrap());

    let received = commune.done(DESK, &dossier, "acceptance", body!({})).await;

    assert_eq!(time(&received, "received_at"), commune.clock.now());
    assert_eq!(time(&received, "due_at"), Utc.with_ymd_and_hms(2025, 6, 17, 10, 0, 0).unwrap());
}

#[tokio::test]
async fn c_14_c_15_a_dossier_keeps_its_code_on_every_way_it_goes() {
    let commune = Commune::open().await;
    let online = commune.submit(MAU, commune.copies(), |_| {}).await;
    let code = text(&online, "code").to_owned();

    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]});
    let asked = commune.done(DESK, &online, "supplement-request", ask).await;
    commune.clock.set(commune.clock.now() + chrono::TimeDelta::days(3));
    let papers = body!({"papers": [{"component": "CC-02", "file": commune.paper(MAU).await}]});
    let brought = commune.done(MAU, &asked, "supplement", papers).await;
    let mut now = decided(&commune, &brought).await;
    now = commune.done(MONEY, &now, "cash-payment", body!({"receipt_number": "00000012"})).await;
    now = commune.done(DESK, &now, "return", body!({"proof": "Đã ký nhận tại quầy."})).await;

    assert_eq!(text(&now, "code"), code, "the day of the submission stays in it");
    let all = commune.read(MAU, "/v1/dossiers").await;
    assert_eq!(all["items"].as_array().unwrap().len(), 1, "online and at the desk it is one dossier");
}

#[tokio::test]
async fn l_05_nobody_outside_gives_a_dossier_its_code() {
    let commune = Commune::open().await;
    let mut application = commune.copies();
    commune.attach(MAU, &mut application).await;
    application["code"] = body!("H55.101-260310-9999");

    let answer = json(commune.hand_in(MAU, &application).await, 422).await;

    assert_eq!(
        (&answer["errors"][0]["code"], &answer["errors"][0]["pointer"]),
        (&body!("unknown_field"), &body!("/code"))
    );
}

#[tokio::test]
async fn l_52_a_receipt_says_what_the_catalogue_says() {
    let commune = Commune::open().await;
    let procedure = commune.read(MAU, "/v1/procedures/2.000815").await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let received = commune.done(DESK, &dossier, "acceptance", body!({})).await;

    let page = commune.get(MAU, &format!("/v1/dossiers/{}/receipt", text(&received, "id"))).await;
    let page = page.text().await.unwrap();

    assert!(page.contains(text(&procedure, "name")), "{page}");
    for component in procedure["components"].as_array().unwrap() {
        let handed_in = ["CC-01", "CC-02"].contains(&text(component, "code"));
        assert_eq!(page.contains(text(component, "name")), handed_in, "{component}");
    }
}

#[tokio::test]
async fn l_53_a_dossier_walks_the_steps_its_revision_names() {
    let commune = Commune::open().await;
    let procedure = commune.read(MAU, "/v1/procedures/2.000815").await;
    let published: Vec<&str> =
        procedure["steps"].as_array().unwrap().iter().map(|step| text(step, "key")).collect();
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;

    let mut now = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let mut walked = Vec::new();
    for who in [DESK, DESK, CASE] {
        now = commune.done(who, &now, "forwarding", body!({})).await;
        walked.push(text(&now, "step").to_owned());
    }

    assert_eq!(walked, published);
    let refused = commune.refused(HEAD, &now, "forwarding", body!({})).await;
    assert_eq!(refused["blocked_by"][0]["code"], "no_next_step");
}

#[tokio::test]
async fn so_dinh_danh_a_number_of_another_birth_year_is_taken_and_doubted() {
    let commune = Commune::open().await;
    let dossier =
        commune.submit(MAU, commune.copies(), |a| a["applicant"]["born_on"] = body!("1989-05-01")).await;
    let plain =
        commune.submit(MAU, commune.copies(), |a| a["applicant"]["born_on"] = body!("1999-05-01")).await;

    let shown = commune.now(DESK, &dossier).await;

    assert!(shown["doubts"][0].as_str().unwrap().contains("1999"), "{shown}");
    assert!(commune.now(DESK, &plain).await.get("doubts").is_none());
}

#[tokio::test]
async fn l_13_at_intake_everything_is_asked_for_at_once() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]});
    let asked = commune.done(DESK, &dossier, "supplement-request", ask.clone()).await;
    let papers = body!({"papers": [{"component": "CC-02", "file": commune.paper(MAU).await}]});
    let answered = commune.done(MAU, &asked, "supplement", papers).await;

    let again = commune.refused(DESK, &answered, "supplement-request", ask).await;

    assert_eq!(again["blocked_by"][0]["code"], "wrong_status");
    assert!(again["allowed_actions"].as_array().unwrap().contains(&body!("accept")), "{again}");
}
