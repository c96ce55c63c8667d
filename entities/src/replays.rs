//! Answers kept for repeated requests, written in the transaction of the effect they tell of.

use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{InsertStatement, Query};
use std::collections::BTreeMap;

/// The table.
pub mod row {
    use sea_orm::entity::prelude::*;

    /// One kept answer.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "replays")]
    pub struct Model {
        /// Subject of the actor.
        #[sea_orm(primary_key, auto_increment = false)]
        pub actor: String,
        /// Key chosen by the client.
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        /// SHA-256 of the request, hex.
        pub fingerprint: String,
        /// HTTP status.
        pub status: i16,
        /// Headers as a JSON object.
        pub headers: String,
        /// Body.
        pub body: String,
        /// When the effect happened.
        pub created_at: DateTimeUtc,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// An answer to be said again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// SHA-256 of the request it answered, hex.
    pub fingerprint: String,
    /// HTTP status.
    pub status: u16,
    /// Headers by name.
    pub headers: BTreeMap<String, String>,
    /// Body; empty for none.
    pub body: String,
}

/// The insert that claims `key` for `actor`; a second one breaks the primary key.
pub fn insert(actor: &str, key: &str, at: DateTime<Utc>, replay: &Replay) -> InsertStatement {
    use row::Column;
    let headers: serde_json::Map<String, serde_json::Value> =
        replay.headers.iter().map(|(k, v)| (k.clone(), v.clone().into())).collect();
    let mut insert = Query::insert();
    insert
        .into_table(row::Entity)
        .columns([
            Column::Actor,
            Column::Key,
            Column::Fingerprint,
            Column::Status,
            Column::Headers,
            Column::Body,
            Column::CreatedAt,
        ])
        .values_panic([
            actor.into(),
            key.into(),
            replay.fingerprint.as_str().into(),
            i16::try_from(replay.status).unwrap_or(200).into(),
            serde_json::Value::Object(headers).to_string().into(),
            replay.body.as_str().into(),
            at.into(),
        ]);
    insert
}

/// The answer kept for `key` of `actor`.
pub async fn find(db: &impl ConnectionTrait, actor: &str, key: &str) -> Result<Option<Replay>, Error> {
    let found = row::Entity::find_by_id((actor.to_owned(), key.to_owned())).one(db).await?;
    found.map(read).transpose()
}

/// Forgets answers kept before `before`; gives how many.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, Error> {
    let deleted = row::Entity::delete_many().filter(row::Column::CreatedAt.lt(before)).exec(db).await?;
    Ok(deleted.rows_affected)
}

fn read(row: row::Model) -> Result<Replay, Error> {
    Ok(Replay {
        fingerprint: row.fingerprint,
        status: u16::try_from(row.status).map_err(|e| Error::damaged("replays.status", e))?,
        headers: serde_json::from_str(&row.headers).map_err(|e| Error::damaged("replays.headers", e))?,
        body: row.body,
    })
}
