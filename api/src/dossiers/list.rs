//! The list of dossiers a person may see.

use super::DossierLine;
use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::manners::unmasking::named_for;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::dossiers::reading;
use rules::status::Status;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// What a list of dossiers is asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DossierQuery {
    /// Only this status.
    #[param(example = "received")]
    status: Option<String>,
    /// Only this receiving unit.
    unit: Option<Uuid>,
    /// Beginning of the applicant's name in any accents, or a whole dossier code.
    #[param(max_length = 100)]
    q: String,
    /// Dossiers a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
    /// Name persons in full, with a `purpose`; they are masked when absent.
    unmasked: bool,
    /// What persons are named for, in words; they read it in their access log.
    #[param(max_length = 400, example = "Gọi người dân đến nhận kết quả")]
    purpose: Option<String>,
}

/// List dossiers
///
/// Citizens see their own, officers those of their units, province readers all. Newest first. Other persons than the
/// reader are masked; an officer who needs their names says `unmasked` and what for.
#[utoipa::path(tag = "dossiers", params(DossierQuery), responses((status = 200, body = Page<DossierLine>)))]
#[get("/v1/dossiers")]
pub(crate) async fn list_dossiers(
    office: web::Data<Office>,
    query: web::Query<DossierQuery>,
    asker: Asker,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    if query.q.contains('\0') {
        return Err(Code::QueryInvalid.into());
    }
    let status =
        query.status.as_deref().map(|key| Status::from_key(key).ok_or(Code::QueryInvalid)).transpose()?;
    let search =
        reading::Search { status, unit: query.unit, words: query.q.clone(), after, limit: listing.rows() };
    let purpose = named_for(query.unmasked, query.purpose.as_deref())?;
    let rows = reading::list(office.db.reader(), &office.sealer, &asker, &search).await?;
    let page = listing.page(rows, |last| last.id, |row| office.line(row, (&asker.0, purpose), lang))?;
    Ok(page.answer(listing.address()))
}
