//! How a dossier stood, and what a unit did over a period: told from the history, to those who may know.

use crate::openapi::promise::holds;
use crate::support::commune::{CASE, Commune, DESK, INSPECTOR, MAU, NEIGHBOUR, THU, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json as body};

fn standing(dossier: &Value, as_of: &str) -> String {
    format!("/v1/dossiers/{}/standing?as_of={as_of}", text(dossier, "id"))
}

/// Handed in at 09:00 and received at 10:00 on 10 March, asked for papers a day later, answered on the 16th.
async fn paused_for_papers(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.pass(TimeDelta::hours(1));
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune.pass(TimeDelta::days(1));
    let dossier = commune.done(DESK, &dossier, "supplement-request", body!({"reason": "Ảnh mờ."})).await;
    commune.pass(TimeDelta::days(5));
    commune.done(MAU, &dossier, "supplement", body!({"papers": []})).await
}

#[tokio::test]
async fn l_50_x_11_a_dossier_is_told_as_it_stood_at_any_instant() {
    let commune = Commune::open().await;
    let dossier = paused_for_papers(&commune).await;
    let told = async |as_of: &str| {
        let told = commune.read(MAU, &standing(&dossier, as_of)).await;
        holds("PastStanding", &told);
        (
            text(&told, "status").to_owned(),
            text(&told, "turn").to_owned(),
            told["judgement"]["due_at"].clone(),
        )
    };

    let moments = [
        told("2026-03-10T09:30:00+07:00").await,
        told("2026-03-10T17:00:00+07:00").await,
        told("2026-03-12T03:00:00Z").await,
        told("2026-03-16T10:00:00%2B07:00").await,
    ];

    let stood = [
        ("submitted", "agency", Value::Null),
        ("received", "agency", body!("2026-03-24T10:00:00Z")),
        ("awaiting_supplement", "applicant", Value::Null),
        ("processing", "agency", body!("2026-03-27T10:00:00Z")),
    ];
    assert_eq!(moments, stood.map(|(status, turn, due)| (status.to_owned(), turn.to_owned(), due)));
}

#[tokio::test]
async fn l_28_a_wait_for_papers_keeps_the_date_that_was_promised() {
    let commune = Commune::open().await;
    let dossier = paused_for_papers(&commune).await;

    let told = commune.read(DESK, &standing(&dossier, "2026-03-15T00:00:00Z")).await;

    assert_eq!(told["waiting_since"], "2026-03-11T03:00:00Z");
    assert_eq!(told["judgement"]["promised_at"], "2026-03-24T10:00:00Z");
    assert_eq!([&told["judgement"]["late"], &told["judgement"]["late_for_the_index"]], [false, false]);
}

#[tokio::test]
async fn l_41_before_an_extension_the_old_date_stood() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune.pass(TimeDelta::days(9));
    let later = body!({"new_due": "2026-03-31", "reason": "Cần xác minh thêm tại thực địa."});
    let dossier = commune.done(CASE, &dossier, "extension", later).await;

    let due = async |as_of: &str| commune.read(MAU, &standing(&dossier, as_of)).await["judgement"].clone();
    let (before, after) = (due("2026-03-18T17:00:00+07:00").await, due("2026-03-19T09:00:00+07:00").await);

    let first = "2026-03-24T10:00:00Z";
    assert_eq!([&before["due_at"], &before["first_due_at"]], [first, first]);
    assert_eq!([&after["due_at"], &after["first_due_at"]], ["2026-03-31T10:00:00Z", first]);
}

#[tokio::test]
async fn a_past_is_seen_by_those_who_see_the_dossier() {
    let commune = Commune::open().await;
    let dossier = paused_for_papers(&commune).await;
    let at = standing(&dossier, "2026-03-12T03:00:00Z");

    for who in [MAU, DESK, INSPECTOR] {
        assert_eq!(commune.get(who, &at).await.status(), 200, "{who}");
    }
    for who in [THU, NEIGHBOUR] {
        problem(commune.get(who, &at).await, 404, "not_found").await;
    }
    problem(commune.ask(Method::GET, &at).send().await.unwrap(), 401, "token_missing").await;
    problem(commune.get(MAU, &standing(&dossier, "2026-03-10T08:59:59%2B07:00")).await, 404, "not_found")
        .await;
    for as_of in ["2026-03-16T10:00:01%2B07:00", "hom-qua", "2026-03-12"] {
        problem(commune.get(MAU, &standing(&dossier, as_of)).await, 400, "query_invalid").await;
    }
}

fn counts(commune: &Commune, rest: &str) -> String {
    format!("/v1/reports/standing?unit={}&{rest}", commune.unit)
}

#[tokio::test]
async fn a_period_counts_each_dossier_where_it_stood() {
    let commune = Commune::open().await;
    paused_for_papers(&commune).await;
    commune.submit(MAU, commune.birth(), |_| {}).await;
    let refused = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &refused, "refusal", body!({"reason": "Nộp nhầm nơi."})).await;

    let now = commune.read(DESK, &counts(&commune, "from=2026-03-01")).await;
    let then =
        commune.read(INSPECTOR, &counts(&commune, "from=2026-03-11&as_of=2026-03-12T17:00:00+07:00")).await;
    let the_day_before = commune.read(DESK, &counts(&commune, "from=2026-01-01&to=2026-03-09")).await;

    holds("Counts", &now);
    assert_eq!(
        (&now["submitted"], &now["received"]["online"], &now["refused"]),
        (&body!(3), &body!(1), &body!(1))
    );
    assert_eq!((&now["not_yet_received"], &now["in_process"]["in_time"]), (&body!(1), &body!(1)));
    assert_eq!((&then["carried_over"], &then["waiting"]["papers"]), (&body!(1), &body!(1)));
    assert_eq!(
        (&the_day_before["submitted"], &the_day_before["until"]),
        (&body!(0), &body!("2026-03-09T16:59:59.999999Z"))
    );
}

#[tokio::test]
async fn figures_are_for_the_unit_and_for_those_who_oversee_it() {
    let commune = Commune::open().await;

    for who in [NEIGHBOUR, MAU] {
        problem(commune.get(who, &counts(&commune, "from=2026-03-01")).await, 403, "forbidden").await;
    }
    for rest in [
        "",
        "from=mai",
        "from=2026-03-01&to=2026-03-02&as_of=2026-03-02T00:00:00Z",
        "from=2026-03-02&to=2026-03-01",
        "from=2027-01-01",
        "from=2026-03-01&as_of=2027-01-01T00:00:00Z",
        "from=2026-03-01&until=2026-03-02",
    ] {
        problem(commune.get(DESK, &counts(&commune, rest)).await, 400, "query_invalid").await;
    }
    let nowhere = "/v1/reports/standing?from=2026-03-01&unit=019a0000-0000-7000-8000-000000000002";
    problem(commune.get(INSPECTOR, nowhere).await, 404, "not_found").await;
    json(commune.get(INSPECTOR, &counts(&commune, "from=2026-03-01")).await, 200).await;
}
