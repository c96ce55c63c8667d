//! `GET` and `HEAD /v1/uploads/{id}`: how much of a file has come.

use super::view::UploadView;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, route, web};
use entities::uploads;
use uuid::Uuid;

/// How much of the file has come
#[utoipa::path(method(get, head), path = "/v1/uploads/{id}", tag = "uploads", params(("id" = Uuid, Path)),
    responses((status = 200, body = UploadView, headers(("Upload-Offset" = i64)),
        example = json!({"id": "019a0000-0000-7000-8000-000000000001", "name": "to-khai.pdf", "size": 1048576,
            "received": 524288, "file_id": null}))))]
#[route("/v1/uploads/{id}", method = "GET", method = "HEAD")]
pub(crate) async fn show_upload(
    asker: Asker,
    office: web::Data<Office>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let upload = uploads::find(office.db.reader(), *id, &asker.subject).await?;
    let mut response = HttpResponse::Ok();
    response.insert_header(("upload-offset", upload.received)).insert_header(("upload-length", upload.size));
    Ok(response.json(UploadView::from(upload)))
}
