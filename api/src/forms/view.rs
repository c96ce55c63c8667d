//! A form as it is told of.

use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::tables::forms::Model;
use rules::forms::FormKind;
use rules::local_time::local_date;
use rules::regime::Regime;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A form that was issued; what it says is in its file.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Form, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000f", "kind": "receipt", "form_number": 1,
    "title": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "regime": "r2025", "dossier": "0194f3c0-0000-7000-8000-00000000000b",
    "entry": 2, "unit": "0194f3c0-0000-7000-8000-000000000001", "year": 2026, "number": 12,
    "issued_at": "2026-03-10T02:05:00Z", "ready": true, "size": 61250,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}))]
pub(crate) struct FormView {
    /// Key.
    id: Uuid,
    /// What the form is for.
    #[schema(value_type = crate::catalogue::keys::FormKind)]
    kind: String,
    /// Mẫu số in its regime.
    form_number: Option<u8>,
    /// Printed title.
    title: &'static str,
    /// Regime whose form it is.
    #[schema(value_type = crate::catalogue::keys::Regime)]
    regime: String,
    /// The dossier; null for a register.
    dossier: Option<Uuid>,
    /// History entry it tells of; null for a register.
    entry: Option<i32>,
    /// Unit in whose book it is numbered.
    unit: Uuid,
    /// Year of the book.
    year: i32,
    /// Running number in the book.
    number: i32,
    /// The moment of the act.
    issued_at: DateTime<Utc>,
    /// Whether the file is made; until then there is the page.
    ready: bool,
    /// Bytes of the file.
    size: Option<i64>,
    /// SHA-256 of the file, hex; its strong ETag.
    sha256: Option<String>,
}

impl FormView {
    /// Of a row.
    pub(crate) fn of(row: Model) -> Result<Self, Error> {
        let regime: Regime = from_key("forms.regime", &row.regime)?;
        let kind = FormKind::from_key(&row.kind);
        let form = kind.and_then(|kind| regime.on(local_date(row.issued_at)).form(kind));
        Ok(Self {
            id: row.id,
            kind: row.kind,
            form_number: form.map(|form| form.number),
            title: form.map_or("", |form| form.title),
            regime: row.regime,
            dossier: row.dossier_id,
            entry: row.entry,
            unit: row.unit_id,
            year: row.year,
            number: row.number,
            issued_at: row.issued_at,
            ready: row.sha256.is_some(),
            size: row.size,
            sha256: row.sha256,
        })
    }
}
