//! `POST /v1/paper-batches`: a box is taken from the shelf.

use super::BatchView;
use crate::catalogue::keys;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use entities::digitisations::batches::{NewBatch, begin};
use entities::digitisations::people::Hand;
use rules::papers::PaperKind;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A batch about to be begun.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPaperBatch {
    /// The unit whose papers they are.
    unit: Uuid,
    /// What the papers are.
    #[schema(max_length = 200)]
    title: String,
    /// Dossiers or results: the targets tell them apart.
    #[schema(value_type = keys::PaperKind)]
    kind: PaperKind,
    /// Box on the shelf.
    #[schema(max_length = 60)]
    box_number: String,
    /// Papers in it by the inventory.
    #[schema(minimum = 1, maximum = 1_000_000)]
    expected: u32,
    /// The plan or decision that orders it.
    #[schema(max_length = 200)]
    plan: Option<String>,
}

/// Begin a batch of old papers
///
/// By an officer of the unit; who began it and when stay on record (R-C5).
#[utoipa::path(tag = "digitisations",
    params(("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewPaperBatch, example = json!({"unit": "0194f3c0-0000-7000-8000-00000000000a",
        "title": "Kết quả cấp trích lục năm 2019", "kind": "result", "box_number": "H-12", "expected": 240,
        "plan": "Kế hoạch 797/KH-UBND"})),
    responses((status = 201, body = BatchView, description = "Begun")))]
#[post("/v1/paper-batches")]
pub(crate) async fn begin_paper_batch(
    office: web::Data<Office>,
    ask: Ask<NewPaperBatch>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let new = body.batch();
    office
        .once(&facts, async |tx, at| {
            let hand = Hand { by: &facts.actor, at, sealer: &office.sealer };
            let row = begin(tx, &new, &hand).await?;
            let (location, version) = (format!("/v1/paper-batches/{}", row.id), row.version);
            Ok(Answer::created(location, &BatchView::of(row))?.versioned(version).ringing([]))
        })
        .await
}

impl NewPaperBatch {
    fn batch(self) -> NewBatch {
        NewBatch {
            unit: self.unit,
            title: self.title,
            kind: self.kind,
            box_number: self.box_number,
            expected: self.expected,
            plan: self.plan,
        }
    }
}
