//! The payment platform end to end: opened, paid on the twin's page, confirmed over real HTTP, asked about.

use crate::stage::{Stage, afternoon, stage, stage_with, trip};
use actix_web::{App, HttpResponse, HttpServer, web};
use connectors::{
    contract::{deeds_of, samples},
    failure::Failure,
    payment::{Heard as Told, Notice, Outcome, PaymentPlatform, Rejected, Standing},
    registry::{Connector, Kind, REGISTRY},
};
use serde_json::json;
use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
};

type Heard = Arc<Mutex<Vec<Result<Notice, Rejected>>>>;

fn platform(stage: &Stage) -> Arc<dyn PaymentPlatform> {
    match &stage.connector {
        Connector::Payment(platform) => Arc::clone(platform),
        other => unreachable!("{other:?}"),
    }
}

fn notice(told: Told) -> Notice {
    match told {
        Told::Notice(notice) | Told::Hint(notice) => notice,
        Told::Enquiry(enquiry) => unreachable!("{enquiry:?}"),
    }
}

// The office's end of CONFIRM: verifies, keeps what it heard, acknowledges.
async fn office(stage: &Stage) -> Heard {
    let heard = Heard::default();
    let (ears, platform) = (Arc::clone(&heard), platform(stage));
    let app = move || {
        let (ears, platform) = (Arc::clone(&ears), Arc::clone(&platform));
        let confirm = move |body: web::Bytes| {
            let verdict = platform.verify(&body);
            let answer = platform.acknowledge(afternoon(), &body, verdict.is_ok(), "đã xem");
            ears.lock().unwrap().push(verdict.map(notice));
            async move { HttpResponse::Ok().json(answer) }
        };
        App::new().route("/confirm", web::post().to(confirm))
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/confirm", listener.local_addr().unwrap());
    tokio::spawn(HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run());
    stage.post("/__callback", json!({"url": url})).await;
    heard
}

async fn pressed(magic: &str) -> (Stage, Vec<Result<Notice, Rejected>>) {
    let stage = stage("national_platform");
    let heard = office(&stage).await;
    platform(&stage).open(&trip(), &samples::order()).await.unwrap();
    stage.post(&format!("/pay/{}/{magic}", samples::REFERENCE), json!({})).await;
    let heard = heard.lock().unwrap().clone();
    (stage, heard)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_is_confirmed_asked_about_and_receipted() {
    let (stage, heard) = pressed("pays").await;

    let notice = heard[0].clone().unwrap();
    assert_eq!((notice.amount, notice.outcome), (20_000, Outcome::Paid));
    assert_eq!(notice.occurred_at, Some(afternoon()));
    let standing = platform(&stage).query(&trip(), samples::REFERENCE).await.unwrap();
    assert_eq!(standing, Standing::Paid(notice));
    let receipt = platform(&stage).receipt(&trip(), samples::REFERENCE).await.unwrap();
    assert!(receipt.starts_with(b"%PDF-"));
    let sentences = ["INIT", "QUERY", "GET_BILL"].map(|what| format!("the payment platform: {what}"));
    assert_eq!(stage.calls.sentences(), sentences);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_told_twice_is_the_same_transaction() {
    let (stage, heard) = pressed("pays_twice").await;

    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0], heard[1]);
    let answer = &stage.received().await["payments"][0]["callbacks"][0]["answer"];
    assert_eq!((&answer["MaLoi"], &answer["MaThamChieu"]), (&json!("00"), &json!(samples::REFERENCE)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_a_wrong_sum_and_a_forgery_are_told_apart() {
    let (stage, heard) = pressed("refuses").await;
    assert_eq!(heard[0].clone().unwrap().outcome, Outcome::Failed);
    assert_eq!(platform(&stage).query(&trip(), samples::REFERENCE).await.unwrap(), Standing::Failed);

    let (_, heard) = pressed("wrong_amount").await;
    assert_eq!(heard[0].clone().unwrap().amount, 19_000);

    let (stage, heard) = pressed("forged").await;
    assert_eq!(heard[0], Err(Rejected::Forged));
    assert_eq!(platform(&stage).query(&trip(), samples::REFERENCE).await.unwrap(), Standing::Pending);
    assert_eq!(stage.received().await["payments"][0]["callbacks"][0]["answer"]["MaLoi"], "99");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_set_beforehand_or_by_its_sum_needs_no_person() {
    let stage = stage("national_platform");
    stage.magic("refuses").await;
    platform(&stage).open(&trip(), &samples::order()).await.unwrap();
    let mut by_sum = samples::order();
    (by_sum.reference, by_sum.amount, by_sum.fees[0].amount) = ("THEOSOTIEN".to_owned(), 20_001, 20_001);
    platform(&stage).open(&trip(), &by_sum).await.unwrap();

    let ended = async |reference| loop {
        match platform(&stage).query(&trip(), reference).await.unwrap() {
            Standing::Pending => tokio::task::yield_now().await,
            end => break end,
        }
    };

    assert_eq!(ended(samples::REFERENCE).await, Standing::Failed);
    assert!(matches!(ended("THEOSOTIEN").await, Standing::Paid(notice) if notice.amount == 20_001));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_wrapped_answers_of_the_integration_axis_are_read_too() {
    let stage = stage_with("national_platform", json!({"bearer": "the-cua-truc"}));

    let opened = platform(&stage).open(&trip(), &samples::order()).await.unwrap();

    assert_eq!(opened.pay_url, Some(format!("{}/pay/{}", stage.party.url, samples::REFERENCE)));
    assert_eq!(platform(&stage).query(&trip(), "KHONGCO").await.unwrap(), Standing::Unknown);
}

/// A code that nobody scanned is such a payment; every question about it would otherwise be a job that dies.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reference_that_the_platform_does_not_know_is_no_failure() {
    for entry in REGISTRY.iter().filter(|entry| entry.kind == Kind::Payment) {
        let stage = stage(entry.key);
        if deeds_of(&stage.connector).contains(&"query") {
            let standing = platform(&stage).query(&trip(), "KHONGCO").await;
            assert_eq!(standing, Ok(Standing::Unknown), "{}", entry.key);
        }
    }
}

/// The twin's answers are signed with another key than the one this office believes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_whose_answer_is_not_believed_leaves_open_whether_it_was_made() {
    let stage = stage_with("keypay_v3", json!({"second_key": "khac"}));
    platform(&stage).open(&trip(), &samples::order()).await.unwrap();
    stage.post(&format!("/pay/{}/pays", samples::REFERENCE), json!({})).await;

    let failure = platform(&stage).refund(&trip(), &samples::refund()).await.unwrap_err();

    let words = "KeyPay's answer: the signature does not match; look at KeyPay whether the refund was made before trying again";
    assert_eq!(failure, Failure::fail(words));
    assert!(!platform(&stage).offers().refund_key);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_final_and_says_why() {
    let stage = stage_with("national_platform", json!({"secret": "khac"}));
    let failure = platform(&stage).open(&trip(), &samples::order()).await.unwrap_err();
    let words = "the payment platform refused: Sai mã xác thực (code 97)";
    assert_eq!(failure, Failure::fail(words));

    let stage = crate::stage::stage("national_platform");
    platform(&stage).open(&trip(), &samples::order()).await.unwrap();
    let failure = platform(&stage).receipt(&trip(), samples::REFERENCE).await.unwrap_err();
    assert_eq!(failure, Failure::fail("the payment platform refused: Chưa có biên lai (code 05)"));
}
