//! Opening everything a process works with, from its settings.

use crate::settings::Settings;
use api::{Office, Parts};
use connectors::registry::{self, Kind};
use connectors::wires::Wires;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::Wake;
use entities::sealed_files::store::SealedStore;
use entities::sealing::Sealer;
use object_store::ObjectStore;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use std::sync::Arc;
use std::time::Duration;
use workers::Hands;
use workers::deeds::OfficeSettings;
use workers::lines::Keeping;

/// What API and workers share in one process.
#[derive(Clone)]
pub(crate) struct House {
    /// The memory.
    pub db: Database,
    /// The one clock.
    pub clock: Clock,
    /// Where files are kept, sealed.
    pub files: Arc<dyn ObjectStore>,
    /// Seals personal data.
    pub sealer: Sealer,
    /// The catalogue.
    pub catalogue: Catalogue,
    /// The bell between those who write jobs and those who run them.
    pub wake: Wake,
    /// The other parties, as far as they are set up.
    pub wires: Wires,
    settings: Settings,
}

impl House {
    /// Opens the database, the file store, the seals and the connectors. Fails in words.
    pub(crate) async fn open(settings: &Settings, clock: Clock) -> Result<Self, String> {
        let db = Database::connect(&settings.database).await.map_err(|e| format!("[database] {e}"))?;
        let wires = wires(settings)?;
        let sealer = crate::keys::unlock(&settings.sealing, &db, &clock).await?;
        Ok(Self {
            db,
            clock,
            files: Arc::new(SealedStore::over(file_store(&settings.files.store)?, sealer.clone())),
            sealer,
            catalogue: Catalogue::under(settings.law),
            wake: Wake::default(),
            wires,
            settings: settings.clone(),
        })
    }

    /// The office as the API sees it.
    pub(crate) fn office(&self, demo: Option<api::identity::demo::DemoIssuer>) -> Result<Office, String> {
        let redis = self.settings.redis.url.as_deref().map(redis::Client::open).transpose();
        let parts = Parts {
            db: self.db.clone(),
            clock: self.clock.clone(),
            files: Arc::clone(&self.files),
            sealer: self.sealer.clone(),
            catalogue: self.catalogue.clone(),
            wires: self.wires.clone(),
            wake: self.wake.clone(),
            metrics: crate::measures::exposition(),
            redis: redis.map_err(|e| format!("[redis] {e}"))?,
            migrations: Some(self.tables_checked()),
        };
        let link_secret = self.settings.office.link_secret.clone();
        let (payment_hours, account) = (self.settings.office.payment_hours, self.settings.office.account());
        let settings = api::ApiSettings { link_secret, payment_hours, account, ..self.settings.api.clone() };
        Office::open(settings, parts, demo).map_err(|e| e.to_string())
    }

    fn tables_checked(&self) -> api::office::Check {
        let db = self.db.clone();
        Arc::new(move || {
            let db = db.clone();
            Box::pin(async move {
                let missing = crate::commands::migrate::pending(&db).await?;
                if missing.is_empty() {
                    Ok(())
                } else {
                    Err(format!("migrations are missing: {}", missing.join(", ")))
                }
            })
        })
    }

    /// Looks after the lines to the parties in a process that runs no workers.
    pub(crate) fn keep_lines(&self) -> Keeping {
        let ledger = self.hands().ledger();
        Keeping::start(ledger, self.wires.lines.clone(), Duration::from_secs(2))
    }

    /// What the workers work with. Work for a party that is not set up waits for it.
    pub(crate) fn hands(&self) -> Hands {
        Hands {
            database: self.db.clone(),
            clock: self.clock.clone(),
            wake: self.wake.clone(),
            sealer: self.sealer.clone(),
            catalogue: self.catalogue.clone(),
            files: Arc::clone(&self.files),
            wires: self.wires.clone(),
            office: Arc::new(OfficeSettings {
                signing_key: self.settings.chronicle.signing_key.clone(),
                ..self.settings.office.clone()
            }),
            digitising: Arc::new(self.settings.digitising.clone()),
        }
    }
}

/// The kinds of parties of which the office has one each, and what it calls them.
pub(crate) const ONE_OF_EACH: [(Kind, &str); 3] =
    [(Kind::Mail, "mailer"), (Kind::Portal, "portal"), (Kind::Scanner, "virus scanner")];

/// Keys of the connectors of a kind that are set up.
pub(crate) fn set_up(settings: &Settings, kind: Kind) -> Vec<&'static str> {
    let of_kind = registry::REGISTRY.iter().filter(|entry| entry.kind == kind).map(|entry| entry.key);
    of_kind.filter(|key| settings.connectors.contains_key(*key)).collect()
}

/// Refuses in words two parties where the office has one.
pub(crate) fn none_doubled(settings: &Settings) -> Result<(), String> {
    for (kind, name) in ONE_OF_EACH {
        let keys = set_up(settings, kind);
        if keys.len() > 1 {
            return Err(format!(
                "[connectors] the office has one {name}, but {} are set up; keep one of them",
                keys.join(" and ")
            ));
        }
    }
    Ok(())
}

fn wires(settings: &Settings) -> Result<Wires, String> {
    none_doubled(settings)?;
    let mut wires = Wires::default();
    for (key, section) in &settings.connectors {
        let known = || registry::REGISTRY.iter().map(|e| e.key).collect::<Vec<_>>().join(", ");
        let entry =
            registry::find(key).ok_or_else(|| format!("[connectors.{key}] is none of: {}", known()))?;
        wires.set_up(entry, section).map_err(|e| format!("[connectors.{key}] {e}"))?;
    }
    Ok(wires)
}

/// A folder, made when missing, or a bucket, or what lies under a prefix of it; as it is, with sealed files in it.
pub(crate) fn file_store(place: &str) -> Result<Arc<dyn ObjectStore>, String> {
    if place.starts_with("s3://") {
        let bucket =
            AmazonS3Builder::from_env().with_url(place).build().map_err(|e| format!("[files] {e}"))?;
        return Ok(match prefix_of(place) {
            Some(prefix) => Arc::new(PrefixStore::new(bucket, prefix)),
            None => Arc::new(bucket),
        });
    }
    std::fs::create_dir_all(place).map_err(|e| format!("[files] {place}: {e}"))?;
    let folder = LocalFileSystem::new_with_prefix(place).map_err(|e| format!("[files] {place}: {e}"))?;
    Ok(Arc::new(folder))
}

/// What comes after the bucket in `s3://bucket/prefix`.
fn prefix_of(place: &str) -> Option<&str> {
    let (_, prefix) = place.trim_start_matches("s3://").split_once('/')?;
    Some(prefix.trim_matches('/')).filter(|prefix| !prefix.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_bucket_may_be_shared_under_a_prefix() {
        for (place, prefix) in
            [("s3://a", None), ("s3://a/", None), ("s3://a/b", Some("b")), ("s3://a/b/c/", Some("b/c"))]
        {
            assert_eq!(prefix_of(place), prefix, "{place}");
        }

        assert_eq!(
            file_store("s3://bucket/office/files").unwrap().to_string(),
            "PrefixObjectStore(office/files)"
        );
    }

    #[test]
    fn two_mailers_are_refused_and_two_kinds_are_not() {
        let with = |keys: &[&str]| {
            let connectors = keys.iter().map(|key| ((*key).to_owned(), json!({}))).collect();
            none_doubled(&Settings { connectors, ..Settings::default() })
        };

        assert_eq!(with(&["smtp", "dvcqg", "national_platform"]), Ok(()));
        let words = with(&["smtp", "folder"]).unwrap_err();
        assert!(words.contains("one mailer") && words.contains("smtp and folder"), "{words}");
    }
}
