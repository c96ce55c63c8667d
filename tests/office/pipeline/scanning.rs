//! The virus scanner before everything else: what it finds is never handed out, and what it did not see says so.

use super::paper::numbered;
use super::scene::Desk;
use crate::deeds::fixture::{Party, party};
use connectors::scanner::sandbox::{MARK, VERSION};
use entities::files::{self, File, State};
use serde_json::json;
use workers::Outcome;
use workers::digitising_settings::Unscanned;

/// A paper that waits, and the scanner of the office.
async fn with_scanner(bytes: &[u8], unscanned: Unscanned) -> (Desk, Party) {
    let mut desk = Desk::with_settings(bytes, |settings| settings.unscanned = unscanned).await;
    let (clamd, scanner) = party("clamd", &desk.scene.clock, &desk.scene.calls, json!({}));
    desk.scene.hands.wires.add("clamd", scanner);
    (desk, clamd)
}

async fn file(desk: &Desk) -> File {
    files::find(desk.scene.hands.database.reader(), desk.file).await.unwrap()
}

#[tokio::test]
async fn a_clean_file_goes_on_with_the_name_of_the_engine_that_saw_it() {
    let (desk, _clamd) = with_scanner(&numbered(1), Unscanned::Hold).await;

    assert_eq!(desk.work().await, Outcome::Done);

    let seen = file(&desk).await;
    assert_eq!((seen.virus_scan.key(), seen.virus_engine.as_deref()), ("clean", Some(VERSION)));
    assert_eq!((seen.state, desk.item().await.state.as_str()), (State::Clean, "filed"));
}

#[tokio::test]
async fn an_infected_file_is_kept_back_and_its_paper_says_what_to_do() {
    let infected = [numbered(1), format!("%{MARK}\n").into_bytes()].concat();
    let (desk, _clamd) = with_scanner(&infected, Unscanned::LetThrough).await;

    assert_eq!(desk.work().await, Outcome::Done);

    let seen = file(&desk).await;
    assert_eq!((seen.virus_scan.key(), seen.state), ("infected", State::Refused));
    let (stage, state, trouble) = desk.standing().await;
    assert_eq!((stage.as_str(), state.as_str()), ("inspect", "stuck"));
    assert!(trouble.contains("Motcua.Thu.Nghiem") && trouble.contains(" / "), "{trouble}");
    assert_eq!(desk.documents().await, 0);
    assert!(desk.scene.jobs("inspect_file").await.is_empty(), "nothing opens it");
}

#[tokio::test]
async fn what_the_scanner_does_not_take_says_so_and_the_policy_decides() {
    let (free, clamd) = with_scanner(&numbered(1), Unscanned::LetThrough).await;
    clamd.magic("too_large").await;
    assert_eq!(free.work().await, Outcome::Done);
    let seen = file(&free).await;
    assert_eq!((seen.virus_scan.key(), seen.state), ("not_scanned", State::Clean));
    assert!(seen.virus_engine.unwrap().contains("larger"));

    let (held, clamd) = with_scanner(&numbered(1), Unscanned::Hold).await;
    clamd.magic("too_large").await;
    assert_eq!(held.work().await, Outcome::Done);
    assert_eq!(file(&held).await.state, State::Refused);
    let (_, state, trouble) = held.standing().await;
    assert!(state == "stuck" && trouble.contains("divide it"), "{trouble}");
}

#[tokio::test]
async fn a_scanner_that_is_down_is_waited_for_and_nothing_goes_on_unseen() {
    let (desk, clamd) = with_scanner(&numbered(1), Unscanned::LetThrough).await;
    clamd.magic("down").await;

    let ended = desk.work().await;

    assert!(!matches!(ended, Outcome::Done | Outcome::Fail { .. }), "{ended:?}");
    assert_eq!(file(&desk).await.state, State::Quarantined);
    let item = desk.item().await;
    assert_eq!(item.waits_for.as_deref(), Some("inspection"));
    assert!(item.trouble.is_some(), "it says why");

    clamd.magic("up").await;
    assert_eq!(desk.work().await, Outcome::Done);
    assert_eq!(desk.item().await.state, "filed");
}

#[tokio::test]
async fn a_file_that_came_before_the_scanner_is_scanned_before_it_is_opened() {
    let (desk, _clamd) = with_scanner(&numbered(1), Unscanned::LetThrough).await;
    let opening = rules::jobs::Job::InspectFile { file: desk.file };

    assert_eq!(desk.scene.run(opening).await, Outcome::Done);

    assert_eq!(file(&desk).await.state, State::Quarantined, "the scan comes first");
    assert_eq!(desk.scene.jobs("scan_file").await.len(), 2);
}
