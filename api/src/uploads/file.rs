//! `GET /v1/files/{id}` and `/v1/files/{id}/content`: what a file is, and its bytes.

use super::view::FileView;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::body::SizedStream;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_RANGE, HeaderMap, IF_RANGE, RANGE};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::documents::reading::seen_in_file;
use entities::dossiers::reading;
use entities::files::{self, File, State};
use object_store::path::Path;
use object_store::{GetOptions, GetRange};
use rules::actor::Actor;
use std::ops::Range;
use uuid::Uuid;

/// What a file is
#[utoipa::path(tag = "uploads", params(("id" = Uuid, Path)), responses((status = 200, body = FileView,
    example = json!({"id": "019a0000-0000-7000-8000-000000000002", "name": "to-khai.pdf", "size": 1048576,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "media_type": "application/pdf",
        "state": "clean", "created_at": "2026-01-05T02:00:00Z"}))))]
#[get("/v1/files/{id}")]
pub(crate) async fn show_file(
    asker: Asker,
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let file = readable(&office, &asker, *id).await?;
    Ok(known.answer_tagged(&format!("\"{}\"", file.state.key()), &FileView::from(&file)))
}

/// The bytes of a file, whole or a range
#[utoipa::path(tag = "uploads",
    params(("id" = Uuid, Path), ("Range" = Option<String>, Header, example = "bytes=0-1023")),
    responses((status = 200, body = Vec<u8>, content_type = "*/*", example = "%PDF-1.7 …"),
        (status = 206, body = Vec<u8>, content_type = "*/*", description = "The range asked for.")))]
#[get("/v1/files/{id}/content")]
pub(crate) async fn show_file_content(
    asker: Asker,
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let file = clean(readable(&office, &asker, *id).await?)?;
    let range = range_of(req.headers(), &file)?;
    seen_in_file(office.db.writer(), &office.sealer, &asker, file.id, office.clock.now()).await?;
    sent(&office, &file, range).await
}

/// Who uploaded a file reads it, and who sees a dossier that holds it; to others it does not exist.
async fn readable(office: &Office, by: &Actor, id: Uuid) -> Result<File, Problem> {
    let file = files::find(office.db.reader(), id).await?;
    let may = reading::may_read_file(office.db.reader(), &office.sealer, by, &file).await?;
    if may { Ok(file) } else { Err(Code::NotFound.into()) }
}

/// The file, once it is out of quarantine.
pub(crate) fn clean(file: File) -> Result<File, Problem> {
    match file.state {
        State::Quarantined => Err(Code::FileQuarantined.into()),
        State::Refused => Err(Code::FileRefused.into()),
        State::Clean => Ok(file),
    }
}

pub(crate) async fn sent(
    office: &Office,
    file: &File,
    range: Option<Range<u64>>,
) -> Result<HttpResponse, Problem> {
    let size = u64::try_from(file.size).unwrap_or(0);
    let whole = range.is_none();
    let range = range.unwrap_or(0..size);
    let options = GetOptions { range: Some(GetRange::Bounded(range.clone())), ..GetOptions::default() };
    let got = office.files.get_opts(&Path::from(files::stored_at(&file.sha256)), options).await?;
    let mut response = HttpResponse::build(if whole { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT });
    if !whole {
        response.insert_header((CONTENT_RANGE, format!("bytes {}-{}/{size}", range.start, range.end - 1)));
    }
    response
        .content_type(file.media_type.as_str())
        .insert_header(("accept-ranges", "bytes"))
        .insert_header(("etag", format!("\"{}\"", file.sha256)))
        .insert_header(("cache-control", "private, no-store"))
        .insert_header(("content-disposition", disposition(&file.name)))
        // Compressed ranges would not be ranges of the file.
        .insert_header(("content-encoding", "identity"));
    Ok(response.body(SizedStream::new(range.end - range.start, got.into_stream())))
}

/// The single range asked for (RFC 9110 §14.2); none for no range, several, or one of another version.
pub(crate) fn range_of(headers: &HeaderMap, file: &File) -> Result<Option<Range<u64>>, Problem> {
    let said = |name| headers.get(name).and_then(|v| v.to_str().ok());
    let Some(asked) = said(RANGE).and_then(|r| r.strip_prefix("bytes=")) else { return Ok(None) };
    if said(IF_RANGE).is_some_and(|tag| tag != format!("\"{}\"", file.sha256)) || asked.contains(',') {
        return Ok(None);
    }
    let size = u64::try_from(file.size).unwrap_or(0);
    let range = asked.split_once('-').and_then(|(from, to)| match (from.trim(), to.trim()) {
        ("", last) => last.parse::<u64>().ok().map(|n| size.saturating_sub(n)..size),
        (from, "") => from.parse().ok().map(|from| from..size),
        (from, to) => Some(from.parse().ok()?..to.parse::<u64>().ok()?.saturating_add(1).min(size)),
    });
    match range {
        Some(range) if range.start < range.end => Ok(Some(range)),
        _ => {
            Err(Problem::new(Code::RangeNotSatisfiable)
                .with_header(CONTENT_RANGE, &format!("bytes */{size}")))
        }
    }
}

/// Always a download, with the name in both forms (RFC 6266 §5).
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"._-".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}
