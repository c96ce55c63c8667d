//! `GET /v1/digitisations/{id}/fields`: what a machine read on a paper, for the person who checks it.

use crate::identity::Asker;
use crate::manners::etag::tag;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::digitisations::fields::{self, Field};
use entities::digitisations::sight::{find_for, sees_pages};
use entities::digitisations::uses::{self, Opened};
use rules::actor::Actor;
use rules::papers::Region;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What the reading is for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PurposeQuery {
    /// What it is read for, in words; the check of the reading when absent. It is kept with the name of the reader.
    #[param(max_length = 400, example = "Đối chiếu với bản giấy")]
    purpose: Option<String>,
}

impl PurposeQuery {
    pub(super) fn words(&self) -> &str {
        let told = self.purpose.as_deref().map(str::trim).filter(|words| !words.is_empty());
        told.unwrap_or("Kiểm tra dữ liệu máy đọc (TT 01/2023/TT-VPCP)")
    }
}

/// The fields of a paper.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisedFields)]
pub(crate) struct FieldsView {
    /// By name.
    pub(super) fields: Vec<FieldView>,
    /// How many still wait for people.
    pub(super) open: usize,
}

/// One field of a paper.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisedField)]
pub(crate) struct FieldView {
    /// Name in the paper type.
    name: String,
    /// `taken` as read, `to_check`, `to_key` a second time, `differs`, or `checked`.
    #[schema(example = "to_check")]
    state: &'static str,
    /// What the machine read; hidden from people who key a field drawn by lot.
    read: Option<String>,
    /// How sure it was, 0 to 100; hidden in the same way.
    confidence: Option<i32>,
    /// Where it stands, in thousandths of the page.
    region: Option<RegionView>,
    /// Drawn by lot: keyed by two people who see neither the reading nor each other's.
    drawn: bool,
    /// Whether the reader of this answer may key it now.
    yours: bool,
    /// What two people keyed differently; only for a third person, who decides.
    keyed: Vec<String>,
    /// What counts; null while it is open.
    value: Option<String>,
}

/// A rectangle on a page, in thousandths of its width and height.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Region)]
struct RegionView {
    /// Page, from 1.
    page: u16,
    /// Left edge.
    left: u16,
    /// Top edge.
    top: u16,
    /// Width.
    width: u16,
    /// Height.
    height: u16,
}

/// The fields of a paper
///
/// For officers of its units. Who opens them, and what for, is kept.
#[utoipa::path(tag = "digitisations", params(("id" = Uuid, Path, description = "Key of the item"), PurposeQuery),
    responses((status = 200, body = FieldsView, example = json!({"open": 1, "fields": [
        {"name": "number", "state": "to_check", "read": "12/CT", "confidence": 61,
         "region": {"page": 1, "left": 120, "top": 80, "width": 140, "height": 18},
         "drawn": false, "yours": true, "keyed": [], "value": null}]}))))]
#[get("/v1/digitisations/{id}/fields")]
pub(crate) async fn show_digitised_fields(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    query: web::Query<PurposeQuery>,
) -> Result<HttpResponse, Problem> {
    let (placed, _) = find_for(office.db.reader(), &asker, *id).await?;
    if !sees_pages(&asker, &placed) {
        return Err(Code::Forbidden.into());
    }
    let at = office.clock.now();
    uses::note(office.db.writer(), (*id, Opened::Fields), (&asker, query.words()), at).await?;
    let view = office.fields_view(&asker, *id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((ETAG, tag(placed.item.version)))
        .insert_header(("cache-control", "private, no-store"))
        .json(view))
}

impl Office {
    async fn fields_view(&self, by: &Actor, id: Uuid) -> Result<FieldsView, Problem> {
        let found = fields::of(self.db.reader(), &self.sealer, id).await?;
        Ok(FieldsView::of(&found, by))
    }
}

impl FieldsView {
    pub(super) fn of(found: &[Field], by: &Actor) -> Self {
        Self {
            open: found.iter().filter(|field| !field.state.is_settled()).count(),
            fields: found.iter().map(|field| FieldView::of(field, by)).collect(),
        }
    }
}

impl FieldView {
    fn of(field: &Field, by: &Actor) -> Self {
        let keying = field.keying();
        let shown = keying.shows_reading();
        let keyed = keying.shows_keyings(&by.subject) && field.row.third_by.is_none();
        let both = [&field.first, &field.second].into_iter().flatten().filter(|_| keyed && field.row.drawn);
        Self {
            name: field.row.name.clone(),
            state: field.state.key(),
            read: field.read.clone().filter(|_| shown),
            confidence: shown.then_some(field.row.confidence),
            region: field.region().map(RegionView::of),
            drawn: field.row.drawn,
            yours: keying.may(&by.subject).is_ok(),
            keyed: both.cloned().collect(),
            value: field.settled.clone(),
        }
    }
}

impl RegionView {
    fn of(region: Region) -> Self {
        let Region { page, left, top, width, height } = region;
        Self { page, left, top, width, height }
    }
}
