//! The term of a dossier ends: what was of persons is gone, what the register and the figures need is there.

use super::{LONG, erased, in_vain, night, refused};
use crate::chronicle::signed;
use crate::support::clear::columns_with;
use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, MAU_ID, text};
use crate::support::evidence::keep;
use entities::chronicle::verifying::{Scope, verify};
use entities::dossiers::reading;
use entities::sealing::ERASED;
use entities::tables::{chronicle, dossiers};
use object_store::ObjectStoreExt;
use object_store::path::Path;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn l_58_when_its_term_is_over_a_dossier_keeps_its_code_and_days_and_nothing_of_persons() {
    let commune = Commune::open().await;
    let dossier = refused(&commune).await;
    let path = format!("/v1/dossiers/{}", text(&dossier, "id"));
    let lines = commune.read(DESK, "/v1/dossiers").await;
    let words = ["Nguyễn Thị Mẫu", "nguyen thi mau", MAU_ID, "mau@vidu.example", "0900000001"];
    assert!(columns_with(&commune.database, &words).await.contains(&"dossiers.applicant_name".to_owned()));

    commune.pass(LONG);
    let report = figures(&commune).await;
    night(&commune).await;
    night(&commune).await;

    let told = erased(&commune).await;
    assert_eq!((told.len(), told[0].years), (1, 2));
    assert!(told[0].cells > 10 && told[0].files > 0 && told[0].bytes_gone_at.is_some(), "{told:?}");
    assert_eq!(in_vain(&commune, DESK, &path).await, (410, "dossier_erased".into()));
    assert_eq!(in_vain(&commune, MAU, &path).await, (404, "not_found".into()));
    assert!(promised(&commune, "/v1/dossiers/{id}").await.contains(&"410".to_owned()));
    let after = commune.read(DESK, "/v1/dossiers").await;
    let line = |list: &Value, member: &str| list["items"][0][member].clone();
    for member in ["code", "status", "submitted_at", "procedure"] {
        assert_eq!(line(&after, member), line(&lines, member), "{member}");
    }
    assert!(!after.to_string().contains("Nguyễn"), "{after}");
    assert_eq!(figures(&commune).await, report, "the same numbers as before");
    let shown = columns_with(&commune.database, &words).await;
    assert_eq!(shown, Vec::<String>::new());

    let entries = chronicle::Entity::find().filter(chronicle::Column::What.eq("erase"));
    assert_eq!(entries.count(commune.database.reader()).await.unwrap(), 1);
    signed(&commune).await;
    let account = verify(commune.database.reader(), &Scope::default()).await.unwrap();
    assert_eq!(account.breaks, Vec::<String>::new());
    keep("erasure", &[("dossiers", 1), ("columns", told[0].cells.try_into().unwrap())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn l_58_the_own_key_goes_with_the_dossier_and_no_copy_of_its_history_opens_without_it() {
    let commune = Commune::open().await;
    let dossier = refused(&commune).await;
    let id: Uuid = text(&dossier, "id").parse().unwrap();
    let (db, sealer) = (commune.database.reader(), &commune.office.sealer);
    let before = reading::by_id(db, id).await.unwrap();
    let copied = reading::entries(db, id).await.unwrap();
    let name = |dossier: &dossiers::Model| reading::actor_name(sealer, dossier, &copied[0]).unwrap();
    let note = |dossier: &dossiers::Model| reading::note(sealer, dossier, &copied[1]).unwrap().unwrap();
    assert_eq!(name(&before), "Nguyễn Thị Mẫu");
    assert!(note(&before).contains("Nguyễn Thị Mẫu"));
    commune.pass(LONG);

    night(&commune).await;

    let after = reading::by_id(db, id).await.unwrap();
    assert!(before.key_wrapped.is_some() && after.key_wrapped.is_none());
    assert_eq!((name(&after).as_str(), note(&after).as_str()), (ERASED, ERASED));
    assert_eq!(reading::entries(db, id).await.unwrap(), copied, "no entry was rewritten");
    assert_eq!(reading::applicant(sealer, &after).unwrap().name, ERASED);
    assert_eq!(reading::form(sealer, &after).unwrap(), json!({}));
    let log = commune.read(MAU, "/v1/me/access-log").await;
    assert!(!log.to_string().contains("Nguyễn Thị Mẫu"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bytes_of_a_file_go_with_the_last_dossier_that_names_them() {
    let commune = Commune::open().await;
    refused(&commune).await;
    let open = commune.submit(MAU, commune.copies(), |_| {}).await;
    super::settled(&commune).await;
    let stored = |sha256: &str| Path::from(entities::files::stored_at(sha256));
    let rows = entities::files::row::Entity::find().all(commune.database.reader()).await.unwrap();
    let sha256 = rows[0].sha256.clone();
    commune.pass(LONG);

    night(&commune).await;
    assert_eq!(erased(&commune).await.len(), 1);
    assert!(commune.office.files.head(&stored(&sha256)).await.is_ok(), "the open one needs it");
    let ended = format!("UPDATE dossiers SET status = 'withdrawn' WHERE code = '{}'", text(&open, "code"));
    commune.database.writer().execute_unprepared(&ended).await.unwrap();
    night(&commune).await;

    assert_eq!(erased(&commune).await.len(), 2);
    assert!(commune.office.files.head(&stored(&sha256)).await.is_err());
}

/// Statuses that the document promises of reading an address.
async fn promised(commune: &Commune, path: &str) -> Vec<String> {
    let document: Value = commune.get(MAU, "/openapi.json").await.json().await.unwrap();
    document["paths"][path]["get"]["responses"].as_object().unwrap().keys().cloned().collect()
}

async fn figures(commune: &Commune) -> Value {
    let path = format!("/v1/reports/standing?unit={}&from=2026-03-01&to=2026-03-31", commune.unit);
    commune.read(INSPECTOR, &path).await
}
