//! `GET /v1/result-links/{id}`: the file of a result behind a link that ends.

use crate::office::Office;
use crate::problems::{Code, Problem};
use crate::uploads::{Link, clean, sent};
use actix_web::http::header::{ACCEPT_RANGES, HeaderValue};
use actix_web::{HttpResponse, get, web};
use entities::files;
use entities::links::{Opens, Worth, judge};
use entities::results::linking;
use uuid::Uuid;

/// The file of a result behind a link
///
/// Needs no token. 410 once the link has expired or the result was replaced or revoked.
#[utoipa::path(
    tag = "results",
    params(("id" = Uuid, Path, description = "Key of the link"), Link),
    responses((status = 200, body = Vec<u8>, content_type = "*/*", example = "%PDF-1.7 …"),
        (status = 410, description = "The link has ended", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[get("/v1/result-links/{id}")]
pub(crate) async fn fetch_linked_result(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    link: web::Query<Link>,
) -> Result<HttpResponse, Problem> {
    let (secret, at) = (&office.settings.link_secret, office.clock.now());
    match judge(secret, (Opens::Result, *id), link.signed(), at) {
        Worth::Good => {}
        Worth::Ended => return Err(Code::LinkEnded.into()),
        Worth::Wrong => return Err(Code::LinkInvalid.into()),
    }
    let (made, row) = linking::behind(office.db.reader(), *id).await?.ok_or_else(over)?;
    let file = clean(files::find(office.db.reader(), row.file_id).await?)?;
    let tx = office.db.begin().await?;
    linking::note(&tx, &office.sealer, (&made, &row), at).await?;
    tx.commit().await?;
    // Whole each time: parts could be fetched without being counted.
    let mut answer = sent(&office, &file, None).await?;
    answer.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("none"));
    Ok(answer)
}

fn over() -> Problem {
    Problem::new(Code::LinkEnded).because(
        "Kết quả này đã được cơ quan cấp thay thế hoặc thu hồi nên không tải được nữa; hãy xin bản đang có hiệu lực.",
        "Its agency replaced or revoked this result, so it is not handed out any more; ask for the one in force.",
    )
}
