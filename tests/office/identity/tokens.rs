//! What a token must be.

use super::issuer::{citizen, national, signer, with};
use crate::manners::door::{Door, problem};
use api::identity::demo::DemoIssuer;
use chrono::TimeDelta;
use reqwest::{Method, Response};
use serde_json::{Value, json};

#[tokio::test]
async fn l_15_without_a_token_nobody_is_asking() {
    let door = Door::open().await;
    let answer = door.get("/probe/whoami").await;
    assert_eq!(answer.headers()["www-authenticate"], "Bearer realm=\"motcua\"");
    problem(answer, 401, "token_missing").await;
    let basic = door.ask(Method::GET, "/probe/whoami").basic_auth("an", Some("x")).send().await.unwrap();
    problem(basic, 401, "token_missing").await;
}

#[tokio::test]
async fn a_token_of_a_known_issuer_says_who_is_asking() {
    let (door, signer) = office().await;
    let told: Value = present(&door, &signer, citizen(now(&door))).await.json().await.unwrap();
    assert_eq!(told["subject"], "https://sso.national.test|tech-1");
    assert_eq!(told["name"], "Phạm Văn Dũng");
    assert_eq!(told["national_id"], "006088000009");
    assert_eq!((&told["roles"], &told["assurance"]), (&json!(["citizen"]), &json!(2)));
}

#[tokio::test]
async fn each_flaw_of_a_token_has_its_code() {
    let (door, signer) = office().await;
    let at = now(&door);
    for (change, code) in [
        (json!({"exp": at - 31}), "token_expired"),
        (json!({"nbf": at + 31}), "token_invalid"),
        (json!({"exp": null}), "token_invalid"),
        (json!({"aud": "another"}), "token_invalid"),
        (json!({"aud": null}), "token_invalid"),
        (json!({"sub": ""}), "token_invalid"),
        (json!({"iss": "https://elsewhere.test"}), "issuer_unknown"),
        (json!({"loAs": "LoA1"}), "assurance_too_low"),
        (json!({"loAs": null}), "assurance_too_low"),
        (json!({"motcua_demo": true}), "issuer_unknown"),
    ] {
        let answer = present(&door, &signer, with(citizen(at), change.clone())).await;
        assert!(answer.headers().contains_key("www-authenticate"), "{change}");
        problem(answer, 401, code).await;
    }
}

#[tokio::test]
async fn clocks_may_differ_by_the_leeway() {
    let (door, signer) = office().await;
    let at = now(&door);
    let claims = with(citizen(at), json!({"nbf": at + 29}));
    assert_eq!(present(&door, &signer, claims.clone()).await.status(), 200);
    door.clock.advance(TimeDelta::seconds(3_600 + 29));
    assert_eq!(present(&door, &signer, claims.clone()).await.status(), 200);
    door.clock.advance(TimeDelta::seconds(1));
    problem(present(&door, &signer, claims).await, 401, "token_expired").await;
}

#[tokio::test]
async fn a_remembered_signature_does_not_outlive_its_token() {
    let signer = signer();
    let issuer = national(&signer);
    let door = Door::open_with(|settings| {
        settings.issuers.push(issuer);
        settings.signatures_seconds = 600;
    })
    .await;
    let claims = citizen(now(&door));
    for _ in 0..2 {
        assert_eq!(present(&door, &signer, claims.clone()).await.status(), 200);
    }
    door.clock.advance(TimeDelta::hours(2));
    problem(present(&door, &signer, claims).await, 401, "token_expired").await;
}

#[tokio::test]
async fn a_signature_of_another_key_is_refused() {
    let (door, _) = office().await;
    problem(present(&door, &signer(), citizen(now(&door))).await, 401, "token_invalid").await;
}

#[tokio::test]
async fn a_token_that_was_changed_or_is_none_is_refused() {
    let (door, signer) = office().await;
    let token = signer.signed(&citizen(now(&door))).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let none = "eyJhbGciOiJub25lIn0";
    let symmetric = "eyJhbGciOiJIUzI1NiIsImtpZCI6ImRlbW8ifQ";
    for bad in [
        "x".to_owned(),
        format!("{}.{}.", parts[0], parts[1]),
        format!("{none}.{}.", parts[1]),
        format!("{symmetric}.{}.{}", parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], parts[2].chars().rev().collect::<String>()),
        format!("{token}{}", "A".repeat(9_000)),
    ] {
        let answer = door.ask(Method::GET, "/probe/whoami").bearer_auth(bad).send().await.unwrap();
        problem(answer, 401, "token_invalid").await;
    }
}

async fn office() -> (Door, DemoIssuer) {
    let signer = signer();
    let issuer = national(&signer);
    (Door::open_with(|settings| settings.issuers.push(issuer)).await, signer)
}

async fn present(door: &Door, signer: &DemoIssuer, claims: Value) -> Response {
    let token = signer.signed(&claims).unwrap();
    door.ask(Method::GET, "/probe/whoami").bearer_auth(token).send().await.unwrap()
}

fn now(door: &Door) -> i64 {
    door.clock.now().timestamp()
}
