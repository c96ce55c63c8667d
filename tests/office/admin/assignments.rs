//! Roles are given to officers and ended.

use crate::manners::door::Door;
use crate::openapi::promise;
use crate::support::clock;
use crate::support::database::TestDatabase;
use crate::support::house::{ADMINISTRATOR, CITIZEN, CONTROLLER, House, json, problem};
use api::Office;
use api::identity::demo::DemoIssuer;
use reqwest::Method;
use rules::actor::Role;
use serde_json::{Value, json};
use uuid::Uuid;

const ASSIGNMENTS: &str = "/v1/admin/assignments";
const JOBS: &str = "/v1/admin/jobs";

#[tokio::test]
async fn a_role_that_was_given_is_held_and_a_role_that_was_ended_is_not() {
    let house = House::open().await;
    problem(house.read_as(CITIZEN, JOBS).await, 403, "forbidden").await;

    let answer = house.act_as(ADMINISTRATOR, ASSIGNMENTS, "one", &administrator(&house, CITIZEN)).await;

    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let given = json(answer, 201).await;
    promise::holds("Assignment", &given);
    assert_eq!(json(house.read_as(ADMINISTRATOR, &location).await, 200).await, given);
    assert_eq!((&given["valid_from"], &given["valid_to"]), (&json!("2026-03-10T02:00:00Z"), &Value::Null));
    json(house.read_as(CITIZEN, JOBS).await, 200).await;

    let ended = house.act_as(ADMINISTRATOR, &format!("{location}/ending"), "two", &json!({})).await;

    assert_eq!(json(ended, 201).await["valid_to"], "2026-03-10T02:00:00Z");
    problem(house.read_as(CITIZEN, JOBS).await, 403, "forbidden").await;
    let again = house.act_as(ADMINISTRATOR, &format!("{location}/ending"), "three", &json!({})).await;
    assert_eq!(problem(again, 409, "act_refused").await["blocked_by"][0]["code"], "assignment_ended");
}

#[tokio::test]
async fn a_role_at_a_unit_is_held_there_alone_under_the_title_that_was_given() {
    let house = House::open().await;
    let [unit, other] = two_communes(&house).await;

    let body = desk_officer(&house, CITIZEN, &json!(unit));
    let given = json(house.act_as(ADMINISTRATOR, ASSIGNMENTS, "one", &body).await, 201).await;

    assert_eq!((&given["role"], &given["unit"]), (&json!("desk_officer"), &json!(unit)));
    let (office, now) = (&house.office, house.clock.now());
    let token = office.demo.as_ref().unwrap().token(CITIZEN, now).unwrap();
    let actor = office.verifier.verify(&office.db, &token, now).await.unwrap();
    assert!(actor.is_at(Role::DeskOfficer, unit) && !actor.is_at(Role::DeskOfficer, other));
    assert!(actor.is(Role::Citizen) && actor.title == "Cán bộ một cửa");
}

#[tokio::test]
async fn assignments_are_listed_newest_first_by_person_and_unit() {
    let house = House::open().await;
    let unit = json!(two_communes(&house).await[0]);
    for (key, person) in [("one", CITIZEN), ("two", CONTROLLER), ("three", CITIZEN)] {
        let body = desk_officer(&house, person, &unit);
        json(house.act_as(ADMINISTRATOR, ASSIGNMENTS, key, &body).await, 201).await;
    }

    let all = house.walk(&format!("{ASSIGNMENTS}?limit=2")).await;
    let subject = subject(&house, CITIZEN).replace('|', "%7C");
    let of_person = house.walk(&format!("{ASSIGNMENTS}?subject={subject}&limit=1")).await;
    let at_unit = house.walk(&format!("{ASSIGNMENTS}?unit={}", unit.as_str().unwrap())).await;

    assert_eq!((all.len(), of_person.len(), at_unit.len()), (5, 2, 3));
    assert!(all.windows(2).all(|two| two[0]["id"].as_str() > two[1]["id"].as_str()), "{all:?}");
}

#[tokio::test]
async fn a_repeated_request_gives_the_role_once() {
    let house = House::open().await;
    let body = administrator(&house, CONTROLLER);

    let first = json(house.act_as(ADMINISTRATOR, ASSIGNMENTS, "one", &body).await, 201).await;
    let again = house.act_as(ADMINISTRATOR, ASSIGNMENTS, "one", &body).await;

    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(json(again, 201).await, first);
    assert_eq!(house.walk(ASSIGNMENTS).await.len(), 3);
}

#[tokio::test]
async fn only_administrators_give_end_and_see_roles() {
    let house = House::open().await;
    let given = &house.walk(ASSIGNMENTS).await[0];
    let one = format!("{ASSIGNMENTS}/{}", given["id"].as_str().unwrap());

    for person in [CITIZEN, CONTROLLER] {
        let body = administrator(&house, person);
        problem(house.act_as(person, ASSIGNMENTS, "one", &body).await, 403, "forbidden").await;
        problem(house.act_as(person, &format!("{one}/ending"), "two", &json!({})).await, 403, "forbidden")
            .await;
        for path in [ASSIGNMENTS, &one] {
            problem(house.read_as(person, path).await, 403, "forbidden").await;
        }
    }
    house.refused(ASSIGNMENTS, 401, "token_missing").await;
    let bare = house.ask_as(ADMINISTRATOR, Method::POST, ASSIGNMENTS).json(&administrator(&house, CITIZEN));
    problem(bare.send().await.unwrap(), 400, "idempotency_key_missing").await;
    let nowhere = format!("{ASSIGNMENTS}/{}", Uuid::now_v7());
    problem(house.read_as(ADMINISTRATOR, &nowhere).await, 404, "not_found").await;
    let ending = format!("{nowhere}/ending");
    problem(house.act_as(ADMINISTRATOR, &ending, "three", &json!({})).await, 404, "not_found").await;
}

#[tokio::test]
async fn a_role_that_cannot_be_given_so_is_refused_with_every_reason() {
    let house = House::open().await;
    let unit = json!(two_communes(&house).await[0]);
    let good = desk_officer(&house, CITIZEN, &unit);
    let changed = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body
    };

    for (body, codes) in [
        (changed("role", json!("citizen")), vec!["role_not_given"]),
        (changed("role", json!("office")), vec!["role_not_given"]),
        (changed("role", json!("integrator")), vec!["role_not_given"]),
        (changed("role", json!("inspector")), vec!["unit_out_of_place"]),
        (changed("unit", Value::Null), vec!["unit_missing"]),
        (changed("unit", json!(Uuid::now_v7())), vec!["unit_unknown"]),
        (changed("subject", json!("le-thi-cuc")), vec!["subject_unknown"]),
        (changed("subject", json!("https://strange.example|a")), vec!["subject_unknown"]),
        (changed("name", json!(" ")), vec!["length"]),
        (changed("title", json!("a\u{7}b")), vec!["length"]),
        (
            json!({"subject": "a", "name": "", "title": "", "role": "helper"}),
            vec!["length", "length", "subject_unknown", "unit_missing"],
        ),
    ] {
        let answer = house.act_as(ADMINISTRATOR, ASSIGNMENTS, "one", &body).await;
        let told = problem(answer, 422, "body_invalid").await;
        let found: Vec<&str> =
            told["errors"].as_array().unwrap().iter().map(|e| e["code"].as_str().unwrap()).collect();
        assert_eq!(found, codes, "{told}");
    }
    let strange = changed("role", json!("king"));
    let told = problem(house.act_as(ADMINISTRATOR, ASSIGNMENTS, "one", &strange).await, 422, "body_invalid");
    assert_eq!(told.await["errors"][0]["pointer"], "/role");
    assert_eq!(house.walk(ASSIGNMENTS).await.len(), 2);
}

#[tokio::test]
async fn the_settings_name_the_first_administrator() {
    let door = Door::open().await;
    let officer = |door: &Door| door.ask(Method::GET, JOBS).bearer_auth(door.token("le-thi-cuc"));
    problem(officer(&door).send().await.unwrap(), 403, "forbidden").await;

    let first = vec!["http://office.test/demo|le-thi-cuc".to_owned()];
    let door = Door::open_with(|settings| settings.administrators = first).await;

    json(officer(&door).send().await.unwrap(), 200).await;
    problem(door.as_citizen(Method::GET, JOBS).send().await.unwrap(), 403, "forbidden").await;
}

#[tokio::test]
async fn an_administrator_whom_nobody_can_sign_in_is_refused_at_the_start() {
    let (database, clock) = (TestDatabase::fresh().await, clock::standing());
    for named in ["le-thi-cuc", "http://office.test/demo|", "https://strange.example|le-thi-cuc"] {
        let mut settings = crate::manners::door::settings();
        settings.administrators = vec![named.into()];
        let issuer = DemoIssuer::start(true, "http://office.test", Vec::new()).unwrap();

        let opened = Office::open(settings, crate::manners::door::parts(&database, &clock), Some(issuer));

        let words = opened.unwrap_err().to_string();
        assert!(words.contains("administrators") && words.contains(named), "{words}");
    }
}

fn subject(house: &House, person: &str) -> String {
    house.office.demo.as_ref().unwrap().subject_of(person)
}

fn administrator(house: &House, person: &str) -> Value {
    let subject = subject(house, person);
    json!({"subject": subject, "name": "Hà Thị Mẫu", "title": "Quản trị hệ thống", "role": "administrator"})
}

fn desk_officer(house: &House, person: &str, unit: &Value) -> Value {
    let subject = subject(house, person);
    json!({"subject": subject, "name": "Hoàng Văn Cửa", "title": "Cán bộ một cửa", "role": "desk_officer", "unit": unit})
}

async fn two_communes(house: &House) -> [Uuid; 2] {
    let units = house.read("/v1/units?tier=commune&limit=2").await;
    [0, 1].map(|place| serde_json::from_value(units["items"][place]["id"].clone()).unwrap())
}
