//! The form of a draft with what is known filled in.

use crate::dossiers::ApplicantBody;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::catalogue::procedures;
use entities::documents::knowing::{Filled, prefill};
use entities::dossiers::applicant::Applicant;
use entities::dossiers::drafts;
use rules::actor::Actor;
use rules::folding::fold;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// A form with what is known of its writer filled in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PrefilledForm, example = json!({"form": {"full_name": "Nguyễn Thị Mẫu", "personal_id": "006199000001"},
    "applicant": {"name": "Nguyễn Thị Mẫu", "id_number": "006199000001", "phone": "0900000001"},
    "filled": [{"pointer": "/full_name", "known": "applicant.name", "document": null}]}))]
pub(crate) struct PrefilledView {
    /// The form: what the draft says, and what is known where it says nothing.
    #[schema(value_type = Object)]
    form: Value,
    /// The applicant as the office knows them.
    applicant: ApplicantBody,
    /// What was filled in.
    filled: Vec<FilledView>,
}

/// A field that was filled in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FilledField)]
struct FilledView {
    /// JSON pointer within the form.
    pointer: String,
    /// What the field is bound to, as `x-known` of the form schema says.
    known: String,
    /// The document it comes from.
    document: Option<Uuid>,
}

/// Fill in the form of a draft
///
/// Fields that `form_schema` binds with `x-known` come with what the sign-in, your last dossier and your documents say;
/// what you wrote stays. Nothing is saved, nothing of anybody else is shown, and nothing is filled in while the draft names
/// another applicant than you.
#[utoipa::path(
    tag = "drafts",
    params(("id" = Uuid, Path, description = "Key of the draft")),
    responses((status = 200, body = PrefilledView))
)]
#[get("/v1/drafts/{id}/form")]
pub(crate) async fn show_draft_form(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let (db, at) = (office.db.reader(), office.clock.now());
    let row = drafts::find(db, *id, &asker.subject).await?;
    let code = procedures::by_id(db, row.procedure_id).await?.national_code;
    let revised = office.catalogue.in_force(db, &code, at).await?;
    let draft = drafts::body(&office.sealer, &row)?;
    let written = draft.get("form").cloned().unwrap_or_else(|| json!({}));
    if !is_for_writer(&draft, &asker) {
        return Ok(HttpResponse::Ok().json(PrefilledView::as_written(written, &draft)));
    }
    let known = (&office.sealer, &asker.0, at);
    let prefilled = prefill(db, known, &revised.content.form_schema, written).await?;
    Ok(HttpResponse::Ok().json(PrefilledView {
        form: prefilled.form,
        applicant: prefilled.applicant.into(),
        filled: prefilled.filled.into_iter().map(FilledView::from).collect(),
    }))
}

/// The draft is for its writer: it names neither another number or name nor an organisation, and no mandate.
pub(crate) fn is_for_writer(draft: &Value, by: &Actor) -> bool {
    let told = |pointer: &str| draft.pointer(pointer).and_then(Value::as_str).map(str::trim);
    let told = |pointer: &str| told(pointer).filter(|text| !text.is_empty());
    let number = ["/applicant/id_number", "/applicant/tech_id"].into_iter().find_map(told);
    draft.get("mandate").is_none_or(Value::is_null)
        && told("/applicant_kind").is_none_or(|kind| kind == "citizen")
        && number.is_none_or(|number| by.national_id.as_deref() == Some(number))
        && told("/applicant/name").is_none_or(|name| fold(name) == fold(&by.name))
}

impl PrefilledView {
    /// Nothing is filled in: what is known of the writer says nothing of whom they write for.
    fn as_written(form: Value, draft: &Value) -> Self {
        let applicant = draft.get("applicant").cloned().unwrap_or_default();
        let applicant: Applicant = serde_json::from_value(applicant).unwrap_or_default();
        Self { form, applicant: applicant.into(), filled: Vec::new() }
    }
}

impl From<Filled> for FilledView {
    fn from(field: Filled) -> Self {
        let Filled { pointer, known, document } = field;
        Self { pointer, known, document }
    }
}
