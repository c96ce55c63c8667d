//! An office in which everything that the invariants ask about has happened.

use super::Kept;
use crate::journeys::stage::Stage;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU};
use chrono::TimeDelta;
use entities::database::Database;
use entities::tables::{payments, receipt_series, receipts};
use entities::uploads::{self, Upload};
use rules::local_time::local_date;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Two dossiers handed in, supplemented, paid, decided and sent home by post, with every job of theirs done.
pub async fn busy() -> (Stage, Kept) {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    for _ in 0..2 {
        bring_through(&stage, &mut done, &[TimeDelta::minutes(10)]).await;
    }
    write_receipt(&stage.commune).await;
    write_upload(&stage.commune).await;
    let kept = kept(&stage.commune).await;
    (stage, kept)
}

/// What a commune keeps. Its stage does the jobs itself, so nobody has marked them yet.
pub async fn kept(commune: &Commune) -> Kept {
    let marked = "UPDATE jobs SET state = 'done', finished_at = created_at";
    commune.database.writer().execute_unprepared(marked).await.unwrap();
    let (files, sealer) = (commune.office.files.clone(), commune.office.sealer.clone());
    Kept { database: Database::clone(&commune.database), files, sealer }
}

/// One dossier from the submission to the post; before each step of the office the clock jumps, by these in turn.
pub async fn bring_through(stage: &Stage, done: &mut BTreeSet<Uuid>, jumps: &[TimeDelta]) {
    let commune = &stage.commune;
    let mut jumps = jumps.iter().cycle();
    let mut jump = || commune.pass(*jumps.next().unwrap());
    let handed_in = commune.submit(MAU, commune.copies(), |a| a["return_method"] = body!("post")).await;
    jump();
    let mut now = commune.done(DESK, &handed_in, "acceptance", body!({})).await;
    let ask = body!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]});
    jump();
    now = commune.done(DESK, &now, "supplement-request", ask).await;
    jump();
    let papers = body!({"papers": [{"component": "CC-02", "file": commune.paper(MAU).await}]});
    now = commune.done(MAU, &now, "supplement", papers).await;
    for _ in 0..2 {
        jump();
        now = commune.done(DESK, &now, "forwarding", body!({})).await;
    }
    jump();
    now = commune.done(CASE, &now, "payment-request", body!({})).await;
    stage.work(done).await;
    stage.pay(&now, "pays", done).await;
    now = commune.now(CASE, &now).await;
    now = commune.done(CASE, &now, "forwarding", body!({})).await;
    jump();
    let decision: Value = commune.decision("KQ-CC-01").await;
    commune.done(HEAD, &now, "decision", decision).await;
    stage.work(done).await;
}

/// A receipt for the whole of the first payment, as the desk would make it out.
async fn write_receipt(commune: &Commune) {
    let db = &commune.database;
    let paid = payments::Entity::find().one(db.reader()).await.unwrap().unwrap();
    let (id, series_id, at) = (Uuid::now_v7(), Uuid::now_v7(), commune.clock.now());
    let payer_sealed = commune.office.sealer.seal(&format!("payer:{id}"), "{}").unwrap();
    let series = receipt_series::Model {
        id: series_id,
        unit_id: paid.unit_id,
        kind: "phi".into(),
        medium: "electronic".into(),
        form_code: "01".into(),
        series_code: "AA-26".into(),
        collector_name: "UBND phường".into(),
        collector_tax_code: "4600000000".into(),
        mandate: None,
        first_day: local_date(at),
        last_day: None,
        recorded_by: "thu-ngan".into(),
        recorded_name: "Người Mẫu".into(),
        recorded_at: at,
    };
    receipt_series::Entity::insert(series.into_active_model())
        .exec_without_returning(db.writer())
        .await
        .unwrap();
    let row = receipts::Model {
        id,
        series_id,
        year: 2026,
        number: 1,
        unit_id: paid.unit_id,
        kind: "phi".into(),
        payment_id: paid.id,
        dossier_id: paid.dossier_id,
        way: "transfer".into(),
        amount: paid.amount,
        lines: "[]".into(),
        payer_sealed,
        day: local_date(at),
        issued_by: "thu-ngan".into(),
        issued_name: "Người Mẫu".into(),
        issued_at: at,
        state: "issued".into(),
        replaces: None,
        cancelled_by: None,
        cancelled_name: None,
        cancelled_at: None,
        cancel_reason_sealed: None,
        version: 1,
    };
    receipts::Entity::insert(row.into_active_model()).exec_without_returning(db.writer()).await.unwrap();
    let series = format!("INSERT INTO code_series (prefix, last) VALUES ('receipt:{series_id}:2026', 1)");
    db.writer().execute_unprepared(&series).await.unwrap();
}

/// An upload that came to its end in parts.
async fn write_upload(commune: &Commune) {
    let db = &commune.database;
    let file = entities::files::row::Entity::find().one(db.reader()).await.unwrap().unwrap();
    let upload = Upload {
        id: Uuid::now_v7(),
        owner: file.owner,
        name: file.name,
        size: file.size,
        received: file.size,
        sha256: None,
        file_id: Some(file.id),
        created_at: file.created_at,
    };
    db.writer().execute(&uploads::insert(&upload)).await.unwrap();
}
