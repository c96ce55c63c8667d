//! Transfers to the unit's account: claimed with a reference, and paid only when the accountant has seen the money.

use super::desk::PaymentWay;
use super::evidence;
use super::opening::{payable, refused};
use super::payer::Payer;
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::receipts::by_hand::HandReceipts;
use crate::tables::dossiers;
use crate::tables::payments::{Column, Entity, Model};
use rules::access::{Relation, Sight, Thing, money_sight, units};
use rules::actor::{Actor, Role};
use rules::refusal::{Block, Refusal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

/// What the accountant found on the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// The bank's number of the transaction; booked once.
    pub bank_reference: String,
    /// Receipts made out by hand or in another system; without them this program makes them out where it has series.
    pub receipts: Option<HandReceipts>,
}

impl Door<'_> {
    /// Keeps the claim that the fee was transferred. Refused when nothing is due, or a claim waits already.
    ///
    /// A claim moves nothing: no screenshot is a payment (law.md §4.4).
    pub async fn claim_transfer(
        &self,
        dossier: Uuid,
        words: &str,
        payer: Option<&Payer>,
    ) -> Result<Model, Error> {
        let dossier = self.locked(dossier).await?;
        payable(&dossier)?;
        let waiting =
            Entity::find().filter(Column::DossierId.eq(dossier.id)).filter(Column::State.eq("claimed"));
        if waiting.one(self.tx).await?.is_some() {
            return Err(refused(&dossier, claim_waiting()));
        }
        let place = (PaymentWay::Transfer.key(), "claimed");
        let mut claim = self.drafted(&dossier, (Uuid::now_v7(), dossier.authority_id), place, payer)?;
        claim.evidence_sealed = Some(evidence::sealed(self.sealer, claim.id, words.trim())?);
        Entity::insert(claim.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(claim)
    }

    /// The accountant has seen the whole sum on the account: the fee is paid by transfer. When nothing is owed any more,
    /// the money waits to be given back. Invalid where there is no receipt number and no series to take one from (F-11).
    pub async fn confirm_transfer(&self, payment: Uuid, seen: &Confirmation) -> Result<Model, Error> {
        let (dossier, mut claim) = self.claim(payment, "confirm_transfer").await?;
        let number = seen.bank_reference.trim();
        self.not_booked(PaymentWay::Transfer.key(), number, "/bank_reference").await?;
        if let Some(receipts) = &seen.receipts {
            self.check_by_hand(receipts, claim.unit_id).await?;
        }
        self.sign_claim(&mut claim);
        claim.transaction_id = Some(number.into());
        claim.paid_at = Some(self.at);
        claim.receipt = seen.receipts.as_ref().map(HandReceipts::words);
        let owed = payable(&dossier).is_ok();
        claim.state = if owed { "paid" } else { "refund_due" }.into();
        self.save_payment(&claim).await?;
        if !owed {
            if let Some(receipts) = &seen.receipts {
                self.book_by_hand(receipts, &claim).await?;
            }
            self.propose_return(&claim).await?;
            return Ok(claim);
        }
        let proof = format!("Chuyển khoản, giao dịch {number}");
        self.act(dossier.id, None, &Act::RecordPayment { proof }).await?;
        self.close_others(dossier.id, claim.id).await?;
        self.give_receipts(&claim, &dossier, seen.receipts.as_ref()).await?;
        Ok(claim)
    }

    /// The accountant has not found the money; `reason` says so in words.
    pub async fn reject_transfer(&self, payment: Uuid, reason: &str) -> Result<Model, Error> {
        let (_, mut claim) = self.claim(payment, "reject_transfer").await?;
        self.sign_claim(&mut claim);
        claim.state = "rejected".into();
        claim.rejection_sealed = Some(self.sealer.seal(&rejection_of(claim.id), reason.trim())?);
        self.save_payment(&claim).await?;
        Ok(claim)
    }

    /// A claim that waits, with its dossier, both held; for finance of the unit whose account it is.
    async fn claim(&self, payment: Uuid, act: &'static str) -> Result<(dossiers::Model, Model), Error> {
        let found = super::by_id(self.tx, payment).await?;
        if money_sight(self.by, found.unit_id) == Sight::None {
            return Err(Error::NotFound("payment"));
        }
        let dossier = self.locked(found.dossier_id).await?;
        let claim = self.held(found.id).await?;
        let mut blocked = Vec::new();
        if !self.by.is_at(Role::Finance, claim.unit_id) {
            blocked.push(finance_alone());
        }
        if claim.state != "claimed" {
            blocked.push(claim_over());
        }
        if blocked.is_empty() {
            return Ok((dossier, claim));
        }
        Err(Refusal { act, status: None, blocked_by: blocked, allowed: Vec::new() }.into())
    }

    fn sign_claim(&self, claim: &mut Model) {
        claim.decided_by = Some(self.by.subject.clone());
        claim.decided_name = Some(self.by.name.clone());
        claim.decided_at = Some(self.at);
    }

    async fn save_payment(&self, payment: &Model) -> Result<(), Error> {
        payment.clone().into_active_model().reset_all().update(self.tx).await?;
        Ok(())
    }
}

/// Claims that wait for the accountants of the person's units, oldest first after `after`.
pub async fn waiting<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    (after, limit): (Option<Uuid>, u64),
) -> Result<Vec<Model>, Error> {
    Ok(query(by, after, limit).all(db).await?)
}

/// The query of that list; public so that the planner can be asked about it.
pub fn query(by: &Actor, after: Option<Uuid>, limit: u64) -> Select<Entity> {
    let units = units(by, Thing::CashDesk, Relation::Unit);
    let mut query = Entity::find().filter(Column::State.eq("claimed"));
    query = match units.as_slice() {
        [one] => query.filter(Column::UnitId.eq(*one)),
        many => query.filter(Column::UnitId.is_in(many.iter().copied())),
    };
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    query.order_by_asc(Column::Id).limit(limit)
}

/// Owner of the sealed words with which a claim was rejected.
pub fn rejection_of(payment: Uuid) -> String {
    format!("payment_rejection:{payment}")
}

fn claim_waiting() -> Block {
    let (vi, en) = (
        "Đã có một khoản chuyển khoản của hồ sơ này đang chờ kế toán xác nhận.",
        "A transfer of this dossier waits for the accountant already.",
    );
    Block { code: "claim_waiting", vi: vi.into(), en: en.into(), legal_basis: None }
}

fn finance_alone() -> Block {
    let (vi, en) = (
        "Chỉ kế toán của đơn vị nhận tiền được xác nhận khoản chuyển khoản.",
        "Only finance of the unit whose account it is confirms a transfer.",
    );
    Block { code: "wrong_role", vi: vi.into(), en: en.into(), legal_basis: None }
}

fn claim_over() -> Block {
    let (vi, en) = ("Khoản này không còn chờ xác nhận.", "This payment does not wait to be confirmed.");
    Block { code: "claim_over", vi: vi.into(), en: en.into(), legal_basis: None }
}
