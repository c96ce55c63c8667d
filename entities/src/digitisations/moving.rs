//! What the stages of the pipeline do to an item: begun, done, waiting, stuck, filed.

use super::{Item, reading};
use crate::error::Error;
use crate::tables::{digitisation_stages, digitisations, documents};
use chrono::{DateTime, Utc};
use digitisations::{Column, Entity};
use rules::papers::{ItemState, Stage, WaitsFor};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, UpdateMany};
use uuid::Uuid;

/// What a deed finds when it takes up a stage of an item.
#[derive(Debug)]
pub enum Begun {
    /// It is to be done; the item says `working` now and one attempt more.
    Go(Box<Item>),
    /// It was done by an earlier attempt: here is what it found.
    Before(Box<Item>, Box<digitisation_stages::Model>),
    /// Nothing is to be done: the item is over, was stopped, or stands at another stage.
    Leave,
}

/// What a stage found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The stage.
    pub stage: Stage,
    /// The reason in the report says why nothing was done.
    pub skipped: bool,
    /// What was found; never personal data.
    pub report: serde_json::Value,
    /// What was found and names people, as sealed JSON.
    pub report_sealed: Option<String>,
    /// Bytes that came out, in the file store.
    pub output_sha256: Option<String>,
    /// Who did it, with its version.
    pub engine: String,
    /// Milliseconds it took.
    pub millis: i64,
}

/// Takes up a stage of an item: counts the attempt, unless it is done, stopped or over.
///
/// Commit before the work begins. Fails as not found for no such item.
pub async fn begin_stage(
    tx: &DatabaseTransaction,
    id: Uuid,
    stage: Stage,
    at: DateTime<Utc>,
) -> Result<Begun, Error> {
    let mut item = reading::find_locked(tx, id).await?;
    if item.ended_at.is_some() || item.cancelled_at.is_some() {
        return Ok(Begun::Leave);
    }
    if let Some(done) = reading::stage(tx, id, stage).await? {
        return Ok(Begun::Before(Box::new(item), Box::new(done)));
    }
    if item.stage != stage.key() || item.state == ItemState::Stuck.key() {
        return Ok(Begun::Leave);
    }
    item.state = ItemState::Working.key().into();
    item.waits_for = None;
    item.attempts += 1;
    item.updated_at = at;
    let row = change(id, at).col_expr(Column::State, Expr::value(item.state.as_str()));
    let row = row.col_expr(Column::WaitsFor, Expr::value(Option::<String>::None));
    row.col_expr(Column::Attempts, Expr::value(item.attempts)).exec(tx).await?;
    Ok(Begun::Go(Box::new(item)))
}

/// Keeps what a stage found and puts the item before the next one; its job is written by the caller in the same
/// transaction. A stage that is kept already keeps what it found first.
pub async fn stage_done(
    tx: &DatabaseTransaction,
    id: Uuid,
    found: Found,
    next: Stage,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = digitisation_stages::Model {
        digitisation_id: id,
        stage: found.stage.key().into(),
        outcome: if found.skipped { "skipped" } else { "done" }.into(),
        report: found.report.to_string(),
        report_sealed: found.report_sealed,
        output_sha256: found.output_sha256,
        engine: found.engine.chars().take(100).collect(),
        millis: found.millis,
        ended_at: at,
    };
    digitisation_stages::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    advance(tx, id, next, at).await
}

/// Puts an open item before a stage, ready to be worked on, with no attempt and no trouble.
pub async fn advance(
    tx: &DatabaseTransaction,
    id: Uuid,
    next: Stage,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = change(id, at).col_expr(Column::Stage, Expr::value(next.key()));
    let row = row.col_expr(Column::State, Expr::value(ItemState::Working.key()));
    let row = row.col_expr(Column::WaitsFor, Expr::value(Option::<String>::None));
    let row = row.col_expr(Column::Trouble, Expr::value(Option::<String>::None));
    row.col_expr(Column::Attempts, Expr::value(0)).exec(tx).await?;
    Ok(())
}

/// Lets an open item wait where it is, with the reason in words; never personal data.
pub async fn waiting(
    tx: &DatabaseTransaction,
    id: Uuid,
    waits_for: WaitsFor,
    words: Option<&str>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    halt(tx, id, (ItemState::Waiting, waits_for), words, at).await
}

/// Leaves an open item to an operator, with what went wrong in words; never personal data.
pub async fn stuck(tx: &DatabaseTransaction, id: Uuid, words: &str, at: DateTime<Utc>) -> Result<(), Error> {
    halt(tx, id, (ItemState::Stuck, WaitsFor::Operator), Some(words), at).await
}

async fn halt(
    tx: &DatabaseTransaction,
    id: Uuid,
    (state, waits_for): (ItemState, WaitsFor),
    words: Option<&str>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = change(id, at).col_expr(Column::State, Expr::value(state.key()));
    let row = row.col_expr(Column::WaitsFor, Expr::value(waits_for.key()));
    row.col_expr(Column::Trouble, Expr::value(words)).exec(tx).await?;
    Ok(())
}

/// Ends an open item as a document of the store, whose last day of validity it takes over (R-C4).
pub async fn filed(
    tx: &DatabaseTransaction,
    id: Uuid,
    document: Uuid,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let valid_until = documents::Entity::find_by_id(document).one(tx).await?.and_then(|row| row.valid_until);
    let row = change(id, at).col_expr(Column::Stage, Expr::value(Stage::Filed.key()));
    let row = row.col_expr(Column::State, Expr::value(ItemState::Filed.key()));
    let row = row.col_expr(Column::WaitsFor, Expr::value(Option::<String>::None));
    let row = row.col_expr(Column::Trouble, Expr::value(Option::<String>::None));
    let row = row.col_expr(Column::DocumentId, Expr::value(document));
    let row = match valid_until {
        Some(day) => row.col_expr(Column::ValidUntil, Expr::value(day)),
        None => row,
    };
    row.col_expr(Column::EndedAt, Expr::value(at)).exec(tx).await?;
    Ok(())
}

/// A change of an item that is not over: one version more, seen now.
pub(super) fn change(id: Uuid, at: DateTime<Utc>) -> UpdateMany<Entity> {
    let rows = Entity::update_many().filter(Column::Id.eq(id)).filter(Column::EndedAt.is_null());
    rows.col_expr(Column::UpdatedAt, Expr::value(at))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
}
