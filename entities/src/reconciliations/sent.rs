//! What the national portal sent and nobody took in: the only trace here of a dossier that is missing here.

use super::comparing::Kind;
use super::walked::TOGETHER;
use crate::columns::key_of;
use crate::error::Error;
use crate::inbox::messages::NOT_ADMITTED;
use crate::tables::portal_findings as findings;
use crate::tables::portal_messages::{Column, Entity};
use crate::tables::portal_reconciliations::Model as Run;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// A message that made no dossier.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Unborn {
    /// Key of the message.
    pub id: Uuid,
    /// The portal's key of the dossier.
    pub national_id: String,
    /// Why it was not taken in, in words.
    pub words: Option<String>,
    /// When it came.
    pub at: DateTime<Utc>,
}

/// The messages of the next part of a walk; none when all were looked at.
pub async fn next<C: ConnectionTrait>(db: &C, run: &Run) -> Result<Vec<Unborn>, Error> {
    Ok(query(run).into_model::<Unborn>().all(db).await?)
}

/// The same as a query; public so that the planner can be asked about it. A stranger's message names nothing, and
/// of what was sent again the last is asked for.
pub fn query(run: &Run) -> Select<Entity> {
    let mut rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::NationalId, Column::Words, Column::At])
        .filter(Column::DossierId.is_null())
        .filter(Column::NationalId.is_not_null())
        .filter(Column::Verdict.ne(NOT_ADMITTED))
        .filter(Column::At.gte(run.started_at - OF_LATE))
        .filter(Expr::cust(UNKNOWN))
        .filter(Expr::cust(LAST));
    if let Some(reached) = run.reached {
        rows = rows.filter(Column::Id.gt(reached));
    }
    rows.order_by_asc(Column::Id).limit(TOGETHER)
}

/// What was sent longer ago stands in the comparisons of that time.
const OF_LATE: TimeDelta = TimeDelta::days(90);

const LAST: &str = "NOT EXISTS (SELECT 1 FROM portal_messages l \
     WHERE l.national_id = portal_messages.national_id AND l.dossier_id IS NULL \
     AND l.verdict <> 'not_admitted' AND l.id > portal_messages.id)";

const UNKNOWN: &str =
    "NOT EXISTS (SELECT 1 FROM dossiers d WHERE d.national_id = portal_messages.national_id)";

/// Ends what was missing here and has been taken in since.
pub(super) async fn settle<C: ConnectionTrait>(tx: &C, at: DateTime<Utc>) -> Result<(), Error> {
    let here = "EXISTS (SELECT 1 FROM dossiers d WHERE d.national_id = portal_findings.code)";
    findings::Entity::update_many()
        .col_expr(findings::Column::RepairedAt, Expr::value(at))
        .col_expr(findings::Column::Trouble, Expr::value(None::<String>))
        .filter(findings::Column::DossierId.is_null())
        .filter(findings::Column::Kind.eq(key_of(&Kind::MissingHere)?))
        .filter(findings::Column::RepairedAt.is_null())
        .filter(Expr::cust(here))
        .exec(tx)
        .await?;
    Ok(())
}
