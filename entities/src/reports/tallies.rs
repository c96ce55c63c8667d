//! The tally of a unit over a period: page by page over its dossiers, each folded from its history.

use crate::catalogue::Catalogue;
use crate::columns::from_key;
use crate::dossiers::past::{Recorded, recorded};
use crate::error::Error;
use crate::tables::dossiers::{Column, Entity, Model};
use rules::past::{Period, Tally};
use rules::status::Status;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IdenStatic, Iterable, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

/// Dossiers a page; what is held in memory at a time.
const PAGE: u64 = 500;

/// Counts the dossiers that a unit received, as they stood at the end of the period.
///
/// The same period gives the same figures whenever it is asked for: nothing is read from a dossier's row but what
/// never changes, and the rows left out are those that had ended before the period.
pub async fn tally<C: ConnectionTrait>(
    db: &C,
    catalogue: &Catalogue,
    unit: Uuid,
    period: Period,
) -> Result<Tally, Error> {
    let (mut tally, mut after) = (Tally::default(), None);
    loop {
        let page = query(unit, period, after).all(db).await?;
        let Some(last) = page.last() else {
            return Ok(tally);
        };
        after = Some(last.id);
        let ids: Vec<Uuid> = page.iter().map(|dossier| dossier.id).collect();
        let mut found = recorded(db, &ids).await?;
        for dossier in &page {
            let recorded = found.remove(&dossier.id).unwrap_or_default();
            add(&mut tally, (db, catalogue), dossier, &recorded, period).await?;
        }
    }
}

/// The query of a page; public so that the planner can be asked about it.
pub fn query(unit: Uuid, period: Period, after: Option<Uuid>) -> Select<Entity> {
    let over = [Status::Refused, Status::Withdrawn, Status::Stopped, Status::Returned].map(Status::key);
    let over_before = Condition::all().add(Column::Status.is_in(over)).add(Column::UpdatedAt.lt(period.from));
    let mut query = unsealed().filter(Column::UnitId.eq(unit)).filter(Column::SubmittedAt.lte(period.until));
    query = query.filter(over_before.not());
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(PAGE)
}

async fn add<C: ConnectionTrait>(
    tally: &mut Tally,
    sources: (&C, &Catalogue),
    dossier: &Model,
    recorded: &Recorded,
    period: Period,
) -> Result<(), Error> {
    let Some(now) = recorded.at(period.until) else {
        return Ok(());
    };
    let judged = match now.is_open() || period.holds(now.decided_at) {
        true => recorded.judged(sources, dossier, &now, period.until).await?,
        false => None,
    };
    let channel = from_key("dossiers.channel", &dossier.channel)?;
    tally.add(channel, recorded.at(period.eve()).as_ref(), (&now, judged.as_ref()), period);
    Ok(())
}

/// Rows without their long texts, which would be read and carried for nothing.
fn unsealed() -> Select<Entity> {
    let long = [Column::FormSealed, Column::ApplicantSealed, Column::Quote, Column::Summary];
    let long = long.map(|column| column.as_str());
    Column::iter().fold(Entity::find().select_only(), |query, column| match column.as_str() {
        name if long.contains(&name) => query.expr_as(Expr::cust("''"), name),
        _ => query.column(column),
    })
}
