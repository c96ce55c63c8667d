//! The messages of the payment wires as they travel, both ways, compared with the files under `tests/golden`.

use crate::{
    golden::compare,
    stage::{afternoon, stage, trip},
};
use connectors::{
    contract::{perform, samples},
    payment::{
        PaymentPlatform, keypay_v3, national_platform, paygov,
        sandbox::{Spoken, Told},
        viettelpay_qr,
    },
    registry::Connector,
};
use serde_json::{Value, json};

// (connector, deed, path at the party, file)
const ASKED: [(&str, &str, &str, &str); 5] = [
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
        let stage = stage(key);

        // Some deeds are refused before there is a payment; the request is the same.
        perform(&stage.connector, deed, &trip()).await.ok();

        let sent = stage.bodies(path).await;
        different.extend(compare(file, &as_members(sent.first().unwrap())));
    }
    assert_eq!(different, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_question_about_a_refund_and_the_code_to_scan_are_golden_too() {
    let keypay = stage("keypay_v3");
    platform(&keypay.connector).refund_standing(&trip(), "HT0001").await.ok();
    let sent = keypay.bodies("/refund-detail").await;
    assert_eq!(compare("keypay_refund_detail", sent.first().unwrap()), None);

    let wallet = stage("viettelpay_qr");
    let opened = platform(&wallet.connector).open(&trip(), &samples::order()).await.unwrap();
    let code = serde_json::from_str(&opened.qr_content.unwrap()).unwrap();
    assert_eq!(compare("viettelpay_code", &code), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_platforms_tell_and_are_answered_is_golden() {
    let told = Told::of(samples::REFERENCE, 20_000, "GD0001", afternoon());
    let spoken: [(&str, &str, Spoken); 5] = [
        ("national_platform", "payment_confirm", national_platform::sandbox::confirm(&told)),
        ("paygov", "paygov_callback", paygov::sandbox::news(&told)),
        ("keypay_v3", "keypay_callback", keypay_v3::sandbox::news(&told)),
        ("viettelpay_qr", "viettelpay_paymentconfirm", viettelpay_qr::sandbox::enquiry(&told)),
        ("viettelpay_qr", "viettelpay_receiveresult", viettelpay_qr::sandbox::news(&told)),
    ];
    let mut different = Vec::new();
    for (key, file, news) in spoken {
        let stage = stage(key);
        let platform = platform(&stage.connector);
        assert!(platform.verify(&news.body()).is_ok(), "{file}");

        let answer = platform.acknowledge(afternoon(), &news.body(), true, "settled");

        different.extend(compare(file, &members(&news)));
        different.extend(compare(&format!("{file}_answer"), &answer));
    }
    assert_eq!(different, Vec::<String>::new());
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
