//! What happened to a dossier, in order.

use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::dossiers::reading;
use entities::tables::{dossiers, history};
use rules::access::{Sight, masking};
use rules::actor::Actor;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One entry of the history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryEntry, example = json!({"seq": 2, "act": "accept", "from_status": "submitted", "to_status": "received",
    "step": null, "actor_name": "Hoàng Văn Cửa", "actor_title": "Cán bộ một cửa", "at": "2026-11-23T02:30:00Z"}))]
pub(crate) struct EntryView {
    /// 1, 2, 3 … within the dossier.
    seq: i32,
    /// Key of the act.
    #[schema(example = "accept")]
    act: String,
    /// Status before; none at submission.
    from_status: Option<String>,
    /// Status after.
    to_status: String,
    /// Internal step after.
    step: Option<String>,
    /// Who did it.
    actor_name: String,
    /// Title at the unit.
    actor_title: String,
    /// Reason or note; absent for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// When.
    at: DateTime<Utc>,
}

/// Read the history of a dossier
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<EntryView>))
)]
#[get("/v1/dossiers/{id}/history")]
pub(crate) async fn show_history(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    let entries = reading::entries(db, dossier.id).await?;
    let views: Result<Vec<_>, _> =
        entries.into_iter().map(|row| office.entry(&dossier, sight, row)).collect();
    Ok(HttpResponse::Ok().json(views?))
}

impl Office {
    fn entry(
        &self,
        dossier: &dossiers::Model,
        sight: Sight,
        row: history::Model,
    ) -> Result<EntryView, Problem> {
        // Only officers have a title; the office itself is no person.
        let private = row.actor_title.is_empty() && row.actor != Actor::office().subject;
        let full = sight == Sight::Full;
        let note = if full { reading::note(&self.sealer, dossier, &row)? } else { None };
        let name = reading::actor_name(&self.sealer, dossier, &row)?;
        Ok(EntryView {
            seq: row.seq,
            act: row.act,
            from_status: row.from_status,
            to_status: row.to_status,
            step: row.step,
            actor_name: if private && !full { masking::name(&name) } else { name },
            actor_title: row.actor_title,
            note,
            at: row.at,
        })
    }
}
