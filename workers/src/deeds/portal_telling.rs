//! Telling entries of one dossier to the national portal: its record as it stood at the newest of them, then their
//! progress lines in order, ten at most at a time; of a dossier of the portal's own, its status (wire.md §1.6 to §1.8).
//!
//! Each step is kept as soon as the portal has taken it. A record sent again is an update; lines are sent again only when
//! the worker fell between the portal's answer and our note of it, the same lines word for word.

use super::ended::{Ended, Trouble};
use super::past::{Annals, Past};
use super::portal_account;
use super::portal_talk::{About, Talk, taken_in};
use super::record;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::failure::Failure;
use connectors::portal::PROGRESS_LINES;
use entities::pushes::{self, ledger};
use entities::tables::portal_exchanges::Model as Exchange;
use uuid::Uuid;

/// Telling about one dossier.
pub(super) struct Telling<'a> {
    pub(super) hands: &'a Hands,
    pub(super) attempt: &'a Attempt,
    pub(super) dossier: Uuid,
}

impl Telling<'_> {
    /// Tells these entries, oldest first; what was told before is left out.
    pub(super) async fn tell(&self, entries: &[i32]) -> Ended {
        let rows = pushes::of_dossier(self.hands.database.reader(), self.dossier).await?;
        let begun = |entry: &i32| rows.iter().any(|row| row.entry == *entry);
        let whole = |entry: &i32| rows.iter().any(|row| row.entry == *entry && row.told_at.is_some());
        let due = entries.iter().copied().filter(|entry| !whole(entry));
        // What was begun together is finished together, so that a repeated call says the same again.
        let (broken_off, fresh): (Vec<i32>, Vec<i32>) = due.partition(begun);
        self.lines(&broken_off).await?;
        let known = rows.last().map(|row| row.entry);
        if let Some(newest) = fresh.last().copied() {
            if known < Some(newest) {
                self.put(newest, known.is_some(), &fresh).await?;
            } else {
                // A record for this entry would set the portal back in time: only the line is missing.
                self.begin(&fresh, Vec::new()).await?;
            }
        }
        self.lines(&fresh).await
    }

    /// Puts the record there as it stood at `newest`, and begins these entries.
    pub(super) async fn put(&self, newest: i32, known: bool, entries: &[i32]) -> Ended {
        let past = Past::at(self.hands, self.dossier, newest).await?;
        portal_account::ask(self.hands, &past, self.attempt).await?;
        let talk = Talk::begin(self.hands, self.attempt);
        let record = record::record(self.hands, &past, talk.trip.at).await?;
        let answered = self.hands.wires.portal()?.push(&talk.trip, &record, known).await;
        let (_, said) = talk.kept(self.hands, self.about(newest), answered).await?;
        self.begin(entries, said).await
    }

    /// Sends the progress lines of these entries, whatever was told before.
    pub(super) async fn lines(&self, entries: &[i32]) -> Ended {
        if entries.is_empty() {
            return Ok(());
        }
        let annals = Annals::of(self.hands, self.dossier).await?;
        for batch in entries.chunks(PROGRESS_LINES) {
            let mut lines = Vec::with_capacity(batch.len());
            for entry in batch {
                let past = annals.at(self.hands, *entry).await?;
                lines.push(record::line(self.hands, &past).await?);
            }
            let talk = Talk::begin(self.hands, self.attempt);
            let answered = self.hands.wires.portal()?.progress(&talk.trip, &lines).await;
            let about = self.about(batch.last().copied().unwrap_or_default());
            let (_, said) = talk.kept(self.hands, about, answered.map_err(Failure::from)).await?;
            self.told(batch, said).await?;
        }
        Ok(())
    }

    /// Tells the status that one entry led to, unless a later one was told: that would set the portal back in time.
    pub(super) async fn status(&self, entry: i32) -> Ended {
        let rows = pushes::of_dossier(self.hands.database.reader(), self.dossier).await?;
        if rows.iter().any(|row| row.entry > entry && row.told_at.is_some()) {
            self.begin(&[entry], Vec::new()).await?;
            return self.told(&[entry], Vec::new()).await;
        }
        let past = Past::at(self.hands, self.dossier, entry).await?;
        let talk = Talk::begin(self.hands, self.attempt);
        let Some(status) = record::status(self.hands, &past, talk.trip.at).await? else {
            return Err(Trouble::fail(
                "hồ sơ từ Cổng không có mã của Cổng / a dossier of the portal's own has no key of the portal",
            ));
        };
        let answered = self.hands.wires.portal()?.tell_status(&talk.trip, &status).await;
        let (_, said) = talk.kept(self.hands, self.about(entry), answered).await?;
        let (hands, key) = (self.hands, (self.dossier, [entry]));
        let (tx, at, exchange) = (hands.database.begin().await?, hands.clock.now(), taken_in(&said));
        ledger::keep(&tx, said).await?;
        pushes::begin(&tx, (key.0, &key.1), None, at).await?;
        pushes::told(&tx, (key.0, &key.1), exchange, at).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn begin(&self, entries: &[i32], said: Vec<Exchange>) -> Ended {
        let (tx, exchange) = (self.hands.database.begin().await?, taken_in(&said));
        ledger::keep(&tx, said).await?;
        pushes::begin(&tx, (self.dossier, entries), exchange, self.hands.clock.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn told(&self, entries: &[i32], said: Vec<Exchange>) -> Ended {
        let (tx, exchange) = (self.hands.database.begin().await?, taken_in(&said));
        ledger::keep(&tx, said).await?;
        pushes::told(&tx, (self.dossier, entries), exchange, self.hands.clock.now()).await?;
        tx.commit().await?;
        Ok(())
    }

    fn about(&self, entry: i32) -> About {
        About { dossier: Some(self.dossier), entry: Some(entry) }
    }
}
