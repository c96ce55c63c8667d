//! Drafts: an application being written, seen by its writer alone and without a code (C-14).

use crate::columns::json_of;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::drafts::{ActiveModel, Column, Entity, Model};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value;
use uuid::Uuid;

/// Saves a new draft of any completeness.
pub async fn create<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
    (owner, procedure): (&str, Uuid),
    body: &Value,
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let id = Uuid::now_v7();
    let row = Model {
        id,
        owner: owner.into(),
        procedure_id: procedure,
        body_sealed: sealer.seal(&format!("draft:{id}"), &json_of(body)?)?,
        version: 1,
        created_at: at,
        updated_at: at,
    };
    Entity::insert::<ActiveModel>(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(row)
}

/// Replaces the body of one's own draft. Fails as stale when `version` is not the stored one.
pub async fn replace<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
    (id, owner, version): (Uuid, &str, i32),
    body: &Value,
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let sealed = sealer.seal(&format!("draft:{id}"), &json_of(body)?)?;
    let done = Entity::update_many()
        .col_expr(Column::BodySealed, Expr::value(sealed))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::UpdatedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::Owner.eq(owner))
        .filter(Column::Version.eq(version))
        .exec(tx)
        .await?;
    let now = find(tx, id, owner).await?;
    if done.rows_affected == 1 { Ok(now) } else { Err(Error::Stale) }
}

/// One's own draft.
pub async fn find<C: ConnectionTrait>(db: &C, id: Uuid, owner: &str) -> Result<Model, Error> {
    let found = Entity::find_by_id(id).filter(Column::Owner.eq(owner)).one(db).await?;
    found.ok_or(Error::NotFound("draft"))
}

/// One's own drafts, newest first, after `last`.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    owner: &str,
    last: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    let mut query = Entity::find().filter(Column::Owner.eq(owner));
    if let Some(last) = last {
        query = query.filter(Column::Id.lt(last));
    }
    Ok(query.order_by_desc(Column::Id).limit(limit).all(db).await?)
}

/// Throws one's own draft away. Fails as stale when `version` is not the stored one.
pub async fn remove<C: ConnectionTrait>(
    tx: &C,
    (id, owner, version): (Uuid, &str, i32),
) -> Result<(), Error> {
    let seen = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::Version.eq(version));
    let done = seen.filter(Column::Owner.eq(owner)).exec(tx).await?;
    if done.rows_affected == 1 {
        return Ok(());
    }
    find(tx, id, owner).await?;
    Err(Error::Stale)
}

/// The body of a draft.
pub fn body(sealer: &Sealer, draft: &Model) -> Result<Value, Error> {
    let text = sealer.open(&format!("draft:{}", draft.id), &draft.body_sealed)?;
    crate::columns::from_json("drafts.body", &text)
}
