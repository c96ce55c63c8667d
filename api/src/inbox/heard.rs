//! A message of the portal on its way through the office: read, carried out in one transaction, and kept with its verdict.

use super::placing::NotPlaced;
use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, Utc};
use connectors::portal::{Inbound, PortalInbox, Reply};
use entities::Error;
use entities::dossiers::Door;
use entities::inbox::messages::{Judged, Raw, keep};
use rules::actor::Actor;
use rules::jobs::Queue;

/// One message.
pub(super) struct Heard<'a> {
    pub(super) office: &'a Office,
    pub(super) inbox: &'a dyn PortalInbox,
    pub(super) raw: Raw<'a>,
    pub(super) at: DateTime<Utc>,
    pub(super) trace: String,
}

/// How often a message is tried when another transaction was quicker.
const TRIES: u8 = 3;

impl Heard<'_> {
    /// Reads the message and does what it says.
    pub(super) async fn receive(&self) -> Result<Reply, Problem> {
        match self.inbox.read(self.raw.family, self.raw.body) {
            Err(misread) => self.turn_away(misread.code, &misread.words).await,
            Ok(Inbound::NewDossier(told)) => self.new_dossier(*told).await,
            Ok(Inbound::Supplement(told)) => self.supplement(*told).await,
            Ok(Inbound::TaxNotices(notices)) => self.tax_notices(&notices).await,
            Ok(Inbound::TaxReceipt(receipt)) => self.tax_receipt(*receipt).await,
            Ok(Inbound::LookUp { code }) => self.look_up(&code).await,
            Ok(Inbound::BillLookUp { code }) => self.bill(&code).await,
        }
    }

    /// Keeps a message that is not taken.
    pub(super) async fn turn_away(&self, verdict: &'static str, words: &str) -> Result<Reply, Problem> {
        self.refuse(verdict, "", words).await
    }

    /// Keeps a message that is not taken, with the portal's key of the dossier.
    pub(super) async fn refuse(
        &self,
        verdict: &'static str,
        national_id: &str,
        words: &str,
    ) -> Result<Reply, Problem> {
        let named = Some(national_id).filter(|id| !id.is_empty());
        let (words, national_id) = (words.to_owned(), national_id.to_owned());
        let judged = Judged {
            verdict,
            words: Some(words.clone()),
            national_id: named.map(str::to_owned),
            ..Judged::default()
        };
        self.note(&judged).await?;
        Ok(Reply::Refused { national_id, words })
    }

    /// Keeps a message that changes nothing.
    pub(super) async fn note(&self, judged: &Judged) -> Result<(), Problem> {
        let tx = self.office.db.begin().await?;
        keep(&tx, &self.office.sealer, &self.raw, judged, self.at).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Does `effect` in one transaction with the keeping of the message; what is refused leaves nothing but that.
    pub(super) async fn within<F>(&self, national_id: &str, effect: F) -> Result<Reply, Problem>
    where
        F: AsyncFn(&Door<'_>) -> Result<(Judged, Reply), Error>,
    {
        let mut tries = 1;
        let failed = loop {
            match self.attempt(&effect).await {
                Ok(reply) => {
                    self.office.wake.ring_all(Queue::ALL);
                    return Ok(reply);
                }
                Err(error) if tries < TRIES && error.is_duplicate() => tries += 1,
                Err(error) => break error,
            }
        };
        match NotPlaced::of(&failed) {
            Some(why) => self.refuse("refused", national_id, &why.0).await,
            None => {
                // Told as a failure of ours, so that the portal sends it again; kept, so that it can be tried here.
                self.refuse("failed", national_id, "the office could not do it now").await?;
                Err(failed.into())
            }
        }
    }

    async fn attempt<F>(&self, effect: &F) -> Result<Reply, Error>
    where
        F: AsyncFn(&Door<'_>) -> Result<(Judged, Reply), Error>,
    {
        let by = Actor::office();
        let tx = self.office.db.begin().await?;
        let door = Door {
            tx: &tx,
            catalogue: &self.office.catalogue,
            sealer: &self.office.sealer,
            by: &by,
            at: self.at,
            trace: Some(&self.trace),
        };
        let (judged, reply) = effect(&door).await?;
        keep(&tx, &self.office.sealer, &self.raw, &judged, self.at).await?;
        tx.commit().await?;
        Ok(reply)
    }
}
