//! `PATCH /v1/uploads/{id}`: the next part of a file; the last one completes it.

use super::arriving::{Part, discard, keep};
use super::finishing::{assemble, rows};
use super::view::FileView;
use crate::identity::Asker;
use crate::manners::ask::read;
use crate::manners::trace::Trace;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::{CONTENT_TYPE, HeaderName};
use actix_web::{HttpRequest, HttpResponse, patch, web};
use bytes::Bytes;
use entities::files::{self, File, quarantined};
use entities::uploads::{self, Upload};
use object_store::ObjectStoreExt;
use rules::jobs::Queue;
use uuid::Uuid;

/// Send the next part
///
/// `Upload-Offset` says where the part begins. The last part is answered with the file; an empty part at the end asks
/// again for a completion that was cut off.
#[utoipa::path(tag = "uploads",
    params(("id" = Uuid, Path), ("Upload-Offset" = i64, Header, description = "Byte the part begins at.")),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 200, body = FileView, description = "The last part has come: this is the file.",
            example = json!({"id": "019a0000-0000-7000-8000-000000000002", "name": "to-khai.pdf", "size": 1048576,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "media_type": "application/pdf", "state": "quarantined", "created_at": "2026-01-05T02:00:00Z"})),
        (status = 204, description = "Received; more to come.", headers(("Upload-Offset" = i64)))))]
#[patch("/v1/uploads/{id}")]
pub(crate) async fn append_to_upload(
    asker: Asker,
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    trace: Trace,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let offset = offset_of(&req)?;
    let upload = uploads::find(office.db.reader(), *id, &asker.subject).await?;
    if let Some(file) = upload.file_id {
        return Ok(shown(&files::find(office.db.reader(), file).await?));
    }
    let bytes = read(payload.into_inner(), office.settings.part_limit_bytes).await?;
    let received = receive(&office, &upload, offset, bytes).await?;
    if received < upload.size {
        return Ok(HttpResponse::NoContent().insert_header(("upload-offset", received)).finish());
    }
    Ok(shown(&complete(&office, &upload, &trace).await?))
}

async fn receive(office: &Office, upload: &Upload, offset: i64, bytes: Bytes) -> Result<i64, Problem> {
    let end = offset.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
    if end > upload.size {
        return Err(Code::FileTooLarge.into());
    }
    if offset != upload.received {
        return Err(mismatch(upload.received));
    }
    if bytes.is_empty() {
        return Ok(upload.received);
    }
    let part = keep(office, upload.id, offset, bytes).await?;
    if !uploads::advance(office.db.writer(), upload.id, part.from, part.to).await? {
        return Err(overtaken(office, upload, part).await);
    }
    Ok(part.to)
}

/// Another part was faster; ours is removed unless it is the very same one.
async fn overtaken(office: &Office, upload: &Upload, part: Part) -> Problem {
    let received = match uploads::find(office.db.writer(), upload.id, &upload.owner).await {
        Ok(now) => now.received,
        Err(error) => return error.into(),
    };
    if received != part.to {
        let _ = office.files.delete(&part.stored_at(upload.id)).await;
    }
    mismatch(received)
}

async fn complete(office: &Office, upload: &Upload, trace: &Trace) -> Result<File, Problem> {
    let named = quarantined(&upload.name, &upload.owner, office.clock.now());
    let assembled = assemble(office, upload.id, upload.size, upload.sha256.as_deref(), named).await;
    let file = match assembled {
        Err(problem) if problem.code().status() == 422 => {
            uploads::forget(office.db.writer(), upload.id).await?;
            return Err(problem);
        }
        other => other?,
    };
    let tx = office.db.begin().await?;
    if !uploads::complete(&tx, upload.id, file.id).await? {
        return Err(Code::OffsetMismatch.into());
    }
    rows(&file, trace, file.created_at)?.write(&tx).await?;
    tx.commit().await?;
    office.wake.ring(Queue::Party);
    discard(office.files.as_ref(), upload.id).await;
    Ok(file)
}

fn offset_of(req: &HttpRequest) -> Result<i64, Problem> {
    let header = |name: &HeaderName| req.headers().get(name).and_then(|v| v.to_str().ok());
    if header(&CONTENT_TYPE) != Some("application/offset+octet-stream") {
        return Err(Code::MediaTypeUnsupported.into());
    }
    let offset = header(&HeaderName::from_static("upload-offset")).and_then(|v| v.parse().ok());
    offset.filter(|o| *o >= 0).ok_or_else(|| {
        Problem::new(Code::HeaderInvalid).because(
            "Thiếu Upload-Offset hoặc không phải là số.",
            "Upload-Offset is missing or not a number.",
        )
    })
}

fn mismatch(received: i64) -> Problem {
    Problem::new(Code::OffsetMismatch)
        .with_header(HeaderName::from_static("upload-offset"), &received.to_string())
}

fn shown(file: &File) -> HttpResponse {
    HttpResponse::Ok().insert_header(("upload-offset", file.size)).json(FileView::from(file))
}
