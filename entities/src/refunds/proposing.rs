//! Proposing a refund: never more than came in, and the payment itself is never touched (F-06).

use super::reading;
use crate::columns::{from_json, key_of};
use crate::dossiers::Door;
use crate::dossiers::reading::{by_id, decision};
use crate::error::Error;
use crate::payments::desk::share;
use crate::tables::{dossiers, payments, refunds};
use rules::actor::Actor;
use rules::fees::refunds::{Ground, Purse, RefundAct, by_policy, propose};
use rules::fees::{Ending, FeeKind, Quote};
use rules::status::Status;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// On which ground.
    pub ground: Ground,
    /// Phí or lệ phí: each goes back from its own account (F-01).
    pub kind: FeeKind,
    /// Amount in đồng, more than 0.
    pub amount: i64,
    /// Why, in words.
    pub reason: String,
}

impl Door<'_> {
    /// Proposes to give money of a payment back. Not found for who may not see the unit's money; else refused with
    /// every block: wrong role, a ground that does not hold, more than is left.
    pub async fn propose_refund(&self, payment: Uuid, proposal: &Proposal) -> Result<refunds::Model, Error> {
        let payment = payments::Entity::find_by_id(payment).lock_exclusive().one(self.tx).await?;
        let payment = payment.filter(|row| reading::sees_money(self.by, row.unit_id));
        let payment = payment.ok_or(Error::NotFound("payment"))?;
        let purse = self.purse(&payment, proposal.kind).await?;
        propose(&purse, proposal.ground, proposal.amount, self.by, payment.unit_id)?;
        self.keep_proposal(&payment, proposal, self.by).await
    }

    /// The office proposes to give back all of a payment that nobody owed.
    pub(crate) async fn propose_return(&self, payment: &payments::Model) -> Result<(), Error> {
        let dossier = by_id(self.tx, payment.dossier_id).await?;
        let (ground, reason) = match dossier.fee_state.as_str() {
            "paid" => (Ground::Excess, "Khoản phí, lệ phí này đã được nộp trước đó."),
            _ => (Ground::LateSuccess, "Tiền về khi hồ sơ không còn khoản nào phải nộp."),
        };
        for kind in FeeKind::ALL {
            let amount = share(payment, kind);
            if amount > 0 {
                let proposal = Proposal { ground, kind, amount, reason: reason.into() };
                self.keep_proposal(payment, &proposal, &Actor::office()).await?;
            }
        }
        Ok(())
    }

    async fn keep_proposal(
        &self,
        payment: &payments::Model,
        proposal: &Proposal,
        by: &Actor,
    ) -> Result<refunds::Model, Error> {
        let id = Uuid::now_v7();
        let row = refunds::Model {
            id,
            payment_id: payment.id,
            dossier_id: payment.dossier_id,
            unit_id: payment.unit_id,
            kind: key_of(&proposal.kind)?,
            amount: proposal.amount,
            ground: key_of(&proposal.ground)?,
            reason_sealed: self.sealer.seal(&reading::reason_of(id), proposal.reason.trim())?,
            state: key_of(&RefundAct::Propose.to())?,
            proposed_by: by.subject.clone(),
            proposed_name: by.name.clone(),
            proposed_at: self.at,
            decided_by: None,
            decided_name: None,
            decided_at: None,
            rejection_sealed: None,
            paid_out_by: None,
            paid_out_name: None,
            paid_out_at: None,
            proof_sealed: None,
            via: None,
            platform_refund: None,
            asked_at: None,
            sent_at: None,
            trouble: None,
            version: 1,
        };
        refunds::Entity::insert(row.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(row)
    }

    pub(super) async fn purse(&self, payment: &payments::Model, kind: FeeKind) -> Result<Purse, Error> {
        let dossier = by_id(self.tx, payment.dossier_id).await?;
        let quote: Quote = from_json("dossiers.quote", &dossier.quote)?;
        let arrived = matches!(payment.state.as_str(), "paid" | "refund_due");
        let owed = payment.state == "paid";
        Ok(Purse {
            paid: if arrived { share(payment, kind) } else { 0 },
            bespoken: self.bespoken(payment.id, kind).await?,
            by_policy: if owed { by_policy(&quote, kind, self.ending(&dossier).await?) } else { 0 },
            owed_to_nobody: payment.state == "refund_due",
        })
    }

    async fn bespoken(&self, payment: Uuid, kind: FeeKind) -> Result<i64, Error> {
        let rows = refunds::Entity::find()
            .filter(refunds::Column::PaymentId.eq(payment))
            .filter(refunds::Column::Kind.eq(key_of(&kind)?))
            .filter(refunds::Column::State.ne(key_of(&RefundAct::Reject.to())?));
        Ok(rows.all(self.tx).await?.iter().map(|row| row.amount).sum())
    }

    async fn ending(&self, dossier: &dossiers::Model) -> Result<Ending, Error> {
        Ok(match Status::from_key(&dossier.status) {
            Some(Status::Refused) => Ending::Refused,
            Some(Status::Withdrawn) => Ending::Withdrawn,
            Some(Status::Stopped) => Ending::Stopped,
            Some(Status::Decided | Status::Returned) => {
                let decision = decision(self.tx, dossier.id).await?;
                let rejected = decision.is_some_and(|decision| decision.outcome == "rejected");
                if rejected { Ending::Rejected } else { Ending::Granted }
            }
            _ => Ending::Open,
        })
    }
}
