//! The rounds of asking for papers.

use super::DespiteBody;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::columns::from_json;
use entities::dossiers::{asking, reading};
use entities::tables::{dossiers, supplements::Model};
use rules::access::Sight;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One round of asking for papers.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SupplementRound, example = json!({"round": 1, "stage": "intake", "reason": "Ảnh chụp bị mờ.",
    "components": ["KS-02"], "despite": [{"component": "KS-02", "cause": "Bản trong kho bị mờ số."}],
    "requested_by": "Hoàng Văn Cửa", "requested_at": "2026-11-23T01:00:00Z", "answered_at": null}))]
pub(crate) struct RoundView {
    /// 1, 2, 3 …
    round: i32,
    /// `intake` or `processing`.
    stage: String,
    /// What is asked and why; absent where persons are masked.
    reason: Option<String>,
    /// Components asked for.
    components: Vec<String>,
    /// Why some were asked for although the store held them.
    despite: Vec<DespiteBody>,
    /// Name of the officer.
    requested_by: String,
    /// Asked.
    requested_at: DateTime<Utc>,
    /// Handed in.
    answered_at: Option<DateTime<Utc>>,
}

/// List the rounds of asking for papers
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<RoundView>))
)]
#[get("/v1/dossiers/{id}/supplements")]
pub(crate) async fn list_supplements(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    let rounds = reading::supplements(db, dossier.id).await?;
    let views: Result<Vec<_>, _> =
        rounds.into_iter().map(|round| office.round(&dossier, round, sight)).collect();
    Ok(HttpResponse::Ok().json(views?))
}

impl Office {
    fn round(&self, dossier: &dossiers::Model, row: Model, sight: Sight) -> Result<RoundView, Problem> {
        let whole = sight == Sight::Full;
        let despite = if whole { asking::despite(&self.sealer, dossier, &row)? } else { Vec::new() };
        Ok(RoundView {
            reason: whole.then(|| reading::supplement_reason(&self.sealer, dossier, &row)).transpose()?,
            components: from_json("supplements.components", &row.components)?,
            despite: despite
                .into_iter()
                .map(|one| DespiteBody { component: one.component, cause: one.cause })
                .collect(),
            round: row.round,
            stage: row.stage,
            requested_by: row.requested_by,
            requested_at: row.requested_at,
            answered_at: row.answered_at,
        })
    }
}
