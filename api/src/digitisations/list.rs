//! `GET /v1/digitisations`: the queue of a unit.

use super::DigitisationView;
use crate::catalogue::keys;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::digitisations::queue::{Search, list};
use rules::access::{Thing, knows};
use rules::papers::{ItemState, Origin, Stage, WaitsFor};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Which papers to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DigitisationQuery {
    /// Only of this unit.
    unit: Option<Uuid>,
    /// Only in this state.
    #[param(inline, value_type = Option<keys::ItemState>)]
    state: Option<ItemState>,
    /// Only from here.
    #[param(inline, value_type = Option<keys::PaperOrigin>)]
    origin: Option<Origin>,
    /// Only at this stage.
    #[param(inline, value_type = Option<keys::PaperStage>)]
    stage: Option<Stage>,
    /// Only what waits for this.
    #[param(inline, value_type = Option<keys::WaitsFor>)]
    waits_for: Option<WaitsFor>,
    /// Without those that are over, or with them; without when absent, unless a state, a batch or a dossier is asked for.
    open: Option<bool>,
    /// Only of this batch.
    batch: Option<Uuid>,
    /// Only of this dossier.
    dossier: Option<Uuid>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Papers to be digitised, oldest first
///
/// Those of the person's units; of the whole province for who oversees it. Each says where it is, what it waits for and
/// what went wrong last.
#[utoipa::path(tag = "digitisations", params(DigitisationQuery),
    responses((status = 200, body = Page<DigitisationView>)))]
#[get("/v1/digitisations")]
pub(crate) async fn list_digitisations(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<DigitisationQuery>,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !knows(&asker, Thing::Digitisations) {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = query.into_inner().search(after, listing.rows());
    let rows = list(office.db.reader(), &asker, &search).await?;
    let page = listing.page(rows, |row| row.id, |row| Ok(DigitisationView::of(row, lang)?))?;
    Ok(page.answer(listing.address()))
}

impl DigitisationQuery {
    fn search(self, after: Option<Uuid>, limit: u64) -> Search {
        let narrowed = self.state.is_some() || self.batch.is_some() || self.dossier.is_some();
        Search {
            open: self.open.unwrap_or(!narrowed),
            unit: self.unit,
            state: self.state,
            origin: self.origin,
            stage: self.stage,
            waits_for: self.waits_for,
            batch: self.batch,
            dossier: self.dossier,
            after,
            limit,
        }
    }
}
