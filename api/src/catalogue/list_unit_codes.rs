//! `GET /v1/units/{id}/codes`: every organisation code a unit ever had.

use super::keys;
use super::shown::shown;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use entities::catalogue::unit_codes;
use entities::tables::unit_codes::Model;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The codes of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitCodes {
    /// Oldest first.
    items: Vec<UnitCode>,
    /// The new code that an old one turned round would give, where the unit has none yet; a proposal, not a code.
    suggestion: Option<String>,
}

/// An organisation code and its days.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnitCode {
    /// The code.
    #[schema(example = "000.14.10.H03")]
    code: String,
    /// Which rule it follows.
    #[schema(value_type = keys::CodeScheme)]
    scheme: String,
    /// First day.
    valid_from: NaiveDate,
    /// Last day; absent while no end is known.
    valid_to: Option<NaiveDate>,
    /// Document that gives it; absent where it came with the unit's own record.
    document: Option<String>,
}

/// All codes of a unit, old and new
#[utoipa::path(tag = "catalogue", params(("id" = Uuid, Path)), responses((status = 200, body = UnitCodes,
    example = json!({"items": [{"code": "000.14.10.H03", "scheme": "old", "valid_from": "2020-09-15", "valid_to": null,
        "document": null}, {"code": "H03.10.14", "scheme": "new", "valid_from": "2020-09-15", "valid_to": null,
        "document": null}], "suggestion": null})),
    (status = 304, description = "The reader has these codes.")))]
#[get("/v1/units/{id}/codes")]
pub(crate) async fn list_unit_codes(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let unit = office.catalogue.unit(office.db.reader(), *id, office.clock.now()).await?;
    let codes = unit_codes::of(office.db.reader(), unit.row.id).await?;
    let suggestion = unit_codes::suggested(&codes);
    shown(&known, &UnitCodes { items: codes.into_iter().map(UnitCode::of).collect(), suggestion })
}

impl UnitCode {
    /// The view of a row.
    pub(crate) fn of(row: Model) -> Self {
        let Model { code, scheme, valid_from, valid_to, document, .. } = row;
        Self { code, scheme, valid_from, valid_to, document }
    }
}
