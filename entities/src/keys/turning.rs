//! Turning: rows of the ring are wrapped again by the master in use, and new keys are made for what is sealed from then on.

use super::masters::Masters;
use super::ring::{Purpose, place, rows, unwrapped, wrapped};
use crate::database::Database;
use crate::error::Error;
use crate::tables::data_keys::{Column, Entity, Model};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter};

/// How long a new key is only read before it seals: every process reads the ring several times within it.
pub const NOTICE: TimeDelta = TimeDelta::seconds(60);

/// Wraps every key by the master in use that another one wraps; gives how many. Afterwards no former master is needed.
pub async fn turn_master(db: &Database, masters: &Masters) -> Result<u64, Error> {
    let tx = db.begin().await?;
    let mut turned = 0;
    for row in rows(&tx).await? {
        if row.master != masters.now.id {
            turned += rewrap(&tx, masters, &row).await?;
        }
    }
    tx.commit().await?;
    Ok(turned)
}

/// Two who turn at once wrap the same key by the same master: whoever comes second finds nothing to do.
async fn rewrap(tx: &DatabaseTransaction, masters: &Masters, row: &Model) -> Result<u64, Error> {
    let key = unwrapped(row, masters)?;
    let wrapped = masters.now.wrap(&place(&row.purpose, &row.id), &key)?;
    let done = Entity::update_many()
        .col_expr(Column::Wrapped, Expr::value(wrapped))
        .col_expr(Column::Master, Expr::value(&masters.now.id))
        .filter(Column::Id.eq(&row.id))
        .filter(Column::Master.eq(&row.master))
        .exec(tx)
        .await?;
    Ok(done.rows_affected)
}

/// Makes a new key for texts and one for files, which seal from [`NOTICE`] after `at` on; the keys before them go on
/// opening. Gives the new rows. The key of the blind indices stays: by another one nobody would be found again.
pub async fn turn_data(db: &Database, masters: &Masters, at: DateTime<Utc>) -> Result<Vec<Model>, Error> {
    let tx = db.begin().await?;
    let known = rows(&tx).await?;
    let mut made = Vec::new();
    for purpose in [Purpose::Values, Purpose::Files] {
        let last = known.iter().rfind(|row| row.purpose == purpose.key());
        let last = last.ok_or(Error::Sealed("there is no ring yet; start the office once"))?;
        let new = wrapped(masters, (purpose, last.number + 1), &rand::random(), at)?;
        let new = Model { seals_from: at + NOTICE, ..new };
        retire(&tx, last, new.seals_from).await?;
        Entity::insert(new.clone().into_active_model()).exec_without_returning(&tx).await?;
        made.push(new);
    }
    tx.commit().await?;
    Ok(made)
}

async fn retire(tx: &DatabaseTransaction, row: &Model, at: DateTime<Utc>) -> Result<(), Error> {
    let retired = Entity::update_many().col_expr(Column::RetiredAt, Expr::value(at));
    retired.filter(Column::Id.eq(&row.id)).filter(Column::RetiredAt.is_null()).exec(tx).await?;
    Ok(())
}
