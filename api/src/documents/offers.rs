//! What the store offers for the papers of a procedure: to the writer of a draft, and to the desk (R-J1, D-04).

use super::OfferView;
use super::for_dossier::{PurposeQuery, meant};
use crate::drafts::is_for_writer;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use entities::catalogue::procedures;
use entities::documents::offering::{Offer, offers};
use entities::documents::reading;
use entities::documents::using::{Use, note, purpose};
use entities::dossiers::{self, drafts};
use rules::actor::Role;
use rules::local_time::local_date;
use sea_orm::DatabaseTransaction;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Offer your documents for a draft
///
/// What lies in your store for the papers of the procedure, by type and validity. Name one in the paper with `source`
/// `reused`, and nothing is uploaded again. Empty for a draft that names another applicant than its writer.
#[utoipa::path(
    tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the draft")),
    responses((status = 200, body = Vec<OfferView>))
)]
#[get("/v1/drafts/{id}/offers")]
pub(crate) async fn list_draft_offers(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, Problem> {
    let (db, at) = (office.db.reader(), office.clock.now());
    let draft = drafts::find(db, *id, &asker.subject).await?;
    let code = procedures::by_id(db, draft.procedure_id).await?.national_code;
    let revised = office.catalogue.in_force(db, &code, at).await?;
    let own = is_for_writer(&drafts::body(&office.sealer, &draft)?, &asker);
    let found = match reading::shelf(&office.sealer, &asker).filter(|_| own) {
        Some(shelf) => offers(db, &shelf, &revised.content.components, local_date(at)).await?,
        None => Vec::new(),
    };
    Ok(HttpResponse::Ok().json(views(found, at)))
}

/// Offer the applicant's documents for a dossier
///
/// For officers of its units while it is open, with a purpose that the owner reads.
#[utoipa::path(
    tag = "documents",
    params(("id" = Uuid, Path, description = "Key of the dossier"), PurposeQuery),
    responses((status = 200, body = Vec<OfferView>))
)]
#[get("/v1/dossiers/{id}/offers")]
pub(crate) async fn list_dossier_offers(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    query: web::Query<PurposeQuery>,
) -> Result<HttpResponse, Problem> {
    let (db, at) = (office.db.reader(), office.clock.now());
    let (dossier, _) = dossiers::reading::find(db, &office.sealer, &asker, *id).await?;
    let unit = reading::working_unit(&asker, &dossier).ok_or(Code::Forbidden)?;
    let purpose = meant(&query.purpose)?;
    let revised = office.catalogue.revision(db, dossier.revision_id).await?;
    let found = match reading::shelf_of(&dossier).filter(|_| reading::is_open(&dossier)) {
        Some(shelf) => offers(db, shelf, &revised.content.components, local_date(at)).await?,
        None => Vec::new(),
    };
    let look = Use { kind: "offered", dossier: Some(dossier.id), unit: Some(unit), purpose };
    note(office.db.writer(), &asker, &keys(&found), look, at).await?;
    Ok(HttpResponse::Ok().json(views(found, at)))
}

/// Whose documents a desk asks for, and for which procedure.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferRequest {
    /// National code of the procedure.
    #[schema(max_length = 30, example = "1.001193")]
    procedure: String,
    /// The receiving unit, where the person asking is desk officer.
    unit: Uuid,
    /// Personal id or tax code of the applicant, as on the paper they showed.
    #[schema(min_length = 1, max_length = 20, example = "006199000001")]
    id_number: String,
    /// What it is needed for, in words; the owner reads it.
    #[schema(min_length = 5, max_length = 400, example = "Tiếp nhận hồ sơ tại quầy")]
    purpose: String,
}

/// Offer an applicant's documents at the desk
///
/// Before a dossier is taken in: what lies in the applicant's store for its papers. For desk officers of the unit; the
/// owner sees who asked and why.
#[utoipa::path(
    tag = "documents",
    params(("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = OfferRequest, example = json!({"procedure": "1.001193", "unit": "0194f3c0-0000-7000-8000-00000000000a",
        "id_number": "006199000001", "purpose": "Tiếp nhận hồ sơ tại quầy"})),
    responses((status = 200, body = Vec<OfferView>))
)]
#[post("/v1/document-offers")]
pub(crate) async fn ask_for_offers(
    office: web::Data<Office>,
    ask: Ask<OfferRequest>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    if facts.dry_run {
        return Err(unrecorded());
    }
    if !facts.actor.is_at(Role::DeskOfficer, body.unit) {
        return Err(Code::Forbidden.into());
    }
    office
        .once(&facts, async |tx, at| {
            let found = office.offered(tx, &body, at).await?;
            let purpose = purpose(&body.purpose).map_err(|fault| Problem::invalid(vec![fault]))?;
            let look = Use { kind: "offered", dossier: None, unit: Some(body.unit), purpose };
            note(tx, &facts.actor, &keys(&found), look, at).await?;
            Answer::ok(&views(found, at))
        })
        .await
}

/// A look that is rolled back would be one that the owner never sees.
fn unrecorded() -> Problem {
    Problem::new(Code::HeaderInvalid).because(
        "Mỗi lần tra cứu kho của một người đều được ghi lại nên không có chế độ chạy thử; hãy bỏ Prefer: dry-run.",
        "Every look into a person's store is recorded, so there is no dry run of it; leave out Prefer: dry-run.",
    )
}

impl Office {
    async fn offered(
        &self,
        tx: &DatabaseTransaction,
        body: &OfferRequest,
        at: DateTime<Utc>,
    ) -> Result<Vec<Offer>, Problem> {
        let revised = self.catalogue.in_force(tx, &body.procedure, at).await?;
        let shelf = self.sealer.index("id", &body.id_number);
        Ok(offers(tx, &shelf, &revised.content.components, local_date(at)).await?)
    }
}

fn keys(found: &[Offer]) -> Vec<Uuid> {
    found.iter().map(|offer| offer.document.id).collect()
}

fn views(found: Vec<Offer>, at: DateTime<Utc>) -> Vec<OfferView> {
    found.into_iter().map(|offer| OfferView::of(offer, local_date(at))).collect()
}
