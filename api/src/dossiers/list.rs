//! The list of dossiers a person may see.

use super::DossierLine;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading;
use rules::access::{Scope, Sight, scope};
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
}

/// List dossiers
///
/// Citizens see their own, officers those of their units, province readers all with persons masked. Newest first.
#[utoipa::path(tag = "dossiers", params(DossierQuery), responses((status = 200, body = Page<DossierLine>)))]
#[get("/v1/dossiers")]
pub(crate) async fn list_dossiers(
    office: web::Data<Office>,
    query: web::Query<DossierQuery>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let (list, limit) = (query.line(), query.limit.unwrap_or(50).clamp(1, 100));
    let after = query.after.as_ref().map(|cursor| office.cursors.open(&list, cursor)).transpose()?;
    if query.q.contains('\0') {
        return Err(Code::QueryInvalid.into());
    }
    let status =
        query.status.as_deref().map(|key| Status::from_key(key).ok_or(Code::QueryInvalid)).transpose()?;
    let search =
        reading::Search { status, unit: query.unit, words: query.q.clone(), after, limit: limit + 1 };
    let rows = reading::list(office.db.reader(), &office.sealer, &asker, &search).await?;
    let sight = if scope(&asker) == Scope::Province { Sight::Masked } else { Sight::Full };
    let page = office.page(&list, rows, limit, |last| last.id, |row| DossierLine::of(row, sight, lang))?;
    Ok(page.answer(&list))
}

impl DossierQuery {
    /// The address of the list with its filters, which a cursor is bound to.
    fn line(&self) -> String {
        let mut filters = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("status", self.status.clone()), ("unit", self.unit.map(|u| u.to_string()))] {
            value.map(|value| filters.append_pair(name, &value));
        }
        if !self.q.is_empty() {
            filters.append_pair("q", &self.q);
        }
        format!("/v1/dossiers?{}", filters.finish())
    }
}
