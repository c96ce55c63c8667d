//! What platforms tell, kept with the verdict on it; of callers that are not believed only so much.

use crate::error::Error;
use crate::tables::payment_messages::{Column, Entity, Model};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

/// Characters kept of a message.
const KEPT: usize = 20_000;

/// Characters kept of a message that is not believed.
const KEPT_OF_A_STRANGER: usize = 4_096;

/// Messages of strangers kept in an hour; more of them tell nothing new.
const STRANGERS_AN_HOUR: u64 = 1_000;

/// Verdict on signed news of a reference that is not ours: somebody's money, so never a stranger's message.
const SIGNED: &str = "unknown_reference";

/// Keeps a message of a platform with the verdict on it.
pub async fn note<C: ConnectionTrait>(
    db: &C,
    payment: Option<Uuid>,
    of: (&str, &str),
    raw: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    keep(db, payment, of, (raw, KEPT), at).await
}

/// Keeps the beginning of a message that is not believed, unless a thousand of them came within the hour.
pub async fn note_stranger<C: ConnectionTrait>(
    db: &C,
    of: (&str, &str),
    raw: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let newest = strangers().order_by_desc(Column::At).offset(STRANGERS_AN_HOUR - 1).limit(1);
    if newest.one(db).await?.is_some_and(|row| row.at > at - TimeDelta::hours(1)) {
        return Ok(());
    }
    keep(db, None, of, (raw, KEPT_OF_A_STRANGER), at).await
}

/// Forgets what strangers sent before `before`, at most `limit` of it. Tells how many.
pub async fn forget<C: ConnectionTrait>(db: &C, before: DateTime<Utc>, limit: u64) -> Result<u64, Error> {
    let old = strangers().filter(Column::At.lt(before)).order_by_asc(Column::At).limit(limit);
    let ids: Vec<Uuid> = old.all(db).await?.iter().map(|row| row.id).collect();
    Ok(Entity::delete_many().filter(Column::Id.is_in(ids)).exec(db).await?.rows_affected)
}

fn strangers() -> Select<Entity> {
    let nobodys = Condition::all().add(Column::PaymentId.is_null()).add(Column::Verdict.ne(SIGNED));
    Entity::find().filter(nobodys)
}

async fn keep<C: ConnectionTrait>(
    db: &C,
    payment: Option<Uuid>,
    (platform, verdict): (&str, &str),
    (raw, most): (&str, usize),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = Model {
        id: Uuid::now_v7(),
        payment_id: payment,
        platform: platform.into(),
        verdict: verdict.into(),
        // No database keeps a null character in text.
        body: raw.chars().filter(|c| *c != '\0').take(most).collect(),
        at,
    };
    Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}
