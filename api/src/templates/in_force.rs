//! `GET /v1/templates/in-force`: the words that people are told in now.

use super::view::WordingView;
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::notices::templates::in_force;
use rules::lang::Lang;
use rules::notices::NoticeEvent;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Of which event.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct InForceQuery {
    /// The event.
    #[param(value_type = String, example = "accept")]
    event: NoticeEvent,
}

/// Words in force.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WordsInForce, example = json!({"event": "accept", "language": "vi", "version": 0, "placeholders": ["code",
    "due_short"], "required": ["code"], "wording": {"channel": "sms",
    "text": "Hồ sơ {code} đã được tiếp nhận. Hẹn trả kết quả: {due_short}.", "accents": false}}))]
pub(crate) struct InForceView {
    /// Key of the event.
    #[schema(value_type = String)]
    event: NoticeEvent,
    /// `vi` or `en`.
    #[schema(value_type = String)]
    language: Lang,
    /// Version; 0 is what the program ships.
    version: i32,
    /// The words.
    wording: WordingView,
    /// Placeholders that such words may hold.
    placeholders: Vec<&'static str>,
    /// Those that they must hold.
    required: Vec<&'static str>,
}

/// The words in force for an event
///
/// In each language, for each channel that has some.
#[utoipa::path(tag = "notices", params(InForceQuery), responses((status = 200, body = Vec<InForceView>)))]
#[get("/v1/templates/in-force")]
pub(crate) async fn show_words_in_force(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<InForceQuery>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    let event = query.event;
    let words = in_force(office.db.reader(), event, office.clock.now()).await?;
    let mut views = Vec::new();
    for language in [Lang::Vi, Lang::En] {
        for channel in event.channels() {
            let Some(chosen) = words.of(event, language, *channel)? else { continue };
            let (version, wording) = (chosen.version, chosen.wording.into());
            let (placeholders, required) = (event.allowed(*channel), event.required(*channel).to_vec());
            views.push(InForceView { event, language, version, wording, placeholders, required });
        }
    }
    Ok(HttpResponse::Ok().json(views))
}
