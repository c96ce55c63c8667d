//! `GET /v1/units/{id}`: one unit, even one that has ended.

use super::shown::shown;
use super::unit_view::UnitView;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use uuid::Uuid;

/// One unit or postal point
#[utoipa::path(tag = "catalogue", params(("id" = Uuid, Path)), responses((status = 200, body = UnitView,
    example = json!({"id": "019a0000-0000-7000-8000-000000000001", "code": "H03.10.14", "old_code": null,
        "name": "Ủy ban nhân dân phường Sông Cầu", "tier": "commune", "parent": "019a0000-0000-7000-8000-000000000002",
        "place_code": "01843", "office_hours": {"sessions": [{"opens": "07:00:00", "closes": "11:30:00"}],
        "saturday_desk": []}, "receives": true, "contact": null, "valid_from": "2020-09-15", "valid_to": null})),
    (status = 304, description = "The reader has this unit.")))]
#[get("/v1/units/{id}")]
pub(crate) async fn show_unit(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let unit = office.catalogue.unit(office.db.reader(), *id, office.clock.now()).await?;
    shown(&known, &UnitView::of(unit.row.clone())?)
}
