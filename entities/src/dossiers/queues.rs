//! Desk queues: what waits for the agency, the most pressing first, and "take next".

use super::Door;
use super::acts::Act;
use crate::columns::key_of;
use crate::error::Error;
use crate::tables::dossiers::{Column, Entity, Model};
use chrono::{DateTime, Days, NaiveTime, Utc};
use rules::access::{Relation, Thing, units};
use rules::actor::{Actor, Role};
use rules::lifecycle::{ActKind, TABLE};
use rules::local_time::{instant, local_date};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, LockBehavior, LockType, SimpleExpr},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A queue of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Queue {
    /// What this officer has taken on.
    Mine,
    /// Everything that waits at the officer's units.
    Unit,
    /// What is past its date.
    Late,
    /// What must be done today.
    DueToday,
    /// What nobody has taken on.
    Unclaimed,
}

impl Queue {
    /// Key in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unit => "unit",
            Self::Late => "late",
            Self::DueToday => "due-today",
            Self::Unclaimed => "unclaimed",
        }
    }
}

/// Where a page of a queue begins: the date and key of the last row of the page before.
pub type After = Option<(DateTime<Utc>, Uuid)>;

/// One page of a queue of the officer's units, the most pressing first.
pub async fn page<C: ConnectionTrait>(
    db: &C,
    who: (&Actor, DateTime<Utc>),
    queue: Queue,
    after: After,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    Ok(query(who, queue, after, limit).all(db).await?)
}

/// The query of a page; public so that the planner can be asked about it.
pub fn query((by, at): (&Actor, DateTime<Utc>), queue: Queue, after: After, limit: u64) -> Select<Entity> {
    let mut query = Entity::find().filter(on_desks(by)).filter(waiting());
    query = match queue {
        Queue::Mine => query.filter(Column::Assignee.eq(&by.subject)),
        Queue::Unit => query,
        Queue::Late => query.filter(Column::ActBy.lt(at)),
        Queue::DueToday => query.filter(Column::ActBy.gte(at)).filter(Column::ActBy.lt(midnight_after(at))),
        Queue::Unclaimed => query.filter(Column::Assignee.is_null()),
    };
    if let Some((act_by, id)) = after {
        let same = Condition::all().add(Column::ActBy.eq(act_by)).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::ActBy.gt(act_by)).add(same));
    }
    query.order_by_asc(Column::ActBy).order_by_asc(Column::Id).limit(limit)
}

/// A single unit is compared, not listed, so that the index gives the order.
fn on_desks(by: &Actor) -> SimpleExpr {
    match units(by, Thing::Desk, Relation::Unit).as_slice() {
        [one] => Column::DeskId.eq(*one),
        many => Column::DeskId.is_in(many.iter().copied()),
    }
}

/// The literal repeats the predicate of the partial indices; a bound value would hide it from the planner.
fn waiting() -> SimpleExpr {
    Expr::cust("turn = 'agency'")
}

impl Door<'_> {
    /// Takes the most pressing dossier that waits for a role of this officer; none when there is none.
    ///
    /// Rows that another officer is just taking are stepped over, so nobody waits and nobody shares.
    pub async fn take_next(&self) -> Result<Option<Model>, Error> {
        let free = Entity::find()
            .filter(self.waits_for_me()?)
            .filter(waiting())
            .filter(Column::Status.is_in(claimable()))
            .filter(Column::Assignee.is_null())
            .order_by_asc(Column::ActBy)
            .order_by_asc(Column::Id)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .one(self.tx)
            .await?;
        match free {
            Some(dossier) => Ok(Some(self.act(dossier.id, Some(dossier.version), &Act::Claim).await?)),
            None => Ok(None),
        }
    }

    fn waits_for_me(&self) -> Result<Condition, Error> {
        let mut any = Condition::any();
        for role in [Role::DeskOfficer, Role::CaseOfficer, Role::Approver] {
            let units = self.by.units_as(&[role]);
            if !units.is_empty() {
                let here = Condition::all().add(Column::DeskId.is_in(units));
                any = any.add(here.add(Column::WaitsFor.eq(key_of(&role)?)));
            }
        }
        Ok(if any.is_empty() { Condition::all().add(Column::Id.is_null()) } else { any })
    }
}

/// Where a dossier may be taken on; one that may not must not stand before the others.
fn claimable() -> impl Iterator<Item = &'static str> {
    TABLE.iter().filter(|row| row.act == ActKind::Claim).flat_map(|row| row.from).map(|status| status.key())
}

fn midnight_after(at: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = local_date(at).checked_add_days(Days::new(1)).unwrap_or(local_date(at));
    instant(tomorrow.and_time(NaiveTime::MIN))
}
