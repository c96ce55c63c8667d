//! Series of receipts: what is printed on them, from which day on; one of each kind and medium is in force on a day.

use crate::columns::key_of;
use crate::dossiers::Door;
use crate::error::Error;
use crate::payments::words::missing;
use crate::tables::receipt_series::{Column, Entity, Model};
use chrono::NaiveDate;
use rules::actor::Role;
use rules::fees::FeeKind;
use rules::fees::receipts::{Medium, paper_allowed};
use rules::refusal::{Block, Refusal, Violation};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

/// A series that is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeries {
    /// Unit that collects.
    pub unit: Uuid,
    /// Phí or lệ phí: two receipts (F-17).
    pub kind: FeeKind,
    /// By this program, or in a printed book.
    pub medium: Medium,
    /// Ký hiệu mẫu.
    pub form_code: String,
    /// Ký hiệu.
    pub series_code: String,
    /// Name of the collecting body.
    pub collector_name: String,
    /// Its tax code.
    pub collector_tax_code: String,
    /// The written mandate, where another body issues for it (F-13).
    pub mandate: Option<String>,
    /// First local day of use.
    pub first_day: NaiveDate,
    /// Last one; open when absent.
    pub last_day: Option<NaiveDate>,
}

impl Door<'_> {
    /// Opens a series; by finance of the unit. From its first day on it takes the place of the one before.
    pub async fn open_series(&self, new: &NewSeries) -> Result<Model, Error> {
        only_finance(self, new.unit, "open_receipt_series")?;
        let wrong = violations(new);
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let row = Model {
            id: Uuid::now_v7(),
            unit_id: new.unit,
            kind: key_of(&new.kind)?,
            medium: key_of(&new.medium)?,
            form_code: new.form_code.trim().into(),
            series_code: new.series_code.trim().into(),
            collector_name: new.collector_name.trim().into(),
            collector_tax_code: new.collector_tax_code.trim().into(),
            mandate: new.mandate.clone(),
            first_day: new.first_day,
            last_day: new.last_day,
            recorded_by: self.by.subject.clone(),
            recorded_name: self.by.name.clone(),
            recorded_at: self.at,
        };
        Entity::insert(row.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(row)
    }
}

fn violations(new: &NewSeries) -> Vec<Violation> {
    let mut wrong = Vec::new();
    wrong.extend(missing("/form_code", &new.form_code, 20));
    wrong.extend(missing("/series_code", &new.series_code, 20));
    wrong.extend(missing("/collector_name", &new.collector_name, 300));
    wrong.extend(missing("/collector_tax_code", &new.collector_tax_code, 20));
    wrong.extend(new.mandate.iter().flat_map(|mandate| missing("/mandate", mandate, 400)));
    if new.last_day.is_some_and(|last| last < new.first_day) {
        wrong.push(said(
            "/last_day",
            "days_disordered",
            "Ngày cuối trước ngày đầu.",
            "It ends before it begins.",
        ));
    }
    if new.medium == Medium::Paper && !paper_allowed(new.first_day) {
        wrong.push(paper_ended("/first_day"));
    }
    wrong
}

/// Refuses whoever is not finance of the unit.
pub(super) fn only_finance(door: &Door<'_>, unit: Uuid, act: &'static str) -> Result<(), Error> {
    if door.by.is_at(Role::Finance, unit) {
        return Ok(());
    }
    let (vi, en) = (
        "Chỉ kế toán của đơn vị thu tiền được làm việc này với biên lai.",
        "Only finance of the unit that collects does this to receipts.",
    );
    let block = Block { code: "wrong_role", vi: vi.into(), en: en.into(), legal_basis: None };
    Err(Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }.into())
}

/// The violation of a paper receipt after its time (F-14).
pub(super) fn paper_ended(pointer: &str) -> Violation {
    said(
        pointer,
        "paper_receipt_ended",
        "Biên lai giấy chỉ được dùng đến hết 31/12/2026 (NĐ 254/2026 Đ44.2); dùng biên lai điện tử.",
        "Paper receipts may be used until 31 Dec 2026 (NĐ 254/2026 Đ44.2); use electronic ones.",
    )
}

pub(super) fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}

/// The series of a kind and medium in force at a unit on a local day: the one that began last.
pub async fn in_force<C: ConnectionTrait>(
    db: &C,
    unit: Uuid,
    (kind, medium): (FeeKind, Medium),
    day: NaiveDate,
) -> Result<Option<Model>, Error> {
    let (kind, medium) = (key_of(&kind)?, key_of(&medium)?);
    let mut rows = of_unit(db, unit).await?;
    rows.retain(|row| row.kind == kind && row.medium == medium);
    rows.retain(|row| row.first_day <= day && row.last_day.is_none_or(|last| day <= last));
    Ok(rows.into_iter().max_by_key(|row| (row.first_day, row.id)))
}

/// Every series of a unit, newest first.
pub async fn of_unit<C: ConnectionTrait>(db: &C, unit: Uuid) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::UnitId.eq(unit)).order_by_desc(Column::Id).all(db).await?)
}

/// A series by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("receipt series"))
}
