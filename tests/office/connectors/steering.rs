//! States of parties, said through the API and kept with who said so and why.

use super::stage::Stage;
use crate::openapi::promise;
use crate::support::house::{ADMINISTRATOR, CITIZEN, CONTROLLER, json, problem};
use connectors::registry::REGISTRY;
use reqwest::Method;
use serde_json::json;

const PORTAL: &str = "/v1/admin/connectors/dvcqg";

#[tokio::test]
async fn only_administrators_see_and_steer_the_parties() {
    let stage = Stage::open(json!({})).await;

    for person in [CITIZEN, CONTROLLER] {
        for path in ["/v1/admin/connectors", PORTAL, "/v1/admin/connectors/dvcqg/days"] {
            problem(stage.house.read_as(person, path).await, 403, "forbidden").await;
        }
        let asked = stage.house.ask_as(person, Method::POST, "/v1/admin/connectors/dvcqg/trial");
        problem(asked.send().await.unwrap(), 403, "forbidden").await;
    }

    problem(stage.house.read_as(ADMINISTRATOR, "/v1/admin/connectors/bưu-điện").await, 404, "not_found")
        .await;
}

#[tokio::test]
async fn every_connector_of_the_program_is_listed_set_up_or_not() {
    let stage = Stage::open(json!({})).await;

    let told = stage.read("/v1/admin/connectors").await;

    promise::holds("Connectors", &told);
    let items = told["items"].as_array().unwrap();
    let keys: Vec<&str> = items.iter().map(|item| item["key"].as_str().unwrap()).collect();
    assert_eq!(keys, REGISTRY.iter().map(|entry| entry.key).collect::<Vec<_>>());
    for item in items {
        promise::holds("Connector", item);
        let here = ["dvcqg", "smtp"].contains(&item["key"].as_str().unwrap());
        assert_eq!(item["set_up"], here, "{item}");
        assert_eq!(item["state"], if here { "live" } else { "planned" }, "{item}");
    }
}

#[tokio::test]
async fn a_state_is_said_with_a_reason_by_who_has_seen_the_last_one_and_is_never_forgotten() {
    let stage = Stage::open(json!({})).await;
    let path = format!("{PORTAL}/state");

    let blind =
        stage.house.ask_as(ADMINISTRATOR, Method::PUT, &path).json(&json!({"state": "off", "reason": "x"}));
    problem(blind.send().await.unwrap(), 428, "precondition_required").await;
    let silent = stage.house.ask_as(ADMINISTRATOR, Method::PUT, &path).header("if-match", "\"0\"");
    let silent = silent.json(&json!({"state": "off", "reason": " "})).send().await.unwrap();
    let refused = problem(silent, 422, "body_invalid").await;
    assert_eq!(refused["errors"][0]["pointer"], "/reason");
    let off = stage.say(&path, "off", 0).await;
    assert_eq!(off.headers()["etag"], "\"1\"");
    let off = json(off, 200).await;
    problem(stage.say(&path, "live", 0).await, 412, "stale").await;
    let live = json(stage.say(&path, "live", 1).await, 200).await;

    promise::holds("Connector", &live);
    assert_eq!((&off["state"], &live["state"], &live["version"]), (&json!("off"), &json!("live"), &json!(2)));
    assert!(off["words"]["vi"].as_str().unwrap().starts_with("Đang tắt."), "{off}");
    let changes: Vec<_> =
        live["changes"].as_array().unwrap().iter().map(|c| (&c["from"], &c["to"])).collect();
    assert_eq!(changes, [(&json!("off"), &json!("live")), (&json!(null), &json!("off"))]);
    assert_eq!(live["changes"][0]["by"], "Người mẫu");
    assert_eq!(live["changes"][0]["reason"], "Kế hoạch số 12/KH-UBND");
}

#[tokio::test]
async fn one_data_service_is_switched_off_by_its_own_name() {
    let stage = Stage::open(json!({})).await;
    let path = format!("{PORTAL}/services/TraCuuHoSo/state");

    let told = json(stage.say(&path, "off", 0).await, 200).await;
    let tried = stage.try_out("dvcqg").await;
    problem(stage.say(&path, "live", 0).await, 412, "stale").await;
    json(stage.say(&path, "live", 1).await, 200).await;
    let again = stage.try_out("dvcqg").await;

    assert_eq!(told["services"][0]["service"], "TraCuuHoSo");
    assert_eq!(told["state"], "live");
    assert_eq!((&tried["called"], &tried["answered"]), (&json!(false), &json!(false)));
    assert!(tried["words"]["en"].as_str().unwrap().contains("dvcqg/TraCuuHoSo is off"), "{tried}");
    assert_eq!(again["answered"], true, "{again}");
    let odd = format!("{PORTAL}/services/%2e%2e%20x/state");
    problem(stage.say(&odd, "off", 0).await, 404, "not_found").await;
}
