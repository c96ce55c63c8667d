//! Everything a payment may change, counted and compared; and the platform's voice.

use crate::support::commune::{CASE, Commune, DESK, MAU, text};
use crate::support::house::json;
use entities::jobs;
use entities::tables::{clock_events, dossiers, history, payment_messages, payments};
use reqwest::Method;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json as body};
use sha2::{Digest, Sha256};

pub const CALLBACK: &str = "/v1/callbacks/payments/national_platform";

/// The rows a payment may change.
#[derive(Debug, PartialEq)]
pub struct Tally {
    pub dossiers: Vec<dossiers::Model>,
    pub payments: Vec<payments::Model>,
    pub history: u64,
    pub clock_events: u64,
    pub jobs: u64,
}

impl Tally {
    pub async fn of(commune: &Commune) -> Self {
        let db = commune.database.reader();
        Self {
            dossiers: dossiers::Entity::find().all(db).await.unwrap(),
            payments: payments::Entity::find().order_by_asc(payments::Column::Id).all(db).await.unwrap(),
            history: history::Entity::find().count(db).await.unwrap(),
            clock_events: clock_events::Entity::find().count(db).await.unwrap(),
            jobs: jobs::row::Entity::find().count(db).await.unwrap(),
        }
    }
}

/// Verdicts on the messages heard so far.
pub async fn verdicts(commune: &Commune) -> Vec<String> {
    let all = payment_messages::Entity::find().order_by_asc(payment_messages::Column::Id);
    all.all(commune.database.reader()).await.unwrap().into_iter().map(|m| m.verdict).collect()
}

/// A dossier that waits for its fee of 12,000 đồng.
pub async fn asked(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune.done(CASE, &dossier, "payment-request", body!({})).await
}

/// A payment opened by the applicant.
pub async fn opened(commune: &Commune, dossier: &Value) -> Value {
    let path = format!("/v1/dossiers/{}/payments", text(dossier, "id"));
    json(commune.post(MAU, &path, &body!({})).await, 201).await
}

/// A CONFIRM as the platform sends it, changed before it is signed.
pub fn confirm(reference: &str, change: &[(&str, &str)]) -> Value {
    let mut message = body!({
        "LoaiBanTin": "CONFIRM", "MaLoi": "00", "MaDoiTac": connectors::payment::sandbox::PARTNER,
        "MaThamChieu": reference, "SoTien": "12000", "MaTienTe": "VND", "MaGiaoDich": "GD000001",
        "MaNganHang": "VCB", "ThoiGianGD": "20260310090000", "ThongTinGiaoDich": "Thu phi",
    });
    for (name, value) in change {
        message[*name] = body!(value);
    }
    message["MaXacThuc"] = body!(signature(&message));
    message
}

fn signature(message: &Value) -> String {
    let fields = [
        "LoaiBanTin",
        "MaLoi",
        "MaDoiTac",
        "MaThamChieu",
        "SoTien",
        "MaTienTe",
        "MaGiaoDich",
        "MaNganHang",
        "ThoiGianGD",
        "ThongTinGiaoDich",
    ];
    let values: Vec<_> = fields.iter().map(|name| text(message, name)).collect();
    hex::encode(Sha256::digest(format!("{}|{}", values.join("|"), connectors::payment::sandbox::SECRET)))
}

/// What the office answers to news; always 200, in the platform's own words.
pub async fn tell(commune: &Commune, news: impl Into<reqwest::Body>) -> Value {
    let request = commune.ask(Method::POST, CALLBACK).header("content-type", "application/json");
    json(request.body(news).send().await.unwrap(), 200).await
}
