//! The register of a unit on request.

use super::FormView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use entities::forms::registers;
use entities::writing::Batch;
use rules::actor::Role;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The days of a register.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRegister {
    /// First local day.
    #[schema(example = "2026-03-01")]
    from: NaiveDate,
    /// Last local day, at most a year on.
    #[schema(example = "2026-03-31")]
    to: NaiveDate,
}

/// Issue the register of a unit
///
/// By a desk officer of the unit: every dossier it received on these days, with what has become of it by now (TT 01/2018
/// Đ10.2). At most a year and 2,000 dossiers at a time.
#[utoipa::path(
    tag = "forms",
    params(("id" = Uuid, Path, description = "Key of the unit"), ("Idempotency-Key" = String, Header, description = "A new key for each register")),
    request_body(content = NewRegister, example = json!({"from": "2026-03-01", "to": "2026-03-31"})),
    responses((status = 201, body = FormView, description = "Issued"))
)]
#[post("/v1/units/{id}/registers")]
pub(crate) async fn issue_register(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewRegister>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    if !facts.actor.is_at(Role::DeskOfficer, *id) {
        return Err(Code::Forbidden.into());
    }
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let mut rows = Batch::default();
            let door = facts.door(&office, tx, at, &trace);
            let form = registers::register(&door, &mut rows, *id, (body.from, body.to)).await?;
            Ok(Answer::created(format!("/v1/forms/{}", form.id), &FormView::of(form)?)?.writing(rows))
        })
        .await
}
