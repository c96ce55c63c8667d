//! No message leaves or enters this house without its golden file.

use crate::{
    golden::{MESSAGES, folder},
    payments_golden::{ASKED as OF_PLATFORMS, TOLD as BY_PLATFORMS},
    portals_golden::ASKED as OF_PORTALS,
    receipts_golden::TOLD as BY_CARRIERS,
    stage::settings,
};
use connectors::{
    contract::deeds_of,
    portal::dvcqg::inbox::FAMILIES,
    registry::{Kind, REGISTRY},
    wire::Wire,
};
use serde_json::json;
use std::{collections::BTreeSet, fs};

/// (connector, deed, file) of what another test compares.
const ELSEWHERE: &[(&str, &str, &str)] = &[("emc", "track", "emc_usage"), ("smtp", "send", "mail_letter")];

#[test]
fn every_deed_of_every_connector_has_its_golden_message() {
    let tables = MESSAGES.iter().chain(&OF_PLATFORMS).chain(OF_PORTALS);
    let mut golden: BTreeSet<_> = tables.map(|&(key, deed, ..)| (key, deed)).collect();
    golden.extend(ELSEWHERE.iter().map(|&(key, deed, _)| (key, deed)));
    let mut missing = Vec::new();
    // The folder is no wire; what it holds is compared with what goes over SMTP. A scanner is sent the bytes of the file
    // in pieces, and no message.
    let wires = REGISTRY.iter().filter(|entry| entry.sandbox.is_some() && entry.kind != Kind::Scanner);
    for entry in wires {
        let settings = settings(entry, "http://127.0.0.1:9", 300, &json!({}));
        let connector = (entry.build)(settings, Wire::default()).unwrap();
        let deeds = deeds_of(&connector).into_iter().map(|deed| (entry.key, deed));
        missing.extend(deeds.filter(|one| !golden.contains(one)));
    }
    assert_eq!(missing, []);
}

#[test]
fn every_connector_that_is_called_back_has_its_golden_message() {
    let platforms = BY_PLATFORMS.iter().map(|(key, ..)| *key);
    let told: BTreeSet<_> = platforms.chain(BY_CARRIERS.iter().map(|(key, _)| *key)).collect();
    let silent = ["vnpost_hcc", "vnpost_lgsp"];
    let speaking = [Kind::Payment, Kind::Post, Kind::Text];
    let speaking = REGISTRY.iter().filter(|entry| speaking.contains(&entry.kind)).map(|entry| entry.key);

    assert_eq!(told, speaking.filter(|key| !silent.contains(key)).collect());
    for family in FAMILIES {
        assert!(folder().join(format!("portal_in_{family}.json")).is_file(), "{family}");
    }
}

#[test]
fn every_golden_file_is_compared_by_a_test() {
    let tests = fs::read_dir(folder().join("../contract")).unwrap();
    let tests: String = tests.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let made = ["portal_in_", "portal_reply_"];
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path());
    let stems = files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned());
    let idle: BTreeSet<_> = stems
        .filter(|stem| !made.iter().any(|made| stem.starts_with(made)))
        .filter(|stem| !tests.contains(&format!("\"{}\"", stem.trim_end_matches("_answer"))))
        .collect();

    assert_eq!(idle, BTreeSet::new());
}
