//! A party whose certificate nobody vouches for is not spoken to.

use crate::identity::issuer::{citizen, national, signer};
use crate::manners::door::{Door, problem};
use api::identity::IssuerSettings;
use connectors::registry::{Connector, Kind, REGISTRY};
use connectors::trip::Trip;
use connectors::wire::Wire;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use reqwest::Method;
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

#[tokio::test]
async fn x_08_no_party_is_told_anything_behind_a_certificate_that_nobody_vouches_for() {
    let heard = Arc::new(AtomicUsize::new(0));
    let address = impostor(Arc::clone(&heard)).await;
    let mut tried = 0;

    for entry in REGISTRY {
        if entry.kind == Kind::Scanner {
            continue; // It stands in the house and speaks without a certificate.
        }
        let mut settings = (entry.example)(&address);
        point(&mut settings, &address);
        let connector = (entry.build)(settings, Wire::default()).unwrap();
        let Some(deed) = connectors::contract::deeds(entry.kind).first() else { continue };
        if matches!(connector, Connector::Mail(_)) {
            continue;
        }
        let trip = Trip::at("2026-03-03T02:00:00Z".parse().unwrap());
        let told = connectors::contract::perform(&connector, deed, &trip).await;
        // A code to be scanned is made here and calls nobody.
        if let Err(failure) = &told {
            assert!(failure.is_retry(), "{}: {failure}", entry.key);
            tried += 1;
        }
    }

    assert!(tried >= 3, "{tried}");
    assert_eq!(heard.load(Ordering::SeqCst), 0, "bytes reached the impostor");
}

#[tokio::test]
async fn x_08_the_keys_of_a_sign_in_are_not_taken_from_an_impostor() {
    let heard = Arc::new(AtomicUsize::new(0));
    let address = impostor(Arc::clone(&heard)).await;
    let signer = signer();
    let issuer = IssuerSettings {
        jwks: None,
        jwks_uri: Some(format!("{address}/jwks")),
        allow_private: true,
        ..national(&signer)
    };
    let door = Door::open_with(|settings| settings.issuers.push(issuer)).await;
    let token = signer.signed(&citizen(door.clock.now().timestamp())).unwrap();

    let answer = door.ask(Method::GET, "/probe/whoami").bearer_auth(token).send().await.unwrap();

    problem(answer, 503, "temporarily_unavailable").await;
    assert_eq!(heard.load(Ordering::SeqCst), 0, "bytes reached the impostor");
}

#[tokio::test]
async fn x_08_no_letter_is_given_to_a_mail_server_that_nobody_vouches_for() {
    let heard = Arc::new(AtomicUsize::new(0));
    let address = impostor(Arc::clone(&heard)).await;
    let entry = REGISTRY.iter().find(|entry| entry.key == "smtp").unwrap();
    let mut settings = (entry.example)("smtp://127.0.0.1:9");
    let port: u16 = address.rsplit(':').next().unwrap().parse().unwrap();
    for (name, value) in [("host", json!("localhost")), ("port", json!(port)), ("tls", json!("tls"))] {
        settings[name] = value;
    }
    let connector = (entry.build)(settings, Wire::default()).unwrap();

    let trip = Trip::at("2026-03-03T02:00:00Z".parse().unwrap());
    let failure = connectors::contract::perform(&connector, "send", &trip).await.unwrap_err();

    assert!(failure.is_retry(), "{failure}");
    assert_eq!(heard.load(Ordering::SeqCst), 0, "bytes reached the impostor");
}

#[test]
fn x_08_no_source_switches_the_check_of_certificates_off() {
    let off = [
        "danger_accept_invalid",
        "dangerous_accept_invalid",
        "allow_invalid",
        "dangerous()",
        "dangerousclientconfig",
        "servercertverifier",
        "ssl_verify_none",
        "sslverifymode",
        "sslmode=allow",
        "verify(false)",
    ];
    let found: Vec<_> = crate::guards::sources::rust()
        .filter(|source| !source.path.starts_with("tests/"))
        .filter(|source| off.iter().any(|words| source.text.to_lowercase().contains(words)))
        .map(|source| source.path.clone())
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

/// Somebody who answers under a name of his own making; counts the bytes told to him.
async fn impostor(heard: Arc<AtomicUsize>) -> String {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = config.with_no_client_auth().with_single_cert(vec![cert.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, heard) = (acceptor.clone(), Arc::clone(&heard));
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut bytes = [0; 1024];
                while let Ok(count @ 1..) = stream.read(&mut bytes).await {
                    heard.fetch_add(count, Ordering::SeqCst);
                }
            });
        }
    });
    format!("https://localhost:{port}")
}

/// Every address of the settings leads to the impostor.
fn point(settings: &mut Value, address: &str) {
    match settings {
        Value::String(text) if text.starts_with("http://") => address.clone_into(text),
        Value::Object(members) => members.values_mut().for_each(|inner| point(inner, address)),
        _ => {}
    }
}
