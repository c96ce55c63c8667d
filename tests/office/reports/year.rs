//! A year at a commune, told again from its history: period ends asked for twice, and every fold beside its row.

use crate::support::commune::{Commune, DESK};
use crate::support::papers::Application as Form;
use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use entities::Error;
use entities::dossiers::Door;
use entities::dossiers::acts::{Act, Outcome};
use entities::dossiers::application::Application;
use entities::dossiers::past::{Recorded, recorded};
use entities::files::{self, File, State};
use entities::tables::calendars;
use entities::tables::dossiers::{Entity, Model};
use rules::actor::{Actor, Assignment, Role};
use rules::status::Status;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryOrder, Set};
use serde_json::{Value, json as body};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Dossiers handed in over the year.
const DOSSIERS: usize = 220;
/// First and last day of three periods, and the morning after each.
const QUARTERS: [(&str, &str, u32); 3] =
    [("2026-01-01", "2026-03-31", 4), ("2026-04-01", "2026-06-30", 7), ("2026-07-01", "2026-09-30", 10)];

/// The commune, what is to be done next, and chance that falls the same each time.
struct Year {
    commune: Commune,
    agenda: BTreeMap<(DateTime<Utc>, usize), Option<Model>>,
    chance: u64,
    result: Uuid,
    /// Statuses and acts that were met.
    seen: BTreeSet<String>,
}

#[tokio::test]
async fn a_period_end_gives_the_same_figures_at_the_time_and_after_the_year() {
    let mut year = Year::begin().await;
    let mut at_the_time = Vec::new();
    for quarter in QUARTERS {
        year.live_until(local(2026, quarter.2, 1)).await;
        at_the_time.push(year.counts(quarter).await);
        year.every_fold_equals_its_row().await;
    }
    year.live_until(local(2026, 11, 2)).await;
    year.declare_a_week_of_june_off().await;
    year.live_until(local(2027, 1, 4)).await;

    for (quarter, told) in QUARTERS.into_iter().zip(at_the_time) {
        assert_eq!(year.counts(quarter).await, told, "{quarter:?}");
        assert!(balanced(&told) && told["decided"]["total"].as_u64() > Some(10), "{told}");
    }
    year.every_fold_equals_its_row().await;
    let eventful =
        ["processing", "awaiting_supplement", "extend", "send_back", "correct", "record_payment", "stop"];
    assert!(eventful.iter().all(|met| year.seen.contains(*met)), "the year was too quiet: {:?}", year.seen);
}

/// Columns 3 = 7 + 11 of the report II.06a.
fn balanced(counts: &Value) -> bool {
    let number = |path: &str| counts.pointer(path).and_then(Value::as_u64).unwrap();
    let sum = |paths: &[&str]| paths.iter().map(|path| number(path)).sum::<u64>();
    let open = ["/in_process/in_time", "/in_process/late", "/waiting/papers", "/waiting/payment"];
    sum(&["/carried_over", "/received/total", "/reopened"])
        == sum(&["/decided/total", "/withdrawn", "/stopped"]) + sum(&open)
}

impl Year {
    async fn begin() -> Self {
        let commune = Commune::open_at(local(2026, 1, 5)).await;
        let head = actor(Role::Approver, commune.unit);
        let file = File {
            state: State::Clean,
            ..files::quarantined("ket-qua.pdf", &head.subject, local(2026, 1, 5))
        };
        commune.database.writer().execute(&files::insert(&file)).await.unwrap();
        let mut year =
            Self { commune, agenda: BTreeMap::new(), chance: 2026, result: file.id, seen: BTreeSet::new() };
        for dossier in 0..DOSSIERS {
            let minutes = year.roll(350 * 24 * 60);
            year.agenda.insert((local(2026, 1, 5) + TimeDelta::minutes(minutes), dossier), None);
        }
        year
    }

    /// A number below `sides`, the same in every run (Knuth's multiplier).
    fn roll(&mut self, sides: i64) -> i64 {
        self.chance =
            self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.chance >> 33).unwrap() % sides
    }

    /// Does what falls due, in the order of its moments.
    async fn live_until(&mut self, end: DateTime<Utc>) {
        while let Some(entry) = self.agenda.first_entry().filter(|entry| entry.key().0 < end) {
            let ((at, number), dossier) = entry.remove_entry();
            self.commune.clock.set(at);
            let after = match dossier {
                None => self.hand_in(number, at).await,
                Some(dossier) => self.go_on(&dossier, at).await,
            };
            if !Status::from_key(&after.status).unwrap().is_final() {
                let pause = match self.roll(10) {
                    0..6 => self.roll(48 * 60),
                    6..9 => self.roll(6 * 24 * 60),
                    _ => self.roll(25 * 24 * 60),
                };
                self.agenda.insert((at + TimeDelta::minutes(pause + 1), number), Some(after));
            }
        }
        self.commune.clock.set(end);
    }

    async fn hand_in(&self, number: usize, at: DateTime<Utc>) -> Model {
        let application: Application = serde_json::from_value(self.application(number)).unwrap();
        let tx = self.commune.database.begin().await.unwrap();
        let by = actor(Role::DeskOfficer, self.commune.unit);
        let handed_in = self.door(&tx, &by, at).submit(&application).await.unwrap();
        handed_in.rows.write(&tx).await.unwrap();
        tx.commit().await.unwrap();
        handed_in.dossier
    }

    fn application(&self, number: usize) -> Form {
        let mut form = if number.is_multiple_of(4) {
            self.commune.brought("Lường Thị Ví")
        } else {
            self.commune.trial(2)
        };
        form["channel"] = body!("desk");
        form
    }

    /// Something out of the ordinary if chance and the law will have it, else what usually comes next.
    async fn go_on(&mut self, dossier: &Model, at: DateTime<Utc>) -> Model {
        if let Some((role, act)) = self.unusual(dossier, at)
            && let Ok(after) = self.done(dossier, role, &act, at).await
        {
            return after;
        }
        let (role, act) = self.usual(dossier).await;
        self.done(dossier, role, &act, at).await.unwrap_or_else(|e| panic!("{act:?} in {dossier:?}: {e}"))
    }

    async fn done(&self, dossier: &Model, role: Role, act: &Act, at: DateTime<Utc>) -> Result<Model, Error> {
        let tx = self.commune.database.begin().await.unwrap();
        let by = actor(role, self.commune.unit);
        let after = self.door(&tx, &by, at).act(dossier.id, Some(dossier.version), act).await?;
        tx.commit().await.unwrap();
        Ok(after)
    }

    fn door<'a>(
        &'a self,
        tx: &'a sea_orm::DatabaseTransaction,
        by: &'a Actor,
        at: DateTime<Utc>,
    ) -> Door<'a> {
        let (catalogue, sealer) = (&self.commune.office.catalogue, &self.commune.office.sealer);
        Door { tx, catalogue, sealer, by, at, trace: None }
    }

    async fn usual(&self, dossier: &Model) -> (Role, Act) {
        let role = role_of(&dossier.waits_for);
        match Status::from_key(&dossier.status).unwrap() {
            Status::AwaitingSupplement if !dossier.supplement_answered => {
                (Role::DeskOfficer, Act::AnswerSupplement { papers: Vec::new(), note: String::new() })
            }
            Status::Submitted | Status::AwaitingSupplement => (Role::DeskOfficer, Act::Accept),
            Status::Decided if dossier.fee_state != "owed" => {
                (Role::DeskOfficer, Act::Return { proof: "Ký nhận.".into() })
            }
            Status::Decided | Status::AwaitingPayment => {
                (Role::Finance, Act::RecordPayment { proof: "cash 1".into() })
            }
            _ if role == Role::Approver => (role, self.decision(dossier).await),
            _ => (role, Act::Forward { note: String::new() }),
        }
    }

    async fn decision(&self, dossier: &Model) -> Act {
        let (catalogue, db) = (&self.commune.office.catalogue, self.commune.database.reader());
        let revised = catalogue.revision(db, dossier.revision_id).await.unwrap();
        Act::Decide {
            outcome: Outcome::Granted,
            number: "1/KQ".into(),
            result_code: revised.content.results[0].code.clone(),
            file: Some(self.result),
            reason: String::new(),
            validity: rules::results::Validity::default(),
        }
    }

    fn unusual(&mut self, dossier: &Model, at: DateTime<Utc>) -> Option<(Role, Act)> {
        let role = role_of(&dossier.waits_for);
        let reason = || "Có lý do.".to_owned();
        let ask = Act::RequestSupplement { reason: reason(), components: Vec::new(), despite: Vec::new() };
        let act = match (Status::from_key(&dossier.status).unwrap(), self.roll(16)) {
            (Status::Submitted, 0) => (Role::DeskOfficer, Act::Refuse { reason: reason() }),
            (Status::Submitted, 1 | 2) => (Role::DeskOfficer, ask),
            (Status::Received | Status::Processing, 0..3) => (role, ask),
            (Status::Received | Status::Processing, 3) => (Role::Approver, Act::Stop { reason: reason() }),
            (Status::Received | Status::Processing, 4 | 5) => {
                let new_due = dossier.due_at.unwrap_or(at) + TimeDelta::days(7);
                (Role::CaseOfficer, Act::Extend { new_due, reason: reason() })
            }
            (Status::Received | Status::Processing, 6) => (role, Act::RequestPayment),
            (Status::Received | Status::Processing, 7) => (role, Act::Claim),
            (Status::Processing, 8 | 9) => {
                (role, Act::SendBack { step: "appraise".into(), reason: reason() })
            }
            (Status::AwaitingSupplement, 0 | 1) => (Role::DeskOfficer, Act::Stop { reason: reason() }),
            (Status::Decided, 0..3) => (Role::Approver, Act::Correct { reason: reason() }),
            (Status::Returned, _) | (_, 11..) => return None,
            (_, 10) => (Role::DeskOfficer, Act::Withdraw { reason: reason() }),
            _ => return None,
        };
        Some(act)
    }

    async fn counts(&self, (from, to, _): (&str, &str, u32)) -> Value {
        let path = format!("/v1/reports/standing?unit={}&from={from}&to={to}", self.commune.unit);
        self.commune.read(DESK, &path).await
    }

    /// A new version of the calendar that speaks of the past as well.
    async fn declare_a_week_of_june_off(&self) {
        let db = self.commune.database.writer();
        let rows = calendars::Entity::find().order_by_desc(calendars::Column::Version);
        let newest = rows.one(db).await.unwrap().unwrap();
        let mut content: Value = serde_json::from_str(&newest.content).unwrap();
        let version = newest.version + 1;
        content["version"] = body!(version);
        content["off"].as_array_mut().unwrap().extend((22..=26).map(|day| {
            let date = format!("2026-06-{day}");
            body!({"date": date, "reason_vi": "Bão", "reason_en": "Storm", "document": "CV 1/UBND"})
        }));
        let mut row = newest.into_active_model();
        (row.id, row.version, row.content) = (Set(Uuid::now_v7()), Set(version), Set(content.to_string()));
        row.reset_all().insert(db).await.unwrap();
        self.commune.office.catalogue.forget();
    }

    async fn every_fold_equals_its_row(&mut self) {
        let (db, now) = (self.commune.database.reader(), self.commune.clock.now());
        let rows = Entity::find().all(db).await.unwrap();
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let found = recorded(db, &ids).await.unwrap();
        for row in &rows {
            self.fold_equals(row, &found[&row.id], now).await;
            self.seen.insert(row.status.clone());
            self.seen.extend(found[&row.id].entries.iter().map(|entry| entry.act.key().to_owned()));
        }
    }

    async fn fold_equals(&self, row: &Model, recorded: &Recorded, now: DateTime<Utc>) {
        let past = recorded.at(now).unwrap();
        let sources = (self.commune.database.reader(), &self.commune.office.catalogue);
        let judged = recorded.judged(sources, row, &past, now).await.unwrap();
        assert_eq!((past.status.key(), past.turn.key()), (row.status.as_str(), row.turn.as_str()), "{row:?}");
        assert_eq!((past.entry, past.since), (row.entries, row.updated_at), "{row:?}");
        assert_eq!((&past.step, &past.assignee), (&row.step, &row.assignee), "{row:?}");
        assert_eq!((past.submitted_at, past.received_at), (row.submitted_at, row.received_at), "{row:?}");
        assert_eq!((past.decided_at, past.returned_at), (row.decided_at, row.returned_at), "{row:?}");
        assert_eq!(i32::try_from(past.rounds).unwrap(), row.rounds, "{row:?}");
        assert_eq!(judged.and_then(|judged| judged.due), row.due_at, "{row:?}");
        assert_eq!(judged.and_then(|judged| judged.original_due), row.first_due_at, "{row:?}");
    }
}

fn actor(role: Role, unit: Uuid) -> Actor {
    Actor {
        subject: format!("tests|{role:?}"),
        name: "Người mẫu".into(),
        title: "Cán bộ".into(),
        national_id: None,
        assignments: vec![Assignment { role, unit: Some(unit) }],
        scopes: Vec::new(),
        assurance: 0,
        as_of: None,
    }
}

fn role_of(key: &str) -> Role {
    serde_json::from_value(body!(key)).unwrap()
}

/// Midnight of a local day.
fn local(year: i32, month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap() - TimeDelta::hours(7)
}
