//! Asking for papers, once and in full, at intake and during processing.

use crate::support::commune::{CASE, Commune, DESK, MAU, SECOND_DESK, THU, text, time};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::tables::supplements;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json as body};

fn ask(components: Value) -> Value {
    body!({"reason": "Ảnh chụp bị mờ, đề nghị chụp lại.", "components": components})
}

async fn rounds(commune: &Commune) -> Vec<supplements::Model> {
    let all = supplements::Entity::find().order_by_asc(supplements::Column::Round);
    all.all(commune.database.reader()).await.unwrap()
}

#[tokio::test]
async fn at_intake_the_desk_looks_again_and_then_receives() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let asked = commune.done(DESK, &dossier, "supplement-request", ask(body!(["CC-02"]))).await;
    assert_eq!((text(&asked, "status"), text(&asked, "turn")), ("awaiting_supplement", "applicant"));
    let early = commune.refused(DESK, &asked, "acceptance", body!({})).await;
    assert_eq!(early["blocked_by"][0]["code"], "supplement_open");

    let paper = body!({"component": "CC-02", "file": commune.paper(MAU).await});
    let answered =
        commune.done(MAU, &asked, "supplement", body!({"papers": [paper], "note": "Rõ rồi."})).await;

    assert_eq!((text(&answered, "status"), text(&answered, "turn")), ("awaiting_supplement", "agency"));
    assert!(answered["due_at"].is_null(), "nothing has been received");
    let received = commune.done(SECOND_DESK, &answered, "acceptance", body!({})).await;
    assert_eq!(text(&received, "status"), "received");
    let papers = commune.read(MAU, &format!("/v1/dossiers/{}/papers", text(&dossier, "id"))).await;
    assert_eq!((&papers[2]["part"], &papers[2]["round"]), (&body!("supplement"), &body!(1)));
    let rounds = rounds(&commune).await;
    assert_eq!((rounds[0].stage.as_str(), rounds[0].due_after), ("intake", None));
    assert_eq!(rounds[0].answered_by, None, "no name of an applicant stands in the clear");
}

#[tokio::test]
async fn l_22_the_desk_has_its_hours_again_once_the_papers_are_in() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let asked = commune.done(DESK, &dossier, "supplement-request", ask(body!([]))).await;
    commune.pass(TimeDelta::days(3));
    let answered = commune.done(MAU, &asked, "supplement", body!({"papers": []})).await;
    assert!(time(&answered, "answer_due_at") > commune.clock.now(), "{answered}");
    assert_eq!(commune.read(DESK, "/v1/queues/late").await["items"], body!([]));
    let unit = commune.read(DESK, "/v1/queues/unit").await;
    assert_eq!(unit["items"][0]["id"], dossier["id"]);
}

#[tokio::test]
async fn l_07_only_what_is_published_may_be_asked_for() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let answer =
        commune.act(DESK, &dossier, "supplement-request", &ask(body!(["CC-02", "KS-01", "CC-99"]))).await;
    let told = problem(answer, 422, "body_invalid").await;
    let places: Vec<_> = told["errors"].as_array().unwrap().iter().map(|e| text(e, "pointer")).collect();
    assert_eq!(places, ["/components/1", "/components/2"]);
    assert_eq!(commune.now(DESK, &dossier).await["version"], 1);
}

#[tokio::test]
async fn what_was_asked_for_must_be_handed_in() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let asked = commune.done(DESK, &dossier, "supplement-request", ask(body!(["CC-01", "CC-02"]))).await;
    let file = commune.paper(MAU).await;
    for (papers, missing) in [
        (body!([]), 2),
        (body!([{"component": "CC-01", "file": file}]), 1),
        (body!([{"component": "CC-01"}, {"component": "CC-02", "file": file}]), 1),
        (body!([{"component": "CC-03", "file": file}]), 2),
    ] {
        let answer = commune.act(MAU, &asked, "supplement", &body!({"papers": papers})).await;
        let told = problem(answer, 422, "body_invalid").await;
        let errors = told["errors"].as_array().unwrap();
        assert!(
            errors.iter().all(|e| e["code"] == "component_missing" && e["pointer"] == "/papers"),
            "{told}"
        );
        assert_eq!(errors.len(), missing);
    }
}

#[tokio::test]
async fn papers_of_others_and_unknown_ones_are_not_taken() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let asked = commune.done(DESK, &dossier, "supplement-request", ask(body!([]))).await;
    let foreign = commune.paper(THU).await;
    let papers = body!({"papers": [{"component": "CC-02", "file": foreign}, {"component": "X"}]});
    let told = problem(commune.act(MAU, &asked, "supplement", &papers).await, 422, "body_invalid").await;
    let codes: Vec<_> = told["errors"].as_array().unwrap().iter().map(|e| text(e, "code")).collect();
    assert_eq!(codes, ["file_unknown", "component_unknown"]);
}

#[tokio::test]
async fn nothing_is_handed_in_that_was_not_asked_for_and_nothing_twice() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let early = commune.refused(MAU, &dossier, "supplement", body!({"papers": []})).await;
    assert_eq!(early["blocked_by"][0]["code"], "wrong_status");
    let asked = commune.done(DESK, &dossier, "supplement-request", ask(body!([]))).await;
    let answered = commune.done(MAU, &asked, "supplement", body!({"papers": []})).await;
    let twice = commune.refused(MAU, &answered, "supplement", body!({"papers": []})).await;
    assert_eq!(twice["blocked_by"][0]["code"], "supplement_answered");
}

#[tokio::test]
async fn l_26_after_reception_papers_are_asked_once() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let intake = commune.done(DESK, &dossier, "supplement-request", ask(body!([]))).await;
    let intake = commune.done(MAU, &intake, "supplement", body!({"papers": []})).await;
    let received = commune.done(DESK, &intake, "acceptance", body!({})).await;
    let asked = commune.done(CASE, &received, "supplement-request", ask(body!(["T2-02"]))).await;
    assert!(asked["due_at"].is_null(), "the clock stands");
    commune.pass(TimeDelta::days(2));
    let paper = body!({"papers": [{"component": "T2-02", "file": commune.paper(MAU).await}]});
    let answered = commune.done(MAU, &asked, "supplement", paper).await;
    assert_eq!((text(&answered, "status"), text(&answered, "turn")), ("processing", "agency"));

    let again = commune.refused(CASE, &answered, "supplement-request", ask(body!([]))).await;

    assert_eq!(again["blocked_by"][0]["code"], "supplement_limit_used_up");
    assert!(!again["allowed_actions"].as_array().unwrap().contains(&body!("request_supplement")));
    let rounds = rounds(&commune).await;
    assert_eq!(rounds.iter().map(|r| r.stage.as_str()).collect::<Vec<_>>(), ["intake", "processing"]);
    assert_eq!(rounds[1].due_before, Some(time(&received, "due_at")));
    assert_eq!(rounds[1].due_after, Some(time(&answered, "due_at")));
}

#[tokio::test]
async fn at_the_desk_a_paper_seen_there_answers() {
    let commune = Commune::open().await;
    let dossier = commune.submit(DESK, commune.brought("Lường Thị Ví"), |_| {}).await;
    let asked = commune.done(DESK, &dossier, "supplement-request", ask(body!(["CC-02"]))).await;
    let answer = commune.act(DESK, &asked, "supplement", &body!({"papers": [{"component": "CC-02"}]})).await;
    json(answer, 201).await;
}
