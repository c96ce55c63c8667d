//! Tokens of machine clients bound to a key or a certificate are worth nothing to who has only the token.

use super::forge::{Forge, unsigned};
use super::issuer::with;
use crate::manners::door::{Door, parts, problem, settings};
use crate::support::database::TestDatabase;
use crate::support::{clock, servers};
use api::identity::{IssuerKind, Shown};
use api::{ApiSettings, Office};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use jsonwebtoken::jwk::ThumbprintHash;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ISSUER: &str = "https://sso.issuer.test";
const PATH: &str = "/v1/dossiers";
const URL: &str = "https://mot-cua.test/v1/dossiers";

/// An office that is reached as `https://mot-cua.test`, an issuer, and a client with a key of its own.
struct Scene {
    door: Door,
    issuer: Forge,
    client: Forge,
}

impl Scene {
    async fn open(change: impl FnOnce(&mut ApiSettings)) -> Self {
        let (issuer, client) = (Forge::ed25519(), Forge::p256());
        let trusted = issuer.issuer(ISSUER, IssuerKind::Keycloak);
        let door = Door::open_with(|settings| {
            settings.issuers = vec![trusted];
            settings.public_url = "https://mot-cua.test".into();
            change(settings);
        });
        Self { door: door.await, issuer, client }
    }

    fn now(&self) -> i64 {
        self.door.clock.now().timestamp()
    }

    /// A token of the client with this `cnf`.
    fn token(&self, cnf: Value) -> String {
        token(&self.issuer, self.now(), cnf)
    }

    /// A token bound to the client's key.
    fn bound(&self) -> String {
        self.token(json!({"jkt": self.client.jwk.thumbprint(ThumbprintHash::SHA256).unwrap()}))
    }

    fn claims(&self, token: &str, changes: Value) -> String {
        proof(token, self.now(), changes).to_string()
    }

    fn header(&self, changes: Value) -> String {
        with(json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": self.client.jwk}), changes).to_string()
    }

    async fn show(&self, scheme: &str, token: &str, headers: &[(&str, &str)]) -> Response {
        let request = self.door.ask(Method::GET, PATH).header("authorization", format!("{scheme} {token}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.send().await.unwrap()
    }

    /// The answer is a challenge to prove.
    async fn refuses(&self, flaw: &str, answer: Response) {
        assert_eq!(answer.status(), 401, "{flaw}");
        let challenge = answer.headers()["www-authenticate"].to_str().unwrap().to_owned();
        assert!(challenge.starts_with("DPoP ") && challenge.contains("ES256"), "{flaw}: {challenge}");
        problem(answer, 401, "proof_invalid").await;
    }
}

fn token(issuer: &Forge, at: i64, cnf: Value) -> String {
    let claims = json!({
        "iss": ISSUER, "sub": "tich-hop", "aud": "motcua", "iat": at, "exp": at + 300, "scope": "dossiers:read",
        "preferred_username": "service-account-tich-hop", "typ": "DPoP",
    });
    issuer.token(r#"{"alg": "EdDSA"}"#, &with(claims, json!({"cnf": cnf})).to_string())
}

fn proof(token: &str, at: i64, changes: Value) -> Value {
    let ath = URL_SAFE_NO_PAD.encode(Sha256::digest(token));
    with(json!({"jti": "one", "htm": "GET", "htu": URL, "iat": at, "ath": ath}), changes)
}

#[tokio::test]
async fn who_holds_the_key_is_let_in_and_who_has_only_the_token_is_not() {
    let scene = Scene::open(|_| {}).await;
    let token = scene.bound();
    let good = scene.client.token(&scene.header(json!({})), &scene.claims(&token, json!({})));

    assert_eq!(scene.show("DPoP", &token, &[("DPoP", &good)]).await.status(), 200);

    scene.refuses("no proof", scene.show("DPoP", &token, &[]).await).await;
    scene.refuses("as a bearer", scene.show("Bearer", &token, &[]).await).await;
    let next = scene.client.token(&scene.header(json!({})), &scene.claims(&token, json!({"jti": "two"})));
    scene.refuses("as a bearer with a proof", scene.show("Bearer", &token, &[("DPoP", &next)]).await).await;
    let free = scene.token(Value::Null);
    let own = scene.client.token(&scene.header(json!({})), &scene.claims(&free, json!({"jti": "three"})));
    scene.refuses("a free token under DPoP", scene.show("DPoP", &free, &[("DPoP", &own)]).await).await;
    let two = scene.show("DPoP", &token, &[("DPoP", &next), ("DPoP", &next)]).await;
    scene.refuses("two proofs", two).await;
}

#[tokio::test]
async fn a_proof_is_good_once_and_for_a_minute() {
    let scene = Scene::open(|_| {}).await;
    let token = scene.bound();
    let prove = |jti: &str, iat: i64| {
        let claims = scene.claims(&token, json!({"jti": jti, "iat": iat}));
        scene.client.token(&scene.header(json!({})), &claims)
    };
    let at = scene.now();
    let first = prove("one", at);
    assert_eq!(scene.show("DPoP", &token, &[("DPoP", &first)]).await.status(), 200);

    scene.refuses("again", scene.show("DPoP", &token, &[("DPoP", &first)]).await).await;
    scene
        .refuses("again, made anew", scene.show("DPoP", &token, &[("DPoP", &prove("one", at + 1))]).await)
        .await;
    scene.door.clock.advance(TimeDelta::seconds(89));
    assert_eq!(scene.show("DPoP", &token, &[("DPoP", &prove("two", at))]).await.status(), 200);
    scene.door.clock.advance(TimeDelta::seconds(1));
    scene.refuses("too old", scene.show("DPoP", &token, &[("DPoP", &prove("three", at))]).await).await;
}

#[tokio::test]
async fn a_proof_of_another_key_or_of_none_is_refused() {
    let scene = Scene::open(|_| {}).await;
    let (token, other) = (scene.bound(), Forge::p256());
    let (header, claims) = (scene.header(json!({})), scene.claims(&token, json!({})));
    let own = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": other.jwk}).to_string();
    let long = scene.header(json!({"pad": "x".repeat(8_000)}));
    for (flaw, proof) in [
        ("another key", other.token(&own, &claims)),
        ("another key under this one's name", other.token(&header, &claims)),
        ("no signature", format!("{}.", unsigned(&header, &claims))),
        ("the access token itself", token.clone()),
        ("no token", "x".to_owned()),
        ("empty", String::new()),
        ("too long", scene.client.token(&long, &claims)),
    ] {
        scene.refuses(flaw, scene.show("DPoP", &token, &[("DPoP", &proof)]).await).await;
    }
}

#[tokio::test]
async fn a_proof_whose_header_is_not_as_it_should_be_is_refused() {
    let scene = Scene::open(|_| {}).await;
    let token = scene.bound();
    let mut private = serde_json::to_value(&scene.client.jwk).unwrap();
    private["d"] = json!("AAAA");
    for changes in [
        json!({"typ": null}),
        json!({"typ": "JWT"}),
        json!({"jwk": null}),
        json!({"jwk": {"kty": "oct", "k": "AAAA"}}),
        json!({"jwk": private}),
        json!({"jwk": null, "kid": "k1"}),
        json!({"alg": "none"}),
        json!({"alg": "HS256"}),
        json!({"alg": "ES384"}),
        json!({"alg": "EdDSA"}),
        json!({"crit": ["exp"]}),
    ] {
        let proof = scene.client.token(&scene.header(changes.clone()), &scene.claims(&token, json!({})));
        scene.refuses(&changes.to_string(), scene.show("DPoP", &token, &[("DPoP", &proof)]).await).await;
    }
}

#[tokio::test]
async fn a_proof_for_another_request_token_or_time_is_refused() {
    let scene = Scene::open(|_| {}).await;
    let (token, at) = (scene.bound(), scene.now());
    let prove = |changes: Value| scene.client.token(&scene.header(json!({})), &scene.claims(&token, changes));
    for changes in [
        json!({"jti": null}),
        json!({"jti": ""}),
        json!({"jti": 7}),
        json!({"htm": "POST"}),
        json!({"htm": "get"}),
        json!({"htm": null}),
        json!({"htu": null}),
        json!({"htu": "https://mot-cua.test/v1/units"}),
        json!({"htu": "https://mot-cua.test/v1/dossiers/"}),
        json!({"htu": "http://mot-cua.test/v1/dossiers"}),
        json!({"htu": "https://mot-cua.test:8443/v1/dossiers"}),
        json!({"htu": "https://an@mot-cua.test/v1/dossiers"}),
        json!({"htu": "https://elsewhere.test/v1/dossiers"}),
        json!({"htu": PATH}),
        json!({"iat": null}),
        json!({"iat": at + 31}),
        json!({"iat": at - 90}),
        json!({"iat": i64::MIN}),
        json!({"ath": null}),
        json!({"ath": "AAAA"}),
        json!({"ath": hex::encode(Sha256::digest(&token))}),
    ] {
        let proof = prove(changes.clone());
        scene.refuses(&changes.to_string(), scene.show("DPoP", &token, &[("DPoP", &proof)]).await).await;
    }

    let query = prove(json!({"htu": "https://MOT-CUA.test:443/v1/dossiers?limit=1#x"}));
    assert_eq!(scene.show("DPoP", &token, &[("DPoP", &query)]).await.status(), 200, "the same address");
}

#[tokio::test]
async fn a_token_bound_to_a_certificate_needs_the_line_of_that_certificate() {
    let hash = Sha256::digest(b"certificate");
    let scene = Scene::open(|settings| settings.certificate_header = "x-client-certificate".into()).await;
    let token = scene.token(json!({"x5t#S256": URL_SAFE_NO_PAD.encode(hash)}));
    let told = hex::encode(hash);

    assert_eq!(scene.show("Bearer", &token, &[("x-client-certificate", &told)]).await.status(), 200);

    scene.refuses("no certificate", scene.show("Bearer", &token, &[]).await).await;
    let other = hex::encode(Sha256::digest(b"other"));
    for (flaw, headers) in [
        ("another", vec![("x-client-certificate", other.as_str())]),
        ("empty", vec![("x-client-certificate", "")]),
        ("two", vec![("x-client-certificate", told.as_str()), ("x-client-certificate", other.as_str())]),
        ("under another name", vec![("x-ssl-cert", told.as_str())]),
    ] {
        scene.refuses(flaw, scene.show("Bearer", &token, &headers).await).await;
    }
    let deaf = Scene::open(|_| {}).await;
    let headers = [("x-client-certificate", told.as_str())];
    deaf.refuses(
        "no proxy is trusted",
        deaf.show("Bearer", &deaf.token(json!({"x5t#S256": URL_SAFE_NO_PAD.encode(hash)})), &headers).await,
    )
    .await;
}

#[tokio::test]
async fn a_binding_that_cannot_be_checked_is_not_proven() {
    let scene = Scene::open(|_| {}).await;
    for cnf in [
        json!({"kid": "k1"}),
        json!({"jwk": {}}),
        json!({"jkt": 7}),
        json!({"x5t#S256": null}),
        json!({"jku": URL}),
    ] {
        scene.refuses(&cnf.to_string(), scene.show("Bearer", &scene.token(cnf), &[]).await).await;
    }
    let odd = scene.show("Bearer", &scene.token(json!("jkt")), &[]).await;
    problem(odd, 401, "token_invalid").await;
}

#[tokio::test]
async fn where_machines_must_prove_a_free_token_is_refused_and_people_are_not_asked() {
    let scene = Scene::open(|settings| settings.machines_prove = true).await;

    scene.refuses("free", scene.show("Bearer", &scene.token(Value::Null), &[]).await).await;
    scene.refuses("bound to nothing", scene.show("Bearer", &scene.token(json!({})), &[]).await).await;

    let token = scene.bound();
    let good = scene.client.token(&scene.header(json!({})), &scene.claims(&token, json!({})));
    assert_eq!(scene.show("DPoP", &token, &[("DPoP", &good)]).await.status(), 200);
    let citizen = scene.door.token("nguyen-van-an");
    assert_eq!(scene.show("Bearer", &citizen, &[]).await.status(), 200);
}

#[tokio::test]
async fn a_proof_shown_to_one_process_is_used_up_in_the_other() {
    let Some(url) = servers::redis_url() else { return };
    let (issuer, client) = (Forge::ed25519(), Forge::p256());
    let (database, clock) = (TestDatabase::fresh().await, clock::standing());
    let open = |url: &str| {
        let issuers = vec![issuer.issuer(ISSUER, IssuerKind::Keycloak)];
        let settings = ApiSettings { issuers, ..settings() };
        let office = Office::open(settings, parts(&database, &clock), None).unwrap();
        (office, redis::Client::open(url).unwrap())
    };
    let [here, there] = [url.as_str(); 2].map(open);
    let [lost, alone] = ["redis://127.0.0.1:1"; 2].map(open);
    let at = clock.now();
    let token = token(
        &issuer,
        at.timestamp(),
        json!({"jkt": client.jwk.thumbprint(ThumbprintHash::SHA256).unwrap()}),
    );
    let show = |jti: String| {
        let header = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": client.jwk}).to_string();
        let proof = client.token(&header, &proof(&token, at.timestamp(), json!({"jti": jti})).to_string());
        let (token, method) = (token.clone(), "GET".to_owned());
        Shown { token, dpop: true, proof: Some(proof), method, url: URL.into(), certificate: None }
    };
    let ask = async |(office, redis): &(Office, redis::Client), shown: &Shown| {
        let asked = office.verifier.verify_shown(&office.db, Some(redis), shown, at).await;
        asked.map(drop).map_err(|problem| problem.to_string())
    };

    let shown = show(uuid::Uuid::now_v7().to_string());
    assert_eq!(ask(&here, &shown).await, Ok(()));
    assert_eq!(ask(&there, &shown).await, Err("proof_invalid".to_owned()));

    let shown = show(uuid::Uuid::now_v7().to_string());
    assert_eq!(ask(&lost, &shown).await, Ok(()));
    assert_eq!(
        ask(&lost, &shown).await,
        Err("proof_invalid".to_owned()),
        "a process knows its own without Redis"
    );
    assert_eq!(ask(&alone, &shown).await, Ok(()), "and no other's, for the minute that a proof lasts");
}
