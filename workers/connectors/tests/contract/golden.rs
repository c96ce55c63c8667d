//! What goes over each wire, as the party saw it, compared with the files under `tests/golden`.

use crate::stage::{Stage, afternoon, stage, trip};
use connectors::{
    contract::{deeds, perform, samples},
    registry::{Connector, find},
};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

// (connector, deed, path at the party, file)
const MESSAGES: [(&str, &str, &str, &str); 9] = [
    ("national_platform", "open", "/init", "payment_init"),
    ("national_platform", "query", "/query", "payment_query"),
    ("national_platform", "receipt", "/bill", "payment_bill"),
    ("vnpost_hcc", "order", "/apiPostOrder", "post_order"),
    ("vnpost_hcc", "cancel", "/apiCancelOrder", "post_cancel"),
    ("vnpost_hcc", "price", "/apiGetPrice", "post_price"),
    ("dvcqg", "push", "/mapi/g", "portal_record"),
    ("dvcqg", "progress", "/mapi/g", "portal_progress"),
    ("dvcqg", "look_up", "/mapi/g", "portal_look_up"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_is_the_golden_one() {
    let mut different = Vec::new();
    for (key, deed, path, file) in MESSAGES {
        let stage = stage(key);
        assert!(deeds(find(key).unwrap().kind).contains(&deed));

        // Some deeds are refused before there is a payment or a dossier; the request is the same.
        perform(&stage.connector, deed, &trip()).await.ok();

        different.extend(compare(file, stage.bodies(path).await.first().unwrap()));
    }
    assert_eq!(different, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_with_nothing_optional_is_the_golden_one() {
    let stage: Stage = stage("dvcqg");
    let mut record = samples::record(afternoon());
    record.status = rules::status::Status::Submitted;
    (record.received_at, record.due_at, record.submitted_at, record.verified_by_vneid) =
        (None, None, None, None);
    (record.papers, record.fees, record.owner.identity_numbers) = (Vec::new(), Vec::new(), Vec::new());
    (record.owner.account, record.owner.document_number) = (None, None);
    (record.owner.email, record.owner.phone) = (None, None);
    record.payment = connectors::portal::FeePayment::NothingDue;

    let Connector::Portal(portal) = &stage.connector else { unreachable!() };
    portal.push(&trip(), &record, false).await.unwrap();

    let sent = stage.bodies("/mapi/g").await;
    assert_eq!(compare("portal_bare_record", sent.first().unwrap()), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_login_is_the_golden_one_with_its_password_masked() {
    let stage = stage("dvcqg");
    perform(&stage.connector, "look_up", &trip()).await.unwrap();

    let expected = json!({"username": "tinh-h99", "password": "***"});
    assert_eq!(stage.bodies("/mapi/login").await, [expected]);
}

// A message that differs is left in the temporary folder, to be looked at and, where right, copied.
fn compare(file: &str, sent: &Value) -> Option<String> {
    let golden = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{file}.json"));
    let known: Value =
        serde_json::from_str(&fs::read_to_string(&golden).unwrap_or_default()).unwrap_or_default();
    if &known == sent {
        return None;
    }
    let seen = std::env::temp_dir().join(format!("{file}.json"));
    fs::write(&seen, serde_json::to_string_pretty(sent).unwrap() + "\n").unwrap();
    Some(format!("{file}: {} is not {}", seen.display(), golden.display()))
}
