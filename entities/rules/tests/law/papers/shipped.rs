//! What is read on each type of paper, and that the shipped rules hold together.

use super::page::{TYPES, page, read};
use super::samples::samples;
use rules::papers::{FieldKind, Ground, PaperReading};
use rules::procedure::{Component, ResultKind};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_field_of_every_paper_is_read_and_nothing_is_made_up() {
    for sample in samples() {
        let found = read(sample.code, &page(sample.lines));

        let told: Vec<(&str, &str)> =
            found.iter().filter_map(|field| Some((field.name.as_str(), field.value.as_deref()?))).collect();
        assert_eq!(told, sample.fields, "{}", sample.code);
    }
}

#[test]
fn what_is_printed_clearly_is_taken_without_a_person() {
    let unsure: Vec<String> = samples()
        .flat_map(|sample| {
            read(sample.code, &page(sample.lines)).into_iter().map(|field| (sample.code, field))
        })
        .filter(|(_, field)| field.value.is_some() && field.confidence < 85)
        .map(|(code, field)| format!("{code}.{}: {}", field.name, field.confidence))
        .collect();

    // A serial number printed without a label is known by its look alone.
    assert_eq!(unsure, ["GCN-QSDD.number: 75"]);
}

#[test]
fn a_blank_form_holds_no_values() {
    for kind in TYPES.iter() {
        let labels: Vec<String> = kind
            .fields
            .iter()
            .flat_map(|field| &field.labels)
            .map(|label| format!("{label}: ........"))
            .collect();
        let lines: Vec<&str> = labels.iter().map(String::as_str).collect();

        for field in read(&kind.code, &page(&lines)) {
            assert_eq!((field.value, field.confidence), (None, 0), "{}.{}", kind.code, field.name);
        }
    }
}

#[test]
fn what_a_field_names_is_described() {
    for kind in TYPES.iter() {
        let names: BTreeSet<&str> = kind.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), kind.fields.len(), "{}: a field twice", kind.code);
        for field in &kind.fields {
            let place = format!("{}.{}", kind.code, field.name);
            let named = field.under.iter().chain(&field.above);
            for name in named {
                assert!(names.contains(name.as_str()) || kind.headings.contains_key(name), "{place}: {name}");
            }
            assert!(
                !field.labels.is_empty() || field.dated || !field.shapes.is_empty(),
                "{place} is never found"
            );
            let day = matches!(field.kind, FieldKind::Date | FieldKind::Expiry);
            assert!(day || !field.dated, "{place} is no day");
        }
    }
}

#[test]
fn the_same_name_means_the_same_kind_on_every_paper() {
    for (name, kind) in [
        ("full_name", FieldKind::Name),
        ("date_of_birth", FieldKind::Date),
        ("sex", FieldKind::Sex),
        ("personal_id", FieldKind::PersonalId),
        ("number", FieldKind::Number),
        ("issued_on", FieldKind::Date),
        ("valid_until", FieldKind::Expiry),
    ] {
        let found = TYPES.iter().flat_map(|paper| &paper.fields).filter(|field| field.name == name);
        assert!(found.clone().count() > 1 && found.clone().all(|field| field.kind == kind), "{name}");
    }
}

#[test]
fn d_01_every_type_that_procedures_name_is_described_and_an_earlier_result() {
    for (components, results) in procedures() {
        for component in &components {
            let Some(code) = &component.paper_type else { continue };
            assert!(described(code), "{}: {code}", component.code);
            assert_eq!(component.digitise, Ground::EarlierResult, "{}: {}", component.code, component.name);
        }
        for code in results.iter().filter_map(|result| result.paper_type.as_ref()) {
            assert!(described(code), "{code}");
        }
    }
}

fn described(code: &str) -> bool {
    TYPES.iter().any(|kind: &PaperReading| kind.code == code)
}

/// Components and results of every procedure that is shipped.
fn procedures() -> Vec<(Vec<Component>, Vec<ResultKind>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/seed/procedures");
    let files =
        std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let records = files.flat_map(|text| {
        let read: Value = serde_saphyr::from_str(&text).unwrap();
        read["procedures"].as_array().unwrap().clone()
    });
    let found: Vec<_> = records
        .map(|record| {
            let revision = &record["revision"];
            let components = serde_json::from_value(revision["components"].clone()).unwrap();
            (components, serde_json::from_value(revision["results"].clone()).unwrap())
        })
        .collect();
    assert!(found.len() > 20, "{} procedures", found.len());
    found
}
