//! What is wrong with a mandate is told in words, at its place; what is right goes through.

use super::{appoint, consent, of_the_company};
use crate::support::commune::{COMPANY, Commune, DESK, MAU, THU, text};
use crate::support::house::{json, problem};
use serde_json::{Value, json as body};

async fn only(commune: &Commune, who: &str, application: &Value, pointer: &str, code: &str) {
    let told = problem(commune.hand_in(who, application).await, 422, "body_invalid").await;
    let errors = told["errors"].as_array().unwrap();
    let said: Vec<_> = errors.iter().map(|error| (text(error, "pointer"), text(error, "code"))).collect();
    assert_eq!(said, [(pointer, code)]);
    let words = text(&errors[0], "message");
    assert!(words.ends_with('.') && words.contains(' '), "no sentence: {words}");
}

#[tokio::test]
async fn i_05_a_proxy_shows_a_signed_power_of_attorney() {
    let commune = Commune::open().await;
    let (proof, anothers) = (commune.paper(THU).await, commune.paper(MAU).await);
    let mut application = commune.copies();
    commune.attach(THU, &mut application).await;
    only(&commune, THU, &application, "/mandate", "mandate_missing").await;

    application["mandate"] = body!({"ground": "proxy", "given_on": "2026-03-02"});
    only(&commune, THU, &application, "/mandate/proof", "proof_missing").await;
    application["mandate"]["proof"] = anothers;
    only(&commune, THU, &application, "/mandate/proof", "file_unknown").await;
    application["mandate"]["proof"] = proof.clone();
    application["mandate"]["way"] = body!("spoken");
    only(&commune, THU, &application, "/mandate/way", "not_in_writing").await;
    application["mandate"]["way"] = body!("signed");

    let dossier = json(commune.hand_in(THU, &application).await, 201).await;
    let shown = commune.now(DESK, &dossier).await;
    assert_eq!((text(&shown["handed_in_by"], "ground"), &shown["handed_in_by"]["proof"]), ("proxy", &proof));
    assert_eq!(text(&shown["handed_in_by"], "until"), "2027-03-02", "a year by law");
}

#[tokio::test]
async fn r_n5_a_helper_records_the_consent_of_everybody_they_help() {
    let commune = Commune::open().await;
    appoint(&commune, THU, "Trần Văn Thử").await;
    let mut application = commune.copies();
    commune.attach(THU, &mut application).await;
    only(&commune, THU, &application, "/mandate", "mandate_missing").await;
    application["applicant"].as_object_mut().unwrap().remove("id_number");
    only(&commune, THU, &application, "/mandate", "mandate_missing").await;

    for (member, value, pointer, code) in [
        ("way", Value::Null, "/mandate/way", "way_missing"),
        ("witness", Value::Null, "/mandate/witness", "witness_missing"),
        ("given_on", body!("2026-03-11"), "/mandate/given_on", "in_the_future"),
        ("given_on", body!("2026-02-07"), "/mandate/given_on", "consent_too_old"),
        ("until", Value::Null, "/mandate/until", "until_missing"),
        ("until", body!("2026-03-09"), "/mandate/until", "mandate_over"),
        ("until", body!("2026-12-31"), "/mandate/until", "until_too_far"),
    ] {
        application["mandate"] = consent();
        application["mandate"][member] = value;
        only(&commune, THU, &application, pointer, code).await;
    }
}

#[tokio::test]
async fn consent_is_for_appointed_helpers_and_no_mandate_is_for_oneself_or_at_a_desk() {
    let commune = Commune::open().await;
    let mut application = commune.copies();
    commune.attach(THU, &mut application).await;
    application["mandate"] = consent();
    only(&commune, THU, &application, "/mandate/ground", "not_a_community_helper").await;

    let mut own = commune.copies();
    commune.attach(MAU, &mut own).await;
    own["mandate"] = consent();
    only(&commune, MAU, &own, "/mandate", "mandate_of_oneself").await;

    let mut brought = commune.brought("Lường Thị Ví");
    brought["mandate"] = consent();
    only(&commune, DESK, &brought, "/mandate", "mandate_not_online").await;
}

#[tokio::test]
async fn i_05_an_organisation_hands_in_by_its_account_or_by_a_person_with_a_letter() {
    let commune = Commune::open().await;
    let own = of_the_company(&commune, COMPANY).await;
    let own = json(commune.hand_in(COMPANY, &own).await, 201).await;
    assert!(commune.now(DESK, &own).await.get("handed_in_by").is_none(), "its account is its own");

    let mut application = of_the_company(&commune, MAU).await;
    only(&commune, MAU, &application, "/mandate", "mandate_missing").await;
    application["mandate"] = body!({"ground": "representative", "way": "signed", "given_on": "2026-03-09"});
    only(&commune, MAU, &application, "/mandate/proof", "proof_missing").await;
    application["mandate"]["proof"] = commune.paper(MAU).await;
    let by_letter = json(commune.hand_in(MAU, &application).await, 201).await;

    let shown = commune.now(COMPANY, &by_letter).await;
    assert_eq!(text(&shown["handed_in_by"], "name"), "Nguyễn Thị Mẫu");
    assert_eq!(shown["handed_in_by"]["until"], Value::Null);
    assert_eq!(super::list(&commune, COMPANY).await.len(), 2);
}

#[tokio::test]
async fn a_parent_hands_in_for_a_child_by_saying_so() {
    let commune = Commune::open().await;
    let mut application = commune.copies();
    application["applicant"]["name"] = body!("Trần Thị Con");
    application["applicant"]["id_number"] = body!("006319000009");
    commune.attach(THU, &mut application).await;
    application["mandate"] = body!({"ground": "guardian"});

    let dossier = json(commune.hand_in(THU, &application).await, 201).await;

    assert_eq!(text(&commune.now(THU, &dossier).await["handed_in_by"], "ground"), "guardian");
}

#[tokio::test]
async fn a_draft_for_somebody_else_keeps_its_mandate_and_is_given_nothing_of_its_writer() {
    let commune = Commune::open().await;
    let draft =
        body!({"procedure": "2.000635", "application": {"form": {}, "mandate": {"ground": "guardian"}}});
    let begun = json(commune.post(MAU, "/v1/drafts", &draft).await, 201).await;
    let path = format!("/v1/drafts/{}", text(&begun, "id"));

    let known = commune.read(MAU, &format!("{path}/form")).await;

    assert_eq!(commune.read(MAU, &path).await["application"]["mandate"], body!({"ground": "guardian"}));
    assert_eq!((&known["filled"], &known["form"]), (&body!([]), &body!({})));
}
