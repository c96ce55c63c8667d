//! `POST /v1/admin/units/{id}/codes`: a unit has a code from one day to another.

use super::must_run_catalogue;
use crate::catalogue::UnitCode;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use entities::Error;
use entities::catalogue::{unit_codes, units};
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A code and its days, confirmed by a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUnitCode {
    /// Organisation code, old or new.
    #[schema(max_length = 35, example = "H03.10.14")]
    code: String,
    /// First day.
    valid_from: NaiveDate,
    /// Last day; absent while no end is known.
    #[serde(default)]
    valid_to: Option<NaiveDate>,
    /// Document that gives it.
    #[schema(min_length = 1, max_length = 200, example = "QĐ 123/QĐ-UBND ngày 01/09/2020")]
    document: String,
}

/// Give a unit a code
///
/// Which new code continues an old one is a matter of a document, never of turning the text round. A code may belong to
/// one unit at a time; giving the same code again from the same day sets its last day.
#[utoipa::path(tag = "admin",
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content = NewUnitCode, example = json!({"code": "H03.10.14", "valid_from": "2020-09-15",
        "document": "QĐ 123/QĐ-UBND ngày 01/09/2020"})),
    responses((status = 201, body = Vec<UnitCode>, description = "All codes of the unit now.",
        example = json!([{"code": "H03.10.14", "scheme": "new", "valid_from": "2020-09-15", "valid_to": null,
        "document": "QĐ 123/QĐ-UBND ngày 01/09/2020"}]))))]
#[post("/v1/admin/units/{id}/codes")]
pub(crate) async fn give_unit_code(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewUnitCode>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let given = ask.body.given(*id)?;
    office
        .once(&ask.facts, async |tx, _| {
            units::by_id(tx, *id).await?;
            unit_codes::give(tx, &given).await?;
            let codes = unit_codes::of(tx, *id).await?.into_iter().map(UnitCode::of);
            let codes: Vec<UnitCode> = codes.collect();
            Ok(Answer::created(format!("/v1/units/{id}/codes"), &codes)?.ringing([]))
        })
        .await
}

impl NewUnitCode {
    fn given(self, unit: Uuid) -> Result<unit_codes::Given, Error> {
        let document = self.document.trim();
        if !(1..=200).contains(&document.chars().count()) || document.chars().any(char::is_control) {
            return Err(Error::Invalid(vec![Violation {
                pointer: "/document".into(),
                code: "length",
                vi: "Phải nêu văn bản cấp mã, 1 đến 200 ký tự.".into(),
                en: "Name the document that gives the code, in 1 to 200 characters.".into(),
            }]));
        }
        let document = Some(document.to_owned());
        let Self { code, valid_from, valid_to, .. } = self;
        Ok(unit_codes::Given { unit, code, valid_from, valid_to, document })
    }
}
