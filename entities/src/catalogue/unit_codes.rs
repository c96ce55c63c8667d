//! Codes of units over time: a table that people confirm, never a string operation (C-06, C-07, C-08).

use crate::columns::key_of;
use crate::error::Error;
use crate::tables::unit_codes::{Column, Entity, Model};
use chrono::NaiveDate;
use rules::codes::{OrganisationCode, Scheme};
use rules::refusal::Violation;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

/// A code that a unit has from one day to another.
#[derive(Debug, Clone)]
pub struct Given {
    /// The unit.
    pub unit: Uuid,
    /// The code, of any scheme.
    pub code: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; open when absent.
    pub valid_to: Option<NaiveDate>,
    /// Document that gives it.
    pub document: Option<String>,
}

/// All codes of a unit, oldest first.
pub async fn of<C: ConnectionTrait>(db: &C, unit: Uuid) -> Result<Vec<Model>, Error> {
    let query = Entity::find().filter(Column::UnitId.eq(unit));
    Ok(query.order_by_asc(Column::ValidFrom).order_by_asc(Column::Code).all(db).await?)
}

/// The new code that a unit with an old code alone would get by the usual way; to be confirmed by a person (C-07).
pub fn suggested(codes: &[Model]) -> Option<String> {
    if codes.iter().any(|row| row.scheme != "old") {
        return None;
    }
    let old = OrganisationCode::parse(&codes.last()?.code).ok()?;
    old.turned_round().map(String::from)
}

/// Records a code; false when the unit has it for these days already.
///
/// Fails with every violation: a text that is no code, days out of order, or a code that another unit has on one of them.
pub async fn give(tx: &DatabaseTransaction, given: &Given) -> Result<bool, Error> {
    let mut wrong = Vec::new();
    let scheme = match OrganisationCode::parse(&given.code) {
        Ok(code) => Some(code.scheme()),
        Err(problem) => {
            wrong.push(violation("/code", "code_malformed", problem.words(VI), problem.words(EN)));
            None
        }
    };
    if given.valid_to.is_some_and(|to| to < given.valid_from) {
        let (vi, en) = ("Ngày cuối trước ngày đầu.", "The last day is before the first.");
        wrong.push(violation("/valid_to", "dates_out_of_order", vi.into(), en.into()));
    }
    let borne = Entity::find().filter(Column::Code.eq(&given.code)).all(tx).await?;
    wrong.extend(taken(&borne, given));
    let Some(scheme) = scheme.filter(|_| wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
    let same = |row: &&Model| row.unit_id == given.unit && row.valid_from == given.valid_from;
    match borne.iter().find(same) {
        Some(row) if row.valid_to == given.valid_to => Ok(false),
        there => write(tx, given, scheme, there.is_some()).await.map(|()| true),
    }
}

/// Keys of the units that bear `code` on `day`, for the lists of units.
pub(super) fn bearing(code: &str, day: NaiveDate) -> SelectStatement {
    let open = Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gte(day));
    let rows = Entity::find().select_only().column(Column::UnitId).filter(Column::Code.eq(code));
    rows.filter(Column::ValidFrom.lte(day)).filter(open).into_query()
}

const VI: rules::lang::Lang = rules::lang::Lang::Vi;
const EN: rules::lang::Lang = rules::lang::Lang::En;

/// Two units never have one code on one day.
fn taken(borne: &[Model], given: &Given) -> Option<Violation> {
    let meets = |row: &&Model| {
        row.unit_id != given.unit
            && given.valid_to.is_none_or(|to| row.valid_from <= to)
            && row.valid_to.is_none_or(|to| given.valid_from <= to)
    };
    borne.iter().find(meets).map(|row| {
        let (code, from) = (&row.code, row.valid_from);
        let vi = format!("Mã {code} đã cấp cho đơn vị khác từ ngày {}.", from.format("%d/%m/%Y"));
        violation("/code", "code_taken", vi, format!("Another unit has the code {code} from {from}."))
    })
}

async fn write(tx: &DatabaseTransaction, given: &Given, scheme: Scheme, there: bool) -> Result<(), Error> {
    let row = Model {
        unit_id: given.unit,
        code: given.code.clone(),
        valid_from: given.valid_from,
        valid_to: given.valid_to,
        scheme: key_of(&scheme)?,
        document: given.document.clone(),
    };
    if there {
        Entity::update(row.into_active_model().reset_all()).exec(tx).await?;
    } else {
        Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn violation(pointer: &str, code: &'static str, vi: String, en: String) -> Violation {
    Violation { pointer: pointer.into(), code, vi, en }
}
