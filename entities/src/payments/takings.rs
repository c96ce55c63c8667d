//! What a unit took on a day, kind by kind, to be compared with the two accounts at the Treasury (F-03).

use super::desk::PaymentWay;
use crate::columns::from_key;
use crate::error::Error;
use crate::tables::{payments, refunds};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rules::fees::FeeKind;
use rules::local_time::instant;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What came in on a day and what was paid out again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Takings {
    /// By kind and way.
    pub taken: BTreeMap<(FeeKind, PaymentWay), Sum>,
    /// Of what was taken, that without all its receipts (F-11).
    pub without_receipt: Sum,
    /// Refunds paid out on the day, by kind.
    pub given_back: BTreeMap<FeeKind, Sum>,
}

/// How many, and how much in đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Number of payments or refunds.
    pub count: u32,
    /// Sum in đồng.
    pub amount: i64,
}

/// The takings of `unit` on the local day `day`.
pub async fn takings<C: ConnectionTrait>(db: &C, unit: Uuid, day: NaiveDate) -> Result<Takings, Error> {
    let mut found = Takings::default();
    for (platform, amount, phi, due) in taken(unit, day).into_tuple::<Taken>().all(db).await? {
        if due.is_some() {
            found.without_receipt.add(amount);
        }
        let way = PaymentWay::of(&platform);
        for (kind, part) in [(FeeKind::Phi, phi), (FeeKind::LePhi, amount - phi)] {
            found.taken.entry((kind, way)).or_default().add(part);
        }
    }
    for (kind, amount) in given_back(unit, day).into_tuple::<(String, i64)>().all(db).await? {
        found.given_back.entry(from_key("refunds.kind", &kind)?).or_default().add(amount);
    }
    Ok(found)
}

/// Platform, sum, phí, and since when it waits for a receipt.
type Taken = (String, i64, i64, Option<DateTime<Utc>>);

/// The query of what came in; public so that the planner can be asked about it.
pub fn taken(unit: Uuid, day: NaiveDate) -> Select<payments::Entity> {
    use payments::Column;
    payments::Entity::find()
        .select_only()
        .columns([Column::Platform, Column::Amount, Column::Phi, Column::ReceiptDueAt])
        .filter(Column::UnitId.eq(unit))
        .filter(Column::PaidAt.gte(midnight(day)))
        .filter(Column::PaidAt.lt(midnight(day + Days::new(1))))
}

/// The query of what was given back; public so that the planner can be asked about it.
pub fn given_back(unit: Uuid, day: NaiveDate) -> Select<refunds::Entity> {
    use refunds::Column;
    refunds::Entity::find()
        .select_only()
        .columns([Column::Kind, Column::Amount])
        .filter(Column::UnitId.eq(unit))
        .filter(Column::PaidOutAt.gte(midnight(day)))
        .filter(Column::PaidOutAt.lt(midnight(day + Days::new(1))))
}

impl Sum {
    fn add(&mut self, amount: i64) {
        if amount != 0 {
            self.count += 1;
            self.amount += amount;
        }
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN))
}
