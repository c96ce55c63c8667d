//! A result that was handed over is taken out of force by the unit that issued it, and everybody learns it.

use super::scene::{filed, forged, granted, handed_over, let_out, result, results, revoke, verified};
use crate::support::commune::{CASE, Commune, HEAD, INSPECTOR, MAU, NEIGHBOUR, text};
use crate::support::house::{json as told, problem};
use entities::jobs::row;
use entities::tables::{document_uses, documents};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

async fn stored(commune: &Commune, dossier: &Value) -> Vec<documents::Model> {
    let id: Uuid = text(dossier, "id").parse().unwrap();
    let rows = documents::Entity::find().filter(documents::Column::DossierId.eq(id));
    let rows = rows.filter(documents::Column::Origin.eq("result"));
    rows.all(commune.database.reader()).await.unwrap()
}

#[tokio::test]
async fn an_approver_of_the_issuing_unit_revokes_with_basis_and_reason() {
    let commune = Commune::open().await;
    let (_, before) = handed_over(&commune).await;

    let after = told(revoke(&commune, HEAD, &before, &forged()).await, 201).await;

    assert_eq!((text(&after, "state"), &after["version"]), ("revoked", &json!(2)));
    assert_eq!(
        (text(&after, "ended_basis"), text(&after, "ended_by")),
        ("Quyết định số 45/QĐ-UBND", "Nông Văn Duyệt")
    );
    assert_eq!(result(&commune, MAU, &before).await["ended_reason"], forged()["reason"]);
    let overseen = result(&commune, INSPECTOR, &before).await;
    assert_eq!((&overseen["ended_reason"], &overseen["ended_basis"]), (&Value::Null, &Value::Null));
    let checked = verified(&commune, text(&before, "verification_code")).await;
    assert_eq!((&checked["verdict"], &checked["ended_at"]), (&json!("revoked"), &after["ended_at"]));
    let jobs = row::Entity::find().filter(row::Column::Kind.eq("tell_revocation"));
    assert_eq!(jobs.all(commune.database.reader()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn r_j5_the_document_of_the_store_ends_with_the_result() {
    let commune = Commune::open().await;
    let (dossier, before) = handed_over(&commune).await;
    let_out(&commune, &before).await;
    filed(&commune, &dossier).await;

    told(revoke(&commune, HEAD, &before, &forged()).await, 201).await;

    let kept = stored(&commune, &dossier).await;
    assert_eq!((kept.len(), kept[0].state.as_str()), (1, "revoked"));
    let uses = document_uses::Entity::find().filter(document_uses::Column::DocumentId.eq(kept[0].id));
    let uses = uses.all(commune.database.reader()).await.unwrap();
    assert!(uses.iter().any(|one| one.kind == "revoked" && one.by_name == "Nông Văn Duyệt"), "{uses:?}");
}

#[tokio::test]
async fn what_was_revoked_first_is_put_on_nobodys_shelf() {
    let commune = Commune::open().await;
    let (dossier, before) = handed_over(&commune).await;
    let_out(&commune, &before).await;
    told(revoke(&commune, HEAD, &before, &forged()).await, 201).await;

    filed(&commune, &dossier).await;

    assert_eq!(stored(&commune, &dossier).await.len(), 0);
}

#[tokio::test]
async fn nobody_else_revokes_and_nothing_twice() {
    let commune = Commune::open().await;
    let (_, before) = handed_over(&commune).await;

    let officer = problem(revoke(&commune, CASE, &before, &forged()).await, 409, "act_refused").await;
    let owner = problem(revoke(&commune, MAU, &before, &forged()).await, 409, "act_refused").await;
    problem(revoke(&commune, NEIGHBOUR, &before, &forged()).await, 404, "not_found").await;
    let after = told(revoke(&commune, HEAD, &before, &forged()).await, 201).await;
    problem(revoke(&commune, HEAD, &before, &forged()).await, 412, "stale").await;
    let twice = problem(revoke(&commune, HEAD, &after, &forged()).await, 409, "act_refused").await;

    for refused in [&officer, &owner] {
        assert_eq!(refused["blocked_by"][0]["code"], "wrong_role", "{refused}");
    }
    assert_eq!(twice["blocked_by"][0]["code"], "result_ended", "{twice}");
}

#[tokio::test]
async fn before_it_is_handed_over_a_result_is_corrected_and_not_revoked() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let one = results(&commune, HEAD, &dossier).await.remove(0);

    let refused = problem(revoke(&commune, HEAD, &one, &forged()).await, 409, "act_refused").await;

    assert_eq!(refused["blocked_by"][0]["code"], "result_not_handed_over", "{refused}");
    assert!(refused["blocked_by"][0]["message"].as_str().unwrap().contains("đính chính"), "{refused}");
}

#[tokio::test]
async fn a_revocation_without_words_is_none() {
    let commune = Commune::open().await;
    let (_, before) = handed_over(&commune).await;

    let silent = revoke(&commune, HEAD, &before, &json!({"basis": "45", "reason": " "})).await;

    let silent = problem(silent, 422, "body_invalid").await;
    let codes: Vec<&str> = silent["errors"].as_array().unwrap().iter().map(|one| text(one, "code")).collect();
    assert_eq!(codes, ["basis_missing", "reason_missing"]);
}
