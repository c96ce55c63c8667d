//! The tools of the front door, as the person at the terminal meets them.

mod audit;
mod keys;
mod measures;
mod roles;
mod security;

use crate::processes::binary::program;
use crate::support::database::TestDatabase;
use entities::tables::{procedures, units};
use sea_orm::{EntityTrait, PaginatorTrait};
use std::path::PathBuf;
use std::process::{Command, Output};
use uuid::Uuid;

/// A folder with a settings file, gone at the end.
pub struct Desk(pub PathBuf);

impl Desk {
    pub fn new(url: &str, more: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("motcua_commands_{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let files = folder.join("files");
        let settings =
            format!("[database]\nurl = \"{url}\"\n[files]\nstore = \"{}\"\n{more}", files.display());
        std::fs::write(folder.join("motcua.toml"), settings).unwrap();
        Self(folder)
    }

    pub fn run(&self, arguments: &[&str]) -> (bool, String) {
        let mut command = Command::new(program());
        let Output { status, stdout, stderr } =
            command.arg("--config").arg(self.0.join("motcua.toml")).args(arguments).output().unwrap();
        (status.success(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn migrate_says_what_is_missing_and_then_does_it() {
    let database = TestDatabase::empty().await;
    let desk = Desk::new(&database.url(), "");

    let (current, said) = desk.run(&["migrate", "--check"]);
    assert!(!current && said.contains("missing m01_catalogue"), "{said}");
    let (done, said) = desk.run(&["migrate"]);
    assert!(done && said.contains("up to date"), "{said}");
    let (current, said) = desk.run(&["migrate", "--check"]);
    assert!(current && said.is_empty(), "{said}");
}

#[tokio::test]
async fn a_backup_that_was_missed_is_told() {
    let database = TestDatabase::fresh().await;
    let folder = std::env::temp_dir().join(format!("motcua_backups_{}", Uuid::now_v7().simple()));
    std::fs::create_dir_all(folder.join("20260101T010000.000000Z")).unwrap();
    let desk = Desk::new(&database.url(), &format!("[backup]\nfolder = \"{}\"\n", folder.display()));

    let (_, none) = desk.run(&["doctor"]);
    std::fs::write(folder.join("20260101T010000.000000Z/manifest.json"), "{}").unwrap();
    let (_, old) = desk.run(&["doctor"]);
    let today = entities::clock::Clock::system().now().format("%Y%m%dT%H%M%S%.6fZ").to_string();
    std::fs::create_dir_all(folder.join(&today)).unwrap();
    std::fs::write(folder.join(&today).join("manifest.json"), "{}").unwrap();
    let (_, fresh) = desk.run(&["doctor"]);

    assert!(none.contains("!! backups: none lies in"), "{none}");
    assert!(old.contains("!! backups: the newest is") && old.contains("motcua-backup"), "{old}");
    assert!(fresh.contains("ok backups: the newest is 0 hours old"), "{fresh}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_dry_run_of_the_catalogue_writes_nothing_and_the_import_everything() {
    let database = TestDatabase::fresh().await;
    let desk = Desk::new(&database.url(), "");

    let (done, said) = desk.run(&["seed", "--dry-run"]);
    assert!(done && said.contains("would be written"), "{said}");
    assert_eq!(units::Entity::find().count(database.reader()).await.unwrap(), 0);
    let (done, said) = desk.run(&["seed"]);
    assert!(done, "{said}");
    assert!(procedures::Entity::find().count(database.reader()).await.unwrap() >= 30);
}

#[tokio::test]
async fn a_bad_file_is_refused_with_every_error_by_its_line() {
    let database = TestDatabase::fresh().await;
    let desk = Desk::new(&database.url(), "");
    let file = desk.file("units.yaml", "units:\n  - code: H99\n    nam: Tỉnh Thử\n    tier: tinh\n");

    let (done, said) = desk.run(&["seed", &file]);

    assert!(!done && said.contains("nothing was written"), "{said}");
    assert!(said.contains("units.yaml:3") && said.contains("nam"), "{said}");
    assert_eq!(units::Entity::find().count(database.reader()).await.unwrap(), 0);
}

#[tokio::test]
async fn the_doctor_says_in_words_what_is_wrong_and_what_to_do() {
    let database = TestDatabase::empty().await;
    let desk = Desk::new(&database.url(), "");

    let (well, said) = desk.run(&["doctor"]);

    assert!(!well);
    for words in ["run `motcua migrate`", "master secret is shorter", "cursor_secret needs", "not set up"] {
        assert!(said.contains(words), "{words} is not in:\n{said}");
    }
}

#[tokio::test]
async fn the_doctor_finds_nothing_where_all_is_well() {
    let database = TestDatabase::seeded().await;
    let secret = "một bí mật đủ dài chỉ dùng trong thử nghiệm";
    let issuer = "[[api.issuers]]\nissuer = \"https://sso.example\"\nkind = \"keycloak\"\n\
        jwks_uri = \"https://sso.example/jwks\"\naudiences = [\"motcua\"]\nalgorithms = [\"RS256\"]\n";
    let more = format!(
        "[sealing]\nmaster = \"{secret}\"\n[office]\nlink_secret = \"{secret}\"\n\
         [api]\ncursor_secret = \"{secret}\"\n{issuer}"
    );
    let desk = Desk::new(&database.url(), &more);

    let (well, said) = desk.run(&["doctor"]);

    assert!(well, "{said}");
    assert!(!said.contains("bí mật"), "{said}");
}

#[test]
fn a_setting_that_nobody_knows_is_refused_by_name() {
    let desk = Desk::new("sqlite://x.db", "[worker]\nconcurency = 3\n");

    let (done, said) = desk.run(&["worker"]);

    assert!(!done && said.contains("concurency"), "{said}");
}

#[test]
fn the_document_of_the_api_is_printed() {
    let desk = Desk::new("sqlite://x.db", "");

    let (done, said) = desk.run(&["openapi"]);

    assert!(done);
    assert_eq!(said, format!("{}\n", api::openapi::printed()));
}
