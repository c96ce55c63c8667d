//! The drill: a backup is taken amid writes, the machine is lost, and the office opens again elsewhere.

use super::{count, manifest, rows};
use crate::processes::books::Books;
use crate::processes::premises::{Api, Plan, Premises};
use crate::processes::walk::Walk;
use crate::support::commune::key;
use crate::support::database::TestDatabase;
use crate::support::evidence::keep;
use crate::support::papers::PDF;
use entities::jobs::row::State;
use futures::future::join_all;
use sea_orm::ConnectionTrait;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_that_was_lost_opens_again_from_its_backup_and_says_nothing_twice() {
    let office = Premises::open(Plan::default()).await;
    let (api, worker) = (office.api().await, office.worker().await);
    let file = upload(&office, &api.url).await;
    let door = office.at(&api);
    let mut walks = join_all((0..3).map(|number| Walk::begin(&door, number))).await;
    for _ in 0..6 {
        join_all(walks.iter_mut().map(|walk| walk.step(&door))).await;
    }
    let books = Books { database: &office.database, parties: &office.parties };
    books.settle().await;
    let done_before = books.done().await;
    worker.terminate().await;
    assert!(worker.end().await.success());
    let (begun, lost) = backed_up_amid_writes(&office, &api).await;
    assert_eq!(papers_in_the_clear(&office.folder().join("backups/files")), Vec::<PathBuf>::new());
    api.process.kill().await;

    let office = office.moved(TestDatabase::empty().await, "files-elsewhere");
    restored(&office).await;

    let kept = count(&office.database, "dossiers").await;
    assert!(begun <= kept && kept < lost, "{begun} <= {kept} < {lost}: amid the writes");
    let books = Books { database: &office.database, parties: &office.parties };
    assert_eq!(books.done().await, done_before, "what was done is done");
    let due = u64::try_from(books.open_jobs().await.len()).unwrap();
    assert!(kept == begun || due > 0, "what was not done is due");
    let (api, worker) = (office.api().await, office.worker().await);
    books.settle().await;
    books.assert_whole().await;
    books.assert_said_once().await;
    assert!(books.done().await >= done_before + due && books.jobs(State::Dead).await.is_empty());
    shown(&office, &api.url, &walks[0].id, file.as_str().unwrap()).await;
    worker.terminate().await;
    assert!(worker.end().await.success());
}

/// Files of a folder in which the text of a PDF lies open.
fn papers_in_the_clear(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(papers_in_the_clear(&entry));
        } else if std::fs::read(&entry).unwrap().windows(5).any(|five| five == b"%PDF-") {
            found.push(entry);
        }
    }
    found
}

/// Takes a backup while others hand in; how many dossiers there were before it and after it.
async fn backed_up_amid_writes(office: &Premises, api: &Api) -> (u64, u64) {
    let folder = office.folder().join("backups");
    let (door, taken) = (office.at(api), AtomicBool::new(false));
    let begun = count(&office.database, "dossiers").await;
    let writing = join_all((10..13).map(|line| write_on(&door, line * 100, &taken)));
    let backup = async {
        let (well, said) = office.run(&["backup", folder.to_str().unwrap()]).await;
        taken.store(true, Ordering::SeqCst);
        assert!(well, "{said}");
    };
    futures::join!(writing, backup);
    (begun, count(&office.database, "dossiers").await)
}

/// Gives the backup back and checks counts, chains and triggers.
async fn restored(office: &Premises) {
    let folder = office.folder().join("backups");
    let (well, said) = office.run(&["restore", folder.to_str().unwrap()]).await;
    assert!(well && said.contains("hold"), "{said}");
    let told = manifest(&folder);
    let (wanted, found) = rows(&told, &office.database).await;
    assert_eq!(found, wanted);
    let (holds, said) = office.run(&["audit", "verify"]).await;
    assert!(holds, "{said}");
    let refused = office.database.writer().execute_unprepared("UPDATE history SET actor_name = 'x'").await;
    assert!(refused.unwrap_err().to_string().contains("is only added to"));
    let (tables, files) = (wanted.len().try_into().unwrap(), told["files"]["count"].as_u64().unwrap());
    let rows = wanted.iter().map(|(_, rows)| rows).sum();
    keep("restore_drill", &[("tables", tables), ("rows", rows), ("files", files)]);
}

/// The first citizen reads a dossier and a file that were written before the loss.
async fn shown(office: &Premises, url: &str, dossier: &str, file: &str) {
    let citizen = office.citizen(0);
    let shown = office.read(url, &citizen, &format!("/v1/dossiers/{dossier}")).send().await.unwrap();
    let shown: Value = shown.json().await.unwrap();
    assert_eq!(shown["applicant"]["phone"], "0900000001", "{shown}");
    let bytes = office.read(url, &citizen, &format!("/v1/files/{file}/content")).send().await.unwrap();
    assert_eq!(bytes.text().await.unwrap(), PDF);
}

/// Hands in dossiers and takes steps with them until the backup is there, and once more.
async fn write_on(door: &impl crate::processes::walk::Office, first: usize, taken: &AtomicBool) {
    for number in first.. {
        let last = taken.load(Ordering::SeqCst);
        let mut walk = Walk::begin(door, number).await;
        for _ in 0..2 {
            walk.step(door).await;
        }
        if last {
            return;
        }
    }
}

/// A small PDF of the first citizen; gives its key.
async fn upload(office: &Premises, url: &str) -> Value {
    let head = "--giay\r\nContent-Disposition: form-data; name=\"file\"; filename=\"giay-to.pdf\"\r\n\
                Content-Type: application/pdf\r\n\r\n";
    let request = office.ask(url, &office.citizen(0), "/v1/uploads", &key());
    let request = request.header("content-type", "multipart/form-data; boundary=giay");
    let answer = request.body([head, PDF, "\r\n--giay--\r\n"].concat()).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    answer.json::<Value>().await.unwrap()["id"].clone()
}
