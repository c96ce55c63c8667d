//! What a notice is about: an entry of the history, or money that was given back.

use super::facts::{self, Facts};
use crate::deeds::ended::Trouble;
use crate::deeds::past::Past;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::refunds::reading::words;
use entities::tables::{notices, refunds};
use entities::warnings::reading::at_entry;
use rules::lifecycle::ActKind;
use rules::notices::NoticeEvent;
use sea_orm::EntityTrait;
use uuid::Uuid;

/// The event, and the dossier as it stood then.
pub(in crate::deeds) struct About {
    pub(super) past: Past,
    pub(super) event: NoticeEvent,
    /// The number of the entry, or `refund:` and its key.
    pub(super) occasion: String,
    pub(super) act_at: DateTime<Utc>,
    refund: Option<refunds::Model>,
}

const REFUND: &str = "refund:";

impl About {
    /// About an entry. Fails when nobody is told of such an act.
    pub(in crate::deeds) async fn entry(hands: &Hands, dossier: Uuid, entry: i32) -> Result<Self, Trouble> {
        let past = Past::at(hands, dossier, entry).await?;
        let act = past.act()?;
        let warning = match act {
            ActKind::Warn => at_entry(hands.database.reader(), dossier, entry).await?,
            _ => None,
        };
        let event = NoticeEvent::of(act, warning);
        let event = event.ok_or_else(|| Trouble::fail(format!("nobody is told of {}", act.key())))?;
        Ok(Self { event, occasion: entry.to_string(), act_at: past.entry.at, past, refund: None })
    }

    /// About money that was given back.
    pub(in crate::deeds) async fn refund(hands: &Hands, refund: Uuid) -> Result<Self, Trouble> {
        let db = hands.database.reader();
        let refund = refunds::Entity::find_by_id(refund).one(db).await?.ok_or(Error::NotFound("refund"))?;
        let act_at = refund.paid_out_at.ok_or_else(|| Trouble::fail("the refund is not paid out"))?;
        let entries = entities::dossiers::reading::entries(db, refund.dossier_id).await?;
        let before = entries.iter().rfind(|entry| entry.at <= act_at).map_or(1, |entry| entry.seq);
        let past = Past::at(hands, refund.dossier_id, before).await?;
        let occasion = format!("{REFUND}{}", refund.id);
        Ok(Self { past, event: NoticeEvent::RefundPaidOut, occasion, act_at, refund: Some(refund) })
    }

    /// About the same as a notice that was written before.
    pub(in crate::deeds) async fn of(hands: &Hands, row: &notices::Model) -> Result<Self, Trouble> {
        match row.occasion.strip_prefix(REFUND).and_then(|refund| refund.parse().ok()) {
            Some(refund) => Self::refund(hands, refund).await,
            None => Self::entry(hands, row.dossier_id, row.entry).await,
        }
    }

    pub(super) async fn facts(&self, hands: &Hands) -> Result<Facts, Error> {
        let facts = facts::facts(hands, &self.past).await?;
        match (&self.refund, self.event) {
            (Some(refund), _) => {
                let (reason, _, proof) = words(&hands.sealer, refund)?;
                let proof = proof.unwrap_or_default();
                Ok(Facts { at: self.act_at, amount: refund.amount, reason, proof, ..facts })
            }
            (None, NoticeEvent::Consult) => facts::of_question(hands, &self.past, facts).await,
            (None, _) => Ok(facts),
        }
    }
}
