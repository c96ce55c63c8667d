//! Letters to the applicant: each once, each about its own entry.

use super::fixture::Scene;
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::dossiers::application::ReturnMethod;
use rules::jobs::Job;
use serde_json::Value;
use uuid::Uuid;
use workers::Outcome;

async fn letters(scene: &Scene) -> Vec<Value> {
    scene.mail.received().await["letters"].as_array().unwrap().clone()
}

/// Writes down what is told of an entry and hands it over; the first trouble ends it.
pub async fn notice(scene: &Scene, dossier: Uuid, entry: i32) -> Outcome {
    let written = scene.run(Job::SendNotice { dossier, entry }).await;
    if written == Outcome::Done { handed(scene).await } else { written }
}

/// One attempt at each hand-over there is; the first trouble ends it.
pub async fn handed(scene: &Scene) -> Outcome {
    for job in scene.jobs("hand_notice").await {
        let ended = scene.run(job).await;
        if ended != Outcome::Done {
            return ended;
        }
    }
    Outcome::Done
}

fn text(letter: &Value) -> &str {
    letter["text"].as_str().unwrap()
}

#[tokio::test]
async fn l_10_the_acknowledgement_tells_code_secret_and_system_time() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;

    assert_eq!(notice(&scene, dossier.id, 1).await, Outcome::Done);

    let sent = letters(&scene).await;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["to"], "mau@nguoidan.example");
    assert!(sent[0]["message_id"].as_str().unwrap().contains(&format!("{}-1@motcua.example", dossier.id)));
    for said in [
        "lúc 09 giờ 00 phút, ngày 10/03/2026 (giờ của hệ thống)",
        "at 09:00 on 10 March 2026 (Hà Nội time) (system time)",
        dossier.code.as_str(),
        scene.hands.sealer.lookup_secret(dossier.id).as_str(),
        "Ủy ban nhân dân phường Đức Xuân",
        "Kính gửi: Trần Thị Mẫu",
    ] {
        assert!(text(&sent[0]).contains(said), "{said}: {}", text(&sent[0]));
    }
}

#[tokio::test]
async fn nobody_is_told_the_same_twice() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;

    notice(&scene, dossier.id, 1).await;
    assert_eq!(notice(&scene, dossier.id, 1).await, Outcome::Done);

    let sent = letters(&scene).await;
    assert_eq!((sent.len(), &sent[0]["copies"]), (1, &Value::from(1)));
}

#[tokio::test]
async fn who_gave_no_address_is_not_written_to() {
    let scene = Scene::open().await;
    let dossier = scene.submit_as(|a| a.applicant.email = None).await;

    assert_eq!(notice(&scene, dossier.id, 1).await, Outcome::Done);

    assert!(letters(&scene).await.is_empty());
}

#[tokio::test]
async fn a_mail_server_that_is_down_gets_the_letter_later() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;

    scene.mail.magic("down").await;
    let first = notice(&scene, dossier.id, 1).await;
    scene.mail.magic("up").await;
    let second = notice(&scene, dossier.id, 1).await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!((second, letters(&scene).await.len()), (Outcome::Done, 1));
}

#[tokio::test]
async fn l_16_a_late_letter_tells_the_due_date_of_its_own_entry_and_who_received_it() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let accepted = scene.act(&scene.officer(), dossier.id, Act::Accept).await;
    scene.pass(TimeDelta::hours(1));
    let asked =
        Act::RequestSupplement { reason: "Thiếu".into(), components: Vec::new(), despite: Vec::new() };
    let paused = scene.act(&scene.officer(), dossier.id, asked).await;
    assert_eq!(paused.due_at, None);

    notice(&scene, dossier.id, accepted.entries).await;

    let due = rules::local_time::local(accepted.due_at.unwrap()).format("%H giờ %M phút, ngày %d/%m/%Y");
    let sent = letters(&scene).await;
    assert!(text(&sent[0]).contains(&format!("Hẹn trả kết quả: {due}")), "{}", text(&sent[0]));
    assert!(text(&sent[0]).contains("Nguyễn Văn Thử (Công chức tư pháp)"), "{}", text(&sent[0]));
}

#[tokio::test]
async fn l_13_a_reason_is_told_word_for_word_with_the_papers_asked_for() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let reason = "Trang 2 bị mờ <không đọc được> & thiếu dấu";
    let asked = Act::RequestSupplement {
        reason: reason.into(),
        components: vec!["CC-02".into()],
        despite: Vec::new(),
    };
    scene.act(&scene.officer(), dossier.id, asked).await;

    notice(&scene, dossier.id, 2).await;

    let sent = letters(&scene).await;
    assert_eq!(text(&sent[0]).matches(reason).count(), 2, "{}", text(&sent[0]));
    assert!(text(&sent[0]).contains("- Bản sao cần chứng thực"), "{}", text(&sent[0]));
}

#[tokio::test]
async fn the_letter_about_the_fee_tells_the_lines_and_holds_no_link() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.act(&scene.officer(), dossier.id, Act::Accept).await;
    let asked = scene.act(&scene.officer(), dossier.id, Act::RequestPayment).await;

    notice(&scene, dossier.id, asked.entries).await;

    let sent = letters(&scene).await;
    assert!(
        text(&sent[0]).contains("- Phí chứng thực bản sao từ bản chính: 10.000 đồng"),
        "{}",
        text(&sent[0])
    );
    assert!(!text(&sent[0]).contains("http"), "{}", text(&sent[0]));
}

#[tokio::test]
async fn l_45_a_result_that_comes_early_is_told_before_anybody_comes_for_it() {
    let scene = Scene::open().await;
    let dossier = scene.submit_as(|a| a.return_method = ReturnMethod::Desk).await;
    let decided = scene.decide(dossier.id).await;
    assert!(decided.decided_at < decided.due_at, "it is early");

    notice(&scene, dossier.id, decided.entries).await;

    let sent = letters(&scene).await;
    for said in ["đã có kết quả", "tại bộ phận một cửa nơi tiếp nhận", "Hẹn trả kết quả:", "Có kết quả:"]
    {
        assert!(text(&sent[0]).contains(said), "{said}: {}", text(&sent[0]));
    }
}
