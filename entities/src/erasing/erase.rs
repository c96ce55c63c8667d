//! Erasing one dossier in one transaction, and then the bytes of its files.

use super::blanks::NOBODY;
use super::expired::{Expired, OVER, held_by};
use super::{bytes, cells};
use crate::chronicle::about::About;
use crate::chronicle::canon::state_hash;
use crate::chronicle::entry::{Happening, Kind, entry};
use crate::columns::{from_json, json_of};
use crate::database::Database;
use crate::dossiers::own_key::forget_key;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::{dossiers, erasures};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::status::Status;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// What the chronicle calls an erasure.
pub const ACT: &str = "erase";

/// Overwrites what was kept of persons in a dossier and forgets its own key, so that its words in history and chronicle
/// open no more; unless something holds it or it is erased already. The chronicle tells that it was done. Gives whether
/// it was.
pub async fn erase(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    (dossier, years): Expired,
    (at, trace): (DateTime<Utc>, Option<&str>),
) -> Result<bool, Error> {
    let before = dossiers::Entity::find_by_id(dossier).lock_exclusive().one(tx).await?;
    let Some(before) = before.filter(|row| row.owner != NOBODY && is_over(row)) else { return Ok(false) };
    if held_by(tx, dossier).await?.is_some() {
        return Ok(false);
    }
    let places = bytes::let_go(tx, dossier).await?;
    let cells = cells::overwrite(tx, dossier).await?;
    forget_key(tx, dossier).await?;
    let after = dossiers::Entity::find_by_id(dossier).one(tx).await?.ok_or(Error::NotFound("dossier"))?;
    let told = Happening {
        kind: Kind::Written,
        what: ACT,
        thing: None,
        // Nothing is to be sealed with a key that is gone.
        about: About { key_wrapped: None, ..About::dossier(&before, sealer) },
        purpose: None,
        change: (Some(state_hash(&before)?), Some(state_hash(&after)?)),
        record: None,
        trace,
        at,
    };
    let mut batch = Batch::default();
    batch.insert(entry(sealer, &Actor::office(), told)?);
    batch.insert(erasures::Model {
        dossier_id: dossier,
        years: years.into(),
        cells: i64::try_from(cells).unwrap_or(i64::MAX),
        files: i32::try_from(places.len()).unwrap_or(i32::MAX),
        places: json_of(&places)?,
        erased_at: at,
        bytes_gone_at: None,
    });
    batch.write(tx).await?;
    Ok(true)
}

fn is_over(row: &dossiers::Model) -> bool {
    Status::from_key(&row.status).is_some_and(|status| OVER.contains(&status))
}

/// The next erasures after the one of `after` whose files still lie in the store, with their places; at most a hundred.
pub async fn with_bytes(db: &Database, after: Uuid) -> Result<Vec<(Uuid, Vec<String>)>, Error> {
    use erasures::Column;
    let rows = erasures::Entity::find().filter(Column::BytesGoneAt.is_null());
    let rows = rows.filter(Column::DossierId.gt(after)).order_by_asc(Column::DossierId).limit(100);
    let rows = rows.all(db.writer()).await?;
    rows.into_iter().map(|row| Ok((row.dossier_id, from_json("erasures.places", &row.places)?))).collect()
}

/// Notes that the bytes of an erasure are gone.
pub async fn bytes_gone(db: &Database, dossier: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    use erasures::Column;
    let update = erasures::Entity::update_many().col_expr(Column::BytesGoneAt, Expr::value(at));
    let update = update.col_expr(Column::Places, Expr::value("[]")).filter(Column::DossierId.eq(dossier));
    update.exec(db.writer()).await?;
    Ok(())
}
