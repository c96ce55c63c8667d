//! Handing a dossier in.

use super::{DossierLine, Submission};
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::key::Facts;
use crate::manners::rehearsal::{Tried, shown};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::dossiers::application::Application;
use entities::dossiers::submitting::HandedIn;
use rules::access::Sight;
use rules::lifecycle::ActKind;
use sea_orm::DatabaseTransaction;
use serde_json::Value;

/// Hand a dossier in
///
/// Checked whole against the form schema and the list of papers; every misfit is said at once. The dossier gets its
/// code at once and stands at status 1 until the desk answers, within 8 working hours (L-11, L-14). Who hands in online
/// for somebody else says on what ground in `mandate` (I-05), and sees the dossier as long as that lasts.
#[utoipa::path(
    tag = "dossiers",
    params(("Idempotency-Key" = String, Header, description = "A new key for each dossier; the same one when trying again")),
    request_body(content = Submission, example = json!({
        "procedure": "2.000815", "unit": "0194f3c0-0000-7000-8000-00000000000a", "channel": "online",
        "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu", "phone": "0200000000", "email": "mau@vidu.example"},
        "form": {}, "papers": [{"component": "CC-01", "file": "0194f3c0-0000-7000-8000-000000000001"}],
        "return_method": "desk", "quantity": 3
    })),
    responses((status = 201, body = DossierLine, description = "Handed in"))
)]
#[post("/v1/dossiers")]
pub(crate) async fn submit_dossier(
    office: web::Data<Office>,
    ask: Ask<Submission>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let application = Application::from(body);
    let trace = facts.trace.traceparent();
    if facts.dry_run {
        return office.rehearse(async |tx, at| office.tried_in(&facts, tx, at, &application).await).await;
    }
    office
        .once(&facts, async |tx, at| {
            let HandedIn { dossier, rows } = facts.door(&office, tx, at, &trace).submit(&application).await?;
            let version = dossier.version;
            let line = DossierLine::of(dossier, Sight::Full, facts.lang)?;
            let answer = Answer::created(format!("/v1/dossiers/{}", line.id), &line)?;
            Ok(answer.versioned(version).writing(rows).through_the_door())
        })
        .await
}

impl Office {
    /// The submission done in a transaction that will be rolled back.
    async fn tried_in(
        &self,
        facts: &Facts,
        tx: &DatabaseTransaction,
        at: DateTime<Utc>,
        application: &Application,
    ) -> Result<Tried, Problem> {
        let trace = facts.trace.traceparent();
        let HandedIn { dossier, rows } = facts.door(self, tx, at, &trace).submit(application).await?;
        rows.write(tx).await?;
        let (id, entry) = (dossier.id, dossier.entries);
        let after = shown(&DossierLine::of(dossier, Sight::Full, facts.lang)?)?;
        Ok(Tried { act: ActKind::Submit.key(), before: Value::Null, after, dossier: id, entry })
    }
}
