//! Carriers as data: prices, codes of places, who carries for a unit; and what a carrier tells by itself.

use super::scene::{decided, with};
use crate::support::commune::{CONTROLLER, Commune, DESK, MAU, text};
use crate::support::house::{json, problem};
use entities::shipments::{self, ordering};
use entities::tables::shipments::Model;
use reqwest::Method;
use rules::parties::PartyState;
use serde_json::{Value, json as body};
use std::collections::BTreeMap;

const CALLBACK: &str = "/v1/callbacks/carriers/viettel_post";

async fn put(commune: &Commune, who: &str, path: &str, ask: &Value) -> reqwest::Response {
    commune.ask_as(who, Method::PUT, path).json(ask).send().await.unwrap()
}

#[tokio::test]
async fn a_price_is_what_the_carrier_says_now() {
    let (commune, post) = with("vnpost_hcc").await;
    let path = "/v1/carriers/price?from_province=06&to_province=06&weight_grams=100";

    let price = commune.read(MAU, path).await;
    let unknown = commune.get(MAU, &path.replace("to_province=06", "to_province=99")).await;
    let unknown = problem(unknown, 400, "query_invalid").await;
    post.stop().await;
    let down = commune.get(MAU, path).await;

    assert_eq!((&price["carrier"], &price["amount"]), (&body!("vnpost_hcc"), &body!(26_000)));
    assert!(text(&unknown, "detail").contains("99"), "{unknown}");
    assert!(down.headers().contains_key("retry-after"));
    problem(down, 503, "temporarily_unavailable").await;
}

#[tokio::test]
async fn administrators_say_how_a_carrier_calls_our_places_and_who_carries_for_a_unit() {
    let (commune, _post) = with("vnpost_hcc").await;
    let places = "/v1/carriers/vnpost_hcc/places";
    let unit = format!("/v1/units/{}/carrier", commune.unit);
    let line = body!({"kind": "province", "code": "99", "theirs": "26", "valid_from": "2025-07-01"});

    problem(put(&commune, DESK, places, &body!({"places": []})).await, 403, "forbidden").await;
    problem(commune.get(CONTROLLER, "/v1/carriers/dvcqg/places").await, 404, "not_found").await;
    let twice = put(&commune, CONTROLLER, places, &body!({"places": [line, line]})).await;
    let twice = problem(twice, 422, "body_invalid").await;
    let kept = json(put(&commune, CONTROLLER, places, &body!({"places": [line]})).await, 200).await;
    let chosen = put(&commune, CONTROLLER, &unit, &body!({"carrier": "viettel_post"})).await;
    let strange = put(&commune, CONTROLLER, &unit, &body!({"carrier": "dvcqg"})).await;

    assert_eq!(twice["errors"][0]["pointer"], "/places/1");
    assert_eq!(kept["places"], commune.read(CONTROLLER, places).await["places"]);
    let price = "/v1/carriers/price?from_province=06&to_province=99&weight_grams=100";
    assert_eq!(commune.read(MAU, price).await["amount"], 26_000, "the table comes before the settings");
    assert_eq!(json(chosen, 200).await["carrier"], "viettel_post");
    problem(strange, 422, "body_invalid").await;
    assert_eq!(commune.read(DESK, &unit).await["carrier"], "viettel_post");
}

/// A result that Viettel Post has taken as its parcel VTP1.
async fn on_its_way(commune: &Commune) -> Model {
    let dossier = decided(commune).await;
    let rows = shipments::of_dossier(commune.database.reader(), super::scene::key(&dossier)).await.unwrap();
    let tx = commune.database.begin().await.unwrap();
    let at = commune.clock.now();
    ordering::begin(&tx, rows[0].id, &["viettel_post".to_owned()], at).await.unwrap();
    let number = Some("VTP1".to_owned());
    let taken = ordering::Taken { remark: None, carrier_number: number, cod_amount: 0, expected_on: None };
    ordering::ordered(&tx, &commune.office.sealer, rows[0].id, taken, at).await.unwrap();
    tx.commit().await.unwrap();
    rows[0].clone()
}

/// News of that parcel: delivered in vain.
fn in_vain() -> Value {
    body!({
        "ORDER_NUMBER": "VTP1", "ORDER_REFERENCE": "", "ORDER_STATUS": "5", "STATUS_NAME": "Giao không thành công",
        "ORDER_STATUSDATE": "10/11/2026 10:00:00",
    })
}

#[tokio::test]
async fn a_carriers_own_news_is_taken_once_and_only_with_its_token() {
    let (commune, _post) = with("viettel_post").await;
    let row = on_its_way(&commune).await;
    let event = in_vain();
    let token = connectors::post::viettel_sandbox::WEBHOOK_TOKEN;
    let send =
        async |message: Vec<u8>| commune.ask(Method::POST, CALLBACK).body(message).send().await.unwrap();
    let good = body!({"DATA": event, "TOKEN": token}).to_string().into_bytes();

    problem(
        send(body!({"DATA": event, "TOKEN": "giả"}).to_string().into_bytes()).await,
        401,
        "token_invalid",
    )
    .await;
    problem(send(b"\xff\xfe{".to_vec()).await, 400, "json_malformed").await;
    problem(send(good[..20].to_vec()).await, 400, "json_malformed").await;
    let before = shipments::by_id(commune.database.reader(), row.id).await.unwrap();
    for _ in 0..2 {
        assert_eq!(json(send(good.clone()).await, 200).await["status"], 200);
    }
    let other =
        commune.ask(Method::POST, "/v1/callbacks/carriers/vnpost_hcc").body(good).send().await.unwrap();
    problem(other, 404, "not_found").await;

    assert_eq!((before.state.as_str(), before.failed_attempts), ("awaiting_collection", 0));
    let after = shipments::by_id(commune.database.reader(), row.id).await.unwrap();
    assert_eq!((after.state.as_str(), after.failed_attempts), ("undelivered", 1), "told twice, counted once");
}

#[tokio::test]
async fn a_carrier_that_is_off_is_not_heard_and_says_it_again_when_it_is_in_use() {
    let (commune, _post) = with("viettel_post").await;
    let row = on_its_way(&commune).await;
    let line = commune.office.wires.lines["viettel_post"].clone();
    let token = connectors::post::viettel_sandbox::WEBHOOK_TOKEN;
    let news = body!({"DATA": in_vain(), "TOKEN": token});
    let tell = async || commune.ask(Method::POST, CALLBACK).json(&news).send().await.unwrap();
    let known = async || {
        let row = shipments::by_id(commune.database.reader(), row.id).await.unwrap();
        (row.state, row.failed_attempts)
    };
    let before = known().await;

    for state in [PartyState::Off, PartyState::Planned] {
        line.set(state, BTreeMap::new());
        problem(tell().await, 404, "not_found").await;
    }
    let meanwhile = known().await;
    line.set(PartyState::Live, BTreeMap::new());
    json(tell().await, 200).await;

    assert_eq!(meanwhile, before, "nothing of it was believed");
    assert_eq!(known().await, ("undelivered".to_owned(), 1));
}
