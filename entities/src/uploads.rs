//! Uploads under way: how much of a file has been received, part by part.

use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{InsertStatement, Query};

/// The table.
pub mod row {
    use sea_orm::entity::prelude::*;

    /// One upload.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "uploads")]
    pub struct Model {
        /// Key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// Subject of the uploader.
        pub owner: String,
        /// Name told by the uploader.
        pub name: String,
        /// Bytes it will have.
        pub size: i64,
        /// Bytes received and kept.
        pub received: i64,
        /// SHA-256 told beforehand, hex.
        pub sha256: Option<String>,
        /// The file it became, once complete.
        pub file_id: Option<Uuid>,
        /// When it was begun.
        pub created_at: DateTimeUtc,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Upload;

/// The insert of a new upload, for the batch of its transaction.
pub fn insert(upload: &Upload) -> InsertStatement {
    use row::Column;
    let mut insert = Query::insert();
    insert
        .into_table(row::Entity)
        .columns([
            Column::Id,
            Column::Owner,
            Column::Name,
            Column::Size,
            Column::Received,
            Column::Sha256,
            Column::FileId,
            Column::CreatedAt,
        ])
        .values_panic([
            upload.id.into(),
            upload.owner.as_str().into(),
            upload.name.as_str().into(),
            upload.size.into(),
            upload.received.into(),
            upload.sha256.clone().into(),
            upload.file_id.into(),
            upload.created_at.into(),
        ]);
    insert
}

/// Folder of the file store that holds the parts of all uploads.
pub const PARTS: &str = "uploads";

/// Folder of the file store that holds the parts of an upload until it is complete.
pub fn parts_at(id: Uuid) -> String {
    format!("{PARTS}/{id}")
}

/// Whether more parts may come.
pub async fn is_open(db: &impl ConnectionTrait, id: Uuid) -> Result<bool, Error> {
    let found = row::Entity::find_by_id(id).filter(row::Column::FileId.is_null()).one(db).await?;
    Ok(found.is_some())
}

/// The upload of this key, for its owner only.
pub async fn find(db: &impl ConnectionTrait, id: Uuid, owner: &str) -> Result<Upload, Error> {
    let found = row::Entity::find_by_id(id).filter(row::Column::Owner.eq(owner)).one(db).await?;
    found.ok_or(Error::NotFound("upload"))
}

/// Records that a part ended at `to`; false when another part was faster.
pub async fn advance(db: &impl ConnectionTrait, id: Uuid, from: i64, to: i64) -> Result<bool, Error> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::Received, Expr::value(to))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::Received.eq(from))
        .exec(db)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Records the file an upload became; false when it already was one.
pub async fn complete(db: &impl ConnectionTrait, id: Uuid, file: Uuid) -> Result<bool, Error> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::FileId, Expr::value(file))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::FileId.is_null())
        .exec(db)
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Forgets an upload; its parts are removed by the caller.
pub async fn forget(db: &impl ConnectionTrait, id: Uuid) -> Result<(), Error> {
    row::Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// Uploads begun before `before` that never came to their end, at most `limit`.
pub async fn abandoned(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Upload>, Error> {
    use sea_orm::QuerySelect;
    let unfinished =
        row::Entity::find().filter(row::Column::FileId.is_null()).filter(row::Column::CreatedAt.lt(before));
    Ok(unfinished.limit(limit).all(db).await?)
}
