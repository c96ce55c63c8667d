//! Links by which the file of a result is fetched without signing in.

use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::cursor::{Page, PageQuery};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::links::{Opens, sign_for};
use entities::results::{linking, reading};
use entities::tables::result_links::Model;
use rules::access::Sight;
use rules::refusal::Violation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How long a link is to be good, and what for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewLink {
    /// Minutes, 1 to 10,080 (seven days); an hour when absent.
    #[serde(default = "NewLink::an_hour")]
    #[schema(minimum = 1, maximum = 10080, example = 60)]
    minutes: i64,
    /// What it is for, in words; the owner reads it.
    #[schema(max_length = 400, example = "Nộp cho ngân hàng khi vay vốn")]
    purpose: String,
}

/// A link that was made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResultLink, example = json!({"id": "0194f3c0-0000-7000-8000-000000000011",
    "address": "https://motcua.example/v1/result-links/0194f3c0-0000-7000-8000-000000000011?expires=1797922248&signature=296d23",
    "purpose": "Nộp cho ngân hàng khi vay vốn", "made_name": "Nguyễn Thị Mẫu", "made_at": "2026-11-24T02:00:00Z",
    "expires_at": "2026-11-24T03:00:00Z", "fetched": 0, "fetched_at": null}))]
pub(crate) struct LinkView {
    /// Key.
    id: Uuid,
    /// The link itself; null in lists, for only its maker is given it, and once.
    address: Option<String>,
    /// What it is for.
    purpose: String,
    /// Name of who made it.
    made_name: String,
    /// Made.
    made_at: DateTime<Utc>,
    /// Good until then.
    expires_at: DateTime<Utc>,
    /// How often the file was fetched by it.
    fetched: i32,
    /// The last time.
    fetched_at: Option<DateTime<Utc>>,
}

/// Make a link to the file of a result
///
/// For who may read the file, to be given to somebody without an account here. It opens this result alone, until it ends
/// or the result does; every fetching is noted.
#[utoipa::path(
    tag = "results",
    params(("id" = Uuid, Path, description = "Key of the result"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewLink, example = json!({"minutes": 60, "purpose": "Nộp cho ngân hàng khi vay vốn"})),
    responses((status = 201, body = LinkView, description = "Made"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/results/{id}/links")]
pub(crate) async fn link_result(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewLink>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let wrong = body.violations();
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    office
        .once(&facts, async |tx, at| {
            let (row, dossier, sight) = reading::find(tx, &office.sealer, &facts.actor, *id).await?;
            let (result, asked) = ((&row, &dossier, sight), (body.purpose.as_str(), body.minutes));
            let link = linking::make(tx, &office.sealer, &facts.actor, result, asked, at).await?;
            let address = office.link_address(&link);
            let view = LinkView { address: Some(address), ..LinkView::from(link) };
            Ok(Answer::created(format!("/v1/results/{}/links", row.id), &view)?.ringing([]))
        })
        .await
}

/// List the links of a result, newest first
///
/// For the person and the officers of the dossier: who made each, what for, and how often it was used.
#[utoipa::path(
    tag = "results",
    params(("id" = Uuid, Path, description = "Key of the result"), PageQuery),
    responses((status = 200, body = Page<LinkView>))
)]
#[get("/v1/results/{id}/links")]
pub(crate) async fn list_result_links(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    query: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (row, _, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let after = listing.position(query.after.as_deref())?;
    let rows = linking::list(db, row.id, after, listing.rows()).await?;
    let page = listing.page(rows, |link| link.id, |link| Ok(LinkView::from(link)))?;
    Ok(page.answer(listing.address()))
}

impl Office {
    fn link_address(&self, link: &Model) -> String {
        let signed = sign_for(&self.settings.link_secret, Opens::Result, link.id, link.expires_at);
        format!("{}/v1/result-links/{}?{signed}", self.settings.public_url, link.id)
    }
}

impl NewLink {
    fn an_hour() -> i64 {
        60
    }

    fn violations(&self) -> Vec<Violation> {
        let said = self.purpose.chars().any(char::is_alphabetic) && self.purpose.chars().count() <= 400;
        let checks = [
            (
                (1..=linking::LONGEST).contains(&self.minutes),
                "/minutes",
                "minutes_out_of_bounds",
                "Thời hạn từ 1 đến 10.080 phút (bảy ngày).",
                "A link is good for 1 to 10,080 minutes (seven days).",
            ),
            (
                said,
                "/purpose",
                "purpose_missing",
                "Hãy nêu đường dẫn dùng vào việc gì, tối đa 400 ký tự.",
                "Say what the link is for, in at most 400 characters.",
            ),
        ];
        let wrong = checks.into_iter().filter(|(holds, ..)| !holds);
        wrong
            .map(|(_, pointer, code, vi, en)| Violation {
                pointer: pointer.into(),
                code,
                vi: vi.into(),
                en: en.into(),
            })
            .collect()
    }
}

impl From<Model> for LinkView {
    fn from(link: Model) -> Self {
        Self {
            id: link.id,
            address: None,
            purpose: link.purpose,
            made_name: link.made_name,
            made_at: link.made_at,
            expires_at: link.expires_at,
            fetched: link.fetched,
            fetched_at: link.fetched_at,
        }
    }
}
