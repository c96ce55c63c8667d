//! `/v1/dossiers/{id}/handover-minutes`: what postman and officer counted and signed.

use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::dossiers::reading;
use entities::shipments::minutes::{self, Signed};
use entities::tables::handover_minutes::Model;
use rules::access::Sight;
use rules::forms::handover_minutes::Counted;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Minutes that were signed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMinutes {
    /// `collection` when papers came in, `return` when the result went out.
    #[schema(example = "collection")]
    leg: String,
    /// Name of the postman.
    #[schema(max_length = 200, example = "Mã Văn Thư")]
    postman: String,
    /// What both counted, 1 to 100 lines.
    #[schema(min_items = 1, max_items = 100)]
    papers: Vec<CountedPaper>,
    /// When both had signed.
    signed_at: DateTime<Utc>,
}

/// One line of what was counted.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountedPaper {
    /// Name of the paper.
    #[schema(max_length = 400, example = "Giấy chứng sinh")]
    name: String,
    /// How many.
    #[schema(minimum = 1)]
    copies: u16,
    /// An original (bản chính), not a copy.
    original: bool,
    /// To be taken back from the person when the result is handed over; false when absent.
    #[serde(default)]
    withdrawn: bool,
}

/// Minutes of a hand-over between postman and officer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HandoverMinutes, example = json!({"id": "019a0000-0000-7000-8000-000000000002", "shipment": null,
    "leg": "collection", "postman": "Mã Văn Thư", "officer": "Hoàng Văn Cửa", "papers": [{"name": "Giấy chứng sinh",
    "copies": 1, "original": true, "withdrawn": false}], "signed_at": "2026-11-10T02:00:00Z",
    "recorded_at": "2026-11-10T02:05:00Z"}))]
pub(crate) struct MinutesView {
    /// Key; `GET /v1/handover-minutes/{id}` is the page to print.
    id: Uuid,
    /// The carriage, where one was ordered.
    shipment: Option<Uuid>,
    /// `collection` or `return`.
    leg: String,
    /// Name of the postman.
    postman: String,
    /// Name of the officer.
    officer: String,
    /// What both counted.
    papers: Vec<CountedPaper>,
    /// When both had signed.
    signed_at: DateTime<Utc>,
    /// Written down here.
    recorded_at: DateTime<Utc>,
}

/// Record hand-over minutes
///
/// Signed by postman and officer over what they counted; the officer is who asks. Those of papers that came by post are the
/// legal time of handing in, from which the clock of the dossier counts when it is received (QĐ 45/2016; L-22).
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewMinutes, example = json!({"leg": "collection", "postman": "Mã Văn Thư", "papers": [{"name": "Giấy chứng sinh", "copies": 1, "original": true}], "signed_at": "2026-11-10T02:00:00Z"})),
    responses((status = 201, body = MinutesView, description = "Recorded"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/dossiers/{id}/handover-minutes")]
pub(crate) async fn sign_minutes(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewMinutes>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let trace = facts.trace.traceparent();
    let NewMinutes { leg, postman, papers, signed_at } = body;
    let papers = papers.into_iter().map(CountedPaper::counted).collect();
    let signed = Signed { leg, postman, papers, signed_at };
    office
        .once(&facts, async |tx, at| {
            let row = facts.door(&office, tx, at, &trace).sign_minutes(*id, &signed).await?;
            let location = format!("/v1/handover-minutes/{}", row.id);
            Ok(Answer::created(location, &MinutesView::of(row)?)?.ringing([]))
        })
        .await
}

/// List the hand-over minutes of a dossier
#[utoipa::path(
    tag = "shipments",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<MinutesView>))
)]
#[get("/v1/dossiers/{id}/handover-minutes")]
pub(crate) async fn list_minutes(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let rows = minutes::of(db, dossier.id).await?.into_iter().map(MinutesView::of);
    Ok(HttpResponse::Ok().json(rows.collect::<Result<Vec<_>, _>>()?))
}

impl CountedPaper {
    fn counted(self) -> Counted {
        let Self { name, copies, original, withdrawn } = self;
        Counted { name, copies, original, withdrawn }
    }
}

impl MinutesView {
    /// The view of a row.
    pub(super) fn of(row: Model) -> Result<Self, Error> {
        let papers = minutes::counted(&row)?.into_iter().map(|paper| {
            let Counted { name, copies, original, withdrawn } = paper;
            CountedPaper { name, copies, original, withdrawn }
        });
        Ok(Self {
            papers: papers.collect(),
            id: row.id,
            shipment: row.shipment_id,
            leg: row.leg,
            postman: row.postman,
            officer: row.officer,
            signed_at: row.signed_at,
            recorded_at: row.recorded_at,
        })
    }
}
