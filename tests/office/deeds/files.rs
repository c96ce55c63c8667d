//! Files leave quarantine when their bytes are what was told and do nothing by themselves.

use super::fixture::{PLAIN, Scene};
use entities::files::{self, State};
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use rules::jobs::Job;
use uuid::Uuid;
use workers::Outcome;

async fn uploaded(scene: &Scene, bytes: &[u8]) -> Uuid {
    scene.file(&scene.citizen(), "giay-to.pdf", bytes, State::Quarantined).await
}

async fn inspected(scene: &Scene, file: Uuid) -> (State, String) {
    assert_eq!(scene.run(Job::InspectFile { file }).await, Outcome::Done);
    let row = files::find(scene.hands.database.reader(), file).await.unwrap();
    (row.state, row.reason.unwrap_or_default())
}

#[tokio::test]
async fn a_plain_paper_is_let_out() {
    let scene = Scene::open().await;
    let file = uploaded(&scene, PLAIN).await;

    assert_eq!(inspected(&scene, file).await, (State::Clean, String::new()));
    assert_eq!(inspected(&scene, file).await, (State::Clean, String::new()), "a second look changes nothing");
}

#[tokio::test]
async fn what_is_locked_acts_or_is_something_else_is_kept_back_with_words() {
    let scene = Scene::open().await;
    let cases: [(&[u8], &str); 3] = [
        (b"%PDF-1.7 trailer << /Encrypt 5 0 R >>", "mật khẩu"),
        (b"%PDF-1.7 << /S /JavaScript /JS (app.alert(1)) >>", "mã lệnh"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00", "không đúng loại"),
    ];
    for (bytes, words) in cases {
        let file = uploaded(&scene, bytes).await;

        let (state, reason) = inspected(&scene, file).await;

        assert_eq!(state, State::Refused);
        assert!(reason.contains(words) && reason.contains(" / "), "{reason}");
    }
}

#[tokio::test]
async fn bytes_that_changed_in_the_store_are_kept_back() {
    let scene = Scene::open().await;
    let file = uploaded(&scene, PLAIN).await;
    let row = files::find(scene.hands.database.reader(), file).await.unwrap();
    let changed = PutPayload::from(b"%PDF-1.7 changed".to_vec());
    scene.hands.files.put(&Path::from(files::stored_at(&row.sha256)), changed).await.unwrap();

    let (state, reason) = inspected(&scene, file).await;

    assert_eq!(state, State::Refused);
    assert!(reason.contains("not those uploaded"), "{reason}");
}

#[tokio::test]
async fn bytes_that_are_gone_are_an_alarm_and_no_verdict() {
    let scene = Scene::open().await;
    let file = uploaded(&scene, PLAIN).await;
    let row = files::find(scene.hands.database.reader(), file).await.unwrap();
    scene.hands.files.delete(&Path::from(files::stored_at(&row.sha256))).await.unwrap();

    let ended = scene.run(Job::InspectFile { file }).await;

    assert!(matches!(ended, Outcome::Fail { .. }), "{ended:?}");
    assert_eq!(files::find(scene.hands.database.reader(), file).await.unwrap().state, State::Quarantined);
}
