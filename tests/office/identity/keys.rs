//! Published keys: fetched once, followed when they change, believed while the issuer is down.

use super::issuer::{KeyServer, citizen, national, signer, with};
use crate::manners::door::{Door, problem};
use api::identity::IssuerSettings;
use api::identity::demo::DemoIssuer;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn keys_are_fetched_once_and_believed_while_the_issuer_is_down() {
    let signer = signer();
    let keys = KeyServer::of(&signer);
    let door = office(&signer, &keys, 30).await;
    for _ in 0..3 {
        assert_eq!(present(&door, &signer).await.status(), 200);
    }
    keys.silent.store(true, Ordering::SeqCst);
    assert_eq!(present(&door, &signer).await.status(), 200);
    assert_eq!(keys.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_key_that_appears_is_fetched_and_one_that_goes_is_no_longer_believed() {
    let (old, new) = (signer(), signer());
    let keys = KeyServer::of(&old);
    let door = office(&old, &keys, 0).await;
    assert_eq!(present(&door, &old).await.status(), 200);
    keys.rotate_to(&new);
    assert_eq!(present(&door, &new).await.status(), 200);
    problem(present(&door, &old).await, 401, "token_invalid").await;
}

#[tokio::test]
async fn made_up_keys_do_not_become_a_flood_at_the_issuer() {
    let old = signer();
    let keys = KeyServer::of(&old);
    let door = office(&old, &keys, 30).await;
    let header = "eyJhbGciOiJFZERTQSIsImtpZCI6Im1hZGUtdXAifQ";
    let token = old.signed(&citizen(door.clock.now().timestamp())).unwrap();
    let (_, rest) = token.split_once('.').unwrap();
    for _ in 0..5 {
        let request = door.ask(Method::GET, "/probe/whoami").bearer_auth(format!("{header}.{rest}"));
        problem(request.send().await.unwrap(), 401, "token_invalid").await;
    }
    assert_eq!(keys.asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_issuer_that_was_never_reached_is_a_pause_and_not_a_refusal() {
    let signer = signer();
    let keys = KeyServer::of(&signer);
    keys.silent.store(true, Ordering::SeqCst);
    let door = office(&signer, &keys, 30).await;
    let answer = present(&door, &signer).await;
    assert_eq!(answer.headers()["retry-after"], "30");
    problem(answer, 503, "temporarily_unavailable").await;
}

#[tokio::test]
async fn whose_key_is_known_does_not_wait_for_a_slow_issuer_and_one_asks_for_all() {
    let (old, new) = (signer(), signer());
    let keys = KeyServer::of(&old);
    let door = office(&old, &keys, 0).await;
    assert_eq!(present(&door, &old).await.status(), 200);
    keys.rotate_to(&new);
    let shut = keys.shut().await;

    let strangers = (0..5).map(|n| asking(&door, &new, &format!("lạ {n}")));
    let strangers: Vec<_> = strangers.map(|request| tokio::spawn(request.send())).collect();
    keys.asked_for(2).await;
    for n in 0..5 {
        let known = asking(&door, &old, &format!("quen {n}")).send().await.unwrap();
        assert_eq!(known.status(), 200, "answered while the issuer is silent");
    }
    assert!(strangers.iter().all(|stranger| !stranger.is_finished()));
    drop(shut);

    for stranger in strangers {
        assert_eq!(stranger.await.unwrap().unwrap().status(), 200);
    }
    assert_eq!(
        keys.asked.load(Ordering::SeqCst),
        2,
        "the keys of the morning, and one question for all five"
    );
}

async fn office(signer: &DemoIssuer, keys: &KeyServer, pause: u64) -> Door {
    let issuer = IssuerSettings {
        jwks: None,
        jwks_uri: Some(keys.uri.clone()),
        allow_private: true,
        ..national(signer)
    };
    Door::open_with(|settings| {
        settings.issuers.push(issuer);
        settings.keys_pause_seconds = pause;
    })
    .await
}

async fn present(door: &Door, signer: &DemoIssuer) -> Response {
    asking(door, signer, "tech-1").send().await.unwrap()
}

/// A request of somebody; a token that was seen before would not be looked at again.
fn asking(door: &Door, signer: &DemoIssuer, subject: &str) -> RequestBuilder {
    let claims = with(citizen(door.clock.now().timestamp()), json!({"sub": subject}));
    door.ask(Method::GET, "/probe/whoami").bearer_auth(signer.signed(&claims).unwrap())
}
