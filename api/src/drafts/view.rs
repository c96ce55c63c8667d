//! A draft as its writer sees it.

use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, Utc};
use entities::dossiers::drafts;
use entities::tables::drafts::Model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a draft holds: any part of a submission.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDraft {
    /// National code of the procedure.
    #[schema(max_length = 30, example = "1.001193")]
    pub(crate) procedure: String,
    /// The application so far, in the form of a submission, of any completeness.
    #[schema(value_type = Object)]
    pub(crate) application: serde_json::Map<String, serde_json::Value>,
}

/// A draft.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Draft, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000e",
    "application": {"procedure": "1.001193", "form": {}}, "created_at": "2026-11-23T01:00:00Z",
    "updated_at": "2026-11-23T01:00:00Z", "version": 1}))]
pub(crate) struct DraftView {
    /// Key.
    pub(crate) id: Uuid,
    /// The application so far.
    #[schema(value_type = Object)]
    application: serde_json::Value,
    /// Begun.
    created_at: DateTime<Utc>,
    /// Last saved.
    updated_at: DateTime<Utc>,
    /// Row version, the ETag.
    version: i32,
}

impl Office {
    /// A draft, opened.
    pub(crate) fn draft(&self, row: &Model) -> Result<DraftView, Problem> {
        Ok(DraftView {
            id: row.id,
            application: drafts::body(&self.sealer, row)?,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
        })
    }
}
