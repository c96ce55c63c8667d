//! Who signed out at the issuer is signed out here, in every process, and a forged word of it signs nobody out.

use super::forge::{Forge, unsigned};
use super::issuer::with;
use crate::manners::door::{Door, parts, problem, settings};
use crate::support::database::TestDatabase;
use crate::support::{clock, servers};
use actix_web::web;
use api::identity::{IssuerKind, IssuerSettings};
use api::{ApiSettings, Office};
use chrono::TimeDelta;
use entities::sessions;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;

const ISSUER: &str = "https://sso.issuer.test";
const LOGOUT: &str = "/v1/identity/backchannel-logout";
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// An office with one issuer, whose tokens and logout tokens the test writes.
struct Scene {
    door: Door,
    forge: Forge,
}

impl Scene {
    async fn open() -> Self {
        let forge = Forge::ed25519();
        let issuer = issuer(&forge);
        Self { door: Door::open_with(|settings| settings.issuers = vec![issuer]).await, forge }
    }

    async fn status(&self, changes: Value) -> u16 {
        let token = access(&self.forge, self.now(), changes);
        let answer = self.door.ask(Method::GET, "/probe/whoami").bearer_auth(token).send().await.unwrap();
        let status = answer.status().as_u16();
        if status != 200 {
            problem(answer, 401, "session_ended").await;
        }
        status
    }

    async fn log_out(&self, changes: Value) -> Response {
        let payload = logout(self.now(), changes).to_string();
        self.post(&self.forge.token(HEADER, &payload)).await
    }

    async fn post(&self, token: &str) -> Response {
        let form = format!("logout_token={token}&another=member");
        let request = self.door.ask(Method::POST, LOGOUT).body(form);
        request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap()
    }

    fn now(&self) -> i64 {
        self.door.clock.now().timestamp()
    }
}

const HEADER: &str = r#"{"alg": "EdDSA", "kid": "k1", "typ": "logout+jwt"}"#;

fn issuer(forge: &Forge) -> IssuerSettings {
    let logout_audiences = vec!["motcua-web".to_owned(), "motcua-app".to_owned()];
    IssuerSettings { logout_audiences, ..forge.issuer(ISSUER, IssuerKind::Keycloak) }
}

fn access(forge: &Forge, at: i64, changes: Value) -> String {
    let good =
        json!({"iss": ISSUER, "sub": "an", "sid": "s1", "aud": "motcua", "iat": at, "exp": at + 3_600});
    forge.token(r#"{"alg": "EdDSA", "kid": "k1"}"#, &with(good, changes).to_string())
}

fn logout(at: i64, changes: Value) -> Value {
    let good = json!({
        "iss": ISSUER, "sub": "an", "sid": "s1", "aud": "motcua-web", "iat": at, "exp": at + 120, "jti": "one",
        "events": {EVENT: {}},
    });
    with(good, changes)
}

#[tokio::test]
async fn a_session_that_ended_is_refused_and_another_of_the_person_goes_on() {
    let scene = Scene::open().await;
    for sid in [json!("s1"), json!("s2"), Value::Null] {
        assert_eq!(scene.status(json!({"sid": sid})).await, 200);
    }

    assert_eq!(scene.log_out(json!({})).await.status(), 200);

    assert_eq!(scene.status(json!({})).await, 401);
    assert_eq!(scene.status(json!({"sid": "s2"})).await, 200);
    assert_eq!(scene.status(json!({"sid": null})).await, 401, "it may be the session that ended");
    assert_eq!(scene.status(json!({"sid": "s2", "sub": "binh"})).await, 200);
    scene.door.clock.advance(TimeDelta::seconds(60));
    assert_eq!(scene.status(json!({})).await, 401, "an ended session never comes back");
    assert_eq!(scene.status(json!({"sid": null})).await, 200, "issued after it ended");
}

#[tokio::test]
async fn a_session_may_be_named_without_its_person() {
    let scene = Scene::open().await;

    assert_eq!(scene.log_out(json!({"sub": null})).await.status(), 200);

    assert_eq!(scene.status(json!({})).await, 401);
    assert_eq!(scene.status(json!({"sid": null})).await, 200);
}

#[tokio::test]
async fn without_a_session_everything_issued_before_ends_and_a_new_sign_in_goes_on() {
    let scene = Scene::open().await;

    assert_eq!(scene.log_out(json!({"sid": null})).await.status(), 200);

    for changes in [json!({}), json!({"sid": "s2"}), json!({"sid": null}), json!({"iat": null})] {
        assert_eq!(scene.status(changes).await, 401);
    }
    assert_eq!(scene.status(json!({"sub": "binh"})).await, 200);
    scene.door.clock.advance(TimeDelta::seconds(1));
    assert_eq!(scene.status(json!({"sid": "s3"})).await, 200);
    assert_eq!(scene.status(json!({"sid": "s3", "iat": null})).await, 401, "nothing says that it is newer");
}

#[tokio::test]
async fn a_logout_token_is_taken_once() {
    let scene = Scene::open().await;
    let token = scene.forge.token(HEADER, &logout(scene.now(), json!({"sid": null})).to_string());
    assert_eq!(scene.post(&token).await.status(), 200);
    scene.door.clock.advance(TimeDelta::seconds(5));

    problem(scene.post(&token).await, 400, "logout_token_invalid").await;

    assert_eq!(scene.status(json!({})).await, 200, "who signed in since stays signed in");
}

#[tokio::test]
async fn a_logout_token_that_does_not_hold_ends_nothing() {
    let scene = Scene::open().await;
    let at = scene.now();
    for changes in [
        json!({"sub": null, "sid": null}),
        json!({"sub": ""}),
        json!({"sid": ""}),
        json!({"nonce": "n"}),
        json!({"events": null}),
        json!({"events": []}),
        json!({"events": {}}),
        json!({"events": {EVENT: null}}),
        json!({"events": {EVENT: "{}"}}),
        json!({"events": {"http://schemas.openid.net/event/other": {}}}),
        json!({"aud": null}),
        json!({"aud": "motcua"}),
        json!({"aud": ["other"]}),
        json!({"iss": null}),
        json!({"iss": "https://elsewhere.test"}),
        json!({"iat": null}),
        json!({"iat": at + 31}),
        json!({"iat": i64::MAX, "exp": null}),
        json!({"iat": i64::MIN, "exp": null}),
        json!({"iat": at - 631, "exp": null}),
        json!({"exp": at - 30}),
        json!({"jti": null}),
        json!({"jti": ""}),
        json!({"motcua_demo": true}),
    ] {
        let answer = scene.log_out(changes.clone()).await;
        assert_eq!(answer.status(), 400, "{changes}");
        problem(answer, 400, "logout_token_invalid").await;
    }
    let null = logout(at, json!({})).to_string().replacen('{', "{\"nonce\": null, ", 1);
    let good = logout(at, json!({})).to_string();
    for token in [
        scene.forge.token(HEADER, &null),
        scene.forge.token(r#"{"alg": "EdDSA", "kid": "k1", "typ": "at+jwt"}"#, &good),
        scene.forge.token(r#"{"alg": "EdDSA", "kid": "k1", "typ": "dpop+jwt"}"#, &good),
        format!("{}.", unsigned(r#"{"alg": "none"}"#, &good)),
        Forge::p256().token(r#"{"alg": "ES256", "kid": "k1"}"#, &good),
        access(&scene.forge, at, json!({})),
        "x".to_owned(),
        String::new(),
    ] {
        problem(scene.post(&token).await, 400, "logout_token_invalid").await;
    }
    for (kind, body) in [("application/json", "{}"), ("application/x-www-form-urlencoded", "token=x")] {
        let request = scene.door.ask(Method::POST, LOGOUT).header("content-type", kind).body(body);
        problem(request.send().await.unwrap(), 400, "logout_token_invalid").await;
    }

    assert_eq!(scene.status(json!({})).await, 200);
    assert_eq!(scene.log_out(json!({"exp": null, "iat": at - 629})).await.status(), 200, "late, but in time");
}

#[tokio::test]
async fn a_token_that_is_good_for_longer_than_endings_are_remembered_is_refused() {
    let scene = Scene::open().await;
    let day = scene.now() + 24 * 3_600;

    assert_eq!(scene.status(json!({"exp": day})).await, 200);
    let token = access(&scene.forge, scene.now(), json!({"exp": day + 31}));
    let answer = scene.door.ask(Method::GET, "/probe/whoami").bearer_auth(token).send().await.unwrap();

    problem(answer, 401, "token_invalid").await;
}

/// Two processes over one database; the second answers nobody and is asked directly.
async fn two(change: impl Fn(&mut ApiSettings), redis: Option<&str>) -> (Scene, web::Data<Office>) {
    let (forge, database, clock) = (Forge::ed25519(), TestDatabase::fresh().await, clock::standing());
    let open = || {
        let mut settings = ApiSettings { issuers: vec![issuer(&forge)], ..settings() };
        change(&mut settings);
        let redis = redis.map(|url| redis::Client::open(url).unwrap());
        Office::open(settings, api::Parts { redis, ..parts(&database, &clock) }, None).unwrap()
    };
    let (here, there) = (open(), web::Data::new(open()));
    (Scene { door: Door::serve(here, database), forge }, there)
}

#[tokio::test]
async fn what_one_process_hears_of_holds_in_the_other() {
    let (scene, there) = two(|settings| settings.demo = false, None).await;
    let (token, at) = (access(&scene.forge, scene.now(), json!({})), scene.door.clock.now());
    there.verifier.verify(&there.db, &token, at).await.unwrap();

    assert_eq!(scene.log_out(json!({})).await.status(), 200);

    let refused = there.verifier.verify(&there.db, &token, at).await.unwrap_err();
    assert_eq!(refused.to_string(), "session_ended");
}

#[tokio::test]
async fn a_process_that_remembers_is_told_over_redis() {
    let Some(redis) = servers::redis_url() else { return };
    let (scene, there) = two(|settings| settings.roles_seconds = 600, Some(&redis)).await;
    let (token, at) = (access(&scene.forge, scene.now(), json!({})), scene.door.clock.now());
    there.verifier.verify(&there.db, &token, at).await.unwrap();
    assert_eq!(scene.status(json!({})).await, 200);
    let hearing = tokio::spawn(api::identity::hints::hear(there.clone()));

    assert_eq!(scene.log_out(json!({})).await.status(), 200);

    assert_eq!(scene.status(json!({})).await, 401, "the process that was told knows at once");
    let mut again = tokio::time::interval(Duration::from_millis(20));
    let refused = async {
        while there.verifier.verify(&there.db, &token, at).await.is_ok() {
            again.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), refused).await.unwrap();
    hearing.abort();
}

#[tokio::test]
async fn an_ending_is_forgotten_when_no_token_of_it_can_be_good() {
    let database = TestDatabase::fresh().await;
    let at = clock::standing().now();
    let ending = |token: &str, hours| sessions::Ending {
        token: token.into(),
        parties: vec!["phiên".into(), "người".into()],
        ended_at: at,
        kept_until: at + TimeDelta::hours(hours),
    };
    for (token, hours) in [("old", 1), ("young", 3)] {
        sessions::end(database.writer(), &ending(token, hours)).await.unwrap();
    }

    let forgotten = sessions::forget(database.writer(), at + TimeDelta::hours(2), 10).await.unwrap();

    assert_eq!(forgotten, 2);
    let left = sessions::ended(database.reader(), &["phiên".into()]).await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(sessions::end(database.writer(), &ending("young", 9)).await.unwrap_err().is_duplicate());
}
