//! The e-document store: kept once, offered instead of asked for, seen by its owner and by those who need it.

mod declaring;
mod ending;
mod filing;
mod pending;
mod seeing;
mod strangers;

use crate::support::commune::{Commune, MAU, MAU_ID, text};
use entities::documents::completing::{Completed, complete};
use entities::documents::{self, NewDocument, Origin, Owner};
use entities::files::{self, State};
use rules::actor::Actor;
use rules::procedure::ApplicantKind;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, Set};
use serde_json::{Value, json};
use uuid::Uuid;

/// Mẫu, as she stands on her identity card.
fn mau() -> Owner {
    Owner::new(ApplicantKind::Citizen, "Nguyễn Thị Mẫu", Some(MAU_ID))
}

/// Her identity card in this file.
fn card(file: Uuid) -> NewDocument {
    let data = [("personal_id".to_owned(), MAU_ID.to_owned())].into();
    NewDocument {
        number: Some(MAU_ID.into()),
        data,
        ..NewDocument::new(mau(), "CCCD", "Căn cước công dân", Origin::Component, file)
    }
}

/// A file that somebody uploaded and that was found clean; each with its own bytes.
async fn clean_file(commune: &Commune, who: &str) -> Uuid {
    let id: Uuid = commune.paper(who).await.as_str().unwrap().parse().unwrap();
    files::set_state(commune.database.writer(), id, State::Clean, None).await.unwrap();
    id
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

async fn look_at_everything(commune: &Commune) {
    for file in files::row::Entity::find().all(commune.database.reader()).await.unwrap() {
        files::set_state(commune.database.writer(), file.id, State::Clean, None).await.unwrap();
    }
}

/// What the job does that follows the hand-over.
async fn completed(commune: &Commune, dossier: Uuid) -> Completed {
    let tx = commune.database.begin().await.unwrap();
    let known = (&commune.office.catalogue, &commune.office.sealer);
    let done = complete(&tx, known, dossier, commune.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    done
}

/// Files a document on an officer's behalf.
async fn keep(commune: &Commune, new: NewDocument) -> Uuid {
    let tx = commune.database.begin().await.unwrap();
    let at = commune.clock.now();
    let kept = documents::file(&tx, &commune.office.sealer, &Actor::office(), new, at).await.unwrap();
    tx.commit().await.unwrap();
    kept
}

/// Her card in the store.
pub(crate) async fn kept_card(commune: &Commune) -> Uuid {
    let file = clean_file(commune, MAU).await;
    keep(commune, card(file)).await
}

/// The confirmation of marital status, whose one paper is the identity card.
pub(crate) fn status(commune: &Commune, paper: Value) -> Value {
    json!({
        "procedure": "1.004873", "unit": commune.unit, "channel": "online", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu", "id_number": MAU_ID, "phone": "0900000001", "email": "mau@vidu.example"},
        "form": {"full_name": "Nguyễn Thị Mẫu", "personal_id": MAU_ID, "period_from": "2020-01-01",
            "period_to": "2026-01-01", "purpose": "loan"},
        "papers": [paper], "return_method": "desk",
    })
}

fn kinds(uses: &Value) -> Vec<&str> {
    uses["items"].as_array().unwrap().iter().map(|one| text(one, "kind")).collect()
}
