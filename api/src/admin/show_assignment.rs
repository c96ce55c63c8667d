//! `GET /v1/admin/assignments/{id}`: one role of one officer.

use super::assignment_view::AssignmentView;
use super::must_run_people;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::people::show;
use uuid::Uuid;

/// One role of an officer
#[utoipa::path(tag = "admin", params(("id" = Uuid, Path)), responses((status = 200, body = AssignmentView,
    example = json!({"id": "019a0000-0000-7000-8000-000000000001",
        "subject": "https://sso.tinh.example/realms/motcua|0f8fad5b", "name": "Hoàng Văn Cửa",
        "title": "Cán bộ một cửa", "role": "desk_officer", "unit": "019a0000-0000-7000-8000-000000000002",
        "valid_from": "2026-03-10T02:00:00Z", "valid_to": null}))))]
#[get("/v1/admin/assignments/{id}")]
pub(crate) async fn show_assignment(
    asker: Asker,
    office: web::Data<Office>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    must_run_people(&asker)?;
    let row = show(office.db.reader(), *id).await?;
    Ok(HttpResponse::Ok().json(AssignmentView::of(row)?))
}
