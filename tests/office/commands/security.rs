//! `motcua doctor --security`: each weakness is a line that says what to do.

use super::Desk;
use crate::chronicle::{handled, signed};
use crate::support::commune::Commune;
use crate::support::database::TestDatabase;
use crate::support::forced::forced;
use crate::support::keys::{MASTER, masters};
use crate::support::{evidence, servers};
use chrono::TimeDelta;
use entities::clock::Clock;
use entities::sealing::Sealer;
use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

const FINE: &str = r#"
[sealing]
master = "3f0b8a1c5e7d9246b8f1c0a3d5e79812"
[office]
link_secret = "a94c17e05b6d28f3917e0c4ab5d6283f"
public_url = "https://motcua.tinh.example"
[api]
cursor_secret = "c2e8190b7f6a3d5481b09e7c6d5f4a32"
public_url = "https://motcua.tinh.example"
listen = "127.0.0.1:8080"
cors_origins = ["https://dichvucong.tinh.example"]
machines_prove = true
administrators = []
[api.limits]
lookups_per_minute = 20
writes_per_minute = 120
[[api.issuers]]
issuer = "https://sso.example"
kind = "vneid"
jwks_uri = "https://sso.example/jwks"
audiences = ["motcua"]
algorithms = ["RS256"]
min_assurance = 2
[chronicle]
signing_key = "0707070707070707070707070707070707070707070707070707070707070707"
[digitising]
unscanned = "hold"
[redis]
url = "redis://127.0.0.1:6379"
"#;

/// What stands in the settings, what somebody makes of it, and the line that tells.
const WEAKNESSES: [(&str, &str, &str); 21] = [
    (
        "machines_prove = true",
        "machines_prove = true\ndemo = true",
        "BAD  demo: it hands out tokens to everybody",
    ),
    ("kind = \"vneid\"", "kind = \"demo\"", "BAD  demo: https://sso.example is an issuer of the demo"),
    ("min_assurance = 2", "min_assurance = 1", "BAD  assurance: https://sso.example"),
    ("machines_prove = true", "machines_prove = false", "warn machine clients:"),
    ("127.0.0.1:8080", "0.0.0.0:8080", "BAD  listening: on every address"),
    ("public_url = \"https://", "public_url = \"http://", "BAD  public address: [office] public_url"),
    ("\"https://dichvucong.tinh.example\"", "\"*\"", "BAD  browsers: pages of anybody"),
    ("https://dichvucong", "http://dichvucong", "warn browsers: http://dichvucong"),
    ("lookups_per_minute = 20", "lookups_per_minute = 0", "BAD  limits: codes can be walked through"),
    ("writes_per_minute = 120", "writes_per_minute = 0", "warn limits: one caller"),
    ("redis://127.0.0.1", "redis://10.0.0.9", "BAD  redis: far away without a password"),
    ("redis://127.0.0.1", "redis://:x@10.0.0.9", "warn redis: far away without TLS"),
    (
        "administrators = []",
        "administrators = [\"https://sso.example|a\"]",
        "warn administrators: 1 by the settings",
    ),
    ("https://sso.example/jwks", "http://sso.example/jwks", "BAD  wires: keys of an issuer"),
    ("unscanned = \"hold\"", "unscanned = \"let_through\"", "warn viruses:"),
    ("3f0b8a1c5e7d9246b8f1c0a3d5e79812", "3f0b8a1c", "BAD  secret: [sealing] master has 8 characters"),
    (
        "3f0b8a1c5e7d9246b8f1c0a3d5e79812",
        "abababababababababababababababab",
        "BAD  secret: [sealing] master can be",
    ),
    (
        "3f0b8a1c5e7d9246b8f1c0a3d5e79812",
        "a94c17e05b6d28f3917e0c4ab5d6283f",
        "BAD  secrets: [sealing] master and [office] link_secret are the same",
    ),
    (
        "[office]",
        "file = \"/nowhere/sealing.key\"\n[office]",
        "BAD  master key: /nowhere/sealing.key is not there",
    ),
    ("signing_key = \"07", "#signing_key = \"07", "warn signing key: none here"),
    (
        "[digitising]",
        "[measures]\nlisten = \"0.0.0.0:9100\"\n[digitising]",
        "warn measures: shown at 0.0.0.0:9100",
    ),
];

/// A desk whose files are its own.
fn shut(url: &str, settings: &str) -> Desk {
    let desk = Desk::new(url, settings);
    std::fs::create_dir_all(desk.0.join("files")).unwrap();
    mode(&desk.0.join("motcua.toml"), 0o600);
    mode(&desk.0.join("files"), 0o700);
    if let Some(file) = url.strip_prefix("sqlite://") {
        mode(Path::new(file), 0o600);
    }
    desk
}

fn mode(path: &Path, mode: u32) {
    set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn lines<'a>(said: &'a str, verdict: &str) -> Vec<&'a str> {
    said.lines().filter(|line| line.starts_with(verdict)).collect()
}

#[tokio::test]
async fn each_weakness_is_told_with_what_to_do_and_no_secret_is() {
    let database = TestDatabase::fresh().await;
    let url = database.url();
    let (_, calm) = shut(&url, FINE).run(&["doctor", "--security"]);

    for (from, to, line) in WEAKNESSES {
        let weak = FINE.replacen(from, to, 1);
        assert_ne!(weak, FINE, "{from}");
        let (well, said) = shut(&url, &weak).run(&["doctor", "--security"]);

        assert!(said.lines().any(|told| told.starts_with(line)), "{line} is not in:\n{said}");
        assert!(!calm.lines().any(|told| told.starts_with(line)), "{line} is in:\n{calm}");
        assert!(!well || line.starts_with("warn"), "{line}");
        assert!(!said.contains("0b8a1c") && !said.contains("4c17e0"), "{said}");
    }
    evidence::keep(
        "doctor_security",
        &[("weaknesses_told", WEAKNESSES.len() as u64), ("weaknesses_missed", 0)],
    );
}

#[tokio::test]
async fn where_all_is_well_only_what_the_engine_cannot_do_is_told() {
    let database = TestDatabase::fresh().await;

    let (well, said) = shut(&database.url(), FINE).run(&["doctor", "--security"]);

    // The tests own their database on PostgreSQL; what the role of an office may do is in `roles.rs`.
    let owner: &[&str] = if servers::on_postgres() { &["BAD  owner of the tables"] } else { &[] };
    let bad = lines(&said, "BAD");
    assert_eq!(well, owner.is_empty(), "{said}");
    assert!(bad.len() == owner.len() && bad.iter().zip(owner).all(|(a, b)| a.starts_with(b)), "{said}");
}

#[tokio::test]
async fn files_that_everybody_reads_are_told() {
    let database = TestDatabase::fresh().await;
    let desk = shut(&database.url(), FINE);
    mode(&desk.0.join("motcua.toml"), 0o644);
    mode(&desk.0.join("files"), 0o755);

    let (well, said) = desk.run(&["doctor", "--security"]);

    assert!(!well);
    for line in ["BAD  settings file:", "BAD  folder of the files:"] {
        assert!(said.lines().any(|told| told.starts_with(line)), "{line} is not in:\n{said}");
    }
}

#[tokio::test]
async fn a_master_that_everybody_reads_and_data_keys_of_another_year_are_told() {
    let database = TestDatabase::fresh().await;
    let long_ago = Clock::system().now() - TimeDelta::days(400);
    Sealer::unlock(&database, masters(&[MASTER]), long_ago).await.unwrap();
    let desk = shut(&database.url(), FINE);
    let file = desk.file("sealing.key", MASTER);
    let named = FINE.replacen("[office]", &format!("file = \"{file}\"\n[office]"), 1);
    let before = std::fs::read_to_string(desk.0.join("motcua.toml")).unwrap();
    desk.file("motcua.toml", &before.replace(FINE, &named));
    mode(Path::new(&file), 0o644);

    let (well, said) = desk.run(&["doctor", "--security"]);
    mode(Path::new(&file), 0o400);
    let (_, mended) = desk.run(&["doctor", "--security"]);

    assert!(!well && said.contains("BAD  master key: everybody on this machine may read"), "{said}");
    assert!(said.contains("warn data keys: what seals now was made 400 days ago"), "{said}");
    assert!(mended.contains("ok   master key:") && !mended.contains(MASTER), "{mended}");
}

#[tokio::test]
async fn data_keys_that_the_master_does_not_open_are_told() {
    let database = TestDatabase::fresh().await;
    Sealer::unlock(&database, masters(&[MASTER]), Clock::system().now()).await.unwrap();
    let turning = FINE.replacen("[office]", &format!("former = [\"{MASTER}\"]\n[office]"), 1);

    let (well, lost) = shut(&database.url(), FINE).run(&["doctor", "--security"]);
    let (_, former) = shut(&database.url(), &turning).run(&["doctor", "--security"]);

    assert!(!well && lost.contains("BAD  data keys: they do not open"), "{lost}");
    assert!(former.contains("warn data keys: 3 are wrapped by a former master"), "{former}");
}

#[tokio::test]
async fn a_database_without_its_tables_is_told_and_not_asked_further() {
    let database = TestDatabase::empty().await;

    let (well, said) = shut(&database.url(), FINE).run(&["doctor", "--security"]);

    assert!(!well && said.contains("BAD  tables:") && said.contains("run `motcua migrate`"), "{said}");
    assert!(!said.contains("history:"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_without_its_triggers_and_a_chain_that_nobody_signs_are_told() {
    let commune = Commune::open().await;
    handled(&commune).await;
    let desk = shut(&commune.database.url(), FINE);
    let said = |desk: &Desk| desk.run(&["doctor", "--security"]).1;

    let before = said(&desk);
    signed(&commune).await;
    let after = said(&desk);
    forced(&commune.database, "UPDATE chronicle SET role = 'citizen' WHERE kind = 'read'").await;
    let forced = said(&desk);

    assert!(before.contains("BAD  chains: an entry of"), "{before}");
    assert!(after.contains("ok   chains:") && after.contains("ok   checkpoints:"), "{after}");
    assert!(after.contains("ok   history:"), "{after}");
    assert!(forced.contains("BAD  history: history can be rewritten"), "{forced}");
}
