//! A commune whose forms are made: the jobs that issue them, done by hands without outside parties.

use crate::support::commune::{Commune, text};
use crate::support::house::json;
use connectors::registry::find;
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::forms::reading;
use entities::jobs::row;
use entities::tables::forms;
use reqwest::Response;
use rules::jobs::Job;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;
use uuid::Uuid;
use workers::deeds::OfficeSettings;
use workers::{Attempt, Deeds, Hands, Outcome};

/// Hands over the commune's own memory and files; nobody outside is reached by making a form.
pub(super) fn hands(commune: &Commune) -> Hands {
    let built = |key: &str| {
        let entry = find(key).unwrap();
        (entry.build)((entry.example)("http://127.0.0.1:9"), Wire::default()).unwrap()
    };
    let keys = ["vnpost_hcc", "dvcqg", "smtp"];
    let wires = keys.into_iter().fold(Wires::default(), |wires, key| wires.with(key, built(key)));
    let office = OfficeSettings { public_url: "https://motcua.example".into(), ..OfficeSettings::default() };
    Hands {
        database: commune.office.db.clone(),
        clock: commune.clock.clone(),
        wake: commune.office.wake.clone(),
        sealer: commune.office.sealer.clone(),
        catalogue: commune.office.catalogue.clone(),
        files: commune.office.files.clone(),
        wires,
        office: Arc::new(office),
        digitising: Arc::default(),
    }
}

/// The jobs that make forms, as they were written.
pub(super) async fn jobs(commune: &Commune) -> Vec<Job> {
    let rows = row::Entity::find().filter(row::Column::Kind.eq("issue_form")).order_by_asc(row::Column::Id);
    let rows = rows.all(commune.database.reader()).await.unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.payload).unwrap()).collect()
}

pub(super) async fn does(hands: &Hands, job: Job) -> Outcome {
    let attempt =
        Attempt { id: Uuid::now_v7(), number: 1, last: false, at: hands.clock.now(), traceparent: None };
    hands.run(job, attempt).await
}

/// Makes every form that was issued.
pub(super) async fn make_all(commune: &Commune) {
    let hands = hands(commune);
    for job in jobs(commune).await {
        assert_eq!(does(&hands, job.clone()).await, Outcome::Done, "{job:?}");
    }
}

/// The forms of a dossier, as somebody is told of them.
pub(super) async fn forms_of(commune: &Commune, who: &str, dossier: &Value) -> Vec<Value> {
    let path = format!("/v1/dossiers/{}/forms", text(dossier, "id"));
    commune.read(who, &path).await.as_array().unwrap().clone()
}

/// The one form of a kind.
pub(super) async fn form(commune: &Commune, who: &str, dossier: &Value, kind: &str) -> Value {
    let all = forms_of(commune, who, dossier).await;
    all.iter().rfind(|form| form["kind"] == kind).unwrap_or_else(|| panic!("no {kind} in {all:?}")).clone()
}

pub(super) fn address(form: &Value) -> String {
    format!("/v1/forms/{}", text(form, "id"))
}

/// The file of a form.
pub(super) async fn file(commune: &Commune, who: &str, form: &Value) -> Vec<u8> {
    let answer: Response = commune.get(who, &address(form)).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    answer.bytes().await.unwrap().to_vec()
}

/// What a machine reads on the file of a form, without white space.
pub(super) async fn words(commune: &Commune, who: &str, dossier: &Value, kind: &str) -> String {
    make_all(commune).await;
    let form = form(commune, who, dossier, kind).await;
    read_back(&file(commune, who, &form).await)
}

/// `pdftotext` over the bytes, without white space and places to break.
pub(super) fn read_back(pdf: &[u8]) -> String {
    let piped = Stdio::piped;
    let mut command = Command::new("pdftotext");
    let command = command.args(["-layout", "-", "-"]).stdin(piped()).stdout(piped());
    let mut reader = command.spawn().expect("pdftotext, from the package poppler-utils");
    let (mut input, pdf) = (reader.stdin.take().unwrap(), pdf.to_vec());
    let writing = std::thread::spawn(move || input.write_all(&pdf).unwrap());
    let output = reader.wait_with_output().unwrap();
    writing.join().unwrap();
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect()
}

pub(super) fn assert_says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(&squeezed(words)), "{words} is not in\n{text}");
    }
}

/// The rows of all forms, oldest first.
pub(super) async fn rows(commune: &Commune) -> Vec<forms::Model> {
    let rows = forms::Entity::find().order_by_asc(forms::Column::Id);
    rows.all(commune.database.reader()).await.unwrap()
}

/// Where the file of a row lies.
pub(super) fn stored(row: &forms::Model) -> object_store::path::Path {
    object_store::path::Path::from(reading::stored_at(row.sha256.as_deref().unwrap()))
}

/// Somebody asks for a form on request; gives it.
pub(super) async fn asked(commune: &Commune, who: &str, path: &str, body: Value) -> Value {
    json(commune.post(who, path, &body).await, 201).await
}
