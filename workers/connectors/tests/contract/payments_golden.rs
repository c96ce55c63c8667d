//! The messages of the payment wires as they travel, both ways, compared with the files under `tests/golden`.

use crate::{
    golden::compare,
    stage::{Stage, afternoon, client, patient, trip},
};
use actix_web::{App, HttpResponse, HttpServer, web};
use connectors::{
    contract::{perform, samples},
    payment::{
        PaymentPlatform, Standing, keypay_v3, national_platform, paygov,
        sandbox::{Spoken, Told},
        viettelpay_qr,
    },
    registry::Connector,
};
use serde_json::{Value, json};
use std::net::TcpListener;

type Speech = fn(&Told<'_>) -> Spoken;

// (connector, file, what it says)
pub(crate) const TOLD: [(&str, &str, Speech); 5] = [
    ("national_platform", "payment_confirm", national_platform::sandbox::confirm),
    ("paygov", "paygov_callback", paygov::sandbox::news),
    ("keypay_v3", "keypay_callback", keypay_v3::sandbox::news),
    ("viettelpay_qr", "viettelpay_paymentconfirm", viettelpay_qr::sandbox::enquiry),
    ("viettelpay_qr", "viettelpay_receiveresult", viettelpay_qr::sandbox::news),
];

// (connector, deed, path at the party, file)
pub(crate) const ASKED: [(&str, &str, &str, &str); 5] = [
    ("paygov", "open", "/order", "paygov_order"),
    ("keypay_v3", "open", "/create", "keypay_create"),
    ("keypay_v3", "query", "/query", "keypay_query"),
    ("keypay_v3", "refund", "/refund", "keypay_refund"),
    ("viettelpay_qr", "query", "/search", "viettelpay_search"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_of_the_platforms_is_the_golden_message() {
    let mut different = Vec::new();
    for (key, deed, path, file) in ASKED {
        let stage = patient(key);

        // Some deeds are refused before there is a payment; the request is the same.
        perform(&stage.connector, deed, &trip()).await.ok();

        let sent = stage.bodies(path).await;
        different.extend(compare(file, &as_members(sent.first().unwrap())));
    }
    assert_eq!(different, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_question_about_a_refund_and_the_code_to_scan_are_golden_too() {
    let keypay = patient("keypay_v3");
    platform(&keypay.connector).refund_standing(&trip(), "HT0001").await.ok();
    let sent = keypay.bodies("/refund-detail").await;
    assert_eq!(compare("keypay_refund_detail", sent.first().unwrap()), None);

    let wallet = patient("viettelpay_qr");
    let opened = platform(&wallet.connector).open(&trip(), &samples::order()).await.unwrap();
    let code = serde_json::from_str(&opened.qr_content.unwrap()).unwrap();
    assert_eq!(compare("viettelpay_code", &code), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_platforms_tell_and_are_answered_is_golden() {
    let told = Told::of(samples::REFERENCE, 20_000, "GD0001", afternoon());
    let mut different = Vec::new();
    for (key, file, spoken) in TOLD {
        let (stage, news) = (patient(key), spoken(&told));
        let platform = platform(&stage.connector);
        assert!(platform.verify(&news.body()).is_ok(), "{file}");

        let answer = platform.acknowledge(afternoon(), &news.body(), true, "settled");

        different.extend(compare(file, &members(&news)));
        different.extend(compare(&format!("{file}_answer"), &answer));
    }
    assert_eq!(different, Vec::<String>::new());
}

// (connector, path of the question, file)
const ANSWERED: [(&str, &str, &str); 2] = [
    ("keypay_v3", "/query", "keypay_query_answer"),
    ("viettelpay_qr", "/search", "viettelpay_search_answer"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_platforms_answer_when_asked_about_a_paid_payment_is_golden_and_read() {
    let mut different = Vec::new();
    for (key, path, file) in ANSWERED {
        let stage = patient(key);
        paid(&stage).await;
        let standing = platform(&stage.connector).query(&trip(), samples::REFERENCE).await.unwrap();
        let Standing::Paid(notice) = standing else { panic!("{key}: {standing:?}") };
        assert_eq!((notice.amount, notice.reference.as_str()), (20_000, samples::REFERENCE), "{key}");

        let asked = stage.bodies(path).await.remove(0);
        let answer = said_again(&stage, path, &asked).await;

        different.extend(compare(file, &answer));
    }
    assert_eq!(different, Vec::<String>::new());
}

// A page opens the payment at the one, a scanned code at the other; then the button is pressed.
async fn paid(stage: &Stage) {
    let opened = platform(&stage.connector).open(&trip(), &samples::order()).await.unwrap();
    if let Some(code) = opened.qr_content {
        stage.post("/__callback", json!({"url": willing()})).await;
        stage.post("/scan", serde_json::from_str(&code).unwrap()).await;
    }
    stage.post(&format!("/pay/{}/pays", samples::REFERENCE), json!({})).await;
}

// The wallet asks the office before it takes the money; this one says yes to everything.
fn willing() -> String {
    let yes = || async { HttpResponse::Ok().json(json!({"error_code": "00"})) };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let app = move || App::new().route("/", web::post().to(yes));
    tokio::spawn(HttpServer::new(app).workers(1).disable_signals().listen(listener).unwrap().run());
    url
}

// The question as it travelled, put once more, with the answer as it comes.
async fn said_again(stage: &Stage, path: &str, asked: &Value) -> Value {
    let request = client().post(format!("{}{path}", stage.party.url));
    let request = match asked.as_str() {
        Some(form) => {
            request.header("content-type", "application/x-www-form-urlencoded").body(form.to_owned())
        }
        None => request.json(asked),
    };
    request.send().await.unwrap().json().await.unwrap()
}

fn platform(connector: &Connector) -> &dyn PaymentPlatform {
    match connector {
        Connector::Payment(platform) => platform.as_ref(),
        other => unreachable!("{other:?}"),
    }
}

// A form is kept as the object of its members.
fn members(spoken: &Spoken) -> Value {
    match spoken {
        Spoken::Json(value) => value.clone(),
        Spoken::Form(pairs) => pairs.iter().map(|(name, value)| (name.clone(), json!(value))).collect(),
    }
}

fn as_members(sent: &Value) -> Value {
    let Some(form) = sent.as_str() else { return sent.clone() };
    let pairs = form.split('&').filter_map(|pair| pair.split_once('='));
    let plain = |text: &str| text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
    pairs.map(|(name, value)| (name.to_owned(), json!(plain(value)))).collect()
}
