//! `/v1/units/{id}/carrier`: who carries for a unit.

use super::places::must_be_a_carrier;
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, put, web};
use entities::catalogue::units;
use entities::shipments::carriers;
use entities::tables::unit_carriers::Model;
use rules::refusal::Violation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who carries for a unit.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitCarrier {
    /// Connector key; absent where the first carrier that is live is taken.
    #[schema(example = "vnpost_hcc")]
    carrier: Option<String>,
    /// Postal point whose clerks come; the first one below the unit when absent.
    #[serde(default)]
    point: Option<Uuid>,
}

/// Read who carries for a unit
#[utoipa::path(tag = "shipments", params(("id" = Uuid, Path, description = "Key of the unit")),
    responses((status = 200, body = UnitCarrier, example = json!({"carrier": "vnpost_hcc", "point": null}))))]
#[get("/v1/units/{id}/carrier")]
pub(crate) async fn show_unit_carrier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    _asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    units::by_id(db, *id).await?;
    let usual = carriers::of_unit(db, *id).await?;
    Ok(HttpResponse::Ok().json(UnitCarrier { carrier: usual.carrier, point: usual.point }))
}

/// Choose who carries for a unit
///
/// From the next order on; what is ordered already stays where it is.
#[utoipa::path(tag = "shipments", params(("id" = Uuid, Path, description = "Key of the unit")),
    request_body(content = UnitCarrier, example = json!({"carrier": "viettel_post"})),
    responses((status = 200, body = UnitCarrier, example = json!({"carrier": "viettel_post", "point": null}))))]
#[put("/v1/units/{id}/carrier")]
pub(crate) async fn choose_unit_carrier(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    body: Body<UnitCarrier>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let UnitCarrier { carrier, point } = body.body;
    let carrier = carrier.filter(|key| must_be_a_carrier(key).is_ok());
    let carrier = carrier.ok_or_else(|| unknown("/carrier", "carrier_unknown"))?;
    units::by_id(office.db.reader(), *id).await?;
    if let Some(point) = point {
        let unit = units::by_id(office.db.reader(), point).await?;
        if unit.row.tier != "postal_point" {
            return Err(unknown("/point", "not_a_postal_point"));
        }
    }
    let tx = office.db.begin().await?;
    carriers::choose(&tx, Model { unit_id: *id, carrier, point_id: point }).await?;
    let usual = carriers::of_unit(&tx, *id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(UnitCarrier { carrier: usual.carrier, point: usual.point }))
}

fn unknown(pointer: &str, code: &'static str) -> Problem {
    Problem::invalid(vec![Violation {
        pointer: pointer.into(),
        code,
        vi: "Không có bên vận chuyển hoặc điểm bưu chính này.".into(),
        en: "There is no such carrier or postal point.".into(),
    }])
}
