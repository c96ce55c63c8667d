//! Series of the commune, and the receipts of its dossiers.

use crate::support::commune::{Commune, MAU, MONEY, text};
use crate::support::house::json;
use serde_json::{Value, json as body};

/// A series opened by finance.
pub async fn series(commune: &Commune, kind: &str, medium: &str, code: &str, first_day: &str) -> Value {
    let new = body!({"kind": kind, "medium": medium, "form_code": "01BLP", "series_code": code,
        "collector_name": "Ủy ban nhân dân phường Đức Xuân", "collector_tax_code": "4700000001", "first_day": first_day});
    let path = format!("/v1/units/{}/receipt-series", commune.unit);
    json(commune.post(MONEY, &path, &new).await, 201).await
}

/// Electronic series of both kinds since the new year.
pub async fn both(commune: &Commune) {
    series(commune, "phi", "electronic", "DX/26P", "2026-01-01").await;
    series(commune, "le_phi", "electronic", "DX/26L", "2026-01-01").await;
}

/// The receipts of a dossier as its owner reads them.
pub async fn receipts(commune: &Commune, dossier: &Value) -> Vec<Value> {
    let path = format!("/v1/dossiers/{}/fee-receipts", text(dossier, "id"));
    commune.read(MAU, &path).await.as_array().unwrap().clone()
}
