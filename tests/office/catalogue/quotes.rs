//! What it would cost and until when it would take.

use crate::openapi::promise;
use crate::support::clock::opening;
use crate::support::house::House;
use serde_json::{Value, json};

const COPIES: &str = "/v1/procedures/2.000815/quote";

#[tokio::test]
async fn counted_charges_are_asked_by_the_quantity() {
    let house = House::open().await;

    let one = house.read(&format!("{COPIES}?channel=online")).await;
    let three = house.read(&format!("{COPIES}?channel=online&quantity=3")).await;

    promise::holds("Quote", &three);
    assert_eq!((&one["total"], &three["total"]), (&json!(2_000), &json!(6_000)));
    assert_eq!((&three["fees"][0]["kind"], &three["fees"][0]["quantity"]), (&json!("phi"), &json!(3)));
    assert_eq!((&three["deadline"], &three["at"]), (&Value::Null, &json!("2026-03-10T02:00:00Z")));
}

#[tokio::test]
async fn a_unit_tells_until_when_and_why() {
    let house = House::open().await;
    let unit = commune(&house).await;

    let morning = house.read(&format!("{COPIES}?channel=online&unit={unit}")).await;
    let late = house.read(&format!("{COPIES}?channel=online&unit={unit}&at=2026-03-13T08:30:00Z")).await;

    promise::holds("Quote", &late);
    assert_eq!(morning["deadline"]["due_at"], "2026-03-10T10:00:00Z");
    assert_eq!(late["deadline"]["due_at"], "2026-03-16T10:00:00Z");
    let step = &late["deadline"]["derivation"][0];
    assert_eq!((&step["rule"], &step["rule_id"]), (&json!("same_day"), &json!("W-09")));
    assert!(step["words"]["vi"].as_str().unwrap().contains("16/03/2026"), "{step}");
    assert!(step["words"]["en"].as_str().unwrap().contains("16 Mar 2026"), "{step}");
}

#[tokio::test]
async fn every_procedure_is_quoted_on_every_channel_it_offers() {
    let house = House::open().await;

    let (_, in_force) = super::procedures::shipped(opening().date_naive());
    for code in in_force {
        let says = house.read(&format!("/v1/procedures/{code}")).await;
        for terms in says["channels"].as_array().unwrap() {
            let channel = terms["channel"].as_str().unwrap();
            let quote = house.read(&format!("/v1/procedures/{code}/quote?channel={channel}")).await;
            promise::holds("Quote", &quote);
            assert_eq!(quote["limit"], terms["limit"], "{code} {channel}");
        }
    }
}

#[tokio::test]
async fn another_days_quote_does_not_become_todays() {
    let house = House::open().await;

    house.refused(&format!("{COPIES}?channel=desk&at=2020-01-06T02:00:00Z"), 404, "not_found").await;
    house.read(&format!("{COPIES}?channel=desk&at=2090-01-06T02:00:00Z")).await;

    assert_eq!(house.read(&format!("{COPIES}?channel=desk")).await["at"], "2026-03-10T02:00:00Z");
}

#[tokio::test]
async fn what_cannot_be_quoted_is_refused() {
    let house = House::open().await;
    let department = house.read("/v1/units?q=so%20tu%20phap").await["items"][0]["id"].clone();
    let department = department.as_str().unwrap();

    for query in [
        "",
        "channel=pigeon",
        "channel=desk&quantity=0",
        "channel=desk&quantity=100001",
        "channel=desk&quantity=-1",
        "channel=desk&at=yesterday",
        "channel=desk&claims=nguoi_giau",
        "channel=desk&claims=ho_ngheo&claims=tre_em",
        "channel=desk&at=1900-01-01T00:00:00Z",
        "channel=desk&unit=019a0000-0000-7000-8000-000000000001",
        &format!("channel=desk&unit={department}"),
    ] {
        house.refused(&format!("{COPIES}?{query}"), 400, "query_invalid").await;
    }
    house.refused("/v1/procedures/9.999999/quote?channel=desk", 404, "not_found").await;
}

#[tokio::test]
async fn f_05_claims_are_quoted_with_what_proves_them() {
    let house = House::open().await;
    let record = "/v1/procedures/2.000488/quote?channel=online&at=2025-01-10T02:00:00Z";

    let child = house.read(&format!("{record}&claims=tre_em,nguoi_co_cong")).await;
    let merit = house.read(&format!("{record}&claims=nguoi_co_cong,ho_can_ngheo")).await;

    promise::holds("Quote", &child);
    let given = &child["fees"][0]["reliefs"][0];
    assert_eq!(
        (&child["total"], &given["code"], &given["evidence"]),
        (&json!(0), &json!("LL-MIEN"), &json!("LL-04"))
    );
    assert_eq!(child["not_given"][0]["why"], "nothing_better");
    assert_eq!((&merit["total"], &merit["fees"][0]["full_amount"]), (&json!(100_000), &json!(200_000)));
    assert_eq!(
        (&merit["not_given"][0]["claim"], &merit["not_given"][0]["why"]),
        (&json!("ho_can_ngheo"), &json!("no_relief"))
    );
}

#[tokio::test]
async fn f_05_the_online_reduction_is_quoted_until_its_last_day() {
    let house = House::open().await;
    let business = "/v1/procedures/1.001612/quote?channel";

    let desk = house.read(&format!("{business}=desk")).await;
    let online = house.read(&format!("{business}=online")).await;
    let after = house.read(&format!("{business}=online&at=2027-01-04T02:00:00Z")).await;

    assert_eq!(
        [&desk, &online, &after].map(|quote| quote["le_phi"].clone()),
        [json!(100_000), json!(50_000), json!(100_000)]
    );
    assert_eq!((&online["phi"], &online["fees"][0]["refund"]["when"]), (&json!(0), &json!("when_refused")));
}

/// A commune that receives dossiers and closes at 17:00.
async fn commune(house: &House) -> String {
    let page = house.read("/v1/units?tier=commune&limit=1").await;
    assert_eq!(page["items"][0]["office_hours"]["sessions"][1]["closes"], "17:00:00");
    page["items"][0]["id"].as_str().unwrap().to_owned()
}
