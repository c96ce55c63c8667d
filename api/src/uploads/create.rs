//! `POST /v1/uploads`: a whole file as `multipart/form-data`, or the beginning of one in parts as JSON.

use super::arriving::{check_size, discard, keep_all};
use super::finishing::{assemble, rows};
use super::view::{FileView, NewUpload, UploadView};
use crate::manners::answer::Answer;
use crate::manners::ask::{Body, is_json, read};
use crate::manners::key::Keyed;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, HttpResponse, post, web};
use entities::files::quarantined;
use entities::uploads::{self, Upload};
use futures::TryStreamExt;
use rules::jobs::Queue;
use rules::refusal::Violation;
use uuid::Uuid;

/// Upload a file, or begin to
///
/// One file as `multipart/form-data` (field `file`) is answered with the file. JSON with name and size is answered
/// with an upload, whose parts are then sent by PATCH.
#[utoipa::path(tag = "uploads",
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content(
        (NewUpload = "application/json", example = json!({"name": "to-khai.pdf", "size": 1048576})),
        (Object = "multipart/form-data"))),
    responses((status = 201, content((UploadView = "application/json",
        example = json!({"id": "019a0000-0000-7000-8000-000000000001", "name": "to-khai.pdf", "size": 1048576,
            "received": 0, "file_id": null}))))))]
#[post("/v1/uploads")]
pub(crate) async fn create_upload(
    office: web::Data<Office>,
    keyed: Keyed,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    if is_json(&req) {
        let bytes = read(payload.into_inner(), office.settings.json_limit_bytes).await?;
        return begin(&office, keyed, Body::parse(&bytes)?).await;
    }
    if is_form(&req) {
        return take_whole(&office, keyed, Multipart::new(req.headers(), payload)).await;
    }
    Err(Code::MediaTypeUnsupported.into())
}

async fn begin(office: &Office, keyed: Keyed, asked: Body<NewUpload>) -> Result<HttpResponse, Problem> {
    let facts = keyed.with_body(asked.canonical.as_bytes());
    let new = asked.body;
    check_size(office, new.size)?;
    checked(&new)?;
    office
        .once(&facts, async |_, at| {
            let upload = Upload {
                id: Uuid::now_v7(),
                owner: facts.actor.subject.clone(),
                name: tidy(&new.name),
                size: new.size,
                received: 0,
                sha256: new.sha256.clone(),
                file_id: None,
                created_at: at,
            };
            let row = uploads::insert(&upload);
            let location = format!("/v1/uploads/{}", upload.id);
            Ok(Answer::created(location, &UploadView::from(upload))?.inserting(row).ringing([]))
        })
        .await
}

async fn take_whole(office: &Office, keyed: Keyed, mut form: Multipart) -> Result<HttpResponse, Problem> {
    let field = form.try_next().await.map_err(|_| Code::MediaTypeUnsupported)?.ok_or_else(no_file)?;
    let name = tidy(told_name(&field).unwrap_or("file"));
    let upload = Uuid::now_v7();
    let taken = take_field(office, &keyed, upload, &name, field).await;
    let answered = match taken {
        Ok(file) => {
            let facts = keyed.with_body(format!("{name}\n{}", file.sha256).as_bytes());
            let answer = async |_: &_, at| {
                let rows = rows(&file, &facts.trace, at)?;
                Ok(Answer::created(format!("/v1/files/{}", file.id), &FileView::from(&file))?
                    .writing(rows)
                    .ringing([Queue::Party]))
            };
            office.once(&facts, answer).await
        }
        Err(problem) => Err(problem),
    };
    discard(office.files.as_ref(), upload).await;
    answered
}

async fn take_field(
    office: &Office,
    keyed: &Keyed,
    upload: Uuid,
    name: &str,
    field: Field,
) -> Result<entities::files::File, Problem> {
    let size = keep_all(office, upload, field).await?;
    let named = quarantined(name, &keyed.actor().subject, office.clock.now());
    assemble(office, upload, size, None, named).await
}

fn is_form(req: &HttpRequest) -> bool {
    let said = req.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
    said.to_ascii_lowercase().starts_with("multipart/form-data")
}

fn told_name(field: &Field) -> Option<&str> {
    field.content_disposition()?.get_filename()
}

/// The last element of a path, without control characters, at most 255 characters.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let tidy: String = last.chars().filter(|c| !c.is_control()).take(255).collect();
    if tidy.trim().is_empty() { "file".into() } else { tidy }
}

fn checked(new: &NewUpload) -> Result<(), Problem> {
    let hex = |s: &String| s.len() == 64 && s.bytes().all(|b| b.is_ascii_hexdigit());
    let mut errors = Vec::new();
    if new.size < 1 {
        errors.push(violation(
            "/size",
            "too_small",
            "Tệp phải có ít nhất 1 byte.",
            "A file has at least 1 byte.",
        ));
    }
    if new.name.trim().is_empty() || new.name.chars().count() > 255 {
        errors.push(violation(
            "/name",
            "length",
            "Tên tệp có 1 đến 255 ký tự.",
            "A name has 1 to 255 characters.",
        ));
    }
    if new.sha256.as_ref().is_some_and(|s| !hex(s)) {
        errors.push(violation(
            "/sha256",
            "format",
            "SHA-256 gồm 64 chữ số hex.",
            "A SHA-256 has 64 hex digits.",
        ));
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::invalid(errors)) }
}

fn no_file() -> Problem {
    Problem::invalid(vec![violation("/file", "missing_field", "Thiếu tệp.", "The file is missing.")])
}

fn violation(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
