//! `POST /v1/templates/preview`: what words become, told about nobody.

use super::view::{NewTemplate, WordingView};
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::notices::drafting::{Draft, faults};
use entities::notices::templates::{InForce, in_force};
use rules::notices::{NoticeChannel, NoticeEvent, Wording, letter, part, samples, segments};
use serde::Serialize;
use utoipa::ToSchema;

/// What the words become.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TemplatePreview, example = json!({"wording": {"channel": "sms",
    "text": "Ho so 000.14.10.H99-261231-0001 da duoc tiep nhan. Hen tra ket qua: 17:00 31/12/2026.", "accents": false},
    "segments": 1}))]
pub(crate) struct PreviewView {
    /// The words with sample facts of a dossier that nobody handed in.
    wording: WordingView,
    /// Segments of a text message.
    segments: Option<usize>,
}

/// Preview words
///
/// With sample facts, never with those of a person; letters stand in the frame in force. Refused like a draft is.
#[utoipa::path(tag = "notices",
    request_body(content = NewTemplate, example = json!({"event": "accept", "language": "vi", "wording": {"channel": "sms",
        "text": "Hồ sơ {code} đã được tiếp nhận. Hẹn trả kết quả: {due_short}.", "accents": false}})),
    responses((status = 200, body = PreviewView)))]
#[post("/v1/templates/preview")]
pub(crate) async fn preview_template(
    office: web::Data<Office>,
    asker: Asker,
    body: Body<NewTemplate>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let draft = body.body.draft();
    let url = &office.settings.public_url;
    let wrong = faults(&draft, url);
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    let frame = in_force(office.db.reader(), NoticeEvent::Frame, office.clock.now()).await?;
    let filled = filled(&draft, &frame, url)?.map_err(|_| Code::Internal)?;
    let segments = match &filled {
        Wording::Sms { text, .. } => Some(segments(text)),
        _ => None,
    };
    Ok(HttpResponse::Ok().json(PreviewView { wording: filled.into(), segments }))
}

fn filled(draft: &Draft, frame: &InForce, url: &str) -> Result<Result<Wording, String>, Problem> {
    let words = samples(draft.language, url);
    let Wording::Email { subject, text, html } = &draft.wording else {
        return Ok(draft.wording.filled(&words));
    };
    let kept = frame.of(NoticeEvent::Frame, draft.language, NoticeChannel::Email)?;
    let around = match kept.map(|chosen| chosen.wording) {
        Some(Wording::Email { text, .. }) if draft.event != NoticeEvent::Frame => text,
        _ => "{body}".to_owned(),
    };
    let whole = part((subject, text, html.as_deref()), &words).and_then(|part| part.framed(&around, &words));
    Ok(whole.map(|part| letter(&[(draft.language, part)])))
}
