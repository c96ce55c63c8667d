//! The way of one paper through all stages, and what stops it on the way.

use super::paper::{numbered, pdf};
use super::scene::{Desk, programs};
use entities::digitisations::pages;
use entities::files;
use entities::tables::documents;
use object_store::ObjectStoreExt;
use object_store::path::Path;
use rules::jobs::Job;
use sea_orm::EntityTrait;
use std::sync::Arc;
use workers::{DigitisingSettings, Outcome};

#[tokio::test]
async fn d_04_a_paper_goes_from_quarantine_into_the_store_of_its_owner() {
    let desk = Desk::with(&numbered(2)).await;

    assert_eq!(desk.work().await, Outcome::Done);

    let item = desk.item().await;
    assert_eq!((item.stage.as_str(), item.state.as_str()), ("filed", "filed"), "{item:#?}");
    assert_eq!((item.pages, item.pages_done), (Some(2), 2));
    let done: Vec<String> = desk.stages().await.into_iter().map(|row| row.stage).collect();
    assert_eq!(done, ["inspect", "normalise", "recognise", "signatures", "extract", "file"]);
    let read = desk.pages().await;
    let text = pages::text(&desk.scene.hands.sealer, &read[1]).unwrap().lines().join(" ");
    assert!(text.contains("Trang") && text.contains('2'), "{text}");
}

#[tokio::test]
async fn d_11_what_is_filed_carries_its_metadata_and_a_searchable_rendition() {
    let desk = Desk::with(&numbered(1)).await;
    assert_eq!(desk.work().await, Outcome::Done);

    let db = desk.scene.hands.database.reader();
    let kept = documents::Entity::find().one(db).await.unwrap().unwrap();
    let file = files::find(db, desk.file).await.unwrap();
    assert_eq!((kept.sha256, kept.pages, kept.signature.as_str()), (file.sha256, 1, "none"));
    assert_eq!((kept.digitisation_id, kept.origin.as_str()), (Some(desk.item), "backlog"));
    let bound = Path::from(files::stored_at(&kept.rendition_sha256.unwrap()));
    let bytes = desk.scene.hands.files.get(&bound).await.unwrap().bytes().await.unwrap();
    assert!(bytes.starts_with(b"%PDF-1."), "D-06");
}

#[tokio::test]
async fn every_stage_may_be_done_again_and_does_nothing_twice() {
    let desk = Desk::with(&numbered(2)).await;
    let mut all = Vec::new();
    while let Some((_, job)) = desk.next().await {
        all.push(job);
        assert_eq!(desk.work_one().await, Outcome::Done);
    }

    for job in all {
        assert_eq!(desk.scene.run(job).await, Outcome::Done);
    }

    assert_eq!(desk.work().await, Outcome::Done);
    assert_eq!((desk.documents().await, desk.pages().await.len(), desk.stages().await.len()), (1, 2, 6));
}

#[tokio::test]
async fn a_long_paper_lets_others_go_before_it_and_goes_on_at_the_next_page() {
    let desk = Desk::with_settings(&numbered(3), |settings| settings.turn_seconds = 0).await;

    assert_eq!(desk.work().await, Outcome::Done);

    let (stage, state, trouble) = desk.standing().await;
    assert_eq!(state, "filed", "{stage}: {trouble}");
    let turns = desk.scene.jobs("recognise_text").await.len();
    assert!(turns > 3, "{turns} turns for three pages");
    assert_eq!(desk.pages().await.len(), 3);
}

#[tokio::test]
async fn without_a_reader_a_paper_waits_in_words_and_goes_on_once_it_is_there() {
    let empty = programs("tesseract", None);
    let desk = Desk::with_settings(&numbered(1), |settings| settings.programs = vec![empty.clone()]).await;

    let ended = desk.work().await;

    assert!(matches!(ended, Outcome::Wait { ref party, .. } if party == "tools"), "{ended:?}");
    let item = desk.item().await;
    assert_eq!((item.state.as_str(), item.waits_for.as_deref()), ("waiting", Some("tools")));
    assert!(item.trouble.unwrap().contains("tesseract"));

    std::os::unix::fs::symlink("/usr/bin/tesseract", empty.join("tesseract")).unwrap();
    assert_eq!(desk.work().await, Outcome::Done);
    assert_eq!(desk.item().await.state, "filed");
}

#[tokio::test]
async fn a_reader_that_hangs_or_dies_is_tried_again_and_then_left_to_an_operator() {
    for (script, words) in [("sleep 600", "1 s"), ("kill -9 $$", "signal")] {
        let broken = programs("tesseract", Some(script));
        let mut desk = Desk::with(&numbered(1)).await;
        for _ in 0..3 {
            assert_eq!(desk.work_one().await, Outcome::Done);
        }
        desk.scene.hands.digitising =
            Arc::new(DigitisingSettings { programs: vec![broken], page_seconds: 1, ..Default::default() });
        let ended = desk.work().await;
        assert!(matches!(ended, Outcome::Retry { ref reason, .. } if reason.contains(words)), "{ended:?}");
        assert_eq!(desk.item().await.state, "working", "it is tried again");

        let (_, job) = desk.next().await.unwrap();
        for number in 2..5 {
            let ended = desk.scene.attempt(job.clone(), number).await;
            assert!(matches!(ended, Outcome::Retry { .. }), "{number}: {ended:?}");
        }
        assert_eq!(desk.scene.attempt(job, 5).await, Outcome::Done);

        let (stage, state, trouble) = desk.standing().await;
        assert_eq!((stage.as_str(), state.as_str()), ("recognise", "stuck"));
        assert!(trouble.contains(words), "{trouble}");
    }
}

#[tokio::test]
async fn a_paper_that_was_stopped_is_left_where_it_is() {
    let desk = Desk::with(&numbered(2)).await;
    for _ in 0..3 {
        assert_eq!(desk.work_one().await, Outcome::Done);
    }
    assert_eq!(desk.item().await.stage, "recognise");
    desk.stop().await;

    assert_eq!(desk.work().await, Outcome::Done);

    let item = desk.item().await;
    assert_eq!((item.stage.as_str(), item.pages_done), ("recognise", 0));
    assert_eq!(desk.documents().await, 0);
}

#[tokio::test]
async fn a_scan_that_was_replaced_meanwhile_leaves_nothing_behind() {
    let desk = Desk::with(&numbered(2)).await;
    for _ in 0..3 {
        assert_eq!(desk.work_one().await, Outcome::Done);
    }
    let (_, late) = desk.next().await.unwrap();
    desk.scan_again(&pdf(&[&["MOT TO GIAY KHAC"]])).await;

    assert_eq!(desk.scene.run(late).await, Outcome::Done);
    assert!(desk.pages().await.is_empty(), "the late job wrote nothing");
    assert!(matches!(
        desk.next().await,
        Some((_, Job::RecogniseText { .. } | Job::ScanFile { .. } | Job::InspectFile { .. }))
    ));
}
