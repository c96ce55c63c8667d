//! The chronicle: who did and saw what, that nothing of it can be changed, and who reads it.

mod access;
mod chains;
mod kept;
mod noted;

use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, text};
use entities::chronicle::Entry;
use entities::chronicle::chaining::{LATE, chain};
use entities::chronicle::checkpoints::sign_heads;
use entities::chronicle::signing::SigningKey;
use entities::tables::chronicle;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};

/// Everything that was noted, in the order of writing.
async fn entries(commune: &Commune) -> Vec<Entry> {
    let rows = chronicle::Entity::find().order_by_asc(chronicle::Column::Id);
    rows.all(commune.database.reader()).await.unwrap()
}

/// Handed in by its person, seen by the desk and by an inspector, received; gives the dossier.
pub async fn handled(commune: &Commune) -> Value {
    let dossier = commune
        .submit(MAU, commune.copies(), |a| {
            a["applicant"] = json!({"name": "Nguyễn Thị Mẫu", "id_number": "006199000001"});
        })
        .await;
    let path = format!("/v1/dossiers/{}", text(&dossier, "id"));
    commune.read(DESK, &path).await;
    commune.read(INSPECTOR, &path).await;
    commune.done(DESK, &dossier, "acceptance", json!({})).await
}

/// The chains brought up to date and signed.
pub async fn signed(commune: &Commune) {
    chain(&commune.database, LATE).await.unwrap();
    sign_heads(&commune.database, &signing_key(), commune.clock.now()).await.unwrap();
}

fn signing_key() -> SigningKey {
    SigningKey::new(&"07".repeat(32).into()).unwrap()
}
