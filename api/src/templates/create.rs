//! `POST /v1/templates`: new words are drafted.

use super::view::{NewTemplate, TemplateView};
use crate::admin::must_run_catalogue;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::notices::drafting::begin;

/// Draft new words for an event
///
/// Checked at once: unknown and missing placeholders, text messages over two segments, links that lead elsewhere or stand
/// beside words about passwords, and HTML that could run. Nobody is told in these words before they are adopted.
#[utoipa::path(tag = "notices",
    params(("Idempotency-Key" = String, Header, description = "A new key for each draft")),
    request_body(content = NewTemplate, example = json!({"event": "accept", "language": "vi", "wording": {"channel": "sms",
        "text": "Hồ sơ {code} đã được tiếp nhận. Hẹn trả kết quả: {due_short}.", "accents": false}})),
    responses((status = 201, body = TemplateView, description = "The draft")))]
#[post("/v1/templates")]
pub(crate) async fn draft_template(
    office: web::Data<Office>,
    ask: Ask<NewTemplate>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let Ask { facts, body } = ask;
    let draft = body.draft();
    office
        .once(&facts, async |tx, at| {
            let row = begin(tx, &draft, &office.settings.public_url, (&facts.actor, at)).await?;
            let (location, seen) = (format!("/v1/templates/{}", row.id), row.row_version);
            Ok(Answer::created(location, &TemplateView::of(row)?)?.versioned(seen).ringing([]))
        })
        .await
}
