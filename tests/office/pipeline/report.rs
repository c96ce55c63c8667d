//! How often the machine reads a field wrong, counted from what people keyed.

use super::progress::paper;
use crate::support::commune::{CASE, Commune, DESK, HEAD, INSPECTOR, NEIGHBOUR};
use crate::support::house::json;
use entities::digitisations::fields::{self, FieldRead};
use entities::digitisations::{advance, steps, waiting};
use reqwest::Method;
use rules::papers::{Stage, WaitsFor};
use serde_json::{Value, json};
use uuid::Uuid;

/// A birth certificate at its check: a sure field, an unsure one, and with `percent` 100 both drawn by lot.
async fn at_check(commune: &Commune, percent: u8) -> Uuid {
    let (item, at) = (paper(commune).await, commune.clock.now());
    let read = |name: &str, value: &str, confidence| FieldRead {
        name: name.into(),
        value: Some(value.into()),
        confidence,
        region: None,
        check_below: 80,
    };
    let found = [read("full_name", "Trần Thị Mẫu", 97), read("number", "118/2019", 40)];
    let tx = commune.database.begin().await.unwrap();
    fields::put(&tx, &commune.office.sealer, (item, percent), &found, at).await.unwrap();
    steps::recognised(&tx, item, "GIAY-KHAI-SINH", at).await.unwrap();
    advance(&tx, item, Stage::Check, at).await.unwrap();
    waiting(&tx, item, WaitsFor::Check, None, at).await.unwrap();
    tx.commit().await.unwrap();
    item
}

async fn key(commune: &Commune, who: &str, item: Uuid, fields: &[(&str, &str)]) {
    let fields: Vec<Value> =
        fields.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let request = commune.ask_as(who, Method::POST, &format!("/v1/digitisations/{item}/keyings"));
    let request = request.header("idempotency-key", Uuid::now_v7().to_string()).header("if-match", "*");
    json(request.json(&json!({"fields": fields})).send().await.unwrap(), 201).await;
}

fn field<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["fields"].as_array().unwrap().iter().find(|row| row["field"] == name).unwrap()
}

#[tokio::test]
async fn the_error_rate_comes_from_what_the_lot_drew_and_two_people_keyed() {
    let commune = Commune::open().await;
    let unsure = at_check(&commune, 0).await;
    key(&commune, CASE, unsure, &[("number", "118/2018")]).await;
    let drawn = at_check(&commune, 100).await;
    key(&commune, CASE, drawn, &[("full_name", "Trần Thị Mẩu"), ("number", "118/2019")]).await;
    key(&commune, DESK, drawn, &[("full_name", "Trần Thị Mẩu"), ("number", "118/2018")]).await;
    key(&commune, HEAD, drawn, &[("number", "118/2019")]).await;

    let path = format!("/v1/reports/reading?unit={}&from=2026-01-01", commune.unit);
    let report = commune.read(HEAD, &path).await;

    let name = field(&report, "full_name");
    assert_eq!(name["paper_type"], "GIAY-KHAI-SINH");
    assert_eq!((&name["read"], &name["taken"]), (&json!(2), &json!(1)), "{name}");
    assert_eq!((&name["drawn"], &name["drawn_wrong"], &name["agreed"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(name["error_percent"], 100.0);
    let number = field(&report, "number");
    assert_eq!((&number["unsure"], &number["unsure_wrong"]), (&json!(1), &json!(1)), "{number}");
    assert_eq!((&number["drawn_wrong"], &number["differed"]), (&json!(0), &json!(1)));
    assert_eq!(number["error_percent"], 0.0);
}

#[tokio::test]
async fn the_report_is_read_by_the_unit_and_by_who_oversees_it() {
    let commune = Commune::open().await;
    at_check(&commune, 0).await;
    let path = format!("/v1/reports/reading?unit={}&from=2026-01-01", commune.unit);

    assert_eq!(commune.read(INSPECTOR, &path).await["fields"].as_array().unwrap().len(), 2);
    assert_eq!(commune.read(INSPECTOR, "/v1/reports/reading?from=2026-01-01").await["fields"][0]["read"], 1);
    assert_eq!(commune.get(NEIGHBOUR, &path).await.status(), 403);
    assert_eq!(commune.get(HEAD, "/v1/reports/reading?from=2026-01-01").await.status(), 403);
}
