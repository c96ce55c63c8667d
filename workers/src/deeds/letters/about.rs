//! What a notice is about: an entry of the history, money that was given back, or a result that was revoked.

use super::facts::{self, Facts};
use crate::deeds::ended::Trouble;
use crate::deeds::past::Past;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::refunds::reading::words;
use entities::results::reading::{by_id, ended_basis, ended_reason};
use entities::tables::{notices, refunds, results};
use entities::warnings::reading::at_entry;
use rules::lifecycle::ActKind;
use rules::notices::NoticeEvent;
use sea_orm::EntityTrait;
use uuid::Uuid;

/// The event, and the dossier as it stood then.
pub(in crate::deeds) struct About {
    pub(super) past: Past,
    pub(super) event: NoticeEvent,
    /// The number of the entry, or `refund:` or `revocation:` and a key.
    pub(super) occasion: String,
    pub(super) act_at: DateTime<Utc>,
    beyond: Beyond,
}

/// What stands in no history.
enum Beyond {
    Nothing,
    Refund(Box<refunds::Model>),
    Revocation(Box<results::Model>),
}

const REFUND: &str = "refund:";
const REVOCATION: &str = "revocation:";

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
        Ok(Self { event, occasion: entry.to_string(), act_at: past.entry.at, past, beyond: Beyond::Nothing })
    }

    /// About money that was given back.
    pub(in crate::deeds) async fn refund(hands: &Hands, refund: Uuid) -> Result<Self, Trouble> {
        let db = hands.database.reader();
        let refund = refunds::Entity::find_by_id(refund).one(db).await?.ok_or(Error::NotFound("refund"))?;
        let act_at = refund.paid_out_at.ok_or_else(|| Trouble::fail("the refund is not paid out"))?;
        let past = before(hands, refund.dossier_id, act_at).await?;
        let occasion = format!("{REFUND}{}", refund.id);
        let beyond = Beyond::Refund(Box::new(refund));
        Ok(Self { past, event: NoticeEvent::RefundPaidOut, occasion, act_at, beyond })
    }

    /// About a result that its unit revoked.
    pub(in crate::deeds) async fn revocation(hands: &Hands, result: Uuid) -> Result<Self, Trouble> {
        let row = by_id(hands.database.reader(), result).await?;
        let act_at = row.ended_at.ok_or_else(|| Trouble::fail("the result is not revoked"))?;
        let past = before(hands, row.dossier_id, act_at).await?;
        let occasion = format!("{REVOCATION}{}", row.id);
        let beyond = Beyond::Revocation(Box::new(row));
        Ok(Self { past, event: NoticeEvent::ResultRevoked, occasion, act_at, beyond })
    }

    /// About the same as a notice that was written before.
    pub(in crate::deeds) async fn of(hands: &Hands, row: &notices::Model) -> Result<Self, Trouble> {
        let key = |kind| row.occasion.strip_prefix(kind).and_then(|key| key.parse().ok());
        match (key(REFUND), key(REVOCATION)) {
            (Some(refund), _) => Self::refund(hands, refund).await,
            (_, Some(result)) => Self::revocation(hands, result).await,
            _ => Self::entry(hands, row.dossier_id, row.entry).await,
        }
    }

    pub(super) async fn facts(&self, hands: &Hands) -> Result<Facts, Error> {
        let facts = facts::facts(hands, &self.past).await?;
        match (&self.beyond, self.event) {
            (Beyond::Revocation(row), _) => {
                let reason = ended_reason(&hands.sealer, row)?.unwrap_or_default();
                let proof = ended_basis(&hands.sealer, row)?.unwrap_or_default();
                Ok(Facts { at: self.act_at, reason, proof, ..facts })
            }
            (Beyond::Refund(refund), _) => {
                let (reason, _, proof) = words(&hands.sealer, refund)?;
                let proof = proof.unwrap_or_default();
                Ok(Facts { at: self.act_at, amount: refund.amount, reason, proof, ..facts })
            }
            (Beyond::Nothing, NoticeEvent::Consult) => facts::of_question(hands, &self.past, facts).await,
            (Beyond::Nothing, _) => Ok(facts),
        }
    }
}

/// The dossier as it stood when something happened beside its history.
async fn before(hands: &Hands, dossier: Uuid, act_at: DateTime<Utc>) -> Result<Past, Trouble> {
    let entries = entities::dossiers::reading::entries(hands.database.reader(), dossier).await?;
    let entry = entries.iter().rfind(|entry| entry.at <= act_at).map_or(1, |entry| entry.seq);
    Past::at(hands, dossier, entry).await
}
