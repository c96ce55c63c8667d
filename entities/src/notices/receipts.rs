//! What providers say afterwards: it arrived, or it did not. Anything that does not fit changes nothing.

use super::state::NoticeState;
use super::telling::job;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::notices::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::jobs::Queue;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

/// A receipt of a provider, authenticated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The provider's own number of the notice.
    pub party_ref: Option<String>,
    /// Our number, where the provider repeats it.
    pub key: Option<Uuid>,
    /// None when it arrived; else why not, in the provider's words or code.
    pub undelivered: Option<String>,
}

/// What a receipt did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It says something new.
    Changed,
    /// It was said before, or comes too late to change anything.
    Nothing,
    /// No notice is known by its numbers; it may come before our own note of the hand-over.
    Unknown,
}

/// Takes a receipt of a connector. What did not arrive is told through the next channel.
pub async fn take(
    tx: &DatabaseTransaction,
    party: &str,
    news: &News,
    at: DateTime<Utc>,
) -> Result<Effect, Error> {
    let Some(row) = meant(tx, party, news).await? else {
        return Ok(Effect::Unknown);
    };
    let (state, delivered_at) = match &news.undelivered {
        None => (NoticeState::Delivered, Some(at)),
        Some(_) => (NoticeState::Undelivered, None),
    };
    let done = Entity::update_many()
        .col_expr(Column::State, Expr::value(state.key()))
        .col_expr(Column::DeliveredAt, Expr::value(delivered_at))
        .col_expr(Column::Reason, Expr::value(news.undelivered.as_deref().map(shortened)))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(NoticeState::Handed.key()))
        .exec(tx)
        .await?;
    if done.rows_affected == 1 && news.undelivered.is_some() {
        pass_on(tx, &row, at).await?;
    }
    Ok(if done.rows_affected == 1 { Effect::Changed } else { Effect::Nothing })
}

/// The queue to ring after a commit.
pub const QUEUE: Queue = Queue::Quick;

async fn meant<C: ConnectionTrait>(db: &C, party: &str, news: &News) -> Result<Option<Model>, Error> {
    let of_party = Entity::find().filter(Column::Party.eq(party));
    let query = match (&news.party_ref, news.key) {
        (Some(party_ref), _) => of_party.filter(Column::PartyRef.eq(party_ref)),
        (None, Some(key)) => of_party.filter(Column::Id.eq(key)),
        (None, None) => return Ok(None),
    };
    Ok(query.one(db).await?)
}

async fn pass_on(tx: &DatabaseTransaction, row: &Model, at: DateTime<Utc>) -> Result<(), Error> {
    let next = NewJob {
        cause: Some(format!("dossier:{}#{}", row.dossier_id, row.entry)),
        unique_key: Some(format!("notice:{}:undelivered", row.id)),
        ..NewJob::new(job(row), at)
    };
    if let Some(rows) = jobs::insert(vec![next], at)? {
        tx.execute(&rows).await?;
    }
    Ok(())
}

fn shortened(reason: &str) -> String {
    reason.chars().filter(|c| !c.is_control()).take(300).collect()
}
