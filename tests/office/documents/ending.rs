//! Replacing and revoking: the issuing unit alone, and nothing is lost.

use super::{another_file, card, clean_file, completed, keep, look_at_everything};
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, NEIGHBOUR, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::documents::{self, NewDocument};
use entities::files::{self, State};
use serde_json::json as body;
use uuid::Uuid;

async fn issued_here(commune: &Commune) -> Uuid {
    let file = clean_file(commune, HEAD).await;
    keep(commune, NewDocument { issuer: Some(commune.unit), ..card(file) }).await
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

#[tokio::test]
async fn what_nobody_here_issued_is_ended_by_the_unit_that_filed_it() {
    let commune = Commune::open().await;
    let [ours, theirs] = [Some(commune.unit), Some(commune.neighbour)];
    let here = keep(&commune, NewDocument { unit: ours, ..card(another_file(&commune, MAU).await) }).await;
    let there = keep(&commune, NewDocument { unit: theirs, ..card(another_file(&commune, MAU).await) }).await;
    let forged = body!({"reason": "Giấy tờ giả."});

    let elsewhere = commune.post(HEAD, &format!("/v1/documents/{there}/revocation"), &forged).await;
    let revoked =
        json(commune.post(HEAD, &format!("/v1/documents/{here}/revocation"), &forged).await, 201).await;

    let told = problem(elsewhere, 409, "act_refused").await;
    assert_eq!(told["blocked_by"][0]["code"], "not_the_issuer");
    assert_eq!(revoked["state"], "revoked");
    let next = keep(&commune, NewDocument { unit: ours, ..card(another_file(&commune, MAU).await) }).await;
    let version = body!({"file": another_file(&commune, HEAD).await, "reason": "Quét lại cho rõ."});
    let new = json(commune.post(HEAD, &format!("/v1/documents/{next}/versions"), &version).await, 201).await;
    assert_eq!((&new["version"], &new["issuer_name"]), (&body!(2), &body!(null)));
}

#[tokio::test]
async fn the_document_of_a_result_ends_with_the_result_alone() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    let dossier = commune.done(HEAD, &dossier, "decision", commune.decision("KQ-KS-01").await).await;
    let dossier = commune.done(DESK, &dossier, "return", body!({"proof": "Ký sổ"})).await;
    look_at_everything(&commune).await;
    completed(&commune, text(&dossier, "id").parse().unwrap()).await;
    let kept = commune.read(MAU, "/v1/me/documents?paper_type=GIAY-KHAI-SINH").await;
    let kept = text(&kept["items"][0], "id");
    let result = commune.read(MAU, "/v1/me/results").await["items"][0]["id"].clone();
    let version = body!({"file": another_file(&commune, HEAD).await, "reason": "Đính chính."});

    for (path, asked) in [("versions", version), ("revocation", body!({"reason": "Cấp sai."}))] {
        let answer = commune.post(HEAD, &format!("/v1/documents/{kept}/{path}"), &asked).await;
        let told = problem(answer, 409, "act_refused").await;
        assert_eq!(told["blocked_by"][0]["code"], "document_of_result");
        let address = format!("/v1/results/{}/revocation", result.as_str().unwrap());
        assert!(text(&told["blocked_by"][0], "message").contains(&address), "{told}");
    }
}

#[tokio::test]
async fn a_next_version_is_new_clean_and_of_days_that_can_be() {
    let commune = Commune::open().await;
    let old = issued_here(&commune).await;
    let path = format!("/v1/documents/{old}/versions");
    let held = another_file(&commune, HEAD).await;
    keep(&commune, card(held)).await;
    let unseen = another_file(&commune, HEAD).await;
    files::set_state(commune.database.writer(), unseen, State::Quarantined, None).await.unwrap();
    let file = another_file(&commune, HEAD).await;
    let day = rules::local_time::local_date(commune.clock.now()) - TimeDelta::days(1);
    for (next, code) in [
        (body!({"file": held, "reason": "Đính chính."}), "file_there"),
        (body!({"file": unseen, "reason": "Đính chính."}), "file_quarantined"),
        (body!({"file": file, "valid_until": day, "reason": "Đính chính."}), "valid_until_past"),
        (body!({"file": file, "number": "9".repeat(61), "reason": "Đính chính."}), "number_invalid"),
    ] {
        let told = problem(commune.post(HEAD, &path, &next).await, 422, "body_invalid").await;
        assert_eq!(told["errors"][0]["code"], code, "{told}");
    }
    let row = documents::by_id(commune.database.reader(), old).await.unwrap();
    assert_eq!(row.state, "in_force");
}
