//! Reading statements and their differences: by finance and approvers of the units concerned, and by who oversees the province.

use super::importing::References;
use super::source::Source;
use crate::columns::from_json;
use crate::error::Error;
use crate::payments::transfer::short_reference;
use crate::sealing::Sealer;
use crate::tables::{dossiers, statement_differences, statements, unit_accounts};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use rules::access::{Scope, Sight, Thing, knows, money_sight, scope};
use rules::actor::Actor;
use rules::fees::statements::Movement;
use rules::local_time::instant;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// Days of statements in which money of ours may stand already.
const BACK: u64 = 7;

/// A statement this person may see; others do not exist for them. Lists of a platform concern every unit.
pub async fn find<C: ConnectionTrait>(db: &C, by: &Actor, id: Uuid) -> Result<statements::Model, Error> {
    let found = statements::Entity::find_by_id(id).one(db).await?;
    let found = found.filter(|row| row.unit_id.is_none_or(|unit| sees(by, unit)) && knows_money(by));
    found.ok_or(Error::NotFound("statement"))
}

/// Statements that the person may see, newest first; of one local day where asked.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    day: Option<NaiveDate>,
    (after, limit): (Option<Uuid>, u64),
) -> Result<Vec<statements::Model>, Error> {
    use statements::Column;
    let mut query = statements::Entity::find();
    if let Scope::Units(units) = scope(by, Thing::Money) {
        let mine = Column::UnitId.is_in(units);
        query = query.filter(Condition::any().add(Column::UnitId.is_null()).add(mine));
    }
    if let Some(day) = day {
        query = query.filter(Column::Day.eq(day));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.lt(after));
    }
    Ok(query.order_by_desc(Column::Id).limit(limit).all(db).await?)
}

/// The differences of a statement that concern this person, in the order they were found.
pub async fn differences<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    statement: Uuid,
) -> Result<Vec<statement_differences::Model>, Error> {
    let rows = query(statement).all(db).await?;
    Ok(rows.into_iter().filter(|row| row.unit_id.is_none_or(|unit| sees(by, unit))).collect())
}

/// The query of that list; public so that the planner can be asked about it.
pub fn query(statement: Uuid) -> Select<statement_differences::Entity> {
    use statement_differences::Column;
    statement_differences::Entity::find().filter(Column::StatementId.eq(statement)).order_by_asc(Column::Id)
}

/// Differences of the person's units that nobody has settled, oldest first; those of the post too.
pub async fn open<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    (after, limit): (Option<Uuid>, u64),
) -> Result<Vec<statement_differences::Model>, Error> {
    use statement_differences::Column;
    let mut query = statement_differences::Entity::find().filter(Column::State.eq("open"));
    if let Scope::Units(units) = scope(by, Thing::Money) {
        query = query.filter(Column::UnitId.is_in(units));
    }
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.order_by_asc(Column::Id).limit(limit).all(db).await?)
}

/// The list of a platform for a day was fetched already.
pub async fn fetched<C: ConnectionTrait>(db: &C, platform: &str, day: NaiveDate) -> Result<bool, Error> {
    use statements::Column;
    let found = statements::Entity::find().filter(Column::Platform.eq(platform)).filter(Column::Day.eq(day));
    Ok(found.one(db).await?.is_some())
}

/// Short references of the dossiers whose fee is or was owed at a unit and that payers may have written; newest first.
pub async fn references<C: ConnectionTrait>(
    db: &C,
    account: &unit_accounts::Model,
    since: DateTime<Utc>,
) -> Result<References, Error> {
    use dossiers::Column;
    let rows = dossiers::Entity::find()
        .select_only()
        .column(Column::Code)
        .filter(Column::AuthorityId.eq(account.unit_id))
        .filter(Column::FeeTotal.gt(0))
        .filter(Column::UpdatedAt.gte(since))
        .order_by_desc(Column::Id)
        .limit(20_000);
    let codes: Vec<String> = rows.into_tuple().all(db).await?;
    Ok(codes.iter().map(|code| short_reference(code)).collect())
}

/// What came of a difference, in words; none for who sees the money without persons.
pub fn words(
    sealer: &Sealer,
    by: &Actor,
    row: &statement_differences::Model,
) -> Result<Option<String>, Error> {
    let seen = match row.unit_id {
        Some(unit) => money_sight(by, unit) == Sight::Full,
        // What no unit is named for, finance of any unit settles.
        None => knows(by, Thing::CashDesk),
    };
    if !seen {
        return Ok(None);
    }
    row.words_sealed.as_ref().map(|sealed| sealer.open(&words_of(row.id), sealed)).transpose()
}

/// The person handles the money of this unit, or oversees the province.
pub fn sees(by: &Actor, unit: Uuid) -> bool {
    money_sight(by, unit) > Sight::None
}

/// The person handles or oversees money at all.
pub fn knows_money(by: &Actor) -> bool {
    knows(by, Thing::Money)
}

/// Movements that stand in statements of the same source of the days before.
pub(super) async fn lines_before<C: ConnectionTrait>(
    db: &C,
    source: &Source,
    day: NaiveDate,
) -> Result<Vec<Movement>, Error> {
    use statements::Column;
    let of = match source {
        Source::Platform(key) => Column::Platform.eq(key),
        Source::Account(account) => Column::AccountId.eq(account.id),
    };
    let days = Condition::all().add(Column::Day.gte(day - Days::new(BACK))).add(Column::Day.lt(day));
    let days = days.add(Column::ReplacedAt.is_null());
    let mut lines = Vec::new();
    for statement in statements::Entity::find().filter(of).filter(days).all(db).await? {
        lines.extend(from_json::<Vec<Movement>>("statements.lines", &statement.lines)?);
    }
    Ok(lines)
}

/// The first instant of a local day.
pub(super) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    instant(day.and_time(NaiveTime::MIN))
}

pub(super) fn words_of(difference: Uuid) -> String {
    format!("statement_difference:{difference}")
}
