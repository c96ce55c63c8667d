//! Every file that is written down is in the store, byte for byte, and nothing else is.

use entities::files;
use entities::forms::reading as forms_reading;
use entities::tables::{digitised_pages, documents, forms};
use entities::uploads;
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use sea_orm::{ConnectionTrait, EntityTrait};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub const KEPT: &str = "every file that is written down is in the store as it was handed in";
pub const WRITTEN_DOWN: &str = "every stored file is written down";

/// Files whose bytes are missing or others.
pub async fn missing(db: &impl ConnectionTrait, store: &dyn ObjectStore) -> Vec<String> {
    let mut found = Vec::new();
    for (place, sha256) in written_down(db).await {
        let kept = match store.get(&Path::from(place.as_str())).await {
            Ok(got) => got.bytes().await.is_ok_and(|bytes| hex::encode(Sha256::digest(&bytes)) == sha256),
            Err(_) => false,
        };
        if !kept {
            found.push(format!("{KEPT}: {place}"));
        }
    }
    found
}

/// Stored things of which no row tells.
pub async fn strays(db: &impl ConnectionTrait, store: &dyn ObjectStore) -> Vec<String> {
    let known = written_down(db).await;
    let open = uploads::row::Entity::find().all(db).await.unwrap();
    let open: Vec<String> =
        open.iter().filter(|u| u.file_id.is_none()).map(|u| uploads::parts_at(u.id)).collect();
    let stored: Vec<_> = store.list(None).try_collect().await.unwrap();
    let places = stored.into_iter().map(|meta| meta.location.to_string());
    let stray =
        |place: &String| !known.contains_key(place) && !open.iter().any(|parts| place.starts_with(parts));
    places.filter(stray).map(|place| format!("{WRITTEN_DOWN}: {place}")).collect()
}

/// Where the store must hold something, and its SHA-256.
async fn written_down(db: &impl ConnectionTrait) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for file in files::row::Entity::find().all(db).await.unwrap() {
        known.insert(files::stored_at(&file.sha256), file.sha256);
    }
    for page in digitised_pages::Entity::find().all(db).await.unwrap() {
        known.insert(files::stored_at(&page.picture_sha256), page.picture_sha256);
    }
    let documents = documents::Entity::find().all(db).await.unwrap();
    for sha256 in documents.into_iter().filter_map(|document| document.rendition_sha256) {
        known.insert(files::stored_at(&sha256), sha256);
    }
    for sha256 in forms::Entity::find().all(db).await.unwrap().into_iter().filter_map(|f| f.sha256) {
        known.insert(forms_reading::stored_at(&sha256), sha256);
    }
    known
}
