//! `GET /v1/dossiers/{id}/digitisations`: the papers of a dossier on their way, told to whoever sees the dossier.

use super::view::words;
use crate::identity::Asker;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::digitisations::Item;
use entities::digitisations::reading::of_dossier;
use entities::dossiers::reading;
use rules::lang::Lang;
use rules::papers::{ItemState, Origin};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A paper of a dossier on its way to the store of its owner.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DossierDigitisation, example = json!({"id": "0194f3c0-0000-7000-8000-00000000001d",
    "paper": "0194f3c0-0000-7000-8000-00000000000c", "name": "Bản chính giấy tờ", "result": false,
    "state": "waiting", "words": "Chờ cán bộ một cửa quét và tải tệp lên.", "document": null,
    "opened_at": "2026-11-23T01:00:00Z", "ended_at": null}))]
pub(crate) struct DossierDigitisationView {
    /// Key; officers of its units read all of it at `/v1/digitisations/{id}`.
    id: Uuid,
    /// The paper, as the list of papers has it.
    paper: Option<Uuid>,
    /// Name of the paper.
    name: String,
    /// It is the result.
    result: bool,
    /// `waiting`, `working`, `stuck`, `filed` or `dropped`.
    #[schema(example = "waiting")]
    state: String,
    /// The same in words: officers read what is to be done, the person how it stands.
    words: String,
    /// The document of the store it became.
    document: Option<Uuid>,
    /// Opened.
    opened_at: DateTime<Utc>,
    /// Filed or left out.
    ended_at: Option<DateTime<Utc>>,
}

/// The papers of a dossier that are digitised
///
/// Oldest first. The dossier cannot be closed while one of them is open (R-C1).
#[utoipa::path(tag = "digitisations", params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<DossierDigitisationView>)))]
#[get("/v1/dossiers/{id}/digitisations")]
pub(crate) async fn list_dossier_digitisations(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let mine = entities::dossiers::is_mine(&dossier, &asker, &office.sealer);
    let items = of_dossier(db, dossier.id).await?;
    let views = items.into_iter().map(|item| DossierDigitisationView::of(item, mine, lang));
    Ok(HttpResponse::Ok().json(views.collect::<Result<Vec<_>, Error>>()?))
}

impl DossierDigitisationView {
    /// What an officer is to do is no concern of the person the papers belong to.
    fn of(item: Item, mine: bool, lang: Lang) -> Result<Self, Error> {
        let state = ItemState::from_key(&item.state).ok_or_else(|| Error::damaged("state", &item.state))?;
        let words = match mine {
            true => told_to_the_person(state, lang).into(),
            false => words(&item, lang)?,
        };
        Ok(Self {
            id: item.id,
            paper: item.paper_id,
            name: item.name,
            result: item.origin == Origin::Result.key(),
            state: item.state,
            words,
            document: item.document_id,
            opened_at: item.opened_at,
            ended_at: item.ended_at,
        })
    }
}

fn told_to_the_person(state: ItemState, lang: Lang) -> &'static str {
    let (vi, en) = match state {
        ItemState::Waiting | ItemState::Working => (
            "Cơ quan đang số hóa giấy tờ này; bạn không phải làm gì.",
            "The office is digitising this paper; you need do nothing.",
        ),
        ItemState::Stuck => (
            "Việc số hóa giấy tờ này đang được cán bộ xem lại; bạn không phải làm gì.",
            "An officer is looking into this paper; you need do nothing.",
        ),
        ItemState::Filed => (
            "Đã số hóa và lưu trong kho dữ liệu điện tử của bạn; lần sau không phải nộp lại.",
            "Digitised and kept in your store of documents; you will not be asked for it again.",
        ),
        ItemState::Dropped => ("Giấy tờ này không được số hóa.", "This paper was not digitised."),
    };
    lang.pick(vi, en)
}
