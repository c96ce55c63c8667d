//! Sessions that ended at their issuer: their tokens are refused here, in every process (OIDC Back-Channel Logout 1.0).

use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};
use std::collections::HashMap;

/// The table.
pub mod row {
    use sea_orm::entity::prelude::*;

    /// What one logout token ended.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ended_sessions")]
    pub struct Model {
        /// SHA-256 of the logout token's issuer and `jti`, hex.
        #[sea_orm(primary_key, auto_increment = false)]
        pub token: String,
        /// SHA-256 of what ended, hex: a session, or everything of a person.
        #[sea_orm(primary_key, auto_increment = false)]
        pub party: String,
        /// When, by the issuer's clock.
        pub ended_at: DateTimeUtc,
        /// Until when a token of it could still be good.
        pub kept_until: DateTimeUtc,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What a logout token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// SHA-256 of its issuer and `jti`, hex; it is taken once.
    pub token: String,
    /// What ended, each as a SHA-256 in hex.
    pub parties: Vec<String>,
    /// When, by the issuer's clock.
    pub ended_at: DateTime<Utc>,
    /// Until when a token of it could still be good.
    pub kept_until: DateTime<Utc>,
}

/// Writes an ending down; an error that `is_duplicate` when the same logout token was taken before.
pub async fn end(db: &impl ConnectionTrait, ending: &Ending) -> Result<(), Error> {
    let rows = ending.parties.iter().map(|party| row::ActiveModel {
        token: Set(ending.token.clone()),
        party: Set(party.clone()),
        ended_at: Set(ending.ended_at),
        kept_until: Set(ending.kept_until),
    });
    row::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// When each of `parties` ended last; those that did not are left out.
pub async fn ended(
    db: &impl ConnectionTrait,
    parties: &[String],
) -> Result<HashMap<String, DateTime<Utc>>, Error> {
    use row::Column;
    let ended: Vec<(String, DateTime<Utc>)> = row::Entity::find()
        .select_only()
        .columns([Column::Party, Column::EndedAt])
        .filter(Column::Party.is_in(parties))
        .order_by_asc(Column::EndedAt)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ended.into_iter().collect())
}

/// Forgets endings whose tokens have all expired by `at`, at most `limit` of them. Tells how many.
pub async fn forget(db: &impl ConnectionTrait, at: DateTime<Utc>, limit: u64) -> Result<u64, Error> {
    use row::Column;
    let old = row::Entity::find().filter(Column::KeptUntil.lt(at)).limit(limit).all(db).await?;
    let tokens = old.into_iter().map(|row| row.token);
    let gone =
        row::Entity::delete_many().filter(Column::Token.is_in(tokens)).filter(Column::KeptUntil.lt(at));
    Ok(gone.exec(db).await?.rows_affected)
}
