//! What a comparison found: listed, counted, and brought to its end when the portal took what puts it right.

use super::comparing::Kind;
use super::walked::Side;
use crate::columns::{from_json, from_key, key_of};
use crate::error::Error;
use crate::tables::portal_findings::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many findings of a kind there are, and how many of them are put right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Found.
    pub found: i64,
    /// Put right.
    pub repaired: i64,
}

/// Which findings are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Search {
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only those that are, or are not, put right.
    pub repaired: Option<bool>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// Findings of a comparison in the order of finding.
pub async fn list<C: ConnectionTrait>(db: &C, run: Uuid, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(run, search)?.all(db).await?)
}

/// The same as a query; public so that the planner can be asked about it.
pub fn query(run: Uuid, search: &Search) -> Result<Select<Entity>, Error> {
    let mut rows = Entity::find().filter(Column::ReconciliationId.eq(run));
    if let Some(kind) = &search.kind {
        rows = rows.filter(Column::Kind.eq(key_of(kind)?));
    }
    rows = match search.repaired {
        Some(true) => rows.filter(Column::RepairedAt.is_not_null()),
        Some(false) => rows.filter(Column::RepairedAt.is_null()),
        None => rows,
    };
    if let Some(after) = search.after {
        rows = rows.filter(Column::Id.gt(after));
    }
    Ok(rows.order_by_asc(Column::Id).limit(search.limit))
}

/// The counts of a comparison by kind; kinds without a finding are left out.
pub async fn counts<C: ConnectionTrait>(db: &C, run: Uuid) -> Result<BTreeMap<Kind, Count>, Error> {
    let rows: Vec<(String, i64, i64)> = Entity::find()
        .select_only()
        .column(Column::Kind)
        .column_as(Column::Id.count(), "found")
        .column_as(Column::RepairedAt.count(), "repaired")
        .filter(Column::ReconciliationId.eq(run))
        .group_by(Column::Kind)
        .into_tuple()
        .all(db)
        .await?;
    let read = |(kind, found, repaired): (String, i64, i64)| {
        Ok((from_key("portal_findings.kind", &kind)?, Count { found, repaired }))
    };
    rows.into_iter().map(read).collect()
}

/// What of a dossier a comparison found and nobody has put right yet.
pub async fn open<C: ConnectionTrait>(db: &C, run: Uuid, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::ReconciliationId.eq(run));
    Ok(rows.filter(Column::RepairedAt.is_null()).order_by_asc(Column::Id).all(db).await?)
}

/// Both sides tell the same again, or the portal took what puts it right: whatever any comparison found of these dossiers
/// has its end.
pub async fn repaired<C: ConnectionTrait>(tx: &C, dossiers: &[Uuid], at: DateTime<Utc>) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::RepairedAt, Expr::value(at))
        .col_expr(Column::Trouble, Expr::value(None::<String>))
        .filter(Column::RepairedAt.is_null())
        .filter(Column::DossierId.is_in(dossiers.iter().copied()))
        .exec(tx)
        .await?;
    Ok(())
}

/// It could not be put right; the words are for people and hold no personal data.
pub async fn troubled<C: ConnectionTrait>(
    tx: &C,
    (run, dossier): (Uuid, Uuid),
    words: &str,
) -> Result<(), Error> {
    let words: String = words.chars().filter(|c| *c != '\0').take(2_000).collect();
    let open = Entity::update_many().filter(Column::RepairedAt.is_null());
    let of_run = open.filter(Column::DossierId.eq(dossier)).filter(Column::ReconciliationId.eq(run));
    of_run.col_expr(Column::Trouble, Expr::value(words)).exec(tx).await?;
    Ok(())
}

impl Model {
    /// What it is.
    pub fn what(&self) -> Result<Kind, Error> {
        from_key("portal_findings.kind", &self.kind)
    }

    /// How it stands here, and as the portal tells it; none where a side holds nothing.
    pub fn sides(&self) -> Result<(Option<Side>, Option<Side>), Error> {
        Ok((from_json("portal_findings.here", &self.here)?, from_json("portal_findings.there", &self.there)?))
    }
}
