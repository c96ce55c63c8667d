//! The JSON form of a unit.

use super::keys;
use crate::problems::Problem;
use chrono::NaiveDate;
use entities::columns::from_json;
use entities::tables::units::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An administrative unit or postal point.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub(crate) struct UnitView {
    /// Key.
    id: Uuid,
    /// Organisation code of QĐ 20/2020.
    #[schema(example = "H03.10.14")]
    code: String,
    /// Organisation code of QCVN 102:2016, which dossier codes carried before the new ones.
    old_code: Option<String>,
    /// Vietnamese name.
    #[schema(example = "Ủy ban nhân dân phường Sông Cầu")]
    name: String,
    /// Tier.
    #[schema(value_type = keys::Tier)]
    tier: String,
    /// Unit above; absent for the province itself.
    parent: Option<Uuid>,
    /// Code of the administrative unit: 2, 3 or 5 digits.
    place_code: Option<String>,
    /// When it works.
    office_hours: HoursView,
    /// Has a one-stop desk that takes dossiers.
    receives: bool,
    /// Address and telephone of the desk.
    contact: Option<String>,
    /// First day.
    valid_from: NaiveDate,
    /// Last day; absent while no end is known.
    valid_to: Option<NaiveDate>,
}

/// Office hours, local time.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = OfficeHours)]
struct HoursView {
    /// Sessions of every working day.
    sessions: Vec<SessionView>,
    /// Sessions of the Saturday desk, which receives without making Saturday a working day.
    saturday_desk: Vec<SessionView>,
}

/// One stretch of work.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = OfficeSession)]
struct SessionView {
    /// Opening time.
    #[schema(example = "07:00:00")]
    opens: String,
    /// Closing time.
    #[schema(example = "11:30:00")]
    closes: String,
}

impl UnitView {
    /// The view of a row.
    pub(super) fn of(row: Model) -> Result<Self, Problem> {
        Ok(Self {
            id: row.id,
            code: row.code,
            old_code: row.old_code,
            name: row.name,
            tier: row.tier,
            parent: row.parent_id,
            place_code: row.place_code,
            office_hours: from_json("units.office_hours", &row.office_hours)?,
            receives: row.receives,
            contact: row.contact,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        })
    }
}
