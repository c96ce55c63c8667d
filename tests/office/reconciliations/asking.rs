//! A comparison is begun by hand, followed, and read with what it found.

use crate::ledger::scene::Wired;
use crate::support::commune::{CASE, INSPECTOR, MAU, text};
use crate::support::house::{ADMINISTRATOR, CITIZEN, CONTROLLER, House, json, problem};
use rules::jobs::Job;
use serde_json::{Value, json as body};
use uuid::Uuid;
use workers::Outcome;

const RECONCILIATIONS: &str = "/v1/reconciliations";

#[tokio::test]
async fn an_administrator_begins_a_comparison_once_a_key() {
    let house = House::open().await;
    let wish = body!({"since": "2026-01-01T00:00:00Z"});

    let begun = json(house.act_as(ADMINISTRATOR, RECONCILIATIONS, "k-1", &wish).await, 201).await;
    let again = json(house.act_as(ADMINISTRATOR, RECONCILIATIONS, "k-1", &wish).await, 201).await;

    assert_eq!((text(&begun, "state"), text(&begun, "since")), ("running", "2026-01-01T00:00:00Z"));
    assert_eq!((begun["asked_name"].is_string(), &begun["id"]), (true, &again["id"]));
    let list = json(house.read_as(CONTROLLER, RECONCILIATIONS).await, 200).await;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let jobs = json(house.read_as(ADMINISTRATOR, "/v1/admin/jobs?kind=reconcile_portal").await, 200).await;
    assert_eq!(jobs["items"][0]["payload"]["reconciliation"], begun["id"]);
}

#[tokio::test]
async fn a_dry_run_begins_nothing() {
    let house = House::open().await;
    let request = house.ask_as(ADMINISTRATOR, reqwest::Method::POST, RECONCILIATIONS);

    let would = json(request.header("prefer", "dry-run").json(&body!({})).send().await.unwrap(), 200).await;

    assert_eq!(text(&would, "state"), "running");
    let list = json(house.read_as(ADMINISTRATOR, RECONCILIATIONS).await, 200).await;
    assert_eq!(list["items"], body!([]));
}

#[tokio::test]
async fn only_administrators_begin_one_and_only_overseers_read_it() {
    let house = House::open().await;
    let begun = json(house.act_as(ADMINISTRATOR, RECONCILIATIONS, "k-1", &body!({})).await, 201).await;
    let one = format!("{RECONCILIATIONS}/{}", text(&begun, "id"));

    for person in [CITIZEN, CONTROLLER] {
        problem(house.act_as(person, RECONCILIATIONS, "k-2", &body!({})).await, 403, "forbidden").await;
    }
    for path in [RECONCILIATIONS, &one, &format!("{one}/findings")] {
        problem(house.read_as(CITIZEN, path).await, 403, "forbidden").await;
        json(house.read_as(CONTROLLER, path).await, 200).await;
    }
    let unknown = format!("{RECONCILIATIONS}/{}", Uuid::now_v7());
    problem(house.read_as(CONTROLLER, &unknown).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_moment_that_has_not_come_is_refused() {
    let house = House::open().await;
    let wish = body!({"since": "2030-01-01T00:00:00Z"});

    let refused = house.act_as(ADMINISTRATOR, RECONCILIATIONS, "k-1", &wish).await;

    let document = problem(refused, 422, "body_invalid").await;
    assert_eq!(document["errors"][0]["pointer"], "/since");
}

#[tokio::test]
async fn the_report_counts_by_kind_and_names_each_finding() {
    let mut wired = Wired::open().await;
    let dossier = wired.commune.submit(MAU, wired.commune.copies(), |_| {}).await;
    assert_eq!(wired.work(&["push_to_portal"]).await, [Outcome::Done]);
    wired.forget();
    let id = Uuid::now_v7();
    assert_eq!(
        wired.attempt(id, Job::ReconcilePortal { reconciliation: None, part: 0 }).await,
        Outcome::Done
    );
    wired.work(&["reconcile_portal"]).await;
    let path = format!("{RECONCILIATIONS}/{id}");

    let before = wired.commune.read(INSPECTOR, &path).await;
    wired.work(&["repair_at_portal"]).await;
    let after = wired.commune.read(INSPECTOR, &path).await;
    let findings = wired.commune.read(INSPECTOR, &format!("{path}/findings?kind=missing_there")).await;
    let open = wired.commune.read(INSPECTOR, &format!("{path}/findings?repaired=false")).await;

    let count = |report: &Value| {
        let kind = &report["findings"][0];
        (text(kind, "kind").to_owned(), kind["found"].clone(), kind["repaired"].clone(), kind["open"].clone())
    };
    assert_eq!(count(&before), ("missing_there".into(), 1.into(), 0.into(), 1.into()));
    assert_eq!(count(&after), ("missing_there".into(), 1.into(), 1.into(), 0.into()));
    assert_eq!((text(&after, "state"), &after["looked_at"]), ("done", &body!(1)));
    let finding = &findings["items"][0];
    assert_eq!((&finding["dossier"], &finding["code"]), (&dossier["id"], &dossier["code"]));
    assert_eq!((text(&finding["here"], "status"), &finding["there"]), ("submitted", &Value::Null));
    assert!(finding["repaired_at"].is_string() && open["items"] == body!([]));
    problem(wired.commune.get(CASE, &path).await, 403, "forbidden").await;
}
