//! What goes over each wire, as the party saw it, compared with the files under `tests/golden`; beside each
//! message stands a file of the same name with `.fields`, which tells for every leaf where it comes from.

use crate::{
    portals_golden::asked,
    stage::{Stage, afternoon, patient, trip},
};
use connectors::{
    contract::{deeds, perform, samples},
    registry::{Connector, find},
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

// (connector, deed, path at the party, file)
pub(crate) const MESSAGES: &[(&str, &str, &str, &str)] = &[
    ("national_platform", "open", "/init", "payment_init"),
    ("national_platform", "query", "/query", "payment_query"),
    ("national_platform", "receipt", "/bill", "payment_bill"),
    ("vnpost_hcc", "order", "/apiPostOrder", "post_order"),
    ("vnpost_hcc", "cancel", "/apiCancelOrder", "post_cancel"),
    ("vnpost_hcc", "price", "/apiGetPrice", "post_price"),
    ("vnpost_hcc", "track", "/apiGetOrderTracking", "post_tracking"),
    ("vnpost_lgsp", "order", "/lgsp", "post_lgsp_order"),
    ("vnpost_lgsp", "cancel", "/lgsp", "post_lgsp_cancel"),
    ("vnpost_lgsp", "price", "/lgsp", "post_lgsp_price"),
    ("vnpost_lgsp", "track", "/lgsp", "post_lgsp_tracking"),
    ("viettel_post", "order", "/order/createOrder", "viettel_post_order"),
    ("viettel_post", "cancel", "/order/UpdateOrder", "viettel_post_update"),
    ("viettel_post", "price", "/order/getPriceAll", "viettel_post_price"),
    ("viettel_post", "track", "/order/tracking", "viettel_post_tracking"),
    ("dvcqg", "push", "/mapi/g", "portal_record"),
    ("dvcqg", "progress", "/mapi/g", "portal_progress"),
    ("dvcqg", "look_up", "/mapi/g", "portal_look_up"),
    ("sms_gateway", "send", "/send", "text_sms"),
    ("zalo_zns", "send", "/message/template", "text_zalo"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_is_the_golden_one() {
    let mut different = Vec::new();
    for &(key, deed, path, file) in MESSAGES {
        let stage = patient(key);
        assert!(deeds(find(key).unwrap().kind).contains(&deed));

        // Some deeds are refused before there is a payment or a dossier; the request is the same.
        perform(&stage.connector, deed, &trip()).await.ok();

        different.extend(compare(file, &asked(&stage, path).await));
    }
    assert_eq!(different, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_with_nothing_optional_is_the_golden_one() {
    let stage: Stage = patient("dvcqg");
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
    let stage = patient("dvcqg");
    perform(&stage.connector, "look_up", &trip()).await.unwrap();

    let sent = stage.bodies("/mapi/login").await;
    assert_eq!((sent.len(), compare("portal_login", &sent[0])), (1, None));
}

#[test]
fn every_leaf_of_a_golden_message_is_explained_by_its_source() {
    let mut wrong = Vec::new();
    for file in fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()) {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        match file.extension().and_then(|kind| kind.to_str()) {
            Some("json") => wrong.extend(unexplained(&file).into_iter().map(|why| format!("{stem}: {why}"))),
            Some("fields") if file.with_extension("json").is_file() => {}
            _ => wrong.push(format!("{stem}: neither a message nor the fields of one")),
        }
    }
    assert!(wrong.is_empty(), "tests/golden:\n  {}", wrong.join("\n  "));
}

// `path<TAB>source` for every leaf and for nothing else; paths as `data[].MaHoSo`, an empty list as `data[]`.
fn unexplained(message: &Path) -> Vec<String> {
    let leaves = leaves(&serde_json::from_str(&fs::read_to_string(message).unwrap()).unwrap(), "");
    let Ok(fields) = fs::read_to_string(message.with_extension("fields")) else {
        return vec!["has no .fields beside it".to_owned()];
    };
    let mut wrong = Vec::new();
    let mut told = BTreeSet::new();
    for line in fields.lines() {
        let (path, source) = line.split_once('\t').unwrap_or((line, ""));
        if source.trim().is_empty() || !told.insert(path.to_owned()) {
            wrong.push(format!("{path} has no source or is told twice"));
        }
    }
    wrong.extend(leaves.difference(&told).map(|path| format!("{path} is not explained")));
    wrong.extend(told.difference(&leaves).map(|path| format!("{path} is explained but not there")));
    wrong
}

fn leaves(value: &Value, path: &str) -> BTreeSet<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(members) if path.is_empty() => {
            members.iter().map(|(name, inner)| (name.clone(), inner)).collect()
        }
        Value::Object(members) => {
            members.iter().map(|(name, inner)| (format!("{path}.{name}"), inner)).collect()
        }
        Value::Array(items) if items.is_empty() => return BTreeSet::from([format!("{path}[]")]),
        Value::Array(items) => items.iter().map(|inner| (format!("{path}[]"), inner)).collect(),
        _ => Vec::new(),
    };
    if inner.is_empty() {
        return BTreeSet::from([path.to_owned()]);
    }
    inner.iter().flat_map(|(path, inner)| leaves(inner, path)).collect()
}

// A message that differs is left in the temporary folder, to be looked at and, where right, copied.
pub(crate) fn compare(file: &str, sent: &Value) -> Option<String> {
    let golden = folder().join(format!("{file}.json"));
    let known: Value =
        serde_json::from_str(&fs::read_to_string(&golden).unwrap_or_default()).unwrap_or_default();
    if &known == sent {
        return None;
    }
    let seen = std::env::temp_dir().join(format!("{file}.json"));
    fs::write(&seen, serde_json::to_string_pretty(sent).unwrap() + "\n").unwrap();
    Some(format!("{file}: {} is not {}", seen.display(), golden.display()))
}

/// Where the golden files lie.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}
