//! What must agree when the work is done, whoever was killed meanwhile: the office's own books, the portal's, the mailbox.

use super::parties::Parties;
use super::waiting::until;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::database::Database;
use entities::dossiers::{deadline, reading};
use entities::jobs::row::{self as jobs, State};
use entities::tables::{digitisations, dossiers, history, notices, portal_pushes};
use rules::jobs::Job;
use rules::lifecycle::{Effect, TABLE};
use rules::status::Status;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use std::collections::BTreeMap;

/// The books of an office and of the parties it tells.
pub struct Books<'a> {
    pub database: &'a Database,
    pub parties: &'a Parties,
}

impl Books<'_> {
    /// Waits until no job is open.
    pub async fn settle(&self) {
        until("every job is done", async || {
            self.assert_none_given_up().await;
            self.open_jobs().await.is_empty().then_some(())
        })
        .await;
    }

    /// No job is dead.
    pub async fn assert_none_given_up(&self) {
        let dead = self.jobs(State::Dead).await;
        assert!(dead.is_empty(), "given up: {dead:#?}");
    }

    /// Jobs that wait or run, as they stand.
    pub async fn open_jobs(&self) -> Vec<jobs::Model> {
        let open = jobs::Column::State.is_in([State::Ready, State::Running]);
        let rows = jobs::Entity::find().filter(open).order_by_asc(jobs::Column::Id);
        rows.all(self.database.reader()).await.unwrap()
    }

    /// How many jobs wait or run.
    pub async fn open(&self) -> u64 {
        let open = jobs::Column::State.is_in([State::Ready, State::Running]);
        jobs::Entity::find().filter(open).count(self.database.reader()).await.unwrap()
    }

    /// Jobs in a state. The files of a walk have no bytes: the pictures of papers that it left out are given up rightly
    /// where a worker was quicker than the walk, and only those.
    pub async fn jobs(&self, state: State) -> Vec<jobs::Model> {
        let rows = jobs::Entity::find().filter(jobs::Column::State.eq(state));
        let mut rows = rows.all(self.database.reader()).await.unwrap();
        let left_out = digitisations::Entity::find().filter(digitisations::Column::State.eq("dropped"));
        let left_out: Vec<_> =
            left_out.all(self.database.reader()).await.unwrap().iter().map(|row| row.id).collect();
        rows.retain(|row| match serde_json::from_str(&row.payload) {
            Ok(Job::NormalisePaper { digitisation, .. }) => !left_out.contains(&digitisation),
            _ => true,
        });
        rows
    }

    /// How many jobs are done.
    pub async fn done(&self) -> u64 {
        self.done_if_heard().await.unwrap()
    }

    /// The same; nothing when the database does not answer, for a test that strikes it down.
    pub async fn done_if_heard(&self) -> Option<u64> {
        let rows = jobs::Entity::find().filter(jobs::Column::State.eq(State::Done));
        rows.count(self.database.reader()).await.ok()
    }

    /// All dossiers, in the order of their codes.
    pub async fn dossiers(&self) -> Vec<dossiers::Model> {
        let rows = dossiers::Entity::find().order_by_asc(dossiers::Column::Code);
        rows.all(self.database.reader()).await.unwrap()
    }

    /// Every effect of every entry is there once and in order, and the sums are right.
    pub async fn assert_whole(&self) {
        let (portal, mailbox) = (self.parties.portal.received().await, self.parties.mail.received().await);
        let mut letters: Vec<_> = mailbox["letters"].as_array().unwrap().iter().map(entry_told).collect();
        let mut wanted = Vec::new();
        let dossiers = self.dossiers().await;
        for dossier in &dossiers {
            let entries = reading::entries(self.database.reader(), dossier.id).await.unwrap();
            self.assert_noted(dossier, &entries).await;
            assert_told(&portal["dossiers"][&dossier.code], &entries, &dossier.code);
            self.assert_due(dossier).await;
            wanted.extend(numbers(&entries, Effect::Notify).map(|entry| format!("{}-{entry}", dossier.id)));
        }
        assert_eq!(portal["dossiers"].as_object().unwrap().len(), dossiers.len(), "none is made up");
        letters.sort();
        wanted.sort();
        assert_eq!(letters, wanted, "one letter for each entry that is told");
        self.assert_carried(&dossiers).await;
        assert_consecutive(&dossiers);
    }

    /// Nothing was even said twice: for runs in which nobody was killed.
    pub async fn assert_said_once(&self) {
        assert_eq!(self.said_again().await, 0);
    }

    /// How many letters and records a party heard again, because the office did not know that it had heard them.
    pub async fn said_again(&self) -> u64 {
        let (portal, mailbox) = (self.parties.portal.received().await, self.parties.mail.received().await);
        let letters = mailbox["letters"].as_array().unwrap().iter();
        let copies = letters.map(|letter| letter["copies"].as_u64().unwrap() - 1);
        let records = portal["dossiers"].as_object().unwrap().values();
        let records: u64 = records.map(|held| held["pushes"].as_u64().unwrap()).sum();
        let noted = portal_pushes::Column::RecordExchange.is_not_null();
        let noted = portal_pushes::Entity::find().filter(noted).count(self.database.reader()).await.unwrap();
        copies.sum::<u64>() + records - noted
    }

    /// Our own notes: one whole push and one notice for each entry that asks for it.
    async fn assert_noted(&self, dossier: &dossiers::Model, entries: &[history::Model]) {
        use portal_pushes::Column;
        let pushes = portal_pushes::Entity::find().filter(Column::DossierId.eq(dossier.id));
        let pushes = pushes.order_by_asc(Column::Entry).all(self.database.reader()).await.unwrap();
        let noted: Vec<i32> = pushes.iter().map(|push| push.entry).collect();
        assert_eq!(noted, numbers(entries, Effect::Push).collect::<Vec<_>>(), "{}", dossier.code);
        let whole = |push: &portal_pushes::Model| push.told_at.is_some() && push.line_exchange.is_some();
        assert!(pushes.iter().all(whole), "{}", dossier.code);

        let told = notices::Entity::find().filter(notices::Column::DossierId.eq(dossier.id));
        let told = told.filter(notices::Column::Channel.eq("email"));
        let told = told.filter(notices::Column::State.eq("handed"));
        let told = told.order_by_asc(notices::Column::Entry).all(self.database.reader()).await.unwrap();
        let told: Vec<i32> = told.iter().map(|notice| notice.entry).collect();
        assert_eq!(told, numbers(entries, Effect::Notify).collect::<Vec<_>>(), "{}", dossier.code);
    }

    async fn assert_due(&self, dossier: &dossiers::Model) {
        let (catalogue, now) = (Catalogue::default(), Clock::system().now());
        let folded = deadline::of(self.database.reader(), &catalogue, dossier, now).await.unwrap();
        assert_eq!(dossier.due_at, folded.due, "{}", dossier.code);
    }

    /// One order for each result that goes by post.
    async fn assert_carried(&self, dossiers: &[dossiers::Model]) {
        let orders = self.parties.post.received().await["orders"].as_object().unwrap().len();
        let by_post = |d: &&dossiers::Model| d.return_method == "post" && d.decided_at.is_some();
        let decided: Vec<_> = dossiers.iter().filter(by_post).collect();
        for dossier in &decided {
            let legs = reading::shipments(self.database.reader(), dossier.id).await.unwrap();
            assert!(legs.len() == 1 && legs[0].ordered_at.is_some(), "{legs:#?}");
        }
        assert_eq!(orders, decided.len());
    }
}

/// Numbers of the entries with this effect.
pub fn numbers(entries: &[history::Model], effect: Effect) -> impl Iterator<Item = i32> {
    entries.iter().filter(move |entry| effects(&entry.act).contains(&effect)).map(|entry| entry.seq)
}

fn effects(act: &str) -> &'static [Effect] {
    const SUBMISSION: &[Effect] = &[Effect::Notify, Effect::Push];
    TABLE.iter().find(|row| row.act.key() == act).map_or(SUBMISSION, |row| row.effects)
}

/// One progress line an entry, in order. The records followed each other in the order of what happened; one may have
/// been sent again by who came after a killed worker, and one may speak for several entries that waited together.
fn assert_told(held: &Value, entries: &[history::Model], code: &str) {
    let pushed = entries.iter().filter(|entry| effects(&entry.act).contains(&Effect::Push));
    let statuses = pushed.map(|entry| Status::from_key(&entry.to_status).unwrap().code().to_string());
    let statuses: Vec<String> = statuses.collect();
    let lines = held["progress"].as_array().unwrap_or_else(|| panic!("{code} is not at the portal"));
    let lines: Vec<&str> = lines.iter().map(|line| line["TrangThai"].as_str().unwrap()).collect();
    assert_eq!(lines, statuses, "progress of {code}");
    let mut trail: Vec<&str> =
        held["trail"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
    trail.dedup();
    let mut followed = statuses.iter();
    assert!(trail.iter().all(|told| followed.any(|status| status == told)), "trail of {code}: {trail:?}");
    assert_eq!(trail.last().copied(), statuses.last().map(String::as_str), "trail of {code}");
}

/// `dossier-entry` of a letter, from its Message-ID.
fn entry_told(letter: &Value) -> String {
    letter["message_id"].as_str().unwrap().split('@').next().unwrap().to_owned()
}

/// Each series begins at 1 and has no gap; a run over midnight has two.
pub fn assert_consecutive(dossiers: &[dossiers::Model]) {
    let mut series: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for dossier in dossiers {
        let (prefix, number) = dossier.code.rsplit_once('-').unwrap();
        series.entry(prefix).or_default().push(number.parse().unwrap());
    }
    for (prefix, mut numbers) in series {
        numbers.sort_unstable();
        let wanted: Vec<usize> = (1..=numbers.len()).collect();
        assert_eq!(numbers, wanted, "{prefix}");
    }
}
