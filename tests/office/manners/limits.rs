//! Whoever asks too often is told so, told how long to wait, and then answered again.

use super::door::{Door, problem};
use crate::identity::forge::Forge;
use api::Limits;
use api::identity::IssuerKind;
use chrono::TimeDelta;
use reqwest::{Method, Response};
use serde_json::json;

const READ: &str = "/openapi.json";

#[tokio::test]
async fn every_answer_tells_the_budget_and_what_is_left_of_it() {
    let door =
        Door::open_with(|settings| settings.limits = Limits { address_per_minute: 0, ..Limits::default() })
            .await;

    let answer = door.get(READ).await;
    let missing = door.get("/v1/nothing-here").await;
    let broken = door.get("/probe/panic").await;

    assert_eq!(fields(&answer), ("\"reads\";q=600;w=60".into(), "\"reads\";r=599;t=1".into()));
    assert_eq!((missing.status().as_u16(), fields(&missing).1.as_str()), (404, "\"reads\";r=598;t=1"));
    assert_eq!((broken.status().as_u16(), fields(&broken).1.as_str()), (500, "\"reads\";r=597;t=1"));
}

#[tokio::test]
async fn a_spent_budget_is_refused_and_refills_as_time_goes_by() {
    let door = small().await;
    for left in ["\"reads\";r=2;t=20", "\"reads\";r=1;t=40", "\"reads\";r=0;t=60"] {
        assert_eq!(fields(&door.get(READ).await).1, left);
    }

    let refused = door.get(READ).await;

    assert_eq!(refused.headers()["retry-after"], "20");
    assert_eq!(fields(&refused), ("\"reads\";q=3;w=60".into(), "\"reads\";r=0;t=60".into()));
    let told = problem(refused, 429, "too_many_requests").await;
    assert_eq!(told["trace_id"].as_str().unwrap().len(), 32);
    door.clock.advance(TimeDelta::seconds(19));
    assert_eq!(door.get(READ).await.headers()["retry-after"], "1");
    door.clock.advance(TimeDelta::seconds(1));
    assert_eq!(door.get(READ).await.status(), 200);
    assert_eq!(door.get(READ).await.status(), 429);
}

#[tokio::test]
async fn all_tokens_of_one_person_spend_one_budget_and_nobody_spends_that_of_another() {
    let door = small().await;
    let ask = async |token: &str| door.ask(Method::GET, READ).bearer_auth(token).send().await.unwrap();
    let (one, other) = (door.token("nguyen-van-an"), door.token("tran-thi-binh"));
    door.clock.advance(TimeDelta::milliseconds(1_000));
    let again = door.token("nguyen-van-an");
    assert_ne!(one, again);
    for token in [&one, &again, &one] {
        assert_eq!(ask(token).await.status(), 200);
    }

    assert_eq!(ask(&again).await.status(), 429);
    assert_eq!(ask(&other).await.status(), 200);
    assert_eq!(door.get(READ).await.status(), 200);
}

#[tokio::test]
async fn a_made_up_token_buys_no_budget() {
    let door = small().await;
    let good = door.token("nguyen-van-an");
    let (head, signature) = good.rsplit_once('.').unwrap();
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    let ask = async |token: &str| door.ask(Method::GET, READ).bearer_auth(token).send().await.unwrap();
    for token in ["a", "b", forged.as_str()] {
        assert_eq!(ask(token).await.status(), 200, "the address pays");
    }

    for token in ["a", "d", forged.as_str()] {
        problem(ask(token).await, 429, "too_many_requests").await;
    }
    assert_eq!(door.get(READ).await.status(), 429);
    assert_eq!(ask(&good).await.status(), 200, "and the person whose token was forged does not");
}

#[tokio::test]
async fn one_address_and_one_client_have_a_budget_over_all_their_people() {
    let (forge, name) = (Forge::ed25519(), "https://sso.issuer.test");
    let door = Door::open_with(|settings| {
        settings.issuers = vec![forge.issuer(name, IssuerKind::Keycloak)];
        settings.limits = Limits {
            reads_per_minute: 60,
            client_per_minute: 3,
            address_per_minute: 5,
            trust_forwarded_for: true,
            ..Limits::none()
        };
    })
    .await;
    let at = door.clock.now().timestamp();
    let token = |person: &str, client: &str| {
        let claims = json!({"iss": name, "sub": person, "azp": client, "aud": "motcua", "exp": at + 3_600});
        forge.token(r#"{"alg": "EdDSA", "kid": "k1"}"#, &claims.to_string())
    };
    let ask = async |person: &str, client: &str, address: &str| {
        let request = door.ask(Method::GET, READ).bearer_auth(token(person, client));
        request.header("x-forwarded-for", address).send().await.unwrap()
    };

    let first = ask("an", "app", "203.0.113.1").await;

    let policies = r#""reads";q=60;w=60, "address";q=5;w=60, "client";q=3;w=60"#;
    let left = r#""reads";r=59;t=1, "address";r=4;t=12, "client";r=2;t=20"#;
    assert_eq!(fields(&first), (policies.into(), left.into()));
    for (person, client, address, status) in [
        ("binh", "app", "203.0.113.2", 200),
        ("cuc", "app", "203.0.113.3", 200),
        ("dung", "app", "203.0.113.4", 429),
        ("dung", "other", "203.0.113.1", 200),
        ("an", "other", "203.0.113.1", 200),
        ("giang", "third", "203.0.113.1", 200),
        ("hai", "third", "203.0.113.1", 200),
        ("khanh", "third", "203.0.113.1", 429),
        ("khanh", "third", "203.0.113.5", 200),
    ] {
        assert_eq!(ask(person, client, address).await.status(), status, "{person} {client} {address}");
    }
    let refused = ask("khanh", "app", "203.0.113.6").await;
    let left = r#""reads";r=59;t=1, "address";r=5;t=0, "client";r=0;t=60"#;
    assert_eq!(
        (fields(&refused).1.as_str(), &refused.headers()["retry-after"]),
        (left, &"20".parse().unwrap())
    );
}

#[tokio::test]
async fn what_costs_more_has_a_budget_of_its_own() {
    let door = Door::open_with(|settings| settings.limits = Limits::default()).await;
    let id = "019a0000-0000-7000-8000-000000000002";
    for (method, path, policy) in [
        (Method::GET, "/v1/units".to_owned(), "lists"),
        (Method::GET, "/v1/dossiers?q=an".to_owned(), "lists"),
        (Method::GET, format!("/v1/units/{id}"), "reads"),
        (Method::GET, format!("/v1/files/{id}/content"), "heavy"),
        (Method::GET, format!("/v1/forms/{id}"), "heavy"),
        (Method::GET, "/v1/reports/standing".to_owned(), "heavy"),
        (Method::POST, "/v1/uploads".to_owned(), "heavy"),
        (Method::PATCH, format!("/v1/uploads/{id}"), "heavy"),
        (Method::HEAD, format!("/v1/uploads/{id}"), "reads"),
        (Method::POST, "/v1/dossiers".to_owned(), "writes"),
        (Method::POST, "/v1/lookups".to_owned(), "lookups"),
        (Method::GET, "/v1/verifications/7K3M".to_owned(), "lookups"),
    ] {
        let answer = door.as_citizen(method.clone(), &path).send().await.unwrap();
        let told = fields(&answer).0;
        assert!(told.starts_with(&format!("\"{policy}\";")), "{method} {path}: {told}");
    }
}

#[tokio::test]
async fn writes_are_counted_apart_from_reads() {
    let door = small().await;
    let write = async || door.as_citizen(Method::POST, "/v1/dossiers").send().await.unwrap();
    for left in ["\"writes\";r=1;t=30", "\"writes\";r=0;t=60"] {
        assert_eq!(fields(&write().await).1, left);
    }

    assert_eq!(write().await.status(), 429);
    assert_eq!(door.as_citizen(Method::GET, READ).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn c_16_look_ups_have_a_small_budget_that_no_token_and_no_spelling_gets_around() {
    let door = small().await;
    let guess = async |path: &str, token: &str| {
        let body = serde_json::json!({"code": "H00.1", "secret": "ABCD1234"});
        door.ask(Method::POST, path).bearer_auth(token).json(&body).send().await.unwrap()
    };

    let first = guess("/v1/lookups", "a").await;

    assert_eq!(fields(&first), ("\"lookups\";q=1;w=60".into(), "\"lookups\";r=0;t=60".into()));
    assert_ne!(first.status(), 429);
    for (path, token) in [("/v1/lookups", "b"), ("/v1/%6Cookups", "c"), ("/demo/tokens", "d")] {
        problem(guess(path, token).await, 429, "too_many_requests").await;
    }
}

#[tokio::test]
async fn checking_codes_of_results_is_counted_with_the_look_ups() {
    let door = small().await;
    let ask = async |method: Method, path: &str| {
        let body = serde_json::json!({"sha256": "0".repeat(64)});
        let request = door.ask(method, path).bearer_auth("made up").json(&body);
        request.send().await.unwrap()
    };

    let first = ask(Method::GET, "/v1/verifications/7K3M-9QXA-40TZ-C2WB-DN8Q").await;

    assert_eq!((first.status().as_u16(), fields(&first).1.as_str()), (200, "\"lookups\";r=0;t=60"));
    for (method, path) in [
        (Method::GET, "/v1/verifications/7K3M-9QXA-40TZ-C2WB-DN8Q"),
        (Method::GET, "/v1/verifications?code=7K3M"),
        (Method::GET, "/v1/%76erifications/7K3M"),
        (Method::POST, "/v1/verifications/7K3M/comparison"),
        (Method::POST, "/v1/lookups"),
    ] {
        problem(ask(method, path).await, 429, "too_many_requests").await;
    }
}

#[tokio::test]
async fn the_address_a_proxy_names_counts_only_where_it_is_trusted() {
    for (trusted, refused) in [(false, 429), (true, 200)] {
        let door = Door::open_with(|settings| {
            settings.limits = Limits { reads_per_minute: 1, trust_forwarded_for: trusted, ..Limits::none() };
        })
        .await;
        let ask = async |chain: &str| {
            let request = door.ask(Method::GET, READ).header("x-forwarded-for", chain);
            request.send().await.unwrap().status().as_u16()
        };

        assert_eq!(ask("203.0.113.1").await, 200);

        assert_eq!(ask("203.0.113.2").await, refused);
        assert_eq!(ask("198.51.100.7, 203.0.113.1").await, 429, "what the client adds changes nothing");
    }
}

#[tokio::test]
async fn machines_of_the_office_and_of_platforms_are_never_limited() {
    let door = small().await;
    for path in ["/livez", "/readyz", "/metrics", "/docs/", "/v1/callbacks/payments/nobody"] {
        for _ in 0..5 {
            let method = if path.starts_with("/v1") { Method::POST } else { Method::GET };
            let answer = door.ask(method, path).send().await.unwrap();
            assert_ne!(answer.status(), 429, "{path}");
            assert!(!answer.headers().contains_key("ratelimit"), "{path}");
        }
    }
}

#[tokio::test]
async fn an_office_without_limits_says_nothing_of_them() {
    let door = Door::open().await;

    let answer = door.get(READ).await;

    assert!(!answer.headers().contains_key("ratelimit"));
    assert!(!answer.headers().contains_key("ratelimit-policy"));
}

async fn small() -> Door {
    Door::open_with(|settings| {
        settings.limits =
            Limits { reads_per_minute: 3, writes_per_minute: 2, lookups_per_minute: 1, ..Limits::none() };
    })
    .await
}

/// `RateLimit-Policy` and `RateLimit`.
fn fields(answer: &Response) -> (String, String) {
    let field = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    (field("ratelimit-policy"), field("ratelimit"))
}
