//! When the office is away: announced in time by administrators, read by everybody.

use crate::openapi::promise;
use crate::support::house::{ADMINISTRATOR, CONTROLLER, House, json, problem};
use chrono::{TimeDelta, TimeZone, Utc};
use serde_json::{Value, json as body};

/// The house opens on Tuesday 10 March 2026; seven working days later is Thursday the 19th.
fn planned(day: u32) -> Value {
    let from = Utc.with_ymd_and_hms(2026, 3, day, 13, 0, 0).unwrap();
    body!({"from": from, "until": from + TimeDelta::hours(7), "reason": "Nâng cấp máy chủ."})
}

async fn announce(house: &House, who: &str, told: &Value) -> reqwest::Response {
    house.act_as(who, "/v1/admin/downtimes", &uuid::Uuid::now_v7().to_string(), told).await
}

#[tokio::test]
async fn l_17_a_planned_downtime_is_announced_seven_working_days_before() {
    let house = House::open().await;

    let soon = problem(announce(&house, ADMINISTRATOR, &planned(18)).await, 409, "act_refused").await;
    let announced = json(announce(&house, ADMINISTRATOR, &planned(19)).await, 201).await;

    promise::holds("Downtime", &announced);
    let block = &soon["blocked_by"][0];
    assert_eq!(
        (&block["code"], &block["legal_basis"]),
        (&body!("downtime_too_soon"), &body!("NĐ 224/2026 Đ13"))
    );
    assert!(soon.to_string().contains("19/03/2026"), "{soon}");
    assert_eq!(house.read("/v1/downtimes").await["items"], body!([announced]));
}

#[tokio::test]
async fn l_17_what_nobody_planned_is_announced_with_its_reason() {
    let house = House::open().await;
    let mut told = planned(10);
    told["unplanned"] = body!(true);

    let announced = json(announce(&house, ADMINISTRATOR, &told).await, 201).await;
    told["reason"] = body!("  ");
    let silent = problem(announce(&house, ADMINISTRATOR, &told).await, 422, "body_invalid").await;

    assert_eq!((&announced["unplanned"], &announced["reason"]), (&body!(true), &body!("Nâng cấp máy chủ.")));
    assert_eq!(silent["errors"][0]["code"], "reason_missing");
}

#[tokio::test]
async fn downtimes_are_listed_until_they_end_the_next_one_first() {
    let house = House::open().await;
    for day in [26, 19, 23] {
        json(announce(&house, ADMINISTRATOR, &planned(day)).await, 201).await;
    }

    let all = house.walk("/v1/downtimes?limit=1").await;
    house.clock.set(Utc.with_ymd_and_hms(2026, 3, 20, 2, 0, 0).unwrap());
    let left = house.walk("/v1/downtimes").await;

    let days = |list: &[Value]| {
        list.iter().map(|d| d["from"].as_str().unwrap()[8..10].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (days(&all), days(&left)),
        (vec!["19".into(), "23".into(), "26".into()], vec!["23".into(), "26".into()])
    );
}

#[tokio::test]
async fn only_administrators_announce_and_only_what_can_be() {
    let house = House::open().await;
    let mut wrong = planned(20);
    wrong["until"] = body!("2026-03-01T00:00:00Z");

    problem(announce(&house, CONTROLLER, &planned(20)).await, 403, "forbidden").await;
    let told = problem(announce(&house, ADMINISTRATOR, &wrong).await, 422, "body_invalid").await;

    let codes: Vec<_> = told["errors"].as_array().unwrap().iter().map(|e| e["code"].clone()).collect();
    assert_eq!(codes, ["dates_out_of_order", "in_the_past"]);
}
