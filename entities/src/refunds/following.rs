//! What follows on a proposal: approved or rejected by another person, then paid out by a third or the first (F-06).

use super::reading;
use crate::columns::{from_key, key_of};
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::payments;
use crate::tables::refunds::{Entity, Model};
use rules::fees::refunds::{RefundAct, RefundStanding, RefundState, follow, still_holds};
use rules::refusal::{Block, Refusal};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

impl Door<'_> {
    /// Does the next thing to a refund; `words` are the reason of a rejection or the proof of a payout.
    ///
    /// `expected` is the version the person saw. Fails as not found, stale, or refused with all blocks.
    pub async fn follow_refund(
        &self,
        id: Uuid,
        expected: Option<i32>,
        act: RefundAct,
        words: &str,
    ) -> Result<Model, Error> {
        let before = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let before = before.filter(|row| reading::sees_money(self.by, row.unit_id));
        let before = before.ok_or(Error::NotFound("refund"))?;
        if expected.is_some_and(|version| version != before.version) {
            return Err(Error::Stale);
        }
        let standing = RefundStanding {
            state: from_key("refunds.state", &before.state)?,
            unit: before.unit_id,
            proposed_by: &before.proposed_by,
            decided_by: before.decided_by.as_deref(),
        };
        let to = follow(&standing, act, self.by)?;
        if act == RefundAct::PayOut && before.via.is_some() && standing.state == RefundState::Approved {
            return Err(sent_by_platform().into());
        }
        // What the platform has taken is on its way, whatever became of its ground since.
        if matches!(act, RefundAct::Approve | RefundAct::PayOut) && standing.state != RefundState::Sent {
            self.ground_still_holds(&before, act).await?;
        }
        let mut after = before.clone();
        after.state = key_of(&to)?;
        after.version += 1;
        self.sign(&mut after, act, words)?;
        after.clone().into_active_model().reset_all().update(self.tx).await?;
        self.tell_of_payout(&after).await?;
        Ok(after)
    }

    /// A correction may have taken the ground away since it was proposed (L-48).
    async fn ground_still_holds(&self, refund: &Model, act: RefundAct) -> Result<(), Error> {
        let payment = payments::Entity::find_by_id(refund.payment_id).one(self.tx).await?;
        let payment = payment.ok_or(Error::NotFound("payment"))?;
        let purse = self.purse(&payment, from_key("refunds.kind", &refund.kind)?).await?;
        Ok(still_holds(&purse, from_key("refunds.ground", &refund.ground)?, refund.amount, act)?)
    }

    fn sign(&self, after: &mut Model, act: RefundAct, words: &str) -> Result<(), Error> {
        let (by, name, at) = (Some(self.by.subject.clone()), Some(self.by.name.clone()), Some(self.at));
        match act {
            RefundAct::Propose => {}
            RefundAct::Approve => (after.decided_by, after.decided_name, after.decided_at) = (by, name, at),
            RefundAct::Reject => {
                (after.decided_by, after.decided_name, after.decided_at) = (by, name, at);
                let sealed = self.sealer.seal(&reading::rejection_of(after.id), words.trim())?;
                after.rejection_sealed = Some(sealed);
            }
            RefundAct::PayOut => {
                (after.paid_out_by, after.paid_out_name, after.paid_out_at) = (by, name, at);
                after.proof_sealed = Some(self.sealer.seal(&reading::proof_of(after.id), words.trim())?);
            }
        }
        Ok(())
    }
}

/// Paid out by hand while the platform sends it, it would go twice.
fn sent_by_platform() -> Refusal {
    let (vi, en) = (
        "Nền tảng thanh toán đang hoàn khoản này; không chi trả bằng tay.",
        "The payment platform is sending this back; it is not paid out by hand.",
    );
    let block = Block { code: "sent_by_platform", vi: vi.into(), en: en.into(), legal_basis: None };
    let act = RefundAct::PayOut.key();
    Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }
}
