//! A commune on the day its tier begins to digitise, and a desk dossier brought to it.

use crate::support::commune::{CASE, Commune, DESK, HEAD, text};
use entities::digitisations::reading::{of_dossier, open_of_dossier};
use entities::digitisations::{self, Item};
use entities::documents::{self, NewDocument, Origin};
use entities::files::{self, File, State};
use entities::seeding::{importing, reading};
use rules::actor::Actor;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

/// The commune digitises what it receives from today on.
pub async fn digitising() -> Commune {
    let commune = Commune::open().await;
    begins(&commune, "commune", "2026-03-10").await;
    commune
}

/// A tier begins on a day.
pub async fn begins(commune: &Commune, tier: &str, day: &str) {
    let words = format!("digitisation_starts:\n  - {{ tier: {tier}, from: \"{day}\", source: \"thử\" }}\n");
    let tx = commune.database.begin().await.unwrap();
    importing::import(&tx, &reading::read("thử", &words).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    commune.office.catalogue.forget();
}

/// Says something to the database and lets the office forget what it kept near.
pub async fn execute(commune: &Commune, sql: &str) {
    commune.database.writer().execute_unprepared(sql).await.unwrap();
    commune.office.catalogue.forget();
}

/// Two papers handed in at the desk, seen and not scanned.
pub async fn brought(commune: &Commune) -> Value {
    let mut application = commune.trial(2);
    application["channel"] = json!("desk");
    application["papers"] = json!([{"component": "T2-01"}, {"component": "T2-02"}]);
    commune.submit(DESK, application, |_| {}).await
}

pub async fn received(commune: &Commune) -> Value {
    let dossier = brought(commune).await;
    commune.done(DESK, &dossier, "acceptance", json!({})).await
}

/// Through its steps to the decision.
pub async fn decided(commune: &Commune, dossier: &Value) -> Value {
    let dossier = commune.done(DESK, dossier, "forwarding", json!({})).await;
    let dossier = commune.done(CASE, &dossier, "forwarding", json!({})).await;
    commune.done(HEAD, &dossier, "decision", commune.decision("KQ-T2").await).await
}

pub fn key_of(dossier: &Value) -> Uuid {
    text(dossier, "id").parse().unwrap()
}

/// All items of a dossier.
pub async fn items(commune: &Commune, dossier: &Value) -> Vec<Item> {
    of_dossier(commune.database.reader(), key_of(dossier)).await.unwrap()
}

/// Name, stage and state of each item.
pub async fn standing(commune: &Commune, dossier: &Value) -> Vec<String> {
    let items = items(commune, dossier).await;
    items.into_iter().map(|item| format!("{} {} {}", item.name, item.stage, item.state)).collect()
}

/// Files everything that is open, as the pipeline does at its end.
pub async fn digitise(commune: &Commune, dossier: &Value) {
    let tx = commune.database.begin().await.unwrap();
    let at = commune.clock.now();
    for item in open_of_dossier(&tx, key_of(dossier)).await.unwrap() {
        let file = File {
            sha256: format!("{:0>64}", item.id.simple()),
            media_type: "application/pdf".into(),
            state: State::Clean,
            ..files::quarantined("quet.pdf", "tests", at)
        };
        tx.execute(&files::insert(&file)).await.unwrap();
        let sealer = &commune.office.sealer;
        let owner = digitisations::owner(&tx, sealer, &item).await.unwrap().unwrap();
        let new = NewDocument::new(owner, "GT-THU", &item.name, Origin::Component, file.id);
        let document = documents::file(&tx, sealer, &Actor::office(), new, at).await.unwrap();
        digitisations::filed(&tx, item.id, document, at).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Codes of what blocks.
pub fn codes(refused: &Value) -> Vec<&str> {
    refused["blocked_by"].as_array().unwrap().iter().map(|block| text(block, "code")).collect()
}
