//! What the portal hears, byte for byte, of dossiers that went every way a dossier can go.

use crate::deeds::fixture::{PLAIN, Scene};
use crate::deeds::portal_record::paid_in_cash;
use chrono::TimeDelta;
use connectors::payment::reference;
use entities::dossiers::acts::{Act, Outcome as Decision};
use entities::dossiers::application::PaperIn;
use entities::files::State;
use entities::payments::{News, Opening};
use entities::tables::dossiers::Model as Dossier;
use rules::jobs::Job;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use uuid::Uuid;

/// One entry is told as soon as it is there; what the twin heard of it, as it stood in the body.
async fn heard(scene: &Scene, dossier: &Dossier) -> Value {
    scene.run(Job::PushToPortal { dossier: dossier.id, entry: dossier.entries }).await;
    let all = scene.portal.received().await["requests"].clone();
    let mut records = all.as_array().unwrap().iter().filter_map(|request| record_in(&request["body"]));
    records.next_back().unwrap().clone()
}

/// The record in a message, however it is wrapped.
fn record_in(body: &Value) -> Option<&Value> {
    match body {
        Value::Object(members) if members.contains_key("TrangThaiHoSo") => Some(body),
        Value::Object(members) => members.values().find_map(record_in),
        Value::Array(items) => items.iter().find_map(record_in),
        _ => None,
    }
}

#[tokio::test]
async fn x_01_each_status_is_told_as_it_is_when_it_is_reached() {
    let scene = Scene::open().await;
    let (officer, citizen) = (scene.officer(), scene.citizen());
    let reason = || "Bản chính đã bị tẩy xóa".to_owned();
    let ask =
        Act::RequestSupplement { reason: reason(), components: vec!["CC-02".into()], despite: Vec::new() };
    let ways = [
        (vec![(&officer, Act::Refuse { reason: reason() })], json!(["1", "3"])),
        (
            vec![(&officer, Act::Accept), (&officer, ask), (&citizen, Act::Withdraw { reason: reason() })],
            json!(["1", "2", "5", "7"]),
        ),
        (
            vec![
                (&officer, Act::Accept),
                (&officer, Act::RequestPayment),
                (&officer, Act::Stop { reason: reason() }),
            ],
            json!(["1", "2", "6", "8"]),
        ),
    ];

    for (acts, expected) in ways {
        let dossier = scene.submit().await;
        let mut told = vec![heard(&scene, &dossier).await["TrangThaiHoSo"].clone()];
        for (by, act) in acts {
            scene.pass(TimeDelta::minutes(10));
            let after = scene.act(by, dossier.id, act).await;
            told.push(heard(&scene, &after).await["TrangThaiHoSo"].clone());
        }
        assert_eq!(json!(told), expected);
    }
}

#[tokio::test]
async fn x_04_without_a_result_file_no_file_is_told_as_the_result() {
    let scene = Scene::open().await;
    let (by, dossier) = (scene.officer(), scene.submit().await);
    scene.act(&by, dossier.id, Act::Accept).await;
    let mut last = dossier.clone();
    for _ in 0..3 {
        last = scene.act(&by, dossier.id, Act::Forward { note: String::new() }).await;
    }
    let before = heard(&scene, &last).await;
    let rejected = Act::Decide {
        outcome: Decision::Rejected,
        number: "13/CT".into(),
        result_code: "KQ-CC-01".into(),
        file: None,
        reason: "Bản chính không hợp lệ".into(),
        validity: rules::results::Validity::default(),
    };

    let tx = scene.hands.database.begin().await.unwrap();
    let refused = scene.door(&tx, &by).act(dossier.id, None, &rejected).await.unwrap_err();
    tx.rollback().await.unwrap();
    let stopped = scene.act(&by, dossier.id, Act::Stop { reason: "Bản chính bị tẩy xóa".into() }).await;

    let after = heard(&scene, &stopped).await;
    assert!(format!("{refused:?}").contains("result_missing"), "{refused:?}");
    assert_eq!(before["TaiLieuNop"].as_array().unwrap().len(), 2, "there were papers to mistake for it");
    let results = (&before["DanhSachGiayToKetQua"], &after["DanhSachGiayToKetQua"]);
    assert_eq!(results, (&json!([]), &json!([])));
}

#[tokio::test]
async fn x_05_the_code_that_is_told_is_the_one_on_the_receipt_however_often_it_is_told() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let accepted = scene.act(&scene.officer(), dossier.id, Act::Accept).await;

    scene.push_all(&accepted).await;
    scene.push_all(&accepted).await;

    let all = scene.portal.received().await["requests"].clone();
    let mut codes = Vec::new();
    all.as_array().unwrap().iter().for_each(|request| codes_in(&request["body"], &mut codes));
    assert!(codes.len() >= 2, "{codes:?}");
    assert!(codes.iter().all(|code| *code == dossier.code), "{codes:?}");
}

/// Every code of a dossier in a message.
fn codes_in(body: &Value, codes: &mut Vec<String>) {
    match body {
        Value::Object(members) => members.iter().for_each(|(name, value)| match value.as_str() {
            Some(code) if name == "MaHoSo" => codes.push(code.to_owned()),
            _ => codes_in(value, codes),
        }),
        Value::Array(items) => items.iter().for_each(|item| codes_in(item, codes)),
        _ => {}
    }
}

#[tokio::test]
async fn x_06_only_money_of_a_platform_is_told_as_paid_online() {
    let scene = Scene::open().await;
    for way in ["cash", "pos", "transfer", "post"] {
        let paid = paid_in_cash(&scene, &scene.submit().await).await;
        let booked = format!("UPDATE payments SET platform = '{way}' WHERE platform <> 'national_platform'");
        scene.hands.database.writer().execute_unprepared(&booked).await.unwrap();

        assert_eq!(heard(&scene, &paid).await["DuocThanhToanTrucTuyen"], "3", "{way}");
    }
    let online = paid_online(&scene).await;

    assert_eq!(heard(&scene, &online).await["DuocThanhToanTrucTuyen"], "1");
}

/// The fee is paid at the national platform.
async fn paid_online(scene: &Scene) -> Dossier {
    let (dossier, by, id) = (scene.submit().await, scene.citizen(), Uuid::now_v7());
    let tx = scene.hands.database.begin().await.unwrap();
    let opening = Opening {
        id,
        reference: reference(id),
        platform: "national_platform",
        chosen: true,
        payer: None,
        client_ip: None,
        expires_at: scene.clock.now() + TimeDelta::hours(24),
    };
    let payment = scene.door(&tx, &by).open_payment(&dossier, opening).await.unwrap();
    tx.commit().await.unwrap();
    scene.run(scene.jobs("open_payment").await.pop().unwrap()).await;
    let tx = scene.hands.database.begin().await.unwrap();
    let news = News {
        reference: &payment.reference,
        platform: "national_platform",
        amount: payment.amount,
        transaction_id: "GD1",
        paid: true,
        proven: true,
        raw: "{}",
    };
    scene.door(&tx, &rules::actor::Actor::office()).settle(&news).await.unwrap();
    tx.commit().await.unwrap();
    let entries = dossier.entries + 1;
    Dossier { entries, ..dossier }
}

#[tokio::test]
async fn x_10_what_happens_in_the_afternoon_is_told_in_24_hours() {
    let scene = Scene::open().await;
    scene.pass(TimeDelta::minutes(6 * 60 + 30));

    let accepted = scene.submit().await;
    let accepted = scene.act(&scene.officer(), accepted.id, Act::Accept).await;

    let told = heard(&scene, &accepted).await;
    assert_eq!(
        (&told["NgayNopHoSo"], &told["NgayTiepNhan"]),
        (&json!("20260310153000"), &json!("20260310153000"))
    );
}

#[tokio::test]
async fn x_12_a_wait_for_papers_over_the_days_off_takes_none_of_the_days_left() {
    let scene = Scene::open().await;
    let (officer, citizen) = (scene.officer(), scene.citizen());
    let dossier = scene.submit().await;
    // Friday morning; asked on Friday afternoon and answered on Sunday.
    scene.pass(TimeDelta::days(3));
    scene.act(&officer, dossier.id, Act::Accept).await;
    scene.pass(TimeDelta::hours(5));
    let ask = Act::RequestSupplement {
        reason: "Thiếu trang 2".into(),
        components: vec!["CC-02".into()],
        despite: Vec::new(),
    };
    let asked = scene.act(&officer, dossier.id, ask).await;
    scene.pass(TimeDelta::days(2));
    let file = scene.file(&citizen, "trang-2.pdf", PLAIN, State::Clean).await;
    let papers = vec![PaperIn { component: "CC-02".into(), file: Some(file), ..PaperIn::default() }];

    let last = scene.act(&citizen, dossier.id, Act::AnswerSupplement { papers, note: String::new() }).await;

    heard(&scene, &asked).await;
    let round = heard(&scene, &last).await["DanhSachHoSoBoSung"][0].clone();
    assert_eq!(round["NgayHenTraTruoc"], "20260313170000");
    assert_eq!(round["NgayHenTraMoi"], "20260316170000", "Monday, and not the Sunday two days later");
}
