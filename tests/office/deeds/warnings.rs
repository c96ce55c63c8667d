//! Warnings: found by the sweep, given once through the door, whoever was down or killed meanwhile.

use super::fixture::Scene;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use entities::dossiers::acts::Act;
use entities::dossiers::application::ReturnMethod;
use entities::dossiers::reading;
use entities::tables::dossiers::Model as Dossier;
use entities::tables::{consultations, warnings};
use rules::jobs::Job;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;
use workers::Outcome;

/// An instant of March 2026, in the time of Hà Nội.
pub fn march(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, minute, 0).unwrap() - TimeDelta::hours(7)
}

/// The sweep, and every warning it ever found, again and again.
pub async fn warn(scene: &Scene) {
    assert_eq!(scene.run(Job::SweepWarnings {}).await, Outcome::Done);
    for job in scene.jobs("warn").await {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }
}

/// What was given about a dossier: kind and audience, in the order of giving.
pub async fn given(scene: &Scene, dossier: &Dossier) -> Vec<String> {
    let rows = warnings::Entity::find().filter(warnings::Column::DossierId.eq(dossier.id));
    let rows = rows.order_by_asc(warnings::Column::Id).all(scene.hands.database.reader()).await.unwrap();
    rows.iter().map(|row| format!("{} {}", row.kind, row.audience)).collect()
}

async fn now(scene: &Scene, dossier: &Dossier) -> Dossier {
    reading::by_id(scene.hands.database.reader(), dossier.id).await.unwrap()
}

async fn letters(scene: &Scene) -> Vec<String> {
    for job in scene.jobs("send_notice").await {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }
    assert_eq!(super::letters::handed(scene).await, Outcome::Done);
    let letters = scene.mail.received().await["letters"].as_array().unwrap().clone();
    letters.iter().map(|letter| letter["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn l_40_on_its_last_day_the_apology_is_asked_for_and_the_result_is_due_soon() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    assert_eq!(dossier.due_at, Some(march(24, 17, 0)));

    scene.clock.set(march(23, 7, 29));
    warn(&scene).await;
    assert_eq!(given(&scene, &dossier).await, Vec::<String>::new());
    scene.clock.set(march(23, 7, 30));
    warn(&scene).await;

    assert_eq!(
        given(&scene, &dossier).await,
        ["due_soon assignee", "apology_due assignee", "apology_due heads"]
    );
    let after = now(&scene, &dossier).await;
    assert_eq!(
        (after.status.as_str(), after.version),
        ("processing", dossier.version),
        "nothing else changed"
    );
    let history = reading::entries(scene.hands.database.reader(), dossier.id).await.unwrap();
    let told = history.iter().rev().take(2).map(|e| (e.act.as_str(), e.actor_name.as_str()));
    assert_eq!(told.collect::<Vec<_>>(), [("warn", "Hệ thống một cửa"); 2]);
    let words = reading::note(&scene.hands.sealer, &dossier, &history[history.len() - 2]).unwrap().unwrap();
    assert_eq!(
        words,
        format!("Hồ sơ {} sắp đến hạn trả kết quả: 17 giờ 00 phút, ngày 24/03/2026.", dossier.code)
    );
}

#[tokio::test]
async fn nobody_is_warned_twice_of_the_same() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    scene.clock.set(march(24, 17, 1));

    for _ in 0..3 {
        warn(&scene).await;
        scene.pass(TimeDelta::hours(5));
    }

    assert_eq!(given(&scene, &dossier).await, ["late assignee", "late heads"]);
    assert_eq!(scene.jobs("warn").await.len(), 1);
}

#[tokio::test]
async fn l_41_another_due_date_is_another_occasion() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    let later = Act::Extend { new_due: march(26, 12, 0), reason: "Phải chờ trích lục.".into() };
    scene.act(&scene.officer(), dossier.id, later).await;

    scene.clock.set(march(24, 17, 1));
    warn(&scene).await;
    let before = given(&scene, &dossier).await;
    scene.clock.set(march(25, 8, 0));
    warn(&scene).await;
    scene.clock.set(march(26, 17, 1));
    warn(&scene).await;

    assert_eq!(before, Vec::<String>::new(), "the old date is no date any more");
    assert_eq!(
        given(&scene, &dossier).await,
        ["due_soon assignee", "late assignee", "late heads"],
        "no second apology is asked for (L-42)"
    );
}

#[tokio::test]
async fn what_no_longer_holds_is_let_be() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    scene.clock.set(march(24, 17, 1));
    assert_eq!(scene.run(Job::SweepWarnings {}).await, Outcome::Done);

    scene.settle(dossier.id).await;
    let job = scene.jobs("warn").await.remove(0);

    assert_eq!(scene.run(job).await, Outcome::Done);
    assert_eq!(given(&scene, &dossier).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_holds_again_after_another_act_is_warned_of() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    scene.clock.set(march(24, 17, 1));
    assert_eq!(scene.run(Job::SweepWarnings {}).await, Outcome::Done);
    scene.settle(dossier.id).await;
    warn(&scene).await;
    let meanwhile = given(&scene, &dossier).await;

    let back = Act::Correct { reason: "Sai họ tên trên kết quả.".into() };
    let open = scene.act(&scene.officer(), dossier.id, back).await;
    warn(&scene).await;

    assert_eq!((meanwhile, open.due_at), (Vec::new(), Some(march(24, 17, 0))));
    assert_eq!(given(&scene, &dossier).await, ["late assignee", "late heads"]);
}

#[tokio::test]
async fn l_11_an_unanswered_submission_is_told_to_the_desk_and_its_head() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.ask(ReturnMethod::Desk).await;
    let limit = dossier.answer_due_at.unwrap();

    scene.clock.set(limit);
    warn(&scene).await;
    assert_eq!(given(&scene, &dossier).await, Vec::<String>::new());
    scene.pass(TimeDelta::seconds(1));
    warn(&scene).await;

    assert_eq!(given(&scene, &dossier).await, ["answer_late desk", "answer_late desk_heads"]);
    assert_eq!(
        scene.jobs("send_notice").await.len(),
        1,
        "the applicant has the letter about the submission alone"
    );
}

#[tokio::test]
async fn a_warning_for_a_dossier_on_a_desk_goes_to_who_has_it() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    let by = scene.officer();
    scene.act(&by, dossier.id, Act::Claim).await;
    scene.clock.set(march(24, 17, 1));

    warn(&scene).await;

    let rows = warnings::Entity::find().order_by_asc(warnings::Column::Id);
    let rows = rows.all(scene.hands.database.reader()).await.unwrap();
    let to: Vec<&str> = rows.iter().map(|row| row.addressee.as_str()).collect();
    assert_eq!(to, [by.subject, format!("approver@{}", scene.unit)]);
}

#[tokio::test]
async fn l_16_somebody_who_sends_no_papers_is_reminded_once_with_agency_person_and_times() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    let asked = Act::RequestSupplement {
        reason: "Trang 2 bị mờ.".into(),
        components: vec!["T9-02".into()],
        despite: Vec::new(),
    };
    scene.act(&scene.officer(), dossier.id, asked).await;

    // The tenth day after Tuesday the 10th.
    scene.clock.set(march(20, 7, 29));
    warn(&scene).await;
    assert_eq!(given(&scene, &dossier).await, Vec::<String>::new());
    scene.clock.set(march(20, 7, 30));
    warn(&scene).await;
    warn(&scene).await;

    assert_eq!(
        given(&scene, &dossier).await,
        ["supplement_unanswered applicant", "supplement_unanswered desk"]
    );
    let letters = letters(&scene).await;
    let reminders: Vec<&String> = letters.iter().filter(|text| text.contains("nhưng đến nay")).collect();
    assert_eq!(reminders.len(), 1, "{letters:#?}");
    for said in [
        dossier.code.as_str(),
        "Trang 2 bị mờ.",
        "- Giấy thử thứ hai",
        "yêu cầu bổ sung lúc 09 giờ 00 phút, ngày 10/03/2026",
        "Cơ quan giải quyết: Ủy ban nhân dân phường Đức Xuân",
        "Người tiếp nhận, xử lý: Nguyễn Văn Thử (Công chức tư pháp)",
        "Tiếp nhận: 09 giờ 00 phút, ngày 10/03/2026",
    ] {
        assert!(reminders[0].contains(said), "{said}: {}", reminders[0]);
    }
}

#[tokio::test]
async fn l_46_a_result_that_nobody_fetches_is_called_for() {
    let scene = Scene::open().await;
    scene.publish().await;
    let (here, sent) = (scene.begin().await, scene.ask(ReturnMethod::Electronic).await);
    scene.take_up(sent.id).await;
    for dossier in [&here, &sent] {
        scene.settle(dossier.id).await;
    }

    // The fifth working day after Tuesday the 10th.
    scene.clock.set(march(17, 7, 30));
    warn(&scene).await;
    scene.pass(TimeDelta::days(40));
    warn(&scene).await;

    assert_eq!(given(&scene, &here).await, ["result_unfetched applicant", "result_unfetched desk"]);
    assert_eq!(given(&scene, &sent).await, Vec::<String>::new(), "it lies in the person's account");
    let letters = letters(&scene).await;
    assert_eq!(letters.iter().filter(|text| text.contains("đang chờ ông/bà đến nhận")).count(), 1);
}

#[tokio::test]
async fn l_49_two_invitations_two_working_days_apart_then_the_result_goes_back() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.ask(ReturnMethod::Post).await;
    scene.take_up(dossier.id).await;
    scene.settle(dossier.id).await;
    for job in scene.jobs("order_delivery").await {
        assert_eq!(scene.run(job).await, Outcome::Done);
    }

    in_vain(&scene, &dossier).await;
    scene.clock.set(march(12, 7, 29));
    warn(&scene).await;
    assert_eq!(given(&scene, &dossier).await, Vec::<String>::new());
    scene.clock.set(march(12, 7, 30));
    warn(&scene).await;
    let second = given(&scene, &dossier).await;
    in_vain(&scene, &dossier).await;
    scene.clock.set(march(16, 7, 30));
    warn(&scene).await;

    assert_eq!(second, ["second_invitation applicant", "second_invitation postal_clerks"]);
    assert_eq!(given(&scene, &dossier).await[2..], ["post_gives_back desk", "post_gives_back postal_clerks"]);
    let letters = letters(&scene).await;
    assert_eq!(letters.iter().filter(|text| text.contains("giấy mời lần thứ hai")).count(), 1);
}

async fn in_vain(scene: &Scene, dossier: &Dossier) {
    for to in ["collected", "undelivered"] {
        scene.post.press(&format!("/__advance/{}", dossier.code), json!({ "to": to })).await;
    }
    assert_eq!(scene.run(Job::TrackPost { carrier: None }).await, Outcome::Done);
}

#[tokio::test]
async fn l_30_a_unit_that_does_not_answer_is_told_to_the_head_of_the_desk() {
    let scene = Scene::open().await;
    scene.publish().await;
    let dossier = scene.begin().await;
    let asked = consultations::Model {
        id: Uuid::now_v7(),
        dossier_id: dossier.id,
        asking_unit_id: scene.unit,
        unit_id: scene.unit,
        state: "open".into(),
        question_sealed: String::new(),
        papers: "[]".into(),
        asked_by: "thử nghiệm|cán bộ".into(),
        asked_name: "Nguyễn Văn Thử".into(),
        asked_at: scene.clock.now(),
        due_at: march(13, 17, 0),
        answer_sealed: None,
        file_id: None,
        answered_by: None,
        answered_name: None,
        answered_at: None,
    };
    let writer = scene.hands.database.writer();
    consultations::Entity::insert(asked.into_active_model()).exec_without_returning(writer).await.unwrap();
    warn(&scene).await;

    scene.clock.set(march(16, 7, 30));
    warn(&scene).await;

    assert_eq!(given(&scene, &dossier).await, ["consultation_late desk_heads"]);
    assert_eq!(now(&scene, &dossier).await.due_at, Some(march(24, 17, 0)), "the clock goes on");
}
