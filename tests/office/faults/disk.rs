//! The disk of the files is full: refused in words, nothing half kept, and taken when there is room again.

use super::office::Office;
use super::traveller::Traveller;
use crate::processes::premises::Plan;
use crate::processes::waiting::until;
use crate::support::evidence;
use crate::support::house::problem;
use entities::files::row::Entity as Files;
use entities::jobs::row::State;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_files_in_words_keeps_no_half_of_one_and_loses_no_form() {
    let (office, [api, worker]) = Office::open(Plan::default()).await;
    let disk = SmallDisk::under(office.premises.store());
    let _processes = [office.start(&api).await.unwrap(), office.start(&worker).await.unwrap()];
    let whole = Traveller::new(&office, 1).travel().await;
    let waiting = Traveller::new(&office, 2);
    let (id, _) = waiting.hand_in().await;
    office.settle().await;
    let before = Files::find().count(office.kept.database.reader()).await.unwrap();

    disk.fill();
    let late = Traveller::new(&office, 4);
    for _ in 0..3 {
        let answer = late.upload_once("giay-1").await;
        assert!(answer.headers().contains_key("retry-after"));
        let words = problem(answer, 503, "temporarily_unavailable").await;
        assert!(words["title"].as_str().is_some_and(|title| !title.is_empty()), "{words}");
    }
    waiting.act(id, "acceptance", &json!({})).await;
    until("the form was tried and waits", async || {
        let open = office.books().jobs(State::Ready).await;
        let form = open.iter().find(|job| job.kind == "issue_form")?;
        form.last_error.as_ref().map(|_| ())
    })
    .await;
    let during = Files::find().count(office.kept.database.reader()).await.unwrap();
    disk.clear();
    let told = [whole, waiting.travel().await, late.travel().await];

    assert_eq!(before, during, "no file is written down that could not be kept");
    office.assert_whole(&told).await;
    evidence::keep("faults_disk", &[("refused", 3), ("dossiers", 3), ("breaches", 0)]);
}

/// The folder of the files on a disk of eight megabytes; where nobody may mount one, a folder that can be taken away.
struct SmallDisk {
    place: PathBuf,
    mounted: bool,
}

impl SmallDisk {
    fn under(place: PathBuf) -> Self {
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(&place).output();
        let mounted = mount.is_ok_and(|ended| ended.status.success());
        Self { place, mounted }
    }

    fn fill(&self) {
        if !self.mounted {
            std::fs::rename(&self.place, self.away()).unwrap();
            std::fs::write(&self.place, "not a folder").unwrap();
            return;
        }
        let mut filler = std::fs::File::create(self.place.join("filler")).unwrap();
        while filler.write_all(&[0; 512]).is_ok() {}
    }

    fn clear(&self) {
        if self.mounted {
            std::fs::remove_file(self.place.join("filler")).unwrap();
        } else {
            std::fs::remove_file(&self.place).unwrap();
            std::fs::rename(self.away(), &self.place).unwrap();
        }
    }

    fn away(&self) -> PathBuf {
        self.place.with_extension("away")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if self.mounted {
            let _ = Command::new("umount").arg("-l").arg(&self.place).output();
        }
    }
}
