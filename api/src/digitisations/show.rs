//! `GET /v1/digitisations/{id}`: one paper, with all that was found and done on its way.

use super::view::{DigitisationDetailView, DigitisationView, EventView, StageView};
use crate::identity::Asker;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::digitisations::people::events;
use entities::digitisations::sight::{Placed, find_for};
use entities::digitisations::stages;
use entities::digitisations::steering::{Step, allowed};
use rules::access::Sight;
use rules::lang::Lang;
use uuid::Uuid;

/// One paper to be digitised
///
/// Its state, attempts, last trouble and where it waits, in words; the stages that are behind it; what people did.
#[utoipa::path(tag = "digitisations", params(("id" = Uuid, Path, description = "Key of the item")),
    responses((status = 200, body = DigitisationDetailView, example = json!({
        "id": "0194f3c0-0000-7000-8000-00000000001d", "unit": "0194f3c0-0000-7000-8000-00000000000a",
        "origin": "intake", "kind": "dossier", "ground": "decision",
        "dossier": "0194f3c0-0000-7000-8000-00000000000b", "paper": "0194f3c0-0000-7000-8000-00000000000c",
        "component": "CC-01", "batch": null, "folder": null, "inventory": null, "name": "Bản chính giấy tờ",
        "paper_type": null, "file": null, "stage": "scan", "state": "waiting", "waits_for": "scanner",
        "words": "Chờ cán bộ một cửa quét và tải tệp lên.", "trouble": null, "attempts": 0, "pages": null,
        "pages_done": 0, "document": null, "valid_until": null, "scanned_name": null,
        "opened_at": "2026-11-23T01:00:00Z", "updated_at": "2026-11-23T01:00:00Z", "ended_at": null, "version": 1,
        "stages": [], "events": [], "allowed": ["scan", "drop"]}))))]
#[get("/v1/digitisations/{id}")]
pub(crate) async fn show_digitisation(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let (placed, sight) = find_for(office.db.reader(), &asker, *id).await?;
    let allowed = allowed(&asker, &placed).into_iter().map(Step::key).collect();
    let etag = crate::manners::etag::tag(placed.item.version);
    let view = office.whole((placed, sight), allowed, lang).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, etag)).json(view))
}

impl Office {
    async fn whole(
        &self,
        (placed, sight): (Placed, Sight),
        allowed: Vec<&'static str>,
        lang: Lang,
    ) -> Result<DigitisationDetailView, Problem> {
        let (db, item) = (self.db.reader(), placed.item);
        let behind = stages(db, item.id).await?.into_iter().map(StageView::of).collect::<Result<_, _>>()?;
        let told = events(db, &self.sealer, item.id).await?.into_iter();
        Ok(DigitisationDetailView {
            stages: behind,
            events: told.map(|event| EventView::of(event, sight == Sight::Full)).collect(),
            allowed,
            item: DigitisationView::of(item, lang)?,
        })
    }
}
