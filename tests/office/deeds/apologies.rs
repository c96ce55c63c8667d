//! A result that comes later or earlier than promised: what the person and the portal are told.

use super::fixture::Scene;
use super::letters::notice;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use entities::dossiers::acts::Act;
use entities::tables::dossiers::Model as Dossier;
use workers::Outcome;

/// An instant of March 2026, in the time of Hà Nội.
fn march(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, 0, 0).unwrap() - TimeDelta::hours(7)
}

async fn letter(scene: &Scene, dossier: &Dossier) -> String {
    assert_eq!(notice(scene, dossier.id, dossier.entries).await, Outcome::Done);
    let letters = scene.mail.received().await["letters"].clone();
    letters.as_array().unwrap().last().unwrap()["text"].as_str().unwrap().to_owned()
}

async fn extended(scene: &Scene) -> Dossier {
    let dossier = scene.begin().await;
    scene.pass(TimeDelta::days(3));
    let later =
        Act::Extend { new_due: march(28, 12), reason: "Phải chờ trích lục bản đồ.".into() };
    scene.act(&scene.officer(), dossier.id, later).await
}

#[tokio::test]
async fn l_41_the_apology_tells_both_dates_and_the_reason() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = extended(&scene).await;

    let text = letter(&scene, &dossier).await;

    for said in [
        "Chúng tôi xin lỗi",
        "Phải chờ trích lục bản đồ.",
        "Ngày hẹn cũ: 17 giờ 00 phút, ngày 24/03/2026",
        "Ngày hẹn mới: 17 giờ 00 phút, ngày 30/03/2026",
        "Date promised: 17:00 on 24 March 2026",
        "New date: 17:00 on 30 March 2026",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[tokio::test]
async fn l_41_the_portal_is_told_the_new_date_and_no_round_of_papers_is_made_up() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = extended(&scene).await;

    scene.push_all(&dossier).await;

    let held = scene.portal.received().await["dossiers"][&dossier.code].clone();
    assert_eq!(held["record"]["NgayHenTra"], "20260330170000");
    assert_eq!(held["record"]["DanhSachHoSoBoSung"], serde_json::json!([]));
    let lines = held["progress"].as_array().unwrap();
    assert_eq!(lines.last().unwrap()["TrangThai"], "4");
}

#[tokio::test]
async fn l_45_a_result_before_its_day_is_told_beforehand() {
    let scene = Scene::open().await;
    scene.publish().await;
    let (early, on_the_day) = (scene.begin().await, scene.begin().await);

    scene.pass(TimeDelta::days(2));
    let early = letter(&scene, &scene.settle(early.id).await).await;
    scene.clock.set(march(24, 9));
    let on_the_day = letter(&scene, &scene.settle(on_the_day.id).await).await;

    assert!(early.contains("Kết quả có sớm hơn ngày hẹn (17 giờ 00 phút, ngày 24/03/2026)"), "{early}");
    assert!(early.contains("It is ready before the date promised (17:00 on 24 March 2026"), "{early}");
    assert!(!on_the_day.contains("sớm hơn"), "{on_the_day}");
}
