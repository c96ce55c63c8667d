//! Reading results: who sees the dossier sees its results; by the code anybody learns what is nobody's secret.

use super::{Model, place};
use crate::dossiers::{reading, vouched_id};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::results::{Column, Entity};
use rules::access::Sight;
use rules::actor::Actor;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

/// A result with its dossier, and how much of them the person sees. Others do not exist for them.
pub async fn find<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    id: Uuid,
) -> Result<(Model, dossiers::Model, Sight), Error> {
    let row = by_id(db, id).await?;
    let (dossier, sight) =
        reading::find(db, sealer, by, row.dossier_id).await.map_err(|error| match error {
            Error::NotFound(_) => Error::NotFound("result"),
            other => other,
        })?;
    Ok((row, dossier, sight))
}

/// A result by key, for jobs and links; people go through [`find`].
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("result"))
}

/// The result of a code as it is kept: whole, in capitals.
pub async fn by_code<C: ConnectionTrait>(db: &C, code: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::VerificationCode.eq(code)).one(db).await?)
}

/// The result of a decision, its row held until the transaction ends; none for a refusal on the merits.
pub(crate) async fn of_decision_locked(
    tx: &DatabaseTransaction,
    decision: Uuid,
) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::DecisionId.eq(decision)).lock_exclusive().one(tx).await?)
}

/// The result of a dossier that lies in this file.
pub(crate) async fn in_file<C: ConnectionTrait>(
    db: &C,
    (dossier, file): (Uuid, Uuid),
) -> Result<Option<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::FileId.eq(file));
    Ok(rows.order_by_desc(Column::Id).one(db).await?)
}

/// The results of a dossier, oldest first, those that were taken back among them.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Id).all(db).await?)
}

/// The person's own results, newest first, below `before`: of what they handed in, and of what is in their vouched name.
pub async fn mine<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    (before, limit): (Option<Uuid>, u64),
) -> Result<Vec<Model>, Error> {
    let mut rows = Vec::new();
    for query in queries(sealer, by, before, limit) {
        rows.extend(query.all(db).await?);
    }
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// The queries of [`mine`], each along an index of its own; public so that the planner can be asked about them.
pub fn queries(sealer: &Sealer, by: &Actor, before: Option<Uuid>, limit: u64) -> Vec<Select<Entity>> {
    let own = Some(Column::Owner.eq(&by.subject));
    let named = vouched_id(by).map(|id| Column::OwnerIndex.eq(sealer.index("id", id)));
    own.into_iter().chain(named).map(|whose| newest(whose, before, limit)).collect()
}

fn newest(whose: SimpleExpr, before: Option<Uuid>, limit: u64) -> Select<Entity> {
    let mut rows = Entity::find().filter(whose);
    if let Some(before) = before {
        rows = rows.filter(Column::Id.lt(before));
    }
    rows.order_by_desc(Column::Id).limit(limit)
}

/// Số, ký hiệu, opened.
pub fn number(sealer: &Sealer, row: &Model) -> Result<String, Error> {
    sealer.open(&place(row.id, "number"), &row.number_sealed)
}

/// By which decision or article it was replaced or revoked, opened.
pub fn ended_basis(sealer: &Sealer, row: &Model) -> Result<Option<String>, Error> {
    row.ended_basis_sealed.as_ref().map(|sealed| sealer.open(&place(row.id, "basis"), sealed)).transpose()
}

/// Why it was replaced or revoked, opened.
pub fn ended_reason(sealer: &Sealer, row: &Model) -> Result<Option<String>, Error> {
    row.ended_reason_sealed.as_ref().map(|sealed| sealer.open(&place(row.id, "ended"), sealed)).transpose()
}
