//! What a platform hears that asks, before it takes the money, whether a payment is still to be made.

use super::opening::payable;
use crate::dossiers::reading;
use crate::error::Error;
use crate::tables::payments::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It may be paid.
    Open,
    /// No payment of ours has this reference.
    Unknown,
    /// The sum is not the one asked for.
    WrongAmount,
    /// It has ended: paid, failed, expired or given up.
    Ended,
    /// Nothing is due any more.
    NothingDue,
}

impl Answer {
    /// Key kept with the message and told to the platform.
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Unknown => "unknown_reference",
            Self::WrongAmount => "wrong_amount",
            Self::Ended => "ended",
            Self::NothingDue => "nothing_due",
        }
    }
}

/// Whether the payment of `reference` may be made at `at`, and its key; `amount` in đồng where the platform names one.
pub async fn answer<C: ConnectionTrait>(
    db: &C,
    (platform, reference): (&str, &str),
    amount: Option<i64>,
    at: DateTime<Utc>,
) -> Result<(Answer, Option<Uuid>), Error> {
    let found = Entity::find().filter(Column::Reference.eq(reference)).filter(Column::Platform.eq(platform));
    let Some(payment) = found.one(db).await? else {
        return Ok((Answer::Unknown, None));
    };
    let dossier = reading::by_id(db, payment.dossier_id).await?;
    let answer = if amount.is_some_and(|amount| amount != payment.amount) {
        Answer::WrongAmount
    } else if !is_open(&payment, at) {
        Answer::Ended
    } else if payable(&dossier).is_err() {
        Answer::NothingDue
    } else {
        Answer::Open
    };
    Ok((answer, Some(payment.id)))
}

/// A platform may ask before its answer about the page has reached us, so an opening one is open.
fn is_open(payment: &Model, at: DateTime<Utc>) -> bool {
    let waits = matches!(payment.state.as_str(), "opening" | "pending");
    waits && payment.expires_at.is_none_or(|until| at < until)
}
