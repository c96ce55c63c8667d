//! Declare once: what the office holds is offered, used, filled in, and not asked for again.

use super::{card, clean_file, keep, kept_card, kinds, status};
use crate::support::commune::{CASE, Commune, DESK, MAU, MAU_ID, NEIGHBOUR, THU, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::documents::NewDocument;
use serde_json::{Value, json as body};
use uuid::Uuid;

fn reused(document: Uuid) -> Value {
    body!({"component": "HN-01", "source": "reused", "document": document})
}

/// Handed in without uploads.
async fn handed_in(commune: &Commune, who: &str, paper: Value) -> reqwest::Response {
    commune.hand_in(who, &status(commune, paper)).await
}

#[tokio::test]
async fn l_09_a_paper_of_the_store_stands_for_a_component() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;

    let dossier = json(handed_in(&commune, MAU, reused(kept)).await, 201).await;

    let papers = commune.read(DESK, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;
    assert_eq!((&papers[0]["source"], &papers[0]["document"]), (&body!("reused"), &body!(kept)));
    assert!(papers[0]["file"].is_string(), "it shows the same file");
    let told = commune.read(MAU, &format!("/v1/me/documents/{kept}")).await;
    assert_eq!(told["document"]["reused"], 1);
    let uses = commune.read(MAU, &format!("/v1/me/documents/{kept}/uses")).await;
    assert_eq!(kinds(&uses), ["reused", "filed"]);
}

#[tokio::test]
async fn a_document_that_does_not_fit_is_refused_in_words() {
    let commune = Commune::open().await;
    let day = rules::local_time::local_date(commune.clock.now());
    let file = clean_file(&commune, MAU).await;
    let over = keep(&commune, NewDocument { valid_until: day.pred_opt(), ..card(file) }).await;
    let licence = keep(&commune, NewDocument { paper_type: "GPLX".into(), ..card(file) }).await;
    for (document, code) in [
        (over, "document_not_valid"),
        (licence, "document_of_another_type"),
        (Uuid::now_v7(), "document_unknown"),
    ] {
        let told = problem(handed_in(&commune, MAU, reused(document)).await, 422, "body_invalid").await;
        assert_eq!(
            (&told["errors"][0]["code"], &told["errors"][0]["pointer"]),
            (&body!(code), &body!("/papers/0/document"))
        );
    }
    let both = body!({"component": "HN-01", "source": "new", "document": licence, "file": file});
    let told = problem(handed_in(&commune, MAU, both).await, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["code"], "source_mixed");
}

#[tokio::test]
async fn a_document_of_somebody_else_does_not_exist() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    let told = problem(handed_in(&commune, THU, reused(kept)).await, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["code"], "document_unknown", "though he writes her number");
    let draft = json(
        commune.post(THU, "/v1/drafts", &body!({"procedure": "1.004873", "application": {}})).await,
        201,
    )
    .await;
    let offers = commune.read(THU, &format!("/v1/drafts/{}/offers", text(&draft, "id"))).await;
    assert_eq!(offers, body!([]));
}

#[tokio::test]
async fn l_08_what_a_database_says_is_told_by_the_receiving_officer() {
    let commune = Commune::open().await;
    let taken = body!({"database": "CSDLQGVDC", "query": "K01-000042", "at": commune.clock.now()});
    let paper = body!({"component": "HN-01", "source": "database", "taken": taken});
    let told = problem(handed_in(&commune, MAU, paper.clone()).await, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["code"], "source_of_officers");
    let mut application = status(&commune, paper);
    application["channel"] = body!("desk");
    application["papers"][0]["taken"] = body!(null);
    let told = problem(commune.hand_in(DESK, &application).await, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["code"], "query_missing");
    application["papers"][0]["taken"] = taken;

    let dossier = json(commune.hand_in(DESK, &application).await, 201).await;

    let papers = commune.read(DESK, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;
    assert_eq!(papers[0]["source"], "database");
    assert_eq!(papers[0]["taken"]["query"], "K01-000042");
}

#[tokio::test]
async fn the_desk_is_offered_the_papers_of_who_stands_before_it() {
    let commune = Commune::open().await;
    let kept = kept_card(&commune).await;
    let ask = body!({"procedure": "1.004873", "unit": commune.unit, "id_number": MAU_ID, "purpose": "Tiếp nhận tại quầy"});
    for who in [MAU, CASE, NEIGHBOUR] {
        problem(commune.post(who, "/v1/document-offers", &ask).await, 403, "forbidden").await;
    }

    let offers = json(commune.post(DESK, "/v1/document-offers", &ask).await, 200).await;

    assert_eq!((&offers[0]["component"], &offers[0]["document"]["id"]), (&body!("HN-01"), &body!(kept)));
    let uses = commune.read(MAU, &format!("/v1/me/documents/{kept}/uses")).await;
    assert_eq!(
        (&uses["items"][0]["kind"], &uses["items"][0]["purpose"]),
        (&body!("offered"), &body!("Tiếp nhận tại quầy"))
    );
    let mut application = status(&commune, reused(kept));
    application["channel"] = body!("desk");
    json(commune.hand_in(DESK, &application).await, 201).await;
    let mut silent = ask;
    silent["purpose"] = body!("123");
    problem(commune.post(DESK, "/v1/document-offers", &silent).await, 422, "body_invalid").await;
}

#[tokio::test]
async fn r_j1_a_desk_that_asks_again_for_a_stored_paper_is_refused_with_the_reference() {
    let commune = Commune::open().await;
    let file = body!({"component": "HN-01", "file": clean_file(&commune, MAU).await});
    let dossier = json(handed_in(&commune, MAU, file).await, 201).await;
    let file = clean_file(&commune, MAU).await;
    let day = rules::local_time::local_date(commune.clock.now());
    let kept = keep(&commune, NewDocument { valid_until: Some(day), ..card(file) }).await;
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["HN-01"]});

    let told = commune.refused(DESK, &dossier, "supplement-request", ask.clone()).await;

    assert_eq!(
        (&told["blocked_by"][0]["code"], &told["documents"]),
        (&body!("document_held"), &body!([kept]))
    );
    let there = format!("/v1/dossiers/{}/documents/{kept}", text(&dossier, "id"));
    assert!(text(&told["blocked_by"][0], "message").contains(&there), "{told}");
    commune.read(DESK, &format!("{there}?purpose=doi+chieu+nhan+than")).await;
    let cause = |words: &str| {
        body!({"reason": "Ảnh chụp bị mờ.", "components": ["HN-01"],
        "despite": [{"component": "HN-01", "cause": words}]})
    };
    let answer = commune.act(DESK, &dossier, "supplement-request", &cause("  ")).await;
    assert_eq!(problem(answer, 422, "body_invalid").await["errors"][0]["pointer"], "/despite/0/cause");
    let asked = commune.done(DESK, &dossier, "supplement-request", cause("Bản trong kho mờ số.")).await;
    let rounds = commune.read(MAU, &format!("/v1/dossiers/{}/supplements", text(&asked, "id"))).await;
    assert_eq!(rounds[0]["despite"], body!([{"component": "HN-01", "cause": "Bản trong kho mờ số."}]));
    let supplement = body!({"papers": [reused(kept)]});
    commune.done(MAU, &asked, "supplement", supplement).await;

    let other = body!({"component": "HN-01", "file": clean_file(&commune, MAU).await});
    let second = json(handed_in(&commune, MAU, other).await, 201).await;
    commune.pass(TimeDelta::days(1));
    commune.done(DESK, &second, "supplement-request", ask).await;
}

#[tokio::test]
async fn the_desk_answers_for_who_came_on_paper_with_what_the_store_holds() {
    let commune = Commune::open().await;
    let mut application = status(&commune, body!({"component": "HN-01"}));
    application["channel"] = body!("desk");
    let dossier = json(commune.hand_in(DESK, &application).await, 201).await;
    let kept = kept_card(&commune).await;
    let ask = body!({"reason": "Hồ sơ giấy thiếu bản chụp.", "components": ["HN-01"],
        "despite": [{"component": "HN-01", "cause": "Bổ sung vào hồ sơ bằng bản trong kho."}]});
    let asked = commune.done(DESK, &dossier, "supplement-request", ask).await;

    let dossier = commune.done(DESK, &asked, "supplement", body!({"papers": [reused(kept)]})).await;

    let papers = commune.read(DESK, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;
    let last = papers.as_array().unwrap().last().unwrap();
    assert_eq!((&last["source"], &last["document"]), (&body!("reused"), &body!(kept)));
}

#[tokio::test]
async fn r_j1_a_second_dossier_of_the_same_person_retypes_nothing_that_is_known() {
    let commune = Commune::open().await;
    kept_card(&commune).await;
    let file = body!({"component": "HN-01", "file": clean_file(&commune, MAU).await});
    json(handed_in(&commune, MAU, file).await, 201).await;
    let begun = body!({"procedure": "2.000635", "application": {"form": {"event": "birth", "registered_at": "01840",
        "registered_on": "2001-01-01", "copies": 1}}});
    let draft = json(commune.post(MAU, "/v1/drafts", &begun).await, 201).await;

    let known = commune.read(MAU, &format!("/v1/drafts/{}/form", text(&draft, "id"))).await;
    let offers = commune.read(MAU, &format!("/v1/drafts/{}/offers", text(&draft, "id"))).await;

    assert_eq!(
        (&known["form"]["full_name"], &known["form"]["personal_id"]),
        (&body!("Nguyễn Thị Mẫu"), &body!(MAU_ID))
    );
    assert_eq!(known["form"]["event"], "birth", "what she wrote stays");
    assert_eq!(
        (&known["applicant"]["phone"], &known["applicant"]["email"]),
        (&body!("0900000001"), &body!("mau@vidu.example"))
    );
    let paper = body!({"component": "TL-01", "source": "reused", "document": offers[0]["document"]["id"]});
    let second = body!({"procedure": "2.000635", "unit": commune.unit, "channel": "online", "applicant_kind": "citizen",
        "applicant": known["applicant"], "form": known["form"], "papers": [paper], "return_method": "desk"});
    json(commune.hand_in(MAU, &second).await, 201).await;
}

#[tokio::test]
async fn nothing_is_filled_in_from_what_a_stranger_wrote_under_her_number() {
    let commune = Commune::open().await;
    let mut application =
        status(&commune, body!({"component": "HN-01", "file": clean_file(&commune, THU).await}));
    application["applicant"]["phone"] = body!("0999999999");
    application["mandate"] = body!({"ground": "guardian"});
    json(commune.hand_in(THU, &application).await, 201).await;
    for (who, name) in [(MAU, "Nguyễn Thị Mẫu"), (THU, "Trần Văn Thử")] {
        let begun = body!({"procedure": "2.000635", "application": {}});
        let draft = json(commune.post(who, "/v1/drafts", &begun).await, 201).await;
        let known = commune.read(who, &format!("/v1/drafts/{}/form", text(&draft, "id"))).await;
        assert_eq!(
            (&known["form"]["full_name"], &known["applicant"]["phone"]),
            (&body!(name), &Value::Null),
            "{known}"
        );
    }
}
