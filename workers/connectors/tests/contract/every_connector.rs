//! What holds for every connector, whoever it speaks to.

use crate::stage::{Stage, client, settings, stage, start, trip};
use connectors::wire::Wire;
use connectors::{
    contract::{deeds_of, perform, samples},
    failure::Failure,
    registry::{Connector, Entry, Kind, REGISTRY, find},
};
use serde_json::json;
use std::{collections::BTreeSet, time::Duration};

fn first(stage: &Stage) -> &'static str {
    deeds_of(&stage.connector)[0]
}

fn is_http(entry: &Entry) -> bool {
    !matches!(entry.kind, Kind::Mail | Kind::Scanner)
}

// A code has to be scanned before the party knows of the payment.
async fn scanned(stage: &Stage) {
    let Connector::Payment(platform) = &stage.connector else { return };
    if platform.offers().page {
        return;
    }
    let opened = platform.open(&trip(), &samples::order()).await.unwrap();
    stage.post("/scan", serde_json::from_str(&opened.qr_content.unwrap()).unwrap()).await;
}

fn all_of(entry: &Entry) -> Vec<&'static str> {
    let settings = settings(entry, "http://127.0.0.1:9", 300, &json!({}));
    deeds_of(&(entry.build)(settings, Wire::default()).unwrap())
}

fn with_a_party() -> impl Iterator<Item = &'static Entry> {
    REGISTRY.iter().filter(|entry| entry.sandbox.is_some())
}

// The payment has to be paid before there is a receipt.
async fn prepare(entry: &Entry, stage: &Stage) {
    scanned(stage).await;
    perform(&stage.connector, first(stage), &trip()).await.unwrap();
    if entry.kind == Kind::Payment {
        stage.post("/pay/0C7F8XK2M4N6P8R0T2V4/pays", json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_deed_succeeds_when_all_is_well() {
    for entry in with_a_party() {
        let stage = stage(entry.key);
        prepare(entry, &stage).await;

        for deed in deeds_of(&stage.connector) {
            let done = perform(&stage.connector, deed, &trip()).await;
            assert!(done.is_ok(), "{} {deed}: {done:?}", entry.key);
        }
        stage.party.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trouble_at_the_party_is_never_taken_for_success() {
    for entry in with_a_party() {
        for trouble in ["down", "error", "garbage", "slow", "busy", "oversized"] {
            for deed in all_of(entry) {
                let stage = stage(entry.key);
                prepare(entry, &stage).await;
                stage.magic(trouble).await;

                let connector = if trouble == "slow" { &stage.hasty } else { &stage.connector };
                let failure = perform(connector, deed, &trip()).await.unwrap_err();

                let case = format!("{} {deed} {trouble}: {failure:?}", entry.key);
                // A file that is too large stays so; other answers without an end are nonsense.
                let too_much = trouble == "oversized" && deed == "fetch";
                // A refund is not asked for twice when nobody knows whether the first was heard.
                let once = deed == "refund";
                assert_eq!(failure.is_retry(), !too_much && !once, "{case}");
                assert_eq!(once, failure.reason().ends_with("before trying again"), "{case}");
                assert_readable(entry, &failure, &case);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trouble_at_the_login_is_never_taken_for_success() {
    for entry in with_a_party() {
        for trouble in ["down", "error", "garbage", "busy"] {
            let stage = stage(entry.key);
            stage.magic(trouble).await;

            let failure = perform(&stage.connector, first(&stage), &trip()).await.unwrap_err();

            assert!(failure.is_retry(), "{} {trouble}: {failure:?}", entry.key);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_party_that_is_gone_or_comes_back_is_asked_again() {
    for entry in with_a_party() {
        let stage = stage(entry.key);
        scanned(&stage).await;
        stage.magic("down").await;
        let failure = perform(&stage.connector, first(&stage), &trip()).await.unwrap_err();
        assert!(failure.is_retry(), "{}: {failure:?}", entry.key);

        stage.magic("up").await;
        assert!(perform(&stage.connector, first(&stage), &trip()).await.is_ok(), "{}", entry.key);

        // The port of a twin that was stopped may be another twin's by now; at this one nobody ever listens.
        let nowhere = match entry.kind {
            Kind::Mail => "smtp://127.0.0.1:9",
            Kind::Scanner => "tcp://127.0.0.1:9",
            _ => "http://127.0.0.1:9",
        };
        let gone = settings(entry, nowhere, 400, &json!({}));
        let gone = (entry.build)(gone, Wire::default()).unwrap();
        let failure = perform(&gone, first(&stage), &trip()).await.unwrap_err();
        assert!(failure.is_retry(), "{}: {failure:?}", entry.key);
        assert_readable(entry, &failure, entry.key);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wish_to_wait_is_heard() {
    for entry in with_a_party().filter(|entry| is_http(entry)) {
        let stage = stage(entry.key);
        stage.magic("busy").await;

        let failure = perform(&stage.connector, first(&stage), &trip()).await.unwrap_err();

        let asked =
            matches!(failure, Failure::Retry { after: Some(wait), .. } if wait == Duration::from_secs(7));
        assert!(asked, "{}: {failure:?}", entry.key);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deed_repeated_after_a_lost_answer_is_done_once_at_the_party() {
    for entry in with_a_party() {
        let stage = stage(entry.key);
        let first = first(&stage);
        if first == "query" {
            continue;
        }
        if !matches!(entry.kind, Kind::Mail | Kind::Text | Kind::Monitor | Kind::Scanner) {
            // The session comes first, so that the slow answer is that of the deed itself.
            perform(&stage.hasty, deeds_of(&stage.connector).last().unwrap(), &trip()).await.ok();
        }
        stage.magic("slow").await;
        assert!(perform(&stage.hasty, first, &trip()).await.unwrap_err().is_retry(), "{}", entry.key);

        perform(&stage.connector, first, &trip()).await.unwrap();
        perform(&stage.connector, first, &trip()).await.unwrap();

        let all = stage.received().await;
        let held = match entry.kind {
            Kind::Payment => all["payments"].as_array().unwrap().len(),
            Kind::Post => all["orders"].as_object().unwrap().len(),
            Kind::Portal => all["dossiers"].as_object().unwrap().len(),
            Kind::Monitor => all["tracked"].as_array().unwrap().len(),
            Kind::Mail => all["letters"].as_array().unwrap().len(),
            Kind::Text => all["texts"].as_array().unwrap().len(),
            Kind::Scanner => all["scans"].as_array().unwrap().len(),
        };
        assert_eq!(held, 1, "{}: {all}", entry.key);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_trace_travels_with_every_call() {
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    for entry in with_a_party().filter(|entry| is_http(entry)) {
        let stage = stage(entry.key);

        scanned(&stage).await;
        let traced = trip().traced(Some(trace.to_owned()));
        perform(&stage.connector, first(&stage), &traced).await.unwrap();

        let all = stage.received().await;
        for request in all["requests"].as_array().unwrap() {
            assert_eq!(request["traceparent"], trace, "{}: {request}", entry.key);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_refuse_what_they_do_not_know_and_never_repeat_a_secret() {
    for entry in REGISTRY {
        let folder = std::env::temp_dir().join("motcua-contract-settings");
        let mut settings = (entry.example)(folder.to_str().unwrap());
        settings["colour"] = json!("blue");
        let why = (entry.build)(settings.clone(), Wire::default()).unwrap_err();
        assert!(why.reason().contains("colour"), "{}: {why}", entry.key);

        settings.as_object_mut().unwrap().remove("colour");
        let (key, wrong) = match entry.kind {
            Kind::Mail => ("from", json!([4711])),
            Kind::Scanner => ("address", json!([4711])),
            _ => ("limits", json!("4711")),
        };
        settings[key] = wrong;
        let why = (entry.build)(settings, Wire::default()).unwrap_err();
        assert!(!why.reason().contains("4711"), "{}: {why}", entry.key);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_unique_and_every_sandbox_has_a_page() {
    let keys: BTreeSet<_> = REGISTRY.iter().map(|entry| entry.key).collect();
    assert_eq!(keys.len(), REGISTRY.len());
    assert!(find("no_such_connector").is_none());

    for entry in with_a_party() {
        let party = start(entry);
        let page = client().get(&party.page_url).send().await.unwrap();
        assert!(page.text().await.unwrap().contains("<h1>"), "{}", entry.key);
        assert!((entry.build)(settings(entry, &party.url, 400, &json!({})), Wire::default()).is_ok());
    }
}

fn assert_readable(entry: &Entry, failure: &Failure, case: &str) {
    let words = failure.reason();
    let secrets = (entry.example)("http://127.0.0.1:9");
    assert!(words.split(' ').count() >= 4 && words.len() < 300, "{case}");
    assert!(!words.contains("127.0.0.1") && !words.contains("://"), "{case}");
    for key in ["secret", "password", "key"] {
        let secret = secrets[key].as_str().unwrap_or("\u{0}");
        assert!(!words.contains(secret), "{case}");
    }
}
