//! A corrected result outside: what the portal is told, and what becomes of the carriage.

use super::fixture::Scene;
use chrono::TimeDelta;
use entities::dossiers::acts::{Act, Outcome as Decision};
use entities::dossiers::reading;
use entities::files::State;
use entities::tables::decisions;
use entities::tables::dossiers::Model as Dossier;
use rules::jobs::Job;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use workers::Outcome;

async fn record(scene: &Scene, dossier: &Dossier) -> Value {
    scene.portal.received().await["dossiers"][&dossier.code]["record"].clone()
}

async fn corrected(scene: &Scene, dossier: &Dossier) -> Dossier {
    let reason = "Sai ngày sinh".to_owned();
    scene.act(&scene.officer(), dossier.id, Act::Correct { reason }).await
}

async fn decided_again(scene: &Scene, dossier: &Dossier) -> Dossier {
    let by = scene.officer();
    let file = scene.file(&by, "ket-qua-dung.pdf", super::fixture::PLAIN, State::Clean).await;
    let decided = Act::Decide {
        outcome: Decision::Granted,
        number: "13/CT".into(),
        result_code: "KQ-CC-01".into(),
        file: Some(file),
        reason: String::new(),
        validity: rules::results::Validity::default(),
    };
    scene.act(&by, dossier.id, decided).await
}

fn results(record: &Value) -> Vec<&Value> {
    record["DanhSachGiayToKetQua"].as_array().unwrap().iter().map(|line| &line["GiayToId"]).collect()
}

#[tokio::test]
async fn l_48_the_portal_is_told_that_the_result_is_none_and_later_only_the_valid_one() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let first = scene.decide(dossier.id).await;
    scene.push_all(&first).await;
    let told_first = record(&scene, &first).await;
    scene.pass(TimeDelta::hours(1));

    let open = corrected(&scene, &first).await;
    scene.push_all(&open).await;
    let told_open = record(&scene, &open).await;
    scene.pass(TimeDelta::hours(1));
    let second = decided_again(&scene, &open).await;
    scene.push_all(&second).await;
    let told_second = record(&scene, &second).await;

    assert_eq!((results(&told_first).len(), &told_first["NgayKetThucXuLy"]), (1, &json!("20260310090000")));
    assert_eq!((results(&told_open).len(), &told_open["NgayKetThucXuLy"]), (0, &json!("")));
    assert_eq!((results(&told_second).len(), &told_second["NgayKetThucXuLy"]), (1, &json!("20260310110000")));
    assert_ne!(results(&told_first), results(&told_second));
    let told = scene.portal.received().await["dossiers"][&second.code].clone();
    assert_eq!(told["trail"].as_array().unwrap().iter().rev().take(3).collect::<Vec<_>>(), ["9", "4", "9"]);
    let progress = told["progress"].to_string();
    assert!(progress.contains("Đính chính kết quả: Sai ngày sinh"), "{progress}");
}

#[tokio::test]
async fn l_48_what_is_told_late_shows_the_valid_result_alone_and_every_step_that_led_to_it() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let first = scene.decide(dossier.id).await;
    let wrong = result_file(&scene, &first).await;
    let open = corrected(&scene, &first).await;
    scene.pass(TimeDelta::hours(1));
    let second = decided_again(&scene, &open).await;
    let right = result_file(&scene, &second).await;

    scene.push_all(&second).await;

    let told = scene.portal.received().await;
    let held = &told["dossiers"][&second.code];
    assert_eq!(results(&held["record"]), [&json!(right)]);
    assert!(!told.to_string().contains(&wrong), "nobody can still fetch the wrong result");
    let lines = held["progress"].as_array().unwrap();
    let statuses: Vec<_> = lines.iter().map(|line| &line["TrangThai"]).collect();
    assert_eq!(statuses, ["1", "2", "4", "4", "4", "9", "4", "9"]);
    assert_eq!(lines[6]["NoiDungXuLy"], "Đính chính kết quả: Sai ngày sinh");
}

async fn result_file(scene: &Scene, dossier: &Dossier) -> String {
    let decisions = decisions::Entity::find().filter(decisions::Column::DossierId.eq(dossier.id));
    let last = decisions.order_by_desc(decisions::Column::Id).one(scene.hands.database.reader());
    last.await.unwrap().unwrap().file_id.to_string()
}

#[tokio::test]
async fn l_48_an_order_the_carrier_never_took_is_dropped_and_the_new_result_travels_on_its_own() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let first = scene.decide(dossier.id).await;
    let open = corrected(&scene, &first).await;
    decided_again(&scene, &open).await;

    for job in scene.jobs("order_delivery").await {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }

    let orders = scene.post.received().await["orders"].clone();
    let numbers: Vec<_> = orders.as_object().unwrap().keys().cloned().collect();
    assert_eq!(numbers, [format!("{}-2", first.code)]);
    let rows = reading::shipments(scene.hands.database.reader(), dossier.id).await.unwrap();
    let mut legs: Vec<_> = rows.iter().map(|row| (row.leg.as_str(), row.state.as_str())).collect();
    legs.sort_unstable();
    assert_eq!(legs, [("return", "awaiting_collection"), ("revoked-1", "cancelled")]);
}

#[tokio::test]
async fn l_48_a_result_in_the_post_is_not_corrected_until_the_post_brings_it_back() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let first = scene.decide(dossier.id).await;
    for job in scene.jobs("order_delivery").await {
        scene.run(job).await;
    }
    let tx = scene.hands.database.begin().await.unwrap();
    let act = Act::Correct { reason: "Sai ngày sinh".into() };
    let by = scene.officer();

    let refused = scene.door(&tx, &by).act(dossier.id, None, &act).await.unwrap_err();
    tx.rollback().await.unwrap();
    scene.post.press(&format!("/__advance/{}", first.code), json!({"to": "returning"})).await;
    scene.run(Job::TrackPost { carrier: None }).await;
    let open = corrected(&scene, &first).await;

    let entities::Error::Refused(refusal) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.blocked_by[0].code, "result_in_the_post");
    assert_eq!(open.status, "processing");
}

#[tokio::test]
async fn l_46_the_post_carries_kept_originals_home_with_the_result() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let by = scene.officer();
    scene.act(&by, dossier.id, Act::AcceptKeeping { originals: vec!["CC-01".into()] }).await;
    for _ in 0..3 {
        scene.act(&by, dossier.id, Act::Forward { note: String::new() }).await;
    }
    let decided = decided_again(&scene, &dossier).await;
    scene.act(&by, dossier.id, Act::RecordPayment { proof: "cash 0001".into() }).await;
    for job in scene.jobs("order_delivery").await {
        scene.run(job).await;
    }

    scene.post.press(&format!("/__advance/{}", decided.code), json!({"to": "delivered"})).await;
    scene.run(Job::TrackPost { carrier: None }).await;

    let order = scene.post.received().await["orders"][&decided.code].clone();
    let inside = order["SenderDesc"].as_str().unwrap();
    assert_eq!(inside.matches("01 ").count(), 2, "{inside}");
    let home = reading::by_id(scene.hands.database.reader(), dossier.id).await.unwrap();
    assert_eq!(home.status, "returned");
    assert!(home.originals.unwrap().contains("returned_at"));
}
