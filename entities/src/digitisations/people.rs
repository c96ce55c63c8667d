//! What people do to an item: scan it, drop it with a reason, try again, stop the machine. Each leaves an event.

use super::moving::{change, stuck};
use super::next_job::first_look;
use super::{Item, reading};
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs;
use crate::sealing::Sealer;
use crate::tables::{
    digitisation_events, digitisation_stages, digitisations, digitised_fields, digitised_pages, papers,
};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use digitisations::Column;
use rules::actor::Actor;
use rules::papers::{ItemState, Stage, WaitsFor};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QueryTrait,
};
use uuid::Uuid;

/// Who does it, when, and what seals their words.
#[derive(Debug, Clone, Copy)]
pub struct Hand<'a> {
    /// Who.
    pub by: &'a Actor,
    /// When.
    pub at: DateTime<Utc>,
    /// Seals reasons.
    pub sealer: &'a Sealer,
}

impl<'a> Hand<'a> {
    /// The person at a door.
    pub fn of(door: &Door<'a>) -> Self {
        Self { by: door.by, at: door.at, sealer: door.sealer }
    }
}

/// Takes a scan for an open item: whatever an earlier file gave is set aside, and the way begins at the inspection.
pub async fn scanned(
    tx: &DatabaseTransaction,
    item: &Item,
    file: Uuid,
    hand: &Hand<'_>,
) -> Result<(), Error> {
    forget_findings(tx, item.id).await?;
    let none = || Expr::value(Option::<String>::None);
    let row = change(item.id, hand.at).col_expr(Column::FileId, Expr::value(file));
    let row = row.col_expr(Column::Stage, Expr::value(Stage::Inspect.key()));
    let row = row.col_expr(Column::State, Expr::value(ItemState::Waiting.key()));
    let row = row.col_expr(Column::WaitsFor, Expr::value(WaitsFor::Inspection.key()));
    let row = row.col_expr(Column::Trouble, none()).col_expr(Column::Attempts, Expr::value(0));
    let row = row.col_expr(Column::Pages, Expr::value(Option::<i32>::None));
    let row = row.col_expr(Column::PagesDone, Expr::value(0));
    let row = row.col_expr(Column::CancelledAt, Expr::value(Option::<DateTime<Utc>>::None));
    let row = row.col_expr(Column::ScannedBy, Expr::value(hand.by.subject.as_str()));
    row.col_expr(Column::ScannedName, Expr::value(hand.by.name.as_str())).exec(tx).await?;
    note(tx, item.id, "scanned", None, hand).await?;
    attach(tx, item, file).await?;
    let item = reading::find(tx, item.id).await?;
    if let Some(rows) = jobs::insert(first_look(tx, &item, hand.at).await?.into_iter().collect(), hand.at)? {
        tx.execute(&rows).await?;
    }
    Ok(())
}

/// The paper of the dossier is in this file now; what the person themself handed in stays as it was.
async fn attach(tx: &DatabaseTransaction, item: &Item, file: Uuid) -> Result<(), Error> {
    let Some(paper) = item.paper_id else { return Ok(()) };
    let rows = papers::Entity::update_many().filter(papers::Column::Id.eq(paper));
    let mut free = Condition::any().add(papers::Column::FileId.is_null());
    if item.scanned_by.is_some() {
        free = free.add(papers::Column::FileId.eq(item.file_id));
    }
    rows.filter(free).col_expr(papers::Column::FileId, Expr::value(file)).exec(tx).await?;
    Ok(())
}

/// Stops the machine at an open item, which then waits for an operator.
pub async fn stopped(tx: &DatabaseTransaction, item: Uuid, hand: &Hand<'_>) -> Result<(), Error> {
    stuck(tx, item, STOPPED, hand.at).await?;
    change(item, hand.at).col_expr(Column::CancelledAt, Expr::value(hand.at)).exec(tx).await?;
    note(tx, item, "stopped", None, hand).await
}

/// What an officer reads of an item at which the machine was stopped.
const STOPPED: &str = "Cán bộ đã dừng máy. / An officer has stopped the machine.";

/// Takes the stop of the machine back.
pub(super) async fn resume(tx: &DatabaseTransaction, item: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    let none = Expr::value(Option::<DateTime<Utc>>::None);
    change(item, at).col_expr(Column::CancelledAt, none).exec(tx).await?;
    Ok(())
}

async fn forget_findings(tx: &DatabaseTransaction, item: Uuid) -> Result<(), Error> {
    use {digitisation_stages as s, digitised_fields as f, digitised_pages as p};
    s::Entity::delete_many().filter(s::Column::DigitisationId.eq(item)).exec(tx).await?;
    f::Entity::delete_many().filter(f::Column::DigitisationId.eq(item)).exec(tx).await?;
    p::Entity::delete_many().filter(p::Column::DigitisationId.eq(item)).exec(tx).await?;
    Ok(())
}

/// Ends an open item without a document, for a reason in words.
pub async fn dropped(
    tx: &DatabaseTransaction,
    item: &Item,
    reason: &str,
    hand: &Hand<'_>,
) -> Result<(), Error> {
    let mut batch = Batch::default();
    drop_in(&mut batch, item, reason, hand)?;
    batch.write(tx).await
}

/// The same, as part of a batch.
pub(super) fn drop_in(batch: &mut Batch, item: &Item, reason: &str, hand: &Hand<'_>) -> Result<(), Error> {
    let row = change(item.id, hand.at).col_expr(Column::State, Expr::value(ItemState::Dropped.key()));
    let row = row.col_expr(Column::WaitsFor, Expr::value(Option::<String>::None));
    batch.update(row.col_expr(Column::EndedAt, Expr::value(hand.at)).into_query());
    batch.insert(event(item.id, "dropped", Some(reason), hand)?);
    Ok(())
}

/// Writes down what somebody did to an item.
pub async fn note(
    tx: &DatabaseTransaction,
    item: Uuid,
    kind: &str,
    words: Option<&str>,
    hand: &Hand<'_>,
) -> Result<(), Error> {
    let row = event(item, kind, words, hand)?;
    digitisation_events::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

fn event(
    item: Uuid,
    kind: &str,
    words: Option<&str>,
    hand: &Hand<'_>,
) -> Result<digitisation_events::Model, Error> {
    let id = Uuid::now_v7();
    Ok(digitisation_events::Model {
        id,
        digitisation_id: item,
        kind: kind.into(),
        by_subject: hand.by.subject.clone(),
        by_name: hand.by.name.clone(),
        words_sealed: words.map(|words| hand.sealer.seal(&words_of(id), words)).transpose()?,
        at: hand.at,
    })
}

/// What people did to an item, in order, each with its words opened.
pub async fn events<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    item: Uuid,
) -> Result<Vec<(digitisation_events::Model, Option<String>)>, Error> {
    use digitisation_events::{Column, Entity};
    let rows =
        Entity::find().filter(Column::DigitisationId.eq(item)).order_by_asc(Column::Id).all(db).await?;
    let opened = rows.into_iter().map(|row| {
        let words = row.words_sealed.as_deref().map(|sealed| sealer.open(&words_of(row.id), sealed));
        Ok((row.clone(), words.transpose()?))
    });
    opened.collect()
}

fn words_of(event: Uuid) -> String {
    format!("digitisation_event:{event}")
}
