//! `POST /v1/paper-batches/{id}/items`: old papers are entered, many at once.

use crate::catalogue::keys;
use crate::digitisations::DigitisationView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::etag::IfMatch;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use entities::Error;
use entities::digitisations::batches::{OldPaper, enter};
use entities::digitisations::people::Hand;
use entities::documents::Owner;
use rules::jobs::Queue;
use rules::procedure::ApplicantKind;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Old papers to be entered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOldPapers {
    /// The papers; all of them are entered or none.
    #[schema(min_items = 1, max_items = 200)]
    items: Vec<NewOldPaper>,
}

/// One old paper.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOldPaper {
    /// Folder (tập) in the box.
    #[schema(max_length = 60)]
    folder: Option<String>,
    /// Number in the inventory (số thứ tự mục lục).
    #[schema(max_length = 60)]
    inventory: Option<String>,
    /// Name of the paper.
    #[schema(max_length = 400)]
    name: String,
    /// Type of paper (mã loại giấy tờ), where known.
    #[schema(max_length = 60)]
    paper_type: Option<String>,
    /// Whose it is: in the store every paper lies under its owner.
    owner: OldPaperOwner,
    /// Last day on which it counts; absent without end.
    valid_until: Option<NaiveDate>,
    /// A file that the person uploaded; absent while it is to be scanned.
    file: Option<Uuid>,
}

/// Whose an old paper is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OldPaperOwner {
    /// Person or organisation.
    #[schema(value_type = keys::ApplicantKind)]
    kind: ApplicantKind,
    /// Personal id, old identity card or tax code; absent where it is not on the paper.
    #[schema(max_length = 20)]
    number: Option<String>,
    /// Name.
    #[schema(max_length = 200)]
    name: String,
}

/// Enter old papers of a batch
///
/// At most 200 at once. Those with a file go on at once, behind everything that comes in new (R-C2).
#[utoipa::path(
    tag = "digitisations",
    params(("id" = Uuid, Path, description = "Key of the batch"), ("If-Match" = String, Header, description = "ETag last seen"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewOldPapers, example = json!({"items": [{"folder": "T-03", "inventory": "41",
        "name": "Trích lục khai sinh số 118/2019", "paper_type": "TLKS", "owner": {"kind": "citizen",
        "number": "006199000001", "name": "Nguyễn Thị Mẫu"}}]})),
    responses((status = 201, body = Vec<DigitisationView>, description = "Entered"), (status = 409, description = "Refused: what blocks", body = crate::problems::ProblemDocument, content_type = "application/problem+json"))
)]
#[post("/v1/paper-batches/{id}/items")]
pub(crate) async fn enter_old_papers(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    seen: IfMatch,
    ask: Ask<NewOldPapers>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let papers: Vec<OldPaper> = body.items.into_iter().map(NewOldPaper::paper).collect();
    office
        .once(&facts, async |tx, at| {
            let hand = Hand { by: &facts.actor, at, sealer: &office.sealer };
            let items = enter(tx, (*id, seen.version()), &papers, &hand).await?.into_iter();
            let views = items.map(|item| DigitisationView::of(item, facts.lang));
            let location = format!("/v1/digitisations?batch={id}");
            let views = views.collect::<Result<Vec<_>, Error>>()?;
            Ok(Answer::created(location, &views)?.ringing([Queue::Heavy]))
        })
        .await
}

impl NewOldPaper {
    fn paper(self) -> OldPaper {
        OldPaper {
            folder: self.folder,
            inventory: self.inventory,
            name: self.name,
            paper_type: self.paper_type,
            owner: Owner::new(self.owner.kind, &self.owner.name, self.owner.number.as_deref()),
            valid_until: self.valid_until,
            file: self.file,
        }
    }
}
