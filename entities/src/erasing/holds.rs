//! Keeping a dossier beyond its term, for a court or an inspection, until somebody lets it go.

use crate::error::Error;
use crate::tables::holds::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// Holds a dossier from `at` on; the reason is no more than 400 characters and about nobody.
pub async fn place<C: ConnectionTrait>(
    db: &C,
    dossier: Uuid,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let reason = reason.chars().take(400).collect();
    let row = Model { id: Uuid::now_v7(), dossier_id: dossier, reason, placed_at: at, lifted_at: None };
    Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// Lifts every hold of a dossier; gives how many there were.
pub async fn lift<C: ConnectionTrait>(db: &C, dossier: Uuid, at: DateTime<Utc>) -> Result<u64, Error> {
    let open = Entity::update_many().col_expr(Column::LiftedAt, Expr::value(at));
    let open = open.filter(Column::DossierId.eq(dossier)).filter(Column::LiftedAt.is_null());
    Ok(open.exec(db).await?.rows_affected)
}
