//! What all stages of the pipeline share: taken up once, worked without a transaction, ended in one, in words.

use super::ended::Trouble as Ending;
use crate::deed::{Attempt, Outcome};
use crate::hands::Hands;
use bytes::Bytes;
use digitising::tools::Tools;
use digitising::trouble::Trouble;
use entities::Error;
use entities::digitisations::{self, Begun, Found, Item, pages, steps};
use entities::files;
use entities::jobs;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use rules::papers::{Stage, WaitsFor};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use sha2::{Digest, Sha256};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// One attempt at one stage of one paper.
pub(super) struct Desk<'a> {
    pub(super) hands: &'a Hands,
    pub(super) item: Item,
    pub(super) attempt: &'a Attempt,
    stage: Stage,
    begun: Instant,
    waited: bool,
}

/// Why a stage was not done.
#[derive(Debug)]
pub(super) enum Halt {
    /// The paper or a program stands in the way.
    Trouble(Trouble),
    /// The database or the file store does.
    Ending(Ending),
    /// The item has moved on meanwhile: scanned again, dropped or stopped. Nothing is to be written.
    Left,
}

/// A stage whose program fails so often is left to an operator.
const TRIES: i32 = 5;

/// A stage that takes the worker down with it, so that nobody hears of a failure, is given up after so many.
const FALLS: i32 = 10;

/// How long a paper waits for a program; the first that finds it brings the others forward.
const LOOK_AGAIN: Duration = Duration::from_secs(120);

/// What jobs wait for that need a program, as the ledger names it.
pub(super) const TOOLS: &str = "tools";

/// Takes up a stage; none when nothing is to be done.
pub(super) async fn take_up<'a>(
    hands: &'a Hands,
    id: Uuid,
    stage: Stage,
    attempt: &'a Attempt,
) -> Result<Option<Desk<'a>>, Ending> {
    let waited = digitisations::find(hands.database.reader(), id).await?.waits_for.as_deref()
        == Some(WaitsFor::Tools.key());
    let tx = hands.database.begin().await?;
    let Begun::Go(item) = digitisations::begin_stage(&tx, id, stage, attempt.at).await? else {
        return Ok(None);
    };
    if item.attempts > FALLS {
        digitisations::stuck(&tx, id, FELL, attempt.at).await?;
        tx.commit().await?;
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(Desk { hands, item: *item, attempt, stage, begun: Instant::now(), waited }))
}

const FELL: &str = "Máy đã dừng giữa chừng nhiều lần khi làm giấy tờ này; thử lại hoặc quét lại. / \
    The machine broke off several times at this paper; try again or scan it again.";

impl Desk<'_> {
    /// Says how the stage ended: what stands in the way is written on the item for people to read.
    pub(super) async fn end(self, ended: Result<(), Halt>) -> Result<(), Ending> {
        match ended {
            Ok(()) | Err(Halt::Left) => Ok(()),
            Err(Halt::Trouble(Trouble::Paper { vi, en, .. })) => self.stuck(&format!("{vi} / {en}")).await,
            Err(Halt::Trouble(missing @ Trouble::Missing { .. })) => self.wait(&missing.to_string()).await,
            Err(Halt::Trouble(trouble)) => self.again(&trouble.to_string()).await,
            Err(Halt::Ending(ending)) if ending.is_retry() && !self.attempt.last => self.later(ending).await,
            Err(Halt::Ending(ending)) => {
                self.stuck(ending.reason()).await?;
                Err(ending)
            }
        }
    }

    /// A transaction in which the item still is where this stage took it up, its row held.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, Halt> {
        let tx = self.hands.database.begin().await?;
        let now = digitisations::find_locked(&tx, self.item.id).await?;
        let here = now.ended_at.is_none()
            && now.cancelled_at.is_none()
            && now.stage == self.stage.key()
            && now.file_id == self.item.file_id;
        if here { Ok(tx) } else { Err(Halt::Left) }
    }

    /// Keeps what the stage found, and puts the item and its job before the next one; all of it or nothing.
    pub(super) async fn done(&self, tx: DatabaseTransaction, found: Found, next: Stage) -> Result<(), Halt> {
        digitisations::stage_done(&tx, self.item.id, found, next, self.attempt.at).await?;
        self.order(&tx, next).await?;
        tx.commit().await?;
        self.ring().await
    }

    /// Writes the job of a stage of this item.
    pub(super) async fn order(&self, tx: &DatabaseTransaction, stage: Stage) -> Result<(), Halt> {
        let traceparent = self.attempt.traceparent.clone();
        let job = steps::order(&self.item, stage, self.attempt.at);
        let job = job.map(|job| jobs::NewJob { traceparent, ..job });
        if let Some(rows) = jobs::insert(job.into_iter().collect(), self.attempt.at)? {
            tx.execute(&rows).await?;
        }
        Ok(())
    }

    /// Wakes those who go on, and with them those that waited for the program that this one found.
    pub(super) async fn ring(&self) -> Result<(), Halt> {
        if self.waited {
            let db = self.hands.database.writer();
            jobs::waiting::bring_forward(db, TOOLS, self.attempt.at).await?;
        }
        self.hands.wake.ring(rules::jobs::Queue::Heavy);
        Ok(())
    }

    /// A finding of this stage, with how long it took.
    pub(super) fn found(&self, report: serde_json::Value, engine: &str) -> Found {
        Found {
            stage: self.stage,
            skipped: false,
            report,
            report_sealed: None,
            output_sha256: None,
            engine: engine.into(),
            millis: pages::millis(self.begun.elapsed()),
        }
    }

    /// How long this attempt has been at it.
    pub(super) fn spent(&self) -> Duration {
        self.begun.elapsed()
    }

    /// The file of the item.
    pub(super) async fn file(&self) -> Result<files::File, Halt> {
        let key = self.item.file_id.ok_or(Halt::Left)?;
        Ok(files::find(self.hands.database.reader(), key).await?)
    }

    /// Bytes of the file store.
    pub(super) async fn fetch(&self, sha256: &str) -> Result<Bytes, Halt> {
        let got = self.hands.files.get(&Path::from(files::stored_at(sha256))).await?;
        Ok(got.bytes().await?)
    }

    /// Puts bytes into the file store and gives their SHA-256.
    pub(super) async fn keep(&self, bytes: Vec<u8>) -> Result<String, Halt> {
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let place = Path::from(files::stored_at(&sha256));
        self.hands.files.put(&place, PutPayload::from(bytes)).await?;
        Ok(sha256)
    }

    /// The programs, each run under the limits of the settings.
    pub(super) fn tools(&self) -> Tools {
        self.hands.digitising.tools()
    }

    async fn stuck(&self, words: &str) -> Result<(), Ending> {
        let Some(tx) = self.still().await? else { return Ok(()) };
        digitisations::stuck(&tx, self.item.id, words, self.attempt.at).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn wait(&self, words: &str) -> Result<(), Ending> {
        let Some(tx) = self.still().await? else { return Ok(()) };
        steps::wait_for_tools(&tx, self.item.id, words, self.attempt.at).await?;
        tx.commit().await?;
        Err(Outcome::Wait { party: TOOLS.into(), after: LOOK_AGAIN, reason: words.into() }.into())
    }

    async fn again(&self, words: &str) -> Result<(), Ending> {
        if self.attempt.last || self.item.attempts >= TRIES {
            return self.stuck(words).await;
        }
        let Some(tx) = self.still().await? else { return Ok(()) };
        steps::troubled(&tx, self.item.id, words, self.attempt.at).await?;
        tx.commit().await?;
        Err(Outcome::retry(words).into())
    }

    /// The house itself stands in the way: said on the item, and no try of the paper.
    async fn later(&self, ending: Ending) -> Result<(), Ending> {
        if let Some(tx) = self.still().await? {
            steps::troubled(&tx, self.item.id, ending.reason(), self.attempt.at).await?;
            steps::uncounted(&tx, self.item.id).await?;
            tx.commit().await?;
        }
        Err(ending)
    }

    async fn still(&self) -> Result<Option<DatabaseTransaction>, Ending> {
        match self.begin().await {
            Ok(tx) => Ok(Some(tx)),
            Err(Halt::Ending(ending)) => Err(ending),
            Err(_) => Ok(None),
        }
    }
}

impl From<Trouble> for Halt {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Ending> for Halt {
    fn from(ending: Ending) -> Self {
        Self::Ending(ending)
    }
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Ending(error.into())
    }
}

impl From<sea_orm::DbErr> for Halt {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Ending(error.into())
    }
}

impl From<object_store::Error> for Halt {
    fn from(error: object_store::Error) -> Self {
        Self::Ending(error.into())
    }
}

impl Desk<'_> {
    /// Keeps what the stage found, and lets the item wait at the next one for people.
    pub(super) async fn rest(
        &self,
        tx: DatabaseTransaction,
        found: Found,
        (next, waits_for): (Stage, WaitsFor),
    ) -> Result<(), Halt> {
        digitisations::stage_done(&tx, self.item.id, found, next, self.attempt.at).await?;
        digitisations::waiting(&tx, self.item.id, waits_for, None, self.attempt.at).await?;
        tx.commit().await?;
        self.ring().await
    }

    /// Seals a report that names people.
    pub(super) fn seal_report(&self, report: &str) -> Result<String, Halt> {
        Ok(self.hands.sealer.seal(&self.report_place(), report)?)
    }

    /// Opens it again.
    pub(super) fn open_report(&self, sealed: &str) -> Result<String, Halt> {
        Ok(self.hands.sealer.open(&self.report_place(), sealed)?)
    }

    fn report_place(&self) -> String {
        format!("digitisation_report:{}", self.item.id)
    }
}
