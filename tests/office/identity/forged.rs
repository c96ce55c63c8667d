//! Forged and odd tokens: none is taken, and none makes the office stumble.

use super::forge::{Forge, unsigned};
use super::issuer::KeyServer;
use crate::manners::door::{Door, problem};
use crate::support::evidence;
use api::identity::IssuerKind;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

const RSA: &str = "https://rsa.issuer.test";
const EC: &str = "https://ec.issuer.test";
const ED: &str = "https://ed.issuer.test";

/// Tokens refused so far, over all tables of this file.
static REFUSED: AtomicU64 = AtomicU64::new(0);

/// An office with three issuers, one of each algorithm.
struct Scene {
    door: Door,
    rsa: Forge,
    ec: Forge,
    ed: Forge,
}

impl Scene {
    async fn open() -> Self {
        let (rsa, ec, ed) = (Forge::rsa(), Forge::p256(), Forge::ed25519());
        let issuers = vec![
            rsa.issuer(RSA, IssuerKind::Keycloak),
            ec.issuer(EC, IssuerKind::Vneid),
            ed.issuer(ED, IssuerKind::NationalSso),
        ];
        Self { door: Door::open_with(|settings| settings.issuers = issuers).await, rsa, ec, ed }
    }

    /// Claims of `issuer` that are good, but for `changes`; `null` removes one.
    fn claims(&self, issuer: &str, changes: Value) -> String {
        let at = self.door.clock.now().timestamp();
        let good = json!({"iss": issuer, "sub": "an", "aud": "motcua", "iat": at, "exp": at + 300});
        super::issuer::with(good, changes).to_string()
    }

    async fn status(&self, token: &str) -> u16 {
        let request = self.door.ask(Method::GET, "/probe/whoami").bearer_auth(token);
        request.send().await.unwrap().status().as_u16()
    }

    /// Each of them is 401 and says so as a problem.
    async fn refuses(&self, tokens: Vec<(String, String)>, codes: &[&str]) {
        let count = tokens.len() as u64;
        for (flaw, token) in tokens {
            let request = self.door.ask(Method::GET, "/probe/whoami").bearer_auth(token);
            let answer = request.send().await.unwrap();
            let (status, challenged) = (answer.status(), answer.headers().contains_key("www-authenticate"));
            let told: Value = answer.json().await.unwrap_or_default();
            let code = told["code"].as_str().unwrap_or_default();
            assert!(status == 401 && challenged && codes.contains(&code), "{flaw}: {status} {told}");
        }
        let refused = REFUSED.fetch_add(count, Ordering::SeqCst) + count;
        evidence::keep("forged_tokens", &[("tokens_refused", refused), ("tokens_taken", 0)]);
    }
}

const GOOD: &str = r#"{"alg": "EdDSA", "kid": "k1", "typ": "JWT"}"#;

#[tokio::test]
async fn each_issuer_is_believed_with_its_own_key_and_algorithm() {
    let scene = Scene::open().await;
    let none = || json!({});
    for (forge, issuer, algorithm) in
        [(&scene.rsa, RSA, "RS256"), (&scene.ec, EC, "ES256"), (&scene.ed, ED, "EdDSA")]
    {
        for header in [
            json!({"alg": algorithm, "kid": "k1", "typ": "JWT"}),
            json!({"alg": algorithm, "kid": "k1", "typ": "at+JWT"}),
            json!({"alg": algorithm}),
        ] {
            let token = forge.token(&header.to_string(), &scene.claims(issuer, none()));
            assert_eq!(scene.status(&token).await, 200, "{issuer} {header}");
        }
    }
}

#[tokio::test]
async fn a_signature_that_proves_nothing_is_refused() {
    let scene = Scene::open().await;
    let (none, good) = (json!({}), scene.claims(ED, json!({})));
    let mut tokens = Vec::new();
    for algorithm in ["none", "None", "NONE", "", "nOnE"] {
        let message = unsigned(&json!({"alg": algorithm}).to_string(), &good);
        tokens.push((format!("alg {algorithm:?}"), format!("{message}.")));
        tokens.push((format!("alg {algorithm:?} with a signature"), format!("{message}.AAAA")));
    }
    for (forge, issuer) in [(&scene.rsa, RSA), (&scene.ec, EC), (&scene.ed, ED)] {
        let claims = scene.claims(issuer, none.clone());
        for header in [r#"{"alg": "HS256"}"#, r#"{"alg": "HS256", "kid": "k1"}"#] {
            let forged = forge.hmac_tokens(header, &claims).into_iter();
            tokens.extend(forged.map(|token| (format!("{issuer}: HS256 over the public key"), token)));
        }
    }
    tokens.push(("another issuer's key".into(), scene.ec.token(r#"{"alg": "ES256"}"#, &good)));
    tokens.push(("another issuer's key, alg as told".into(), scene.ec.token(GOOD, &good)));
    let zeros = unsigned(r#"{"alg": "ES256", "kid": "k1"}"#, &scene.claims(EC, none));
    tokens.push(("a signature of zeros".into(), format!("{zeros}.{}", "A".repeat(86))));
    let (kept, rest) =
        scene.ed.token(GOOD, &good).rsplit_once('.').map(|(m, s)| (m.to_owned(), s.len())).unwrap();
    tokens.push(("no signature".into(), format!("{kept}.")));
    tokens.push(("a short signature".into(), format!("{kept}.{}", "A".repeat(rest - 2))));

    scene.refuses(tokens, &["token_invalid"]).await;
}

#[tokio::test]
async fn a_header_leads_the_office_nowhere() {
    let scene = Scene::open().await;
    let lure = KeyServer::of(&super::issuer::signer());
    let good = scene.claims(ED, json!({}));
    let own = Forge::p256();
    let jwk = serde_json::to_value(&own.jwk).unwrap();
    let at = |member: &str| json!({"alg": "ES256", "kid": "k1", member: lure.uri}).to_string();
    let mut tokens = vec![
        (
            "a key brought along",
            own.token(&json!({"alg": "ES256", "jwk": jwk}).to_string(), &scene.claims(EC, json!({}))),
        ),
        (
            "a key brought along under a known id",
            own.token(
                &json!({"alg": "ES256", "kid": "k1", "jwk": jwk}).to_string(),
                &scene.claims(EC, json!({})),
            ),
        ),
        ("jku", own.token(&at("jku"), &scene.claims(EC, json!({})))),
        ("x5u", own.token(&at("x5u"), &scene.claims(EC, json!({})))),
        ("x5c", own.token(r#"{"alg": "ES256", "x5c": ["AAAA"]}"#, &scene.claims(EC, json!({})))),
        ("crit", scene.ed.token(r#"{"alg": "EdDSA", "crit": ["b64"], "b64": false}"#, &good)),
        ("an empty crit", scene.ed.token(r#"{"alg": "EdDSA", "crit": []}"#, &good)),
        ("zip", scene.ed.token(r#"{"alg": "EdDSA", "zip": "DEF"}"#, &good)),
        ("enc", scene.ed.token(r#"{"alg": "EdDSA", "enc": "A128GCM"}"#, &good)),
        ("alg twice", scene.ed.token(r#"{"alg": "none", "alg": "EdDSA"}"#, &good)),
        ("alg of another case", scene.ed.token(r#"{"alg": "eddsa"}"#, &good)),
        ("no alg", scene.ed.token(r#"{"kid": "k1"}"#, &good)),
        ("no header", scene.ed.token("", &good)),
        ("a header that is a list", scene.ed.token("[]", &good)),
        ("a number for kid", scene.ed.token(r#"{"alg": "EdDSA", "kid": 1}"#, &good)),
    ];
    for kid in ["../k1", "../../../../dev/null", "k1\\u0000", "k1' OR '1'='1", "K1", "", "file:///etc/passwd"]
    {
        let header = format!(r#"{{"alg": "EdDSA", "kid": "{kid}"}}"#);
        tokens.push(("a kid that is a trick", scene.ed.token(&header, &good)));
    }
    for typ in ["dpop+jwt", "logout+jwt", "secevent+jwt", "id_token", "JWE", ""] {
        let header = json!({"alg": "EdDSA", "typ": typ}).to_string();
        tokens.push(("another kind of token", scene.ed.token(&header, &good)));
    }
    let tokens = tokens.into_iter().map(|(flaw, token)| (flaw.to_owned(), token)).collect();

    scene.refuses(tokens, &["token_invalid"]).await;
    assert_eq!(lure.asked.load(Ordering::SeqCst), 0, "nobody is asked for keys that a token names");
}

#[tokio::test]
async fn a_curve_of_another_kind_signs_for_nobody() {
    let (p384, p256) = (Forge::p384(), Forge::p256());
    let mut issuer = p256.issuer(EC, IssuerKind::Vneid);
    issuer.jwks.as_mut().unwrap().keys.insert(0, p384.jwk.clone());
    let door = Door::open_with(|settings| settings.issuers = vec![issuer]).await;
    let scene = Scene { door, rsa: Forge::rsa(), ec: p256, ed: Forge::ed25519() };
    let claims = scene.claims(EC, json!({}));
    let own = r#"{"alg": "ES384", "kid": "k1"}"#;
    let pretended = r#"{"alg": "ES256", "kid": "k1"}"#;
    let tokens = [own, pretended].map(|header| (header.to_owned(), p384.token(header, &claims)));

    scene.refuses(tokens.into(), &["token_invalid"]).await;
    let good = scene.ec.token(pretended, &claims);
    assert_eq!(scene.status(&good).await, 200, "the key that fits is found beside it");
}

#[tokio::test]
async fn claims_that_do_not_fit_are_refused() {
    let scene = Scene::open().await;
    let at = scene.door.clock.now().timestamp();
    let mut tokens = Vec::new();
    for changes in [
        json!({"exp": null}),
        json!({"exp": "tomorrow"}),
        json!({"exp": 1.5e300}),
        json!({"exp": -1}),
        json!({"exp": at - 31}),
        json!({"nbf": at + 31}),
        json!({"nbf": i64::MAX}),
        json!({"nbf": "now"}),
        json!({"iat": at + 31}),
        json!({"iat": i64::MAX}),
        json!({"aud": []}),
        json!({"aud": [["motcua"]]}),
        json!({"aud": {"motcua": true}}),
        json!({"aud": "motcua "}),
        json!({"aud": "MOTCUA"}),
        json!({"aud": "motcua,other"}),
        json!({"aud": 7}),
        json!({"aud": true}),
        json!({"sub": null}),
        json!({"sub": ""}),
        json!({"sub": 7}),
        json!({"sub": ["an"]}),
        json!({"sub": "a\u{0}n"}),
        json!({"sub": "a\nn"}),
        json!({"sub": "n".repeat(200)}),
        json!({"name": "\u{0}"}),
        json!({"name": "n".repeat(201)}),
        json!({"HoVaTen": "An\u{7}"}),
        json!({"SoDinhDanh": "0060\u{0}"}),
        json!({"iss": null}),
        json!({"iss": ["https://ed.issuer.test"]}),
        json!({"typ": "ID"}),
        json!({"typ": "Refresh"}),
        json!({"typ": "Logout"}),
        json!({"at_hash": "AAAA"}),
        json!({"events": {"http://schemas.openid.net/event/backchannel-logout": {}}}),
        json!({"motcua_demo": true}),
        json!({"motcua_demo": "true"}),
        json!({"iss": format!("{ED}/")}),
        json!({"iss": ED.to_uppercase()}),
    ] {
        tokens.push((changes.to_string(), scene.ed.token(GOOD, &scene.claims(ED, changes))));
    }

    scene.refuses(tokens, &["token_invalid", "token_expired", "issuer_unknown"]).await;
}

#[tokio::test]
async fn payloads_that_say_a_thing_twice_or_nothing_at_all_are_refused() {
    let scene = Scene::open().await;
    let good = scene.claims(ED, json!({}));
    let inner = good.trim_start_matches('{').trim_end_matches('}');
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let mut tokens = Vec::new();
    for (flaw, payload) in [
        ("sub twice", format!(r#"{{{inner}, "sub": "binh"}}"#)),
        ("iss twice", format!(r#"{{"iss": "{EC}", {inner}}}"#)),
        ("aud twice", format!(r#"{{"aud": "other", {inner}}}"#)),
        ("exp twice", format!(r#"{{{inner}, "exp": 9999999999}}"#)),
        ("exp twice by an escape", format!(r#"{{{inner}, "e\u0078p": 9999999999}}"#)),
        ("nothing", String::new()),
        ("no claims", "{}".to_owned()),
        ("a text", "\"an\"".to_owned()),
        ("a list", format!("[{good}]")),
        ("null", "null".to_owned()),
        ("cut off", good.split_at(good.len() - 1).0.to_owned()),
        ("something behind it", format!("{good}{{}}")),
        ("very deep", format!(r#"{{{inner}, "acr": {deep}}}"#)),
    ] {
        tokens.push((flaw.to_owned(), scene.ed.token(GOOD, &payload)));
    }

    scene.refuses(tokens, &["token_invalid"]).await;
}

#[tokio::test]
async fn what_is_no_token_at_all_is_refused_and_so_are_two() {
    let scene = Scene::open().await;
    let good = scene.ed.token(GOOD, &scene.claims(ED, json!({})));
    let parts: Vec<&str> = good.split('.').collect();
    let mut tokens = Vec::new();
    for bad in [
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "a.b.c".to_owned(),
        "🔑.🔑.🔑".to_owned(),
        "%00".to_owned(),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.{}", parts[2]),
        format!("{} {good}", parts[0]),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}=.{}.{}", parts[0], parts[1], parts[2]),
        format!("{}.{}.{}", parts[1], parts[0], parts[2]),
        format!("{}.{}.{}", parts[0], parts[1], "A".repeat(7_000)),
        format!("{}.{}.{}", "A".repeat(7_000), parts[1], parts[2]),
        "A".repeat(8_193),
        "e30.e30.e30".to_owned(),
    ] {
        tokens.push((bad.chars().take(60).collect(), bad));
    }

    scene.refuses(tokens, &["token_invalid", "token_missing"]).await;
    let twice = scene.door.ask(Method::GET, "/probe/whoami").bearer_auth(&good).bearer_auth(&good);
    problem(twice.send().await.unwrap(), 401, "token_invalid").await;
    assert_eq!(scene.status(&good).await, 200, "the token itself is good");
}

#[tokio::test]
async fn a_demo_token_is_a_stranger_outside_the_demo_whoever_signed_it() {
    let ed = Forge::ed25519();
    let issuer = ed.issuer("http://office.test/demo", IssuerKind::Keycloak);
    let door = Door::open_with(|settings| {
        settings.demo = false;
        settings.issuers = vec![issuer];
    })
    .await;
    let at = door.clock.now().timestamp();
    let claims = json!({
        "iss": "http://office.test/demo", "sub": "an", "aud": "motcua", "exp": at + 300, "motcua_demo": true,
    });

    let demo = door.ask(Method::GET, "/probe/whoami").bearer_auth(ed.token(GOOD, &claims.to_string()));

    problem(demo.send().await.unwrap(), 401, "issuer_unknown").await;
}
