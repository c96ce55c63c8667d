//! The sweep: some dossiers whose time to be looked at has come, a job for each warning that is missing, and when to look again.

use super::facts::Beside;
use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::dossiers::{Column, Entity, Model};
use crate::tables::warnings;
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use rules::warnings::Warning;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// Dossiers looked at in one transaction, so that others get their turn at the database on a heavy day.
pub const SOME: u64 = 200;

/// Where the next part of a sweep begins: behind the last dossier that was looked at.
pub type After = Option<(DateTime<Utc>, Uuid)>;

/// What a part of a sweep did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    /// Jobs were written.
    pub found: bool,
    /// Where to go on; none when nothing is left.
    pub after: After,
}

/// Looks at some dossiers whose time has come. The jobs and the next time to look are of one transaction, so
/// a sweep that is cut off loses nothing; dossiers that somebody is just changing are stepped over until the next.
pub async fn sweep(
    tx: &DatabaseTransaction,
    catalogue: &Catalogue,
    (at, after): (DateTime<Utc>, After),
    trace: Option<&str>,
) -> Result<Swept, Error> {
    let some = query(at, after).lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let dossiers = some.all(tx).await?;
    let last = dossiers.last().and_then(|dossier| Some((dossier.watch_at?, dossier.id)));
    let whole = u64::try_from(dossiers.len()).is_ok_and(|number| number == SOME);
    let beside = Beside::of(tx, &dossiers).await?;
    let (mut due, mut again) = (Vec::new(), BTreeMap::<_, Vec<Uuid>>::new());
    for dossier in &dossiers {
        let look = match beside.look((tx, catalogue), dossier, at).await {
            Err(Error::Database(error)) => return Err(error.into()),
            // One that cannot be read must not hold up the others; it is looked at again by every sweep.
            Err(error) => {
                tracing::error!(dossier = %dossier.id, %error, "a dossier cannot be looked at for warnings");
                continue;
            }
            Ok(look) => look,
        };
        due.extend(look.warnings.into_iter().map(|warning| (dossier, warning)));
        again.entry(look.next).or_default().push(dossier.id);
    }
    let given = given(tx, &due).await?;
    due.retain(|(dossier, warning)| !given.contains(&key(dossier.id, warning.kind.key(), &warning.occasion)));
    let rows = jobs::insert(due.iter().map(|(d, w)| job(d, w, (at, trace))).collect(), at)?;
    let found = rows.is_some();
    if let Some(rows) = rows {
        tx.execute(&rows).await?;
    }
    look_again(tx, again).await?;
    Ok(Swept { found, after: last.filter(|_| whole) })
}

/// The query of a part; public so that the planner can be asked about it.
pub fn query(at: DateTime<Utc>, after: After) -> Select<Entity> {
    let mut query = Entity::find().filter(Column::WatchAt.lte(at));
    if let Some((watch_at, id)) = after {
        let same = Condition::all().add(Column::WatchAt.eq(watch_at)).add(Column::Id.gt(id));
        query = query.filter(Column::WatchAt.gte(watch_at));
        query = query.filter(Condition::any().add(Column::WatchAt.gt(watch_at)).add(same));
    }
    query.order_by_asc(Column::WatchAt).order_by_asc(Column::Id).limit(SOME)
}

type Key = (Uuid, String, String);

fn key(dossier: Uuid, kind: &str, occasion: &str) -> Key {
    (dossier, kind.to_owned(), occasion.to_owned())
}

async fn given(tx: &DatabaseTransaction, due: &[(&Model, Warning)]) -> Result<HashSet<Key>, Error> {
    use warnings::Column;
    let dossiers: HashSet<Uuid> = due.iter().map(|(dossier, _)| dossier.id).collect();
    if dossiers.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = warnings::Entity::find().filter(Column::DossierId.is_in(dossiers));
    Ok(rows.all(tx).await?.into_iter().map(|row| (row.dossier_id, row.kind, row.occasion)).collect())
}

/// The number of entries is part of the key: what no longer held may hold again after another act.
fn job(dossier: &Model, warning: &Warning, (at, trace): (DateTime<Utc>, Option<&str>)) -> NewJob {
    let (id, entry) = (dossier.id, dossier.entries);
    let (kind, occasion) = (warning.kind, warning.occasion.clone());
    NewJob {
        cause: Some(format!("dossier:{id}#{entry}")),
        unique_key: Some(format!("warn:{id}:{}:{occasion}#{entry}", kind.key())),
        traceparent: trace.map(Into::into),
        ..NewJob::new(Job::Warn { dossier: id, warning: kind, occasion }, at)
    }
}

/// One statement for all dossiers of a moment.
async fn look_again(
    tx: &DatabaseTransaction,
    again: BTreeMap<Option<DateTime<Utc>>, Vec<Uuid>>,
) -> Result<(), Error> {
    for (moment, dossiers) in again {
        Entity::update_many()
            .col_expr(Column::WatchAt, Expr::value(moment))
            .filter(Column::Id.is_in(dossiers))
            .exec(tx)
            .await?;
    }
    Ok(())
}
