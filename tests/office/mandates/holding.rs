//! What who handed in for somebody sees while it lasts, and what never.

use super::{helped, is_with_the_applicant_alone, list};
use crate::documents::{kept_card, status};
use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, NEIGHBOUR, THU, text};
use crate::support::house::problem;
use chrono::TimeDelta;
use serde_json::{Value, json as body};

fn at(dossier: &Value, rest: &str) -> String {
    format!("/v1/dossiers/{}{rest}", text(dossier, "id"))
}

#[tokio::test]
async fn r_n5_i_04_both_the_helper_and_the_owner_are_in_the_history() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;

    let shown = commune.now(MAU, &dossier).await;
    let history = commune.read(MAU, &at(&dossier, "/history")).await;

    assert_eq!(text(&shown, "applicant_name"), "Nguyễn Thị Mẫu");
    let by = &shown["handed_in_by"];
    assert_eq!((text(by, "name"), text(by, "witness")), ("Trần Văn Thử", "Lý Thị Chứng"));
    assert_eq!((text(by, "way"), text(by, "until")), ("spoken", "2026-03-31"));
    assert_eq!(text(&history[0], "actor_name"), "Trần Văn Thử");
    let note = text(&history[0], "note");
    assert!(note.contains("Trần Văn Thử nộp thay cho Nguyễn Thị Mẫu"), "{note}");
}

#[tokio::test]
async fn who_sees_persons_masked_sees_the_helper_and_the_witness_no_better() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;

    let shown = commune.now(INSPECTOR, &dossier).await["handed_in_by"].clone();

    assert_eq!((text(&shown, "name"), text(&shown, "ground")), ("T. V. T.", "helper"));
    assert!(shown.get("witness").is_none() && !shown.to_string().contains("Chứng"), "{shown}");
    problem(commune.get(NEIGHBOUR, &at(&dossier, "")).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_helper_acts_for_the_applicant_while_the_consent_lasts() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;
    assert_eq!(list(&commune, THU).await, list(&commune, MAU).await);

    let asked = body!({"reason": "Ảnh mờ", "components": ["CC-01"]});
    let dossier = commune.done(DESK, &dossier, "supplement-request", asked).await;
    let paper = commune.paper(THU).await;
    let papers = body!({"papers": [{"component": "CC-01", "file": paper}]});
    let dossier = commune.done(THU, &dossier, "supplement", papers).await;

    let dossier = commune.done(THU, &dossier, "withdrawal", body!({"reason": "Bà Mẫu không cần nữa."})).await;
    assert_eq!(text(&dossier, "status"), "withdrawn");
    problem(
        commune.post(THU, &at(&dossier, "/rating"), &body!({"score": "satisfied"})).await,
        404,
        "not_found",
    )
    .await;
}

#[tokio::test]
async fn p_15_a_helper_opens_neither_the_store_nor_the_access_log_nor_the_notices_of_whom_they_help() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;
    commune.now(THU, &dossier).await;
    commune.now(DESK, &dossier).await;

    for path in ["/v1/me/documents", "/v1/me/results", "/v1/me/notices", "/v1/me/access-log"] {
        assert_eq!(commune.read(THU, path).await["items"], body!([]), "{path}");
    }
    let log = commune.read(MAU, "/v1/me/access-log").await;
    let readers = log["items"].as_array().unwrap().len();
    assert!(readers >= 2, "the helper's look and the officer's are the applicant's to know: {log}");
}

#[tokio::test]
async fn p_15_a_helper_cannot_hand_in_a_document_of_whom_they_help_out_of_the_store() {
    let commune = Commune::open().await;
    super::appoint(&commune, THU, "Trần Văn Thử").await;
    let document = kept_card(&commune).await;
    let reused = body!({"component": "HN-01", "source": "reused", "document": document});
    let mut application = status(&commune, reused);
    application["mandate"] = super::consent();

    let told = problem(commune.hand_in(THU, &application).await, 422, "body_invalid").await;

    let codes: Vec<_> = told["errors"].as_array().unwrap().iter().map(|e| text(e, "pointer")).collect();
    assert_eq!(codes, ["/papers/0/document"], "{told}");
    problem(commune.get(THU, &format!("/v1/me/documents/{document}")).await, 404, "not_found").await;
}

#[tokio::test]
async fn i_05_the_proof_is_read_by_the_office_and_the_applicant() {
    let commune = Commune::open().await;
    let proof = commune.paper(THU).await;
    let signed = body!({"ground": "proxy", "way": "signed", "given_on": "2026-03-10", "proof": proof});
    commune.submit(THU, commune.copies(), |application| application["mandate"] = signed).await;
    let path = format!("/v1/files/{}", proof.as_str().unwrap());

    for who in [THU, MAU, DESK] {
        assert_eq!(commune.get(who, &path).await.status(), 200, "{who}");
    }
    problem(commune.get(NEIGHBOUR, &path).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_consent_ends_with_its_last_day_without_anybody_doing_anything() {
    let commune = Commune::open().await;
    let dossier = helped(&commune).await;
    let midnight = "2026-03-31T17:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    commune.pass(midnight - commune.clock.now() - TimeDelta::seconds(1));
    assert_eq!(list(&commune, THU).await, [dossier["id"].clone()]);

    commune.pass(TimeDelta::seconds(1));

    problem(commune.get(THU, &at(&dossier, "")).await, 404, "not_found").await;
    is_with_the_applicant_alone(&commune, &dossier).await;
}
