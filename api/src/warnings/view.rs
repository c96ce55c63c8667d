//! The JSON form of a warning.

use crate::catalogue::keys;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::tables::warnings::Model;
use entities::warnings::reading::WarningState;
use rules::lang::Lang;
use rules::warnings::{Audience, WarningKind};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A warning about a date of a dossier.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Warning, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000f", "kind": "due_soon",
    "dossier": "0194f3c0-0000-7000-8000-00000000000b", "unit": "0194f3c0-0000-7000-8000-00000000000a",
    "audience": "assignee", "message": "Hồ sơ H55.101-261102-0001 sắp đến hạn trả kết quả: 17 giờ 00 phút, ngày 25/11/2026.",
    "state": "open", "given_at": "2026-11-23T00:30:00Z", "seen_name": null, "seen_at": null}))]
pub(crate) struct WarningView {
    /// Key; its order is the order of giving.
    id: Uuid,
    /// What is warned of.
    #[schema(value_type = keys::WarningKind)]
    kind: WarningKind,
    /// The dossier.
    dossier: Uuid,
    /// The unit of those it is for.
    unit: Uuid,
    /// Whom it is for.
    #[schema(value_type = keys::WarningAudience)]
    audience: Audience,
    /// The sentence in the reader's language, with the dossier's code and dates.
    message: String,
    /// Whether somebody it is for has seen it.
    #[schema(value_type = keys::WarningState)]
    state: WarningState,
    /// When it was given.
    given_at: DateTime<Utc>,
    /// Name of who saw it first.
    seen_name: Option<String>,
    /// When that was.
    seen_at: Option<DateTime<Utc>>,
}

impl WarningView {
    /// The view of a row in a language.
    pub(super) fn of(row: Model, lang: Lang) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            kind: from_key("warnings.kind", &row.kind)?,
            dossier: row.dossier_id,
            unit: row.unit_id,
            audience: from_key("warnings.audience", &row.audience)?,
            message: lang.pick(row.vi, row.en),
            state: if row.seen_at.is_some() { WarningState::Seen } else { WarningState::Open },
            given_at: row.given_at,
            seen_name: row.seen_name,
            seen_at: row.seen_at,
        })
    }
}
