//! A control slip on request.

use super::FormView;
use crate::catalogue::keys;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::dossiers::reading as dossiers;
use entities::forms::{issuing, reading};
use entities::writing::Batch;
use rules::forms::FormKind;
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The form asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewForm {
    /// `control_slip`; every other form is issued by its act.
    #[schema(value_type = keys::FormKind)]
    kind: FormKind,
}

/// Issue a control slip
///
/// By an officer of the dossier, as everything stands now; asked again before anything has happened, the same slip is
/// answered. The other forms of a dossier are issued by the acts they tell of.
#[utoipa::path(
    tag = "forms",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each slip")),
    request_body(content = NewForm, example = json!({"kind": "control_slip"})),
    responses((status = 201, body = FormView, description = "Issued"))
)]
#[post("/v1/dossiers/{id}/forms")]
pub(crate) async fn issue_form(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewForm>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    only_a_slip(body.kind)?;
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let (dossier, _) = dossiers::find(tx, &office.sealer, &facts.actor, *id).await?;
            if !reading::works_on(&facts.actor, &office.sealer, &dossier) {
                return Err(Code::Forbidden.into());
            }
            let mut rows = Batch::default();
            let door = facts.door(&office, tx, at, &trace);
            let form = issuing::slip(&door, &mut rows, &dossier).await?;
            Ok(Answer::created(format!("/v1/forms/{}", form.id), &FormView::of(form)?)?.writing(rows))
        })
        .await
}

fn only_a_slip(kind: FormKind) -> Result<(), Problem> {
    if kind == FormKind::ControlSlip {
        return Ok(());
    }
    Err(Problem::invalid(vec![Violation {
        pointer: "/kind".into(),
        code: "issued_by_its_act",
        vi: "Chỉ phiếu kiểm soát được lập theo yêu cầu; các mẫu khác lập cùng thao tác của chúng.".into(),
        en: "Only the control slip is issued on request; the other forms come with their acts.".into(),
    }]))
}
