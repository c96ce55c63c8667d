//! Times in which the office is away: announced in time, or with the reason why not (L-17).

use crate::catalogue::Catalogue;
use crate::error::Error;
use crate::tables::downtimes::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::local_time::local_date;
use rules::openness::downtime_block;
use rules::refusal::{Refusal, Violation};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// What is announced.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// It begins.
    pub from: DateTime<Utc>,
    /// It ends.
    pub until: DateTime<Utc>,
    /// Why, for the public.
    pub reason: String,
    /// Nobody planned it.
    pub unplanned: bool,
    /// Subject of the administrator.
    pub by: String,
}

/// Characters of a reason.
const LONGEST_REASON: usize = 500;

/// Announces a downtime at `at`.
///
/// Fails with every violation, or refused when it is planned for sooner than the law allows.
pub async fn announce(
    tx: &DatabaseTransaction,
    catalogue: &Catalogue,
    told: &Announcement,
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let wrong = misfits(told, at);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let calendar = catalogue.calendar(tx, at).await?;
    let block = downtime_block(local_date(at), local_date(told.from), told.unplanned, &calendar);
    if let Some(block) = block {
        let blocked_by = vec![block];
        return Err(
            Refusal { act: "announce_downtime", status: None, blocked_by, allowed: Vec::new() }.into()
        );
    }
    let row = Model {
        id: Uuid::now_v7(),
        from_at: told.from,
        until_at: told.until,
        reason: told.reason.trim().to_owned(),
        unplanned: told.unplanned,
        announced_at: at,
        announced_by: told.by.clone(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(row)
}

/// Downtimes that have not ended at `at`, by their beginning; `after` is the last of the page before.
pub async fn coming<C: ConnectionTrait>(
    db: &C,
    at: DateTime<Utc>,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    Ok(query(at, after, limit).all(db).await?)
}

/// The query of [`coming`].
pub fn query(at: DateTime<Utc>, after: Option<(DateTime<Utc>, Uuid)>, limit: u64) -> Select<Entity> {
    let mut query = Entity::find().filter(Column::UntilAt.gt(at));
    if let Some((from, id)) = after {
        let same = Condition::all().add(Column::FromAt.eq(from)).add(Column::Id.gt(id));
        query = query.filter(Condition::any().add(Column::FromAt.gt(from)).add(same));
    }
    query.order_by_asc(Column::FromAt).order_by_asc(Column::Id).limit(limit)
}

fn misfits(told: &Announcement, at: DateTime<Utc>) -> Vec<Violation> {
    let mut wrong = Vec::new();
    let mut demand = |holds: bool, pointer: &str, code, vi: &str, en: &str| {
        if !holds {
            wrong.push(Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() });
        }
    };
    let (vi, en) = ("Thời điểm kết thúc phải sau thời điểm bắt đầu.", "It must end after it begins.");
    demand(told.from < told.until, "/until", "dates_out_of_order", vi, en);
    let (vi, en) = ("Thời điểm kết thúc đã qua.", "It has ended already.");
    demand(at < told.until, "/until", "in_the_past", vi, en);
    let length = told.reason.trim().chars().count();
    let plain = !told.reason.chars().any(char::is_control);
    let (vi, en) = ("Phải nêu lý do, 1 đến 500 ký tự.", "Say why, in 1 to 500 characters.");
    demand(plain && (1..=LONGEST_REASON).contains(&length), "/reason", "reason_missing", vi, en);
    wrong
}
