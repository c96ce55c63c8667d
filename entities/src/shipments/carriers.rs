//! Who carries for a unit, how carriers call places, and the waybills they gave out beforehand.

use crate::error::Error;
use crate::tables::{carrier_places, dossiers, unit_carriers, units, waybills};
use chrono::NaiveDate;
use rules::refusal::Violation;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who carries for a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usual {
    /// Connector key of the carrier the unit has chosen.
    pub carrier: Option<String>,
    /// Postal point whose clerks come.
    pub point: Option<Uuid>,
}

/// Who carries for a unit: as it chose; else the first postal point below it.
pub async fn of_unit<C: ConnectionTrait>(db: &C, unit: Uuid) -> Result<Usual, Error> {
    let chosen = unit_carriers::Entity::find_by_id(unit).one(db).await?;
    let (carrier, point) = chosen.map_or((None, None), |row| (Some(row.carrier), row.point_id));
    Ok(Usual {
        carrier,
        point: match point {
            Some(point) => Some(point),
            None => first_point(db, unit).await?,
        },
    })
}

async fn first_point<C: ConnectionTrait>(db: &C, unit: Uuid) -> Result<Option<Uuid>, Error> {
    let below = units::Entity::find().filter(units::Column::ParentId.eq(unit));
    let points = below.filter(units::Column::Tier.eq("postal_point")).order_by_asc(units::Column::Code);
    Ok(points.one(db).await?.map(|point| point.id))
}

pub(super) async fn of_dossiers_unit<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Usual, Error> {
    let dossier = dossiers::Entity::find_by_id(dossier).one(db).await?.ok_or(Error::NotFound("dossier"))?;
    of_unit(db, dossier.unit_id).await
}

/// Chooses who carries for a unit from now on; what is ordered already stays where it is.
pub async fn choose(tx: &DatabaseTransaction, row: unit_carriers::Model) -> Result<(), Error> {
    let again = OnConflict::column(unit_carriers::Column::UnitId)
        .update_columns([unit_carriers::Column::Carrier, unit_carriers::Column::PointId])
        .to_owned();
    let insert = unit_carriers::Entity::insert(row.into_active_model()).on_conflict(again);
    insert.exec_without_returning(tx).await?;
    Ok(())
}

/// A place as a carrier calls it from a day on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// `province`, `district` or `ward`.
    pub kind: String,
    /// Our code.
    pub code: String,
    /// The carrier's.
    pub theirs: String,
    /// First day.
    pub valid_from: NaiveDate,
}

/// All that a carrier's table says, by kind and code.
pub async fn places<C: ConnectionTrait>(db: &C, carrier: &str) -> Result<Vec<Named>, Error> {
    use carrier_places::Column;
    let rows = carrier_places::Entity::find().filter(Column::Carrier.eq(carrier));
    let rows = rows
        .order_by_asc(Column::Kind)
        .order_by_asc(Column::Code)
        .order_by_asc(Column::ValidFrom)
        .all(db)
        .await?;
    let named = rows.into_iter().map(|row| {
        let carrier_places::Model { kind, code, theirs, valid_from, .. } = row;
        Named { kind, code, theirs, valid_from }
    });
    Ok(named.collect())
}

/// Puts a whole table in the place of the one there was. Fails with every line that is empty, unknown or told twice.
pub async fn replace_places(tx: &DatabaseTransaction, carrier: &str, named: &[Named]) -> Result<(), Error> {
    let wrong = misfits(named);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let old = carrier_places::Entity::delete_many().filter(carrier_places::Column::Carrier.eq(carrier));
    old.exec(tx).await?;
    let row = |named: &Named| carrier_places::Model {
        carrier: carrier.into(),
        kind: named.kind.clone(),
        code: named.code.clone(),
        theirs: named.theirs.clone(),
        valid_from: named.valid_from,
    };
    for part in named.chunks(AT_ONCE) {
        let rows = part.iter().map(|named| row(named).into_active_model());
        carrier_places::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Rows of one statement; engines have a limit of bound values.
const AT_ONCE: usize = 500;

fn misfits(named: &[Named]) -> Vec<Violation> {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (n, place) in named.iter().enumerate() {
        let fits = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
        let known = ["province", "district", "ward"].contains(&place.kind.as_str());
        if !known || !fits(&place.code, 20) || !fits(&place.theirs, 40) {
            wrong.push(violation(
                n,
                "place_incomplete",
                "Dòng này thiếu hoặc sai mã.",
                "A code is missing or too long.",
            ));
        }
        if !seen.insert((&place.kind, &place.code, place.valid_from)) {
            wrong.push(violation(
                n,
                "told_twice",
                "Mã này đã có ở dòng khác.",
                "Another line says the same code.",
            ));
        }
    }
    wrong
}

fn violation(n: usize, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: format!("/places/{n}"), code, vi: vi.into(), en: en.into() }
}

/// What a carrier calls a place on a day; none when its table does not say.
pub async fn called<C: ConnectionTrait>(
    db: &C,
    carrier: &str,
    (kind, code): (&str, Option<&str>),
    day: NaiveDate,
) -> Result<Option<String>, Error> {
    use carrier_places::Column;
    let Some(code) = code else { return Ok(None) };
    let rows = carrier_places::Entity::find()
        .filter(Column::Carrier.eq(carrier))
        .filter(Column::Kind.eq(kind))
        .filter(Column::Code.eq(code))
        .filter(Column::ValidFrom.lte(day));
    Ok(rows.order_by_desc(Column::ValidFrom).one(db).await?.map(|row| row.theirs))
}

/// Adds waybill numbers that a carrier gave out; those known already are left as they are.
pub async fn add_waybills(tx: &DatabaseTransaction, carrier: &str, codes: &[String]) -> Result<(), Error> {
    let row =
        |code: &String| waybills::Model { carrier: carrier.into(), code: code.clone(), shipment_id: None };
    for part in codes.chunks(AT_ONCE) {
        let rows = part.iter().map(|code| row(code).into_active_model());
        let insert =
            waybills::Entity::insert_many(rows).on_conflict(OnConflict::new().do_nothing().to_owned());
        insert.exec_without_returning(tx).await?;
    }
    Ok(())
}

/// How many waybills of a carrier nobody has taken.
pub async fn free_waybills<C: ConnectionTrait>(db: &C, carrier: &str) -> Result<usize, Error> {
    use waybills::{Column, Entity};
    let free = Entity::find().filter(Column::Carrier.eq(carrier)).filter(Column::ShipmentId.is_null());
    Ok(free.all(db).await?.len())
}

/// What taking a waybill came to.
pub(super) enum Waybill {
    /// The carrier gives out none beforehand.
    NotGiven,
    /// The next one.
    Taken(String),
    /// All are used up; an order without a number would be nobody's.
    NoneLeft,
}

/// The next waybill of a carrier that gives them out beforehand.
pub(super) async fn take_waybill(
    tx: &DatabaseTransaction,
    carrier: &str,
    shipment: Uuid,
) -> Result<Waybill, Error> {
    use waybills::{Column, Entity};
    let of_carrier = Entity::find().filter(Column::Carrier.eq(carrier));
    let free = of_carrier.clone().filter(Expr::cust("shipment_id IS NULL")).order_by_asc(Column::Code);
    let Some(next) = free.lock_exclusive().one(tx).await? else {
        let given = of_carrier.one(tx).await?.is_some();
        return Ok(if given { Waybill::NoneLeft } else { Waybill::NotGiven });
    };
    let take = Entity::update_many().filter(Column::Carrier.eq(carrier)).filter(Column::Code.eq(&next.code));
    take.col_expr(Column::ShipmentId, Expr::value(shipment)).exec(tx).await?;
    Ok(Waybill::Taken(next.code))
}
