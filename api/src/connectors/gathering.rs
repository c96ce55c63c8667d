//! Everything that is told of connectors, read once for all of them.

use super::connector_view::{CallCounts, ConnectorView, SaidView, ServiceView};
use super::standing::standing;
use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, Days, NaiveDate, Utc};
use connectors::line::Rest;
use connectors::registry::Entry;
use entities::connectors::calls::{self, DayOfCalls};
use entities::connectors::states;
use entities::jobs::waiting::{self, Waiting};
use entities::tables::connector_healths::Model as Health;
use entities::tables::connectors::Model as Row;
use rules::local_time::local_date;
use rules::parties::PartyState;

/// What the tables hold of all connectors.
pub(super) struct Gathered {
    rows: Vec<Row>,
    healths: Vec<Health>,
    days: Vec<DayOfCalls>,
    waiting: Vec<Waiting>,
    now: DateTime<Utc>,
}

impl Gathered {
    /// Reads what is told of all connectors.
    pub(super) async fn of(office: &Office) -> Result<Self, Problem> {
        let (db, now) = (office.db.reader(), office.clock.now());
        Ok(Self {
            rows: states::all(db).await?,
            healths: calls::healths(db).await?,
            days: calls::all_days(db, week_before(local_date(now))).await?,
            waiting: waiting::counts(db).await?,
            now,
        })
    }

    /// The view of one.
    pub(super) fn view(&self, office: &Office, entry: &Entry) -> Result<ConnectorView, Problem> {
        let line = office.wires.lines.get(entry.key);
        let set_up = line.is_some() || office.wires.connectors.contains_key(entry.key);
        let row = self.rows.iter().find(|row| row.key == entry.key);
        let unsaid = if set_up { PartyState::Live } else { PartyState::Planned };
        let health = self.healths.iter().find(|health| health.key == entry.key);
        let resting = match line.map(connectors::line::Line::rest) {
            Some(Rest::Until(until)) => Some(until),
            _ => health.and_then(|health| health.resting_until),
        };
        let mut view = ConnectorView {
            key: entry.key.to_owned(),
            kind: entry.kind.key(),
            about: entry.about,
            set_up,
            state: row.map_or(Ok(unsaid), states::state_of)?,
            said: row.map(SaidView::of),
            services: self.services(entry.key)?,
            words: crate::catalogue::Words { vi: String::new(), en: String::new() },
            resting_until: resting.filter(|until| *until > self.now),
            answered_at: health.and_then(|health| health.answered_at),
            took_ms: health.and_then(|health| health.took_ms),
            failed_at: health.and_then(|health| health.failed_at),
            failed_with: health.and_then(|health| health.failed_with.clone()),
            today: self.calls(entry.key, local_date(self.now)),
            seven_days: self.calls(entry.key, NaiveDate::MIN),
            waiting_jobs: self.waiting(entry, set_up),
            version: row.map_or(0, |row| row.version),
            changes: None,
        };
        view.words = standing(&view, self.now);
        Ok(view)
    }

    /// The keys of a connector and of those of its data services of which something was said.
    pub(super) fn keys(&self, entry: &Entry) -> Vec<&str> {
        let of_entry = |row: &&Row| row.key.split('/').next() == Some(entry.key);
        self.rows.iter().filter(of_entry).map(|row| row.key.as_str()).collect()
    }

    fn services(&self, key: &str) -> Result<Vec<ServiceView>, Problem> {
        let of_key = |row: &&Row| row.key.split_once('/').is_some_and(|(party, _)| party == key);
        self.rows
            .iter()
            .filter(of_key)
            .map(|row| {
                let service = row.key.split_once('/').map_or("", |(_, service)| service);
                Ok(ServiceView::of(service, states::state_of(row)?, row))
            })
            .collect()
    }

    fn calls(&self, key: &str, from: NaiveDate) -> CallCounts {
        let mut counts = CallCounts::default();
        self.days.iter().filter(|day| day.key == key && day.day >= from).for_each(|day| counts += day);
        counts
    }

    /// Work of a kind of which none is set up waits for any connector of it.
    fn waiting(&self, entry: &Entry, set_up: bool) -> i64 {
        let of_kind = |party: &str| !set_up && party == entry.kind.key();
        let mine = |waiting: &&Waiting| waiting.party == entry.key || of_kind(&waiting.party);
        self.waiting.iter().filter(mine).map(|waiting| waiting.number).sum()
    }
}

fn week_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(6)).unwrap_or(day)
}
