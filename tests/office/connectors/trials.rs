//! One harmless call to see whether a party answers, and what is told of the calls.

use super::stage::Stage;
use crate::openapi::promise;
use crate::support::house::{ADMINISTRATOR, json, problem};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeMap;
use workers::{Ledger, lines};

const PORTAL: &str = "/v1/admin/connectors/dvcqg";

fn ledger(stage: &Stage) -> Ledger {
    let house = &stage.house;
    Ledger {
        database: entities::database::Database::clone(&house.database),
        clock: house.clock.clone(),
        wake: house.office.wake.clone(),
    }
}

#[tokio::test]
async fn a_trial_goes_out_to_a_party_that_is_tried_out_and_not_to_one_that_is_off() {
    let stage = Stage::open(json!({})).await;

    let live = stage.try_out("dvcqg").await;
    let mail = stage.try_out("smtp").await;
    json(stage.say(&format!("{PORTAL}/state"), "testing", 0).await, 200).await;
    let testing = stage.try_out("dvcqg").await;
    json(stage.say(&format!("{PORTAL}/state"), "off", 1).await, 200).await;
    let off = stage.try_out("dvcqg").await;

    for trial in [&live, &mail, &testing, &off] {
        promise::holds("ConnectorTrial", trial);
    }
    assert!(
        [&live, &mail, &testing].iter().all(|trial| trial["answered"] == true),
        "{live} {mail} {testing}"
    );
    assert_eq!((&off["called"], &off["answered"]), (&json!(false), &json!(false)));
    let asked = stage.house.ask_as(ADMINISTRATOR, Method::POST, "/v1/admin/connectors/folder/trial");
    let refused = problem(asked.send().await.unwrap(), 409, "act_refused").await;
    assert_eq!(refused["blocked_by"][0]["code"], "connector_not_set_up");
}

#[tokio::test]
async fn a_party_that_fails_rests_is_tried_once_and_is_well_again() {
    let stage = Stage::open(json!({"failures": 2, "first_rest_seconds": 60})).await;
    stage.portal_does("down").await;

    let tried = [stage.try_out("dvcqg").await, stage.try_out("dvcqg").await, stage.try_out("dvcqg").await];
    let resting = stage.read(PORTAL).await;
    stage.portal_does("up").await;
    stage.house.clock.advance(TimeDelta::seconds(60));
    let after = stage.try_out("dvcqg").await;
    let awake = stage.read(PORTAL).await;

    let went: Vec<_> = tried.iter().map(|t| (&t["called"], &t["answered"])).collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(went, [(&yes, &no), (&yes, &no), (&no, &no)]);
    assert!(resting["resting_until"].is_string(), "{resting}");
    assert!(resting["words"]["en"].as_str().unwrap().contains("rests until"), "{resting}");
    assert_eq!((&after["answered"], &awake["resting_until"]), (&yes, &json!(null)));
}

#[tokio::test]
async fn calls_are_added_up_by_service_and_day_and_told_with_the_last_error() {
    let stage = Stage::open(json!({})).await;
    let (ledger, wires) = (ledger(&stage), stage.house.office.wires.lines.clone());

    stage.try_out("dvcqg").await;
    lines::write(&ledger, &wires).await.unwrap();
    stage.portal_does("error").await;
    stage.try_out("dvcqg").await;
    lines::write(&ledger, &wires).await.unwrap();
    stage.house.clock.advance(TimeDelta::days(1));
    stage.try_out("dvcqg").await;
    lines::write(&ledger, &wires).await.unwrap();
    let told = stage.read(PORTAL).await;
    let days = stage.read(&format!("{PORTAL}/days?days=2")).await;

    promise::holds("ConnectorDays", &days);
    let lookups = days["items"].as_array().unwrap().iter();
    let lookups: Vec<_> = lookups.filter(|day| day["service"] == "TraCuuHoSo").collect();
    let counts: Vec<_> = lookups.iter().map(|d| (&d["calls"]["answered"], &d["calls"]["failed"])).collect();
    assert_eq!(counts, [(&json!(1), &json!(0)), (&json!(1), &json!(1))], "{days}");
    assert_eq!(told["seven_days"]["failed"], 1);
    assert_eq!(told["today"]["failed"], 0);
    assert!(told["failed_with"].as_str().unwrap().contains("500"), "{told}");
    assert!(told["answered_at"].as_str() > told["failed_at"].as_str(), "{told}");
}

#[tokio::test]
async fn what_another_process_was_told_is_followed() {
    let stage = Stage::open(json!({})).await;
    let wires = stage.house.office.wires.lines.clone();
    let mut seen = BTreeMap::new();

    json(stage.say(&format!("{PORTAL}/state"), "off", 0).await, 200).await;
    let line = connectors::line::Line::of("dvcqg", connectors::line::LineSettings::default());
    let others = BTreeMap::from([("dvcqg".to_owned(), line.clone())]);
    lines::follow(&ledger(&stage), &others, &mut seen).await.unwrap();

    assert_eq!(line.state(), rules::parties::PartyState::Off);
    assert_eq!(wires["dvcqg"].state(), rules::parties::PartyState::Off);
}
