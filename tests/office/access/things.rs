//! A dossier that went all the way, and the keys of everything that came of it.

use crate::journeys::stage::Stage;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MAU_ID, key, text};
use crate::support::house::json as answered;
use entities::tables;
use reqwest::Method;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A dossier that was handed in, paid, decided and sent, and everything that came of it.
pub struct Things {
    stage: Stage,
    keys: BTreeMap<&'static str, Uuid>,
}

impl Things {
    pub async fn made() -> Self {
        let (stage, mut done) = (Stage::open().await, BTreeSet::new());
        let commune = &stage.commune;
        let dossier = commune.submit(MAU, commune.copies(), |a| a["return_method"] = json!("post")).await;
        stage.work(&mut done).await;
        let mut now = commune.done(DESK, &dossier, "acceptance", json!({})).await;
        for _ in 0..2 {
            now = commune.done(DESK, &now, "forwarding", json!({})).await;
        }
        now = commune.done(CASE, &now, "claim", json!({})).await;
        now = commune.done(CASE, &now, "payment-request", json!({})).await;
        stage.work(&mut done).await;
        stage.pay(&now, "pays", &mut done).await;
        now = commune.now(CASE, &now).await;
        now = commune.done(CASE, &now, "forwarding", json!({})).await;
        now = commune.done(HEAD, &now, "decision", commune.decision("KQ-CC-01").await).await;
        stage.work(&mut done).await;
        stage.carry(&now, "delivered", &mut done).await;
        let batch = json!({"unit": commune.unit, "title": "Kết quả năm 2019", "kind": "result", "box_number": "H-12",
            "expected": 1, "plan": "Kế hoạch 797/KH-UBND"});
        let batch = answered(commune.post(DESK, "/v1/paper-batches", &batch).await, 201).await;
        entered(commune, &batch).await;
        let draft = json!({"procedure": "1.001193", "application": {"form": {"note": "một"}}});
        let draft = answered(commune.post(MAU, "/v1/drafts", &draft).await, 201).await;
        let begun = json!({"name": "a.pdf", "size": 3_000});
        let upload = answered(commune.post(MAU, "/v1/uploads", &begun).await, 201).await;
        let keys = keys(
            commune,
            &[("dossiers", &now), ("drafts", &draft), ("uploads", &upload), ("paper-batches", &batch)],
        )
        .await;
        Self { stage, keys }
    }

    pub fn commune(&self) -> &Commune {
        &self.stage.commune
    }

    /// What nobody reads who sees persons masked.
    pub fn personal(&self) -> [&'static str; 5] {
        ["Nguyễn Thị Mẫu", MAU_ID, "0900000001", "mau@vidu.example", "Tổ 5"]
    }

    /// An address with the keys of these things; of what was not made, keys of nothing.
    pub fn filled(&self, path: &str) -> String {
        let mut filled = String::new();
        let mut before = "";
        for part in path.split('/').skip(1) {
            let named = match part {
                "{id}" => before,
                "{document}" => "documents",
                "{shipment}" => "shipments",
                "{unit}" => "units",
                _ => "",
            };
            let key = || self.keys.get(named).copied().unwrap_or_else(Uuid::now_v7).to_string();
            filled.push('/');
            filled.push_str(&match part {
                "{n}" => "1".into(),
                part if part.starts_with('{') => key(),
                part => part.to_owned(),
            });
            before = part;
        }
        match path {
            "/v1/units/{id}/receipt-sheet" => filled + "?day=2026-03-10",
            _ if path.contains("{document}") || path == "/v1/dossiers/{id}/offers" => {
                filled + "?purpose=doi%20chieu%20ho%20so"
            }
            _ => filled,
        }
    }
}

/// An old paper of Mẫu is entered into a box.
async fn entered(commune: &Commune, batch: &Value) {
    let items = json!({"items": [{"folder": "T-03", "inventory": "41", "name": "Trích lục số 118/2019",
        "paper_type": "TLKS", "owner": {"kind": "citizen", "number": MAU_ID, "name": "Nguyễn Thị Mẫu"}}]});
    let path = format!("/v1/paper-batches/{}/items", text(batch, "id"));
    let request = commune.ask_as(DESK, Method::POST, &path).header("idempotency-key", key());
    answered(request.header("if-match", "\"1\"").json(&items).send().await.unwrap(), 201).await;
}

/// The key of one row of each table, by the word of its address.
async fn keys(commune: &Commune, told: &[(&'static str, &Value)]) -> BTreeMap<&'static str, Uuid> {
    let db = commune.database.reader();
    let mut keys: BTreeMap<&'static str, Uuid> =
        told.iter().map(|(name, value)| (*name, text(value, "id").parse().unwrap())).collect();
    keys.insert("units", commune.unit);
    macro_rules! first {
        ($($word:literal $table:ident),*) => {$(
            if let Some(row) = tables::$table::Entity::find().one(db).await.unwrap() {
                keys.insert($word, row.id);
            }
        )*};
    }
    first!("results" results, "forms" forms, "payments" payments, "shipments" shipments, "documents" documents,
        "digitisations" digitisations, "consultations" consultations, "receipts" receipts, "refunds" refunds,
        "notices" notices, "warnings" warnings);
    let papers = tables::papers::Entity::find().all(db).await.unwrap();
    let paper = papers.iter().find(|paper| paper.part == "component").and_then(|paper| paper.file_id);
    keys.extend(paper.map(|file| ("files", file)));
    keys
}
