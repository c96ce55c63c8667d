//! Uploaded files: one row per upload that came to its end, the bytes content-addressed in the file store.

use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{InsertStatement, Query};

/// The table.
pub mod row {
    use sea_orm::entity::prelude::*;

    /// One file.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "files")]
    pub struct Model {
        /// Key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// SHA-256 of the bytes, hex.
        pub sha256: String,
        /// Bytes.
        pub size: i64,
        /// Type found in the bytes.
        pub media_type: String,
        /// Name told by the uploader; shown, never trusted.
        pub name: String,
        /// Whether it may be handed out.
        pub state: super::State,
        /// Why it was refused, in words.
        pub reason: Option<String>,
        /// Subject of the uploader.
        pub owner: String,
        /// What the virus scanner said.
        pub virus_scan: super::VirusScan,
        /// Engine and age of its signatures, or the name of what it found; none where nothing was scanned.
        pub virus_engine: Option<String>,
        /// When it was complete.
        pub created_at: DateTimeUtc,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as File;

/// Whether a file may be handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum State {
    /// Waits for inspection.
    Quarantined,
    /// Inspected and let out.
    Clean,
    /// Inspected and kept back.
    Refused,
}

impl State {
    /// Key in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::Quarantined => "quarantined",
            Self::Clean => "clean",
            Self::Refused => "refused",
        }
    }
}

/// What the virus scanner said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
pub enum VirusScan {
    /// No scanner was asked.
    NotScanned,
    /// It found nothing.
    Clean,
    /// It found something.
    Infected,
}

impl VirusScan {
    /// Key in the database and on the wire.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotScanned => "not_scanned",
            Self::Clean => "clean",
            Self::Infected => "infected",
        }
    }
}

/// The insert of one file, for the batch of its transaction.
pub fn insert(file: &File) -> InsertStatement {
    use row::Column;
    let mut insert = Query::insert();
    insert
        .into_table(row::Entity)
        .columns([
            Column::Id,
            Column::Sha256,
            Column::Size,
            Column::MediaType,
            Column::Name,
            Column::State,
            Column::Reason,
            Column::Owner,
            Column::VirusScan,
            Column::VirusEngine,
            Column::CreatedAt,
        ])
        .values_panic([
            file.id.into(),
            file.sha256.as_str().into(),
            file.size.into(),
            file.media_type.as_str().into(),
            file.name.as_str().into(),
            file.state.key().into(),
            file.reason.clone().into(),
            file.owner.as_str().into(),
            file.virus_scan.key().into(),
            file.virus_engine.clone().into(),
            file.created_at.into(),
        ]);
    insert
}

/// The file of this key.
pub async fn find(db: &impl ConnectionTrait, id: Uuid) -> Result<File, Error> {
    row::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("file"))
}

/// The files of these keys, in no order; missing ones are left out.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<File>, Error> {
    Ok(row::Entity::find().filter(row::Column::Id.is_in(ids.iter().copied())).all(db).await?)
}

/// Lets a file out of quarantine, or keeps it back with a reason.
pub async fn set_state(
    db: &impl ConnectionTrait,
    id: Uuid,
    state: State,
    reason: Option<&str>,
) -> Result<(), Error> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(state.key()))
        .col_expr(row::Column::Reason, Expr::value(reason.map(str::to_owned)))
        .filter(row::Column::Id.eq(id))
        .exec(db)
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound("file")) }
}

/// Notes what the virus scanner said of a file, with its engine or the name of what it found.
pub async fn set_scan(
    db: &impl ConnectionTrait,
    id: Uuid,
    scan: VirusScan,
    engine: Option<&str>,
) -> Result<(), Error> {
    let engine = engine.map(|words| words.chars().take(200).collect::<String>());
    let updated = row::Entity::update_many()
        .col_expr(row::Column::VirusScan, Expr::value(scan.key()))
        .col_expr(row::Column::VirusEngine, Expr::value(engine))
        .filter(row::Column::Id.eq(id))
        .exec(db)
        .await?;
    if updated.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound("file")) }
}

/// Where the bytes of a SHA-256 (hex) are kept in the file store.
pub fn stored_at(sha256: &str) -> String {
    let first: String = sha256.chars().take(2).collect();
    format!("files/sha256/{first}/{sha256}")
}

/// A file complete and not yet inspected.
pub fn quarantined(name: &str, owner: &str, at: DateTime<Utc>) -> File {
    File {
        id: Uuid::now_v7(),
        sha256: String::new(),
        size: 0,
        media_type: String::new(),
        name: name.into(),
        state: State::Quarantined,
        reason: None,
        owner: owner.into(),
        virus_scan: VirusScan::NotScanned,
        virus_engine: None,
        created_at: at,
    }
}
