//! Flags for the desk: what a person is to look at, and noting that they did.

use crate::catalogue::listing::Listing;
use crate::dossiers::Nothing;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::cursor::Page;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::inbox::flags::{Search, detail, list};
use entities::tables::flags::Model;
use rules::lang::Lang;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Something to look at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Flag, example = json!({"id": "0194f3c0-0000-7000-8000-000000000031",
    "dossier": "0194f3c0-0000-7000-8000-00000000000b", "unit": "0194f3c0-0000-7000-8000-00000000000a",
    "code": "form_invalid", "pointer": "/form/pages", "message": "Mục này trong tờ khai chưa đúng.", "detail": null,
    "raised_at": "2026-03-10T02:00:00Z", "settled_name": null, "settled_at": null}))]
pub(crate) struct FlagView {
    /// Key; its order is the order of raising.
    id: Uuid,
    /// The dossier.
    dossier: Uuid,
    /// The unit whose desk it is for.
    unit: Uuid,
    /// What it is about.
    #[schema(example = "form_invalid")]
    code: String,
    /// JSON pointer to the place; empty for the whole dossier.
    pointer: String,
    /// The sentence in the reader's language.
    message: String,
    /// What came with it, such as a form that replaces nothing.
    #[schema(value_type = Option<Object>)]
    detail: Option<Value>,
    /// When it was raised.
    raised_at: DateTime<Utc>,
    /// Name of who settled it.
    settled_name: Option<String>,
    /// When that was.
    settled_at: Option<DateTime<Utc>>,
}

/// Which flags to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FlagQuery {
    /// Only of this dossier.
    dossier: Option<Uuid>,
    /// Settled ones too; only the open ones when absent.
    settled_too: Option<bool>,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// Flags on the desks of one's units, newest first
///
/// What came from the national portal and does not fit, a paper that is still being fetched, tax that does not add up.
#[utoipa::path(tag = "queues", params(FlagQuery), responses((status = 200, body = Page<FlagView>)))]
#[get("/v1/flags")]
pub(crate) async fn list_flags(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<FlagQuery>,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let search = Search { dossier: query.dossier, settled_too: query.settled_too.unwrap_or(false), after };
    let rows = list(office.db.reader(), &asker, &search, listing.rows()).await?;
    let page = listing.page(rows, |row| row.id, |row| FlagView::of(&office, row, lang))?;
    Ok(page.answer(listing.address()))
}

/// Note that a flag was dealt with
///
/// By an officer of its unit; who did so first stays.
#[utoipa::path(
    tag = "queues",
    params(("id" = Uuid, Path, description = "Key of the flag"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 200, body = FlagView, description = "Settled"))
)]
#[post("/v1/flags/{id}/settlement")]
pub(crate) async fn settle_flag(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    Language(lang): Language,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    let trace = ask.facts.trace.traceparent();
    office
        .once(&ask.facts, async |tx, at| {
            let row = ask.facts.door(&office, tx, at, &trace).settle_flag(*id).await?;
            Ok(Answer::ok(&FlagView::of(&office, row, lang)?)?.ringing([]))
        })
        .await
}

impl FlagView {
    fn of(office: &Office, row: Model, lang: Lang) -> Result<Self, Problem> {
        Ok(Self {
            detail: detail(&office.sealer, &row)?,
            id: row.id,
            dossier: row.dossier_id,
            unit: row.unit_id,
            code: row.code,
            pointer: row.pointer,
            message: lang.pick(row.vi, row.en),
            raised_at: row.raised_at,
            settled_name: row.settled_name,
            settled_at: row.settled_at,
        })
    }
}
