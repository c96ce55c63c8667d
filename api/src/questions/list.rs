//! `GET /v1/questions`: what waits for an answer.

use super::view::QuestionView;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::unmasking::named_for;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::columns::key_of;
use entities::questions;
use rules::access::{Thing, knows};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Where a question stands.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuestionState {
    /// Waits for an answer.
    #[default]
    Open,
    /// Answered; the portal is about to be told.
    Answered,
    /// The portal has the answer.
    Told,
}

/// Which questions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionQuery {
    /// Those that wait, when absent.
    #[serde(default)]
    #[param(inline)]
    state: QuestionState,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
    /// Name persons in full, with a `purpose`; they are masked when absent.
    #[serde(default)]
    unmasked: bool,
    /// What persons are named for, in words; they read it in their access log.
    #[param(max_length = 400, example = "Gọi người dân đến nhận kết quả")]
    purpose: Option<String>,
}

/// Questions put at the national portal, newest first
///
/// Those put to the person's units; questions to a unit that the office does not know go to the controllers of
/// procedures, who see all. Who asked is masked, unless the officer says `unmasked` and what for.
#[utoipa::path(tag = "questions", params(QuestionQuery), responses((status = 200, body = Page<QuestionView>)))]
#[get("/v1/questions")]
pub(crate) async fn list_questions(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<QuestionQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !knows(&asker, Thing::Questions) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let before = listing.position(query.after.as_deref())?;
    let state = key_of(&query.state)?;
    let purpose = named_for(query.unmasked, query.purpose.as_deref())?;
    let rows = questions::list(office.db.reader(), &asker, (&state, before), listing.rows()).await?;
    let view = |row| QuestionView::in_list(&office.sealer, row, purpose);
    let page = listing.page(rows, |row| row.id, |row| Ok(view(row)?))?;
    Ok(page.answer(listing.address()))
}
