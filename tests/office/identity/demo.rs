//! The demo signs in anybody, and is nowhere else.

use super::issuer::{national, signer};
use crate::manners::door::{Door, parts, problem, settings};
use crate::support::{clock, database::TestDatabase};
use api::identity::IssuerKind;
use api::identity::demo::DemoIssuer;
use api::{ApiSettings, Office};
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value, json};

#[tokio::test]
async fn the_demo_gives_tokens_to_people_who_do_not_exist() {
    let door = Door::open().await;
    let people: Value = door.get("/demo/people").await.json().await.unwrap();
    assert_eq!(people[0], json!({"person": "nguyen-van-an", "name": "Nguyễn Văn An"}));
    let request = door.ask(Method::POST, "/demo/tokens").json(&json!({"person": "nguyen-van-an"}));
    let token: Value = request.send().await.unwrap().json().await.unwrap();
    let token = token["access_token"].as_str().unwrap();
    let answer = door.ask(Method::GET, "/probe/whoami").bearer_auth(token).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["name"], "Nguyễn Văn An");
    let keys: Value = door.get("/demo/jwks.json").await.json().await.unwrap();
    assert!(keys["keys"][0]["kid"].as_str().unwrap().starts_with("demo-"));
    assert!(keys["keys"][0].get("d").is_none());
    let nobody = door.ask(Method::POST, "/demo/tokens").json(&json!({"person": "nobody"}));
    problem(nobody.send().await.unwrap(), 404, "not_found").await;
}

#[tokio::test]
async fn the_time_of_the_demo_can_be_moved_and_only_there() {
    let door = Door::open().await;
    let before: Value = door.get("/demo/clock").await.json().await.unwrap();
    let day = door.ask(Method::POST, "/demo/clock").json(&json!({"advance_seconds": 86_400}));
    let after: Value = day.send().await.unwrap().json().await.unwrap();
    let time = |told: &Value| told["now"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!((time(&after) - time(&before)).num_seconds(), 86_400);
    let real = Door::open_with(|settings| settings.demo = false).await;
    let moved = real.ask(Method::POST, "/demo/clock").json(&json!({"advance_seconds": 1}));
    problem(moved.send().await.unwrap(), 404, "route_unknown").await;
}

#[tokio::test]
async fn l_15_outside_the_demo_there_is_no_issuer_and_its_tokens_are_strangers() {
    let demo = Door::open().await;
    let door = Door::open_with(|settings| settings.demo = false).await;
    for path in ["/demo/jwks.json", "/demo/people"] {
        problem(door.get(path).await, 404, "route_unknown").await;
    }
    let token = demo.token("nguyen-van-an");
    let answer = door.ask(Method::GET, "/probe/whoami").bearer_auth(token).send().await.unwrap();
    problem(answer, 401, "issuer_unknown").await;
}

#[test]
fn the_demo_issuer_refuses_to_start_outside_the_demo() {
    let refused = DemoIssuer::start(false, "http://office.test", Vec::new()).unwrap_err();
    assert!(refused.to_string().contains("does not start while [api] demo is false"));
}

#[tokio::test]
async fn an_office_refuses_unsafe_settings_in_words() {
    let database = TestDatabase::fresh().await;
    let refused = |settings: ApiSettings, demo: Option<DemoIssuer>| {
        Office::open(settings, parts(&database, &clock::standing()), demo).unwrap_err().to_string()
    };
    let real = ApiSettings { demo: false, ..settings() };
    let with_issuer = |change: &dyn Fn(&mut api::identity::IssuerSettings)| {
        let mut issuer = national(&signer());
        change(&mut issuer);
        ApiSettings { issuers: vec![issuer], ..real.clone() }
    };
    assert!(refused(real.clone(), Some(signer())).contains("demo issuer is not allowed"));
    assert!(refused(with_issuer(&|i| i.kind = IssuerKind::Demo), None).contains("is of the demo"));
    assert!(refused(with_issuer(&|i| i.algorithms.clear()), None).contains("RS256, ES256, EdDSA"));
    let misfit = with_issuer(&|i| i.algorithms = vec![jsonwebtoken::Algorithm::ES256]);
    assert!(refused(misfit, None).contains("no key of jwks fits"));
    assert!(refused(with_issuer(&|i| i.audiences.clear()), None).contains("audiences"));
    assert!(refused(with_issuer(&|i| i.jwks = None), None).contains("either jwks_uri or jwks"));
    let short = ApiSettings { cursor_secret: SecretString::from("short"), ..real.clone() };
    assert!(refused(short, None).contains("at least 32 characters"));
}

#[test]
fn l_15_nothing_here_takes_a_password() {
    let document: serde_json::Value = serde_json::from_str(api::openapi::printed()).unwrap();

    let told =
        document["paths"].to_string().to_lowercase() + &document["components"].to_string().to_lowercase();
    let asked: Vec<&str> = ["password", "mat_khau", "passwd", "otp"]
        .into_iter()
        .filter(|word| told.contains(&format!("\"{word}\":")))
        .collect();

    assert!(asked.is_empty(), "{asked:?}");
}
