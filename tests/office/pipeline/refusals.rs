//! Files that must not go on: each ends in words on the paper, and the next paper is worked on as ever.

use super::paper::numbered;
use super::scene::Desk;
use entities::files::{self, State};
use workers::Outcome;
use workers::digitising_settings::Unscanned;

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let whole = numbered(1);
    let scripted = String::from_utf8_lossy(&whole)
        .replace("/Type /Catalog", "/Type /Catalog /OpenAction << /S /JavaScript /JS (x) >>");
    let locked = String::from_utf8_lossy(&whole).replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R");
    vec![
        ("truncated", whole[..whole.len() / 2].to_vec()),
        ("encrypted", locked.into_bytes()),
        ("scripted", scripted.into_bytes()),
        ("zero bytes", Vec::new()),
        ("a program", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00".to_vec()),
        (
            "polyglot",
            [whole, b"PK\x01\x02".to_vec(), vec![0; 42], b"PK\x05\x06".to_vec(), vec![0; 18]].concat(),
        ),
        ("too long", numbered(10_000)),
        ("a bomb", bomb()),
    ]
}

/// 400 KB that unpack to 300 MB of nothing: full blocks of 64 KiB of zeros, again and again.
fn bomb() -> Vec<u8> {
    let block = hex::decode(format!("ecc101010000008090feafee080a{}6a000000ffff", "00".repeat(63))).unwrap();
    let mut packed = vec![0x78, 0xda];
    packed.extend(block.repeat(4_800));
    let whole = numbered(1);
    let end = String::from_utf8_lossy(&whole).find("xref").unwrap();
    let head = format!("9 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
    [&whole[..end], head.as_bytes(), &packed, b"\nendstream\nendobj\n", &whole[end..]].concat()
}

#[tokio::test]
async fn every_bad_file_leaves_its_paper_in_a_clear_state_in_words() {
    for (name, bytes) in bad_files() {
        let desk = Desk::with(&bytes).await;

        assert_eq!(desk.work().await, Outcome::Done, "{name}");

        let (stage, state, trouble) = desk.standing().await;
        assert_eq!(state, "stuck", "{name} at {stage}");
        assert!(trouble.contains(" / "), "{name}: {trouble}");
        assert_eq!(desk.documents().await, 0, "{name}");
        assert_eq!(desk.item().await.waits_for.as_deref(), Some("operator"), "{name}");
    }
}

#[tokio::test]
async fn without_a_scanner_the_file_says_so_and_the_policy_decides() {
    let free = Desk::with(&numbered(1)).await;
    assert_eq!(free.work().await, Outcome::Done);
    let file = files::find(free.scene.hands.database.reader(), free.file).await.unwrap();
    assert_eq!((file.virus_scan.key(), file.state), ("not_scanned", State::Clean));

    let held = Desk::with_settings(&numbered(1), |settings| settings.unscanned = Unscanned::Hold).await;
    let ended = held.work().await;
    assert!(matches!(ended, Outcome::Wait { .. }), "{ended:?}");
    let file = files::find(held.scene.hands.database.reader(), held.file).await.unwrap();
    assert_eq!(file.state, State::Quarantined);
    assert_eq!(held.item().await.waits_for.as_deref(), Some("inspection"));
}
