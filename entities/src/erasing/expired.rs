//! Which dossiers have been kept long enough, and what keeps one nevertheless.

use super::blanks::NOBODY;
use crate::catalogue::Catalogue;
use crate::database::Database;
use crate::error::Error;
use crate::tables::{dossiers, procedure_revisions};
use chrono::{DateTime, Months, Utc};
use rules::status::Status;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

/// Dossiers at a time.
const SOME: u64 = 200;

/// A dossier whose term is over, with the years that it was kept.
pub type Expired = (Uuid, u16);

/// Dossiers that nothing holds and that ended before their procedure's years, or before `usual` years where it names none, were over at `at`.
/// Kept for ever where there is neither (L-58).
pub async fn expired(
    db: &Database,
    catalogue: &Catalogue,
    usual: Option<u16>,
    at: DateTime<Utc>,
) -> Result<Vec<Expired>, Error> {
    let revisions = procedure_revisions::Entity::find().select_only().column(procedure_revisions::Column::Id);
    let mut all = Vec::new();
    for id in revisions.into_tuple::<Uuid>().all(db.reader()).await? {
        let years = catalogue.revision(db.reader(), id).await?.content.retention_years.or(usual);
        // Nought is no term: who writes it does not mean that everything goes at once.
        let years = years.filter(|years| *years > 0);
        let over = years.and_then(|years| {
            Some((years, at.checked_sub_months(Months::new(u32::from(years).checked_mul(12)?))?))
        });
        if let Some((years, before)) = over {
            all.extend(of_revision(db, id, before).await?.into_iter().map(|dossier| (dossier, years)));
        }
    }
    Ok(all)
}

async fn of_revision(db: &Database, revision: Uuid, before: DateTime<Utc>) -> Result<Vec<Uuid>, Error> {
    use dossiers::Column;
    let (mut found, mut after) = (Vec::new(), Uuid::nil());
    let column = |column: Column| Expr::col((dossiers::Entity, column));
    loop {
        let rows = dossiers::Entity::find().select_only().column(Column::Id);
        let rows = rows.filter(Column::RevisionId.eq(revision)).filter(Column::Id.gt(after));
        let rows = rows.filter(Column::Status.is_in(OVER.map(Status::key))).filter(Column::Owner.ne(NOBODY));
        let ended = Func::coalesce([column(Column::ReturnedAt), column(Column::UpdatedAt)]);
        let rows = rows.filter(Expr::from(ended).lt(before)).filter(held_by_nothing());
        let page: Vec<Uuid> = rows.order_by_asc(Column::Id).limit(SOME).into_tuple().all(db.reader()).await?;
        let Some(last) = page.last() else { return Ok(found) };
        after = *last;
        found.extend(page);
    }
}

/// Statuses in which nothing more is done to a dossier.
pub(super) const OVER: [Status; 4] = [Status::Refused, Status::Withdrawn, Status::Stopped, Status::Returned];

/// The same as [`held_by`] for all rows of a query, so that those that are held do not stand before the others.
fn held_by_nothing() -> Condition {
    let none = |(_, sql): (&str, &str)| {
        Expr::cust(format!("NOT EXISTS ({})", sql.replace("$1", "\"dossiers\".\"id\"")))
    };
    HOLDS.into_iter().map(none).fold(Condition::all(), Condition::add)
}

/// What keeps a dossier beyond its term, as a key; nothing when it may be erased.
pub(super) async fn held_by<C: ConnectionTrait>(
    db: &C,
    dossier: Uuid,
) -> Result<Option<&'static str>, Error> {
    for (key, sql) in HOLDS {
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [dossier.into()]);
        if db.query_one_raw(statement).await?.is_some() {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

const HOLDS: [(&str, &str); 9] = [
    ("hold", "SELECT 1 AS found FROM holds WHERE dossier_id = $1 AND lifted_at IS NULL LIMIT 1"),
    (
        "child",
        "SELECT 1 AS found FROM dossiers c WHERE c.parent_id = $1 \
         AND c.status NOT IN ('refused', 'withdrawn', 'stopped', 'returned') LIMIT 1",
    ),
    (
        "parent",
        "SELECT 1 AS found FROM dossiers c JOIN dossiers p ON p.id = c.parent_id WHERE c.id = $1 \
         AND p.status NOT IN ('refused', 'withdrawn', 'stopped', 'returned') LIMIT 1",
    ),
    (
        "refund",
        "SELECT 1 AS found FROM refunds WHERE dossier_id = $1 AND state NOT IN ('rejected', 'paid_out') LIMIT 1",
    ),
    ("document", "SELECT 1 AS found FROM documents WHERE dossier_id = $1 AND state = 'in_force' LIMIT 1"),
    ("result", "SELECT 1 AS found FROM results WHERE dossier_id = $1 AND state = 'in_force' LIMIT 1"),
    (
        "shipment",
        "SELECT 1 AS found FROM shipments WHERE dossier_id = $1 AND closed_at IS NULL AND delivered_at IS NULL LIMIT 1",
    ),
    (
        "digitisation",
        "SELECT 1 AS found FROM digitisations WHERE dossier_id = $1 AND ended_at IS NULL \
         AND cancelled_at IS NULL LIMIT 1",
    ),
    ("job", "SELECT 1 AS found FROM jobs WHERE dossier_id = $1 AND state IN ('ready', 'running') LIMIT 1"),
];
