//! The ring of data keys: made once, kept wrapped in `data_keys`, read whole by every process.

use super::envelope::Cipher;
use super::masters::{Master, Masters, named};
use crate::database::Database;
use crate::error::Error;
use crate::tables::data_keys::{Column, Entity, Model};
use crate::tables::{chronicle, digitisations, documents, dossiers, drafts, notices, portal_messages};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder};
use std::collections::BTreeMap;

/// What a data key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Sealed columns, and the keys of dossiers.
    Values,
    /// The bytes of files.
    Files,
    /// Blind indices and look-up secrets; there is one and it does not turn.
    Index,
}

impl Purpose {
    /// Its key in the table.
    pub fn key(self) -> &'static str {
        match self {
            Self::Values => "values",
            Self::Files => "files",
            Self::Index => "index",
        }
    }
}

/// The keys at hand, as they were read.
pub struct Ring {
    openers: BTreeMap<String, Cipher>,
    values: String,
    files: String,
    index: [u8; 32],
}

impl std::fmt::Debug for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ring({} keys)", self.openers.len())
    }
}

impl Ring {
    /// Without a database: the keys that follow from a master alone, as they were before there was a ring.
    pub fn derived(master: &Master) -> Self {
        let id = named(&master.sealing);
        let openers = BTreeMap::from([(id.clone(), Cipher::new(master.sealing))]);
        Self { openers, values: id.clone(), files: id, index: master.index }
    }

    /// The key that seals texts now, with its id.
    pub fn values(&self) -> Result<(&str, &Cipher), Error> {
        Ok((&self.values, self.opener(&self.values)?))
    }

    /// The key that seals files now, with its id.
    pub fn files(&self) -> Result<(&str, &Cipher), Error> {
        Ok((&self.files, self.opener(&self.files)?))
    }

    /// The key of this id. Fails with [`Error::KeyUnknown`] when it is not at hand.
    pub fn opener(&self, id: &str) -> Result<&Cipher, Error> {
        self.openers.get(id).ok_or_else(|| Error::KeyUnknown(id.chars().take(16).collect()))
    }

    /// The key of the blind indices.
    pub fn index(&self) -> &[u8; 32] {
        &self.index
    }
}

/// Reads the ring as it is to be used at `at`; makes its first keys when there are none. Fails when a key is wrapped by
/// a master that is not at hand, and where texts of before there was a ring may be another master's.
pub async fn read_or_make(db: &Database, masters: &Masters, at: DateTime<Utc>) -> Result<Ring, Error> {
    let rows = rows(db.reader()).await?;
    if !rows.is_empty() {
        return open(&rows, masters, at);
    }
    let fresh = is_fresh(db.reader()).await?;
    if !fresh && masters.all().count() > 1 {
        return Err(Error::Sealed(
            "the first data keys are made from the master that sealed until now; start once with that one alone",
        ));
    }
    let first = first(masters, fresh, at)?;
    let written = Entity::insert_many(first.into_iter().map(IntoActiveModel::into_active_model));
    match written.exec_without_returning(db.writer()).await.map_err(Error::from) {
        Err(error) if !error.is_duplicate() => return Err(error),
        // Another process was first, and its keys are everybody's.
        _ => {}
    }
    read(db, masters, at).await
}

/// Reads the ring as it is to be used at `at`.
pub async fn read(db: &Database, masters: &Masters, at: DateTime<Utc>) -> Result<Ring, Error> {
    open(&rows(db.reader()).await?, masters, at)
}

/// All keys, still wrapped, in their order.
pub async fn rows<C: ConnectionTrait>(db: &C) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().order_by_asc(Column::Purpose).order_by_asc(Column::Number).all(db).await?)
}

fn open(rows: &[Model], masters: &Masters, at: DateTime<Utc>) -> Result<Ring, Error> {
    // A text that was sealed beside the ring, with the key derived from a master, opens as long as that master is set.
    let derived = masters.all().map(|master| (named(&master.sealing), Cipher::new(master.sealing)));
    let mut openers: BTreeMap<String, Cipher> = derived.collect();
    let mut index = None;
    for row in rows {
        let key = unwrapped(row, masters)?;
        if row.purpose == Purpose::Index.key() {
            index = Some(key);
        } else {
            openers.insert(row.id.clone(), Cipher::new(key));
        }
    }
    Ok(Ring {
        openers,
        values: sealing(rows, Purpose::Values, at)?,
        files: sealing(rows, Purpose::Files, at)?,
        index: index.ok_or(Error::Sealed("the ring has no index key"))?,
    })
}

/// The newest key of a purpose that seals already; before that the first one.
fn sealing(rows: &[Model], purpose: Purpose, at: DateTime<Utc>) -> Result<String, Error> {
    let mut all = rows.iter().filter(|row| row.purpose == purpose.key() && row.number > 0);
    let first = all.clone().next();
    let found = all.rfind(|row| row.seals_from <= at).or(first);
    Ok(found.ok_or(Error::Sealed("the ring lacks a key"))?.id.clone())
}

/// The key of a row. Fails when its master is not at hand.
pub(super) fn unwrapped(row: &Model, masters: &Masters) -> Result<[u8; 32], Error> {
    let master = masters.of(&row.master).ok_or(Error::Sealed(
        "a data key is wrapped by a master that is not at hand; name it among the former ones",
    ))?;
    master.unwrap(&place(&row.purpose, &row.id), &row.wrapped)
}

/// A row of the ring that holds `key`, wrapped by the master in use.
pub(super) fn wrapped(
    masters: &Masters,
    (purpose, number): (Purpose, i32),
    key: &[u8; 32],
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let id = named(key);
    Ok(Model {
        wrapped: masters.now.wrap(&place(purpose.key(), &id), key)?,
        id,
        purpose: purpose.key().into(),
        number,
        master: masters.now.id.clone(),
        created_at: at,
        seals_from: at,
        retired_at: None,
    })
}

/// The place a data key is wrapped for.
pub(super) fn place(purpose: &str, id: &str) -> String {
    format!("data_key:{purpose}:{id}")
}

/// The first keys. Where texts were sealed before there was a ring, the keys derived from the master come into it, so
/// that they open and are found after the master has turned; a fresh office knows no key that follows from a master.
fn first(masters: &Masters, fresh: bool, at: DateTime<Utc>) -> Result<Vec<Model>, Error> {
    let master = &masters.now;
    let index = if fresh { rand::random() } else { master.index };
    let mut rows = vec![
        wrapped(masters, (Purpose::Index, 1), &index, at)?,
        wrapped(masters, (Purpose::Values, 1), &rand::random(), at)?,
        wrapped(masters, (Purpose::Files, 1), &rand::random(), at)?,
    ];
    if !fresh {
        let old = wrapped(masters, (Purpose::Values, 0), &master.sealing, at)?;
        rows.push(Model { retired_at: Some(at), ..old });
    }
    Ok(rows)
}

/// Nothing personal was ever sealed or indexed here: each way in leaves a row in one of these.
async fn is_fresh<C: ConnectionTrait>(db: &C) -> Result<bool, Error> {
    let empty = dossiers::Entity::find().one(db).await?.is_none()
        && drafts::Entity::find().one(db).await?.is_none()
        && notices::Entity::find().one(db).await?.is_none()
        && documents::Entity::find().one(db).await?.is_none()
        && digitisations::Entity::find().one(db).await?.is_none();
    Ok(empty
        && portal_messages::Entity::find().one(db).await?.is_none()
        && chronicle::Entity::find().one(db).await?.is_none())
}
