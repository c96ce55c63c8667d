//! Forgetting the key of a dossier: its words are gone for ever, what happened stays, and every chain still verifies.

use crate::chronicle::signed;
use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, text};
use entities::chronicle::entry::{Happening, Kind, entry};
use entities::chronicle::verifying::{Scope, verify};
use entities::chronicle::{about::About, reading as chronicle_reading};
use entities::dossiers::own_key::forget_key;
use entities::dossiers::reading;
use entities::sealing::ERASED;
use entities::tables::dossiers;
use rules::actor::Actor;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

const REASON: &str = "Thiếu giấy khai sinh của Nguyễn Thị Mẫu";

#[tokio::test(flavor = "multi_thread")]
async fn s_10_when_the_key_of_a_dossier_is_forgotten_its_words_are_gone_and_every_chain_holds() {
    let commune = Commune::open().await;
    let dossier = asked_for_papers(&commune).await;
    let (id, path) = (key_of(&dossier), format!("/v1/dossiers/{}", text(&dossier, "id")));
    purposeful(&commune, id).await;
    signed(&commune).await;
    let before = commune.read(MAU, &format!("{path}/history")).await;
    assert!(before.to_string().contains(REASON), "{before}");
    let hashes = chained(&commune).await;

    let tx = commune.database.begin().await.unwrap();
    assert!(forget_key(&tx, id).await.unwrap());
    assert!(!forget_key(&tx, id).await.unwrap(), "once");
    tx.commit().await.unwrap();

    let shown = commune.read(MAU, &path).await;
    assert_eq!(shown["form"], json!({}), "{shown}");
    assert_eq!(shown["applicant"].get("id_number").unwrap_or(&Value::Null), &Value::Null, "{shown}");
    let history = commune.read(MAU, &format!("{path}/history")).await;
    let notes: Vec<&Value> = history.as_array().unwrap().iter().map(|entry| &entry["note"]).collect();
    assert!(notes.contains(&&json!(ERASED)) && !history.to_string().contains(REASON), "{history}");
    assert_eq!(history.as_array().unwrap().len(), before.as_array().unwrap().len(), "what happened stays");
    let rounds = commune.read(MAU, &format!("{path}/supplements")).await;
    assert_eq!(rounds[0]["reason"], ERASED, "{rounds}");
    let log = commune.read(MAU, "/v1/me/access-log").await;
    assert!(log["items"].as_array().unwrap().iter().any(|entry| entry["purpose"] == ERASED), "{log}");
    commune.read(DESK, &path).await;
    commune.read(INSPECTOR, &path).await;
    signed(&commune).await;
    let account = verify(commune.database.reader(), &Scope::default()).await.unwrap();
    assert!(account.breaks.is_empty() && account.records >= 2, "{account:?}");
    assert!(chained(&commune).await.starts_with(&hashes), "no link was changed");
}

#[tokio::test]
async fn the_key_of_one_dossier_opens_no_other() {
    let commune = Commune::open().await;
    let (one, other) = (asked_for_papers(&commune).await, asked_for_papers(&commune).await);
    let (one, other) = (row(&commune, &one).await, row(&commune, &other).await);
    let sealer = &commune.office.sealer;

    let swapped = dossiers::Model { key_wrapped: other.key_wrapped.clone(), ..one.clone() };
    assert!(reading::applicant(sealer, &swapped).is_err());
    let moved = dossiers::Model { applicant_sealed: other.applicant_sealed, ..one };

    assert!(reading::applicant(sealer, &moved).is_err());
}

/// Handed in and asked for papers, with words that name somebody.
async fn asked_for_papers(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let asked = json!({"reason": REASON, "components": ["CC-01"]});
    commune.done(DESK, &dossier, "supplement-request", asked).await
}

/// A look of the desk for a purpose, as one at a document of the dossier is noted.
async fn purposeful(commune: &Commune, id: Uuid) {
    let sealer = &commune.office.sealer;
    let row = dossiers::Entity::find_by_id(id).one(commune.database.reader()).await.unwrap().unwrap();
    let happening = Happening {
        kind: Kind::Read,
        what: "GET /v1/dossiers/{id}/documents/{document}",
        thing: None,
        about: About::dossier(&row, sealer),
        purpose: Some("Đối chiếu nhân thân của Nguyễn Thị Mẫu"),
        change: (None, None),
        record: None,
        trace: None,
        at: commune.clock.now(),
    };
    let noted = entry(sealer, &Actor::office(), happening).unwrap();
    let keys =
        chronicle_reading::keys_of(commune.database.reader(), std::slice::from_ref(&noted)).await.unwrap();
    let read = chronicle_reading::purpose(sealer, &keys, &noted).unwrap();
    assert_eq!(read.as_deref(), Some("Đối chiếu nhân thân của Nguyễn Thị Mẫu"));
    noted.into_active_model().insert(commune.database.writer()).await.unwrap();
}

/// Hashes of all links so far, in the order of the chain of the commune.
async fn chained(commune: &Commune) -> Vec<String> {
    use entities::tables::chronicle_links::{Column, Entity};
    use sea_orm::QueryOrder;
    let links = Entity::find().filter(Column::Chain.eq(commune.unit.to_string())).order_by_asc(Column::Seq);
    links.all(commune.database.reader()).await.unwrap().into_iter().map(|link| link.hash).collect()
}

async fn row(commune: &Commune, dossier: &Value) -> dossiers::Model {
    dossiers::Entity::find_by_id(key_of(dossier)).one(commune.database.reader()).await.unwrap().unwrap()
}

fn key_of(dossier: &Value) -> Uuid {
    text(dossier, "id").parse().unwrap()
}
