//! The JSON form of a batch.

use chrono::{DateTime, Utc};
use entities::digitisations::batches::Counted;
use entities::tables::paper_batches::Model;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A batch of old papers: one box of a unit's shelves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaperBatch, example = json!({"id": "0194f3c0-0000-7000-8000-00000000001e",
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "title": "Kết quả cấp trích lục năm 2019", "kind": "result",
    "box_number": "H-12", "expected": 240, "plan": "Kế hoạch 797/KH-UBND", "begun_name": "Hoàng Văn Cửa",
    "begun_at": "2026-11-23T01:00:00Z", "closed_at": null, "version": 1}))]
pub(crate) struct BatchView {
    /// Key.
    id: Uuid,
    /// The unit.
    unit: Uuid,
    /// What the papers are.
    title: String,
    /// `dossier` or `result`.
    #[schema(example = "result")]
    kind: String,
    /// Box on the shelf.
    box_number: String,
    /// Papers in it by the inventory.
    expected: i32,
    /// The plan that orders it.
    plan: Option<String>,
    /// Name of who began it.
    begun_name: String,
    /// Begun.
    begun_at: DateTime<Utc>,
    /// Closed.
    closed_at: Option<DateTime<Utc>>,
    /// Row version, the ETag.
    version: i32,
}

impl BatchView {
    /// The view of a row.
    pub(super) fn of(row: Model) -> Self {
        Self {
            id: row.id,
            unit: row.unit_id,
            title: row.title,
            kind: row.kind,
            box_number: row.box_number,
            expected: row.expected,
            plan: row.plan,
            begun_name: row.begun_name,
            begun_at: row.begun_at,
            closed_at: row.closed_at,
            version: row.version,
        }
    }
}

/// A batch and how far it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaperBatchDetail, example = json!({"id": "0194f3c0-0000-7000-8000-00000000001e",
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "title": "Kết quả cấp trích lục năm 2019", "kind": "result",
    "box_number": "H-12", "expected": 240, "plan": "Kế hoạch 797/KH-UBND", "begun_name": "Hoàng Văn Cửa",
    "begun_at": "2026-11-23T01:00:00Z", "closed_at": null, "version": 3, "entered": 120, "filed": 96, "dropped": 2}))]
pub(crate) struct BatchDetailView {
    /// The batch as the list shows it.
    #[serde(flatten)]
    batch: BatchView,
    /// Papers entered.
    entered: u64,
    /// In the store.
    filed: u64,
    /// Left out for a reason.
    dropped: u64,
}

impl BatchDetailView {
    /// The view of a row with its counts.
    pub(super) fn of(row: Model, counted: Counted) -> Self {
        let Counted { entered, filed, dropped } = counted;
        Self { batch: BatchView::of(row), entered, filed, dropped }
    }
}
