//! Payments of a dossier: opened once, settled once, whoever brings the news; or taken at the desk.

pub mod accounts;
pub mod bill;
mod booking;
pub mod claiming;
pub mod collecting;
pub mod desk;
pub mod enquiring;
pub mod evidence;
mod heeding;
mod messages;
mod misfits;
mod opening;
pub mod payer;
mod settling;
pub(crate) mod shares;
pub mod takings;
pub mod transfer;
mod vouchers;
pub mod ways;
pub mod words;

pub use messages::{forget, note, note_stranger};
pub use opening::Opening;

use crate::error::Error;
use crate::tables::payments::{ActiveModel, Column, Entity, Model};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

/// News of a payment that a connector has verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News<'a> {
    /// Our reference.
    pub reference: &'a str,
    /// Connector key.
    pub platform: &'a str,
    /// Amount in đồng.
    pub amount: i64,
    /// Id given by the platform.
    pub transaction_id: &'a str,
    /// The money has moved.
    pub paid: bool,
    /// Its signature covers all this; otherwise the platform is asked before it is believed.
    pub proven: bool,
    /// The message as it came in.
    pub raw: &'a str,
}

/// What became of the news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The fee is paid now.
    Settled,
    /// The same news was heard before.
    Repeated,
    /// The platform says the payment failed.
    Failed,
    /// No payment of ours has this reference: never answered as good.
    Unknown,
    /// The amount is not the one asked for.
    WrongAmount,
    /// Money came in that is not owed: it waits to be paid back.
    RefundDue,
    /// The transaction has been booked on another dossier: a person has to ask the platform.
    ForeignTransaction,
    /// The signature covers too little: the platform is asked how the payment stands.
    Asked,
}

impl Verdict {
    /// Key kept with the message.
    pub fn key(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Repeated => "repeated",
            Self::Failed => "failed",
            Self::Unknown => "unknown_reference",
            Self::WrongAmount => "wrong_amount",
            Self::RefundDue => "refund_due",
            Self::ForeignTransaction => "foreign_transaction",
            Self::Asked => "asked",
        }
    }

    /// The platform may stop telling us.
    pub fn is_taken(self) -> bool {
        !matches!(self, Self::Unknown | Self::WrongAmount | Self::ForeignTransaction)
    }
}

/// Where the payer pays, as the platform gave it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Address of its page.
    pub pay_url: Option<String>,
    /// What a square code to be scanned holds.
    pub qr_content: Option<String>,
}

/// The page where the payer pays, or the trouble there was. The payer's address has done its work and is forgotten.
pub async fn opened<C: ConnectionTrait>(tx: &C, id: Uuid, page: Result<Page, &str>) -> Result<(), Error> {
    // News may settle it at this moment: what was read without the lock may be over.
    let payment = Entity::find_by_id(id).lock_exclusive().one(tx).await?.ok_or(Error::NotFound("payment"))?;
    if payment.state != "opening" {
        return Ok(());
    }
    let mut row: ActiveModel = payment.into_active_model();
    row.client_ip = Set(None);
    match page {
        Ok(page) => {
            row.state = Set("pending".into());
            row.pay_url = Set(page.pay_url);
            row.qr_content = Set(page.qr_content);
        }
        Err(trouble) => {
            row.state = Set("failed".into());
            row.trouble = Set(Some(trouble.into()));
        }
    }
    row.update(tx).await?;
    Ok(())
}

/// Attempts whose time is over become `expired`; gives how many. News of them is still heard.
pub async fn expire<C: ConnectionTrait>(tx: &C, at: DateTime<Utc>) -> Result<u64, Error> {
    let ended = Entity::update_many()
        .col_expr(Column::State, Expr::value("expired"))
        .col_expr(Column::ClientIp, Expr::value(None::<String>))
        .filter(Column::State.is_in(["opening", "pending"]))
        .filter(Column::ExpiresAt.lte(at));
    Ok(ended.exec(tx).await?.rows_affected)
}

/// A payment by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("payment"))
}

/// States of an attempt that has ended and may still bring money though nothing was heard; a first card may be refused.
const ENDED: [&str; 3] = ["expired", "cancelled", "failed"];

/// Days for which the office asks about a payment.
const ASKED: TimeDelta = TimeDelta::days(3);

/// Most payments asked about at once, those that wait and those that have ended.
const MOST: u64 = 1_000;

/// Payments at platforms without news for half an hour and not older than three days: those that wait before those that
/// have ended, each oldest first (wire.md §2.1.4); none at the platforms `deaf`, which answer no question.
pub async fn silent<C: ConnectionTrait>(
    db: &C,
    deaf: &[String],
    at: DateTime<Utc>,
) -> Result<Vec<Model>, Error> {
    let mut silent = Vec::new();
    for states in [["pending"].as_slice(), ENDED.as_slice()] {
        let rows = Entity::find()
            .filter(Column::State.is_in(states.iter().copied()))
            .filter(Condition::any().add(Column::State.ne("failed")).add(Column::Trouble.is_null()))
            .filter(Column::Platform.is_not_in(deaf))
            .filter(Column::OpenedAt.lt(at - TimeDelta::minutes(30)))
            .filter(Column::OpenedAt.gt(at - ASKED))
            .order_by_asc(Column::OpenedAt)
            .limit(MOST);
        silent.extend(rows.all(db).await?);
    }
    Ok(silent)
}

/// A later sweep asks about this payment too.
pub fn is_swept(payment: &Model, at: DateTime<Utc>) -> bool {
    let state = payment.state.as_str();
    let opened = state != "failed" || payment.trouble.is_none();
    opened && (state == "pending" || ENDED.contains(&state)) && payment.opened_at > at - ASKED
}
