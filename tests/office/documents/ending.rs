//! Replacing and revoking: the issuing unit alone, and nothing is lost.

use super::{card, clean_file, keep};
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, NEIGHBOUR, text};
use crate::support::house::{json, problem};
use entities::documents::{self, NewDocument};
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use serde_json::json as body;
use uuid::Uuid;

async fn issued_here(commune: &Commune) -> Uuid {
    let file = clean_file(commune, HEAD).await;
    keep(commune, NewDocument { issuer: Some(commune.unit), ..card(file) }).await
}

/// A file with bytes of its own.
async fn another_file(commune: &Commune, who: &str) -> Uuid {
    let id = clean_file(commune, who).await;
    let row = entities::files::find(commune.database.reader(), id).await.unwrap();
    let mut row = row.into_active_model();
    row.sha256 = Set(format!("{:064x}", id.as_u128()));
    row.update(commune.database.writer()).await.unwrap();
    id
}

#[tokio::test]
async fn r_j5_only_the_issuing_unit_replaces_a_document() {
    let commune = Commune::open().await;
    let old = issued_here(&commune).await;
    let path = format!("/v1/documents/{old}/versions");
    let next = body!({"file": another_file(&commune, HEAD).await, "number": "13/GCN", "reason": "Đính chính ngày cấp."});
    let elsewhere = keep(
        &commune,
        NewDocument { issuer: Some(commune.neighbour), ..card(another_file(&commune, HEAD).await) },
    )
    .await;

    let refused = commune.post(HEAD, &format!("/v1/documents/{elsewhere}/versions"), &next).await;
    let told = problem(refused, 409, "act_refused").await;
    assert_eq!(told["blocked_by"][0]["code"], "not_the_issuer");
    for stranger in [MAU, DESK, NEIGHBOUR] {
        problem(commune.post(stranger, &path, &next).await, 404, "not_found").await;
    }
    let new = json(commune.post(HEAD, &path, &next).await, 201).await;

    assert_eq!(
        (&new["version"], &new["lineage"], &new["state"]),
        (&body!(2), &body!(old), &body!("in_force"))
    );
    let before = commune.read(MAU, &format!("/v1/me/documents/{old}")).await;
    assert_eq!(
        (&before["document"]["state"], &before["document"]["valid"]),
        (&body!("superseded"), &body!(false))
    );
    assert_eq!(before["ended_reason"], "Đính chính ngày cấp.");
    assert_eq!(before["versions"], body!([old, text(&new, "id")]));
    let twice = body!({"file": another_file(&commune, HEAD).await, "reason": "Lần nữa."});
    let told = problem(commune.post(HEAD, &path, &twice).await, 409, "act_refused").await;
    assert_eq!(told["blocked_by"][0]["code"], "document_not_in_force");
}

#[tokio::test]
async fn the_next_version_is_another_file_with_a_reason() {
    let commune = Commune::open().await;
    let old = issued_here(&commune).await;
    let path = format!("/v1/documents/{old}/versions");
    let same = documents::by_id(commune.database.reader(), old).await.unwrap().file_id;
    let foreign = another_file(&commune, CASE).await;
    for file in [same, foreign, Uuid::now_v7()] {
        let answer = commune.post(HEAD, &path, &body!({"file": file, "reason": "Đính chính."})).await;
        let told = problem(answer, 422, "body_invalid").await;
        assert_eq!(told["errors"][0]["code"], "file_unfit");
    }
    let file = another_file(&commune, HEAD).await;
    let answer = commune.post(HEAD, &path, &body!({"file": file, "reason": " 12 "})).await;
    assert_eq!(problem(answer, 422, "body_invalid").await["errors"][0]["pointer"], "/reason");
}

#[tokio::test]
async fn a_revoked_document_stands_for_nothing_and_does_not_come_back() {
    let commune = Commune::open().await;
    let old = issued_here(&commune).await;
    let path = format!("/v1/documents/{old}/revocation");
    let told = json(commune.post(HEAD, &path, &body!({"reason": "Cấp sai đối tượng."})).await, 201).await;
    assert_eq!((&told["state"], &told["valid"]), (&body!("revoked"), &body!(false)));
    let again = commune.post(HEAD, &path, &body!({"reason": "Lần nữa."})).await;
    problem(again, 409, "act_refused").await;

    let row = documents::by_id(commune.database.reader(), old).await.unwrap();
    assert_eq!(keep(&commune, card(row.file_id)).await, old);
    let row = documents::by_id(commune.database.reader(), old).await.unwrap();
    assert_eq!(row.state, "revoked", "the same bytes handed in again");
}
