//! What is noted: every act with the act, every look before its answer.

use super::{entries, handled};
use crate::support::clear::columns_with;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MAU_ID, NEIGHBOUR, text};
use crate::support::house::{ADMINISTRATOR, CITIZEN, House, json, problem};
use entities::tables::chronicle;
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::json;

/// Kind, what, and whether a unit stands there, of every entry that is no upload.
async fn told(commune: &Commune) -> Vec<(String, String, bool)> {
    let all = entries(commune).await.into_iter().filter(|entry| !entry.what.contains("/v1/uploads"));
    all.map(|entry| (entry.kind, entry.what, entry.unit_id.is_some())).collect()
}

fn line(kind: &str, what: &str, at_a_unit: bool) -> (String, String, bool) {
    (kind.into(), what.into(), at_a_unit)
}

#[tokio::test]
async fn s_10_every_act_and_every_look_of_an_officer_is_noted() {
    let commune = Commune::open().await;
    let dossier = handled(&commune).await;
    let path = format!("/v1/dossiers/{}", text(&dossier, "id"));
    commune.read(DESK, "/v1/dossiers").await;
    commune.read(CASE, &format!("{path}/history")).await;

    assert_eq!(
        told(&commune).await,
        [
            line("act", "submit", false),
            line("read", "GET /v1/dossiers/{id}", true),
            line("masked", "GET /v1/dossiers/{id}", false),
            line("act", "accept", true),
            line("listed", "GET /v1/dossiers", true),
            line("read", "GET /v1/dossiers/{id}/history", true),
        ]
    );
}

#[tokio::test]
async fn an_act_names_what_stood_before_and_after_it_and_its_history_entry() {
    let commune = Commune::open().await;
    handled(&commune).await;

    let acts: Vec<_> = entries(&commune).await.into_iter().filter(|entry| entry.kind == "act").collect();

    assert_eq!((&acts[0].before_hash, acts[0].record_seq), (&None, Some(1)));
    assert!(acts[0].after_hash.is_some() && acts[0].record_hash.is_some());
    assert_eq!(acts[1].record_seq, Some(2));
    assert_ne!(acts[1].before_hash, acts[1].after_hash);
    assert!(acts[1].trace.is_some());
}

#[tokio::test]
async fn ones_own_dossier_and_the_catalogue_are_nobodys_look() {
    let commune = Commune::open().await;
    let dossier = handled(&commune).await;
    let before = entries(&commune).await.len();

    commune.read(MAU, &format!("/v1/dossiers/{}", text(&dossier, "id"))).await;
    commune.read(MAU, "/v1/dossiers").await;
    commune.read(DESK, "/v1/procedures").await;
    commune.read(DESK, "/v1/units").await;

    assert_eq!(entries(&commune).await.len(), before);
}

#[tokio::test]
async fn what_was_refused_was_not_seen() {
    let commune = Commune::open().await;
    let dossier = handled(&commune).await;
    let path = format!("/v1/dossiers/{}", text(&dossier, "id"));
    let before = entries(&commune).await.len();

    problem(commune.get(NEIGHBOUR, &path).await, 404, "not_found").await;
    commune.refused(HEAD, &dossier, "acceptance", json!({})).await;
    let known = commune.ask_as(DESK, Method::GET, &path).header("if-none-match", "\"2\"").send();

    assert_eq!(known.await.unwrap().status(), 304);
    assert_eq!(entries(&commune).await.len(), before);
}

#[tokio::test]
async fn an_act_that_is_only_tried_leaves_nothing() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let before = entries(&commune).await.len();

    assert_eq!(commune.dry(DESK, &dossier, "acceptance", &json!({})).await.status(), 200);

    assert_eq!(entries(&commune).await.len(), before);
}

#[tokio::test]
async fn who_runs_the_office_is_noted_too() {
    let house = House::open().await;
    let subject = house.office.demo.as_ref().unwrap().subject_of(CITIZEN);
    let body = json!({"subject": subject, "name": "Người mẫu", "title": "Quản trị hệ thống", "role": "administrator"});

    json(house.act_as(ADMINISTRATOR, "/v1/admin/assignments", "one", &body).await, 201).await;

    let noted = chronicle::Entity::find().all(house.database.reader()).await.unwrap();
    let told: Vec<_> = noted.iter().map(|entry| (entry.kind.as_str(), entry.what.as_str())).collect();
    assert_eq!(told, [("administration", "POST /v1/admin/assignments")]);
    assert!(noted[0].after_hash.is_some());
}

#[tokio::test]
async fn the_chronicle_names_no_citizen() {
    let commune = Commune::open().await;
    handled(&commune).await;

    let clear = columns_with(&commune.database, &["Nguyễn Thị Mẫu", MAU_ID, MAU]).await;

    assert_eq!(clear.iter().filter(|column| column.starts_with("chronicle")).count(), 0, "{clear:?}");
    let noted = entries(&commune).await;
    assert!(noted.iter().any(|entry| entry.name.as_deref() == Some("Hoàng Văn Cửa")));
    assert!(noted[0].name.is_none() && noted.iter().any(|entry| entry.name_sealed.is_some()));
}
