//! Fees that the post collected on its round (COD): the exact sum is booked, any other is kept for a person to settle.

use super::desk::PaymentWay;
use super::evidence;
use super::opening::payable;
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::tables::{dossiers, payments, statement_differences};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

/// What became of money that the post collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Collected {
    /// The fee is paid by it; the key of the payment.
    Booked(Uuid),
    /// It was told before.
    Repeated,
    /// It is not the sum owed: nothing is booked, and a difference is kept for the accountant.
    Kept {
        /// Key of the difference.
        difference: Uuid,
        /// Why, in Vietnamese.
        vi: String,
        /// The same in English.
        en: String,
    },
}

impl Door<'_> {
    /// Books the fee of `dossier` as collected by the post: `amount` in đồng, `proof` the carrier's number of the order,
    /// by which it is known when it is told again. The office itself acts.
    pub async fn cod_collected(&self, dossier: Uuid, amount: i64, proof: &str) -> Result<Collected, Error> {
        let dossier = self.locked(dossier).await?;
        let proof: String = proof.trim().chars().take(100).collect();
        if self.told_before(&dossier, &proof).await? {
            return Ok(Collected::Repeated);
        }
        if payable(&dossier).is_ok() && amount == dossier.fee_total {
            return self.book_collected(&dossier, &proof).await.map(Collected::Booked);
        }
        let owed = if payable(&dossier).is_ok() { dossier.fee_total } else { 0 };
        let difference = self.keep_collected(&dossier, (owed, amount), &proof).await?;
        Ok(Collected::Kept {
            difference,
            vi: format!("Bưu điện thu {amount} đồng, hồ sơ đang phải nộp {owed} đồng; chờ kế toán xử lý."),
            en: format!(
                "The post collected {amount} đồng where {owed} đồng are due; finance has to settle it."
            ),
        })
    }

    async fn told_before(&self, dossier: &dossiers::Model, proof: &str) -> Result<bool, Error> {
        use statement_differences::Column;
        let booked = payments::Entity::find()
            .filter(payments::Column::Platform.eq(PaymentWay::Post.key()))
            .filter(payments::Column::TransactionId.eq(proof));
        let kept = statement_differences::Entity::find()
            .filter(Column::DossierId.eq(dossier.id))
            .filter(Column::TransactionId.eq(proof));
        Ok(booked.one(self.tx).await?.is_some() || kept.one(self.tx).await?.is_some())
    }

    async fn book_collected(&self, dossier: &dossiers::Model, proof: &str) -> Result<Uuid, Error> {
        let words = format!("Bưu điện thu hộ, vận đơn {proof}");
        let id = Uuid::now_v7();
        let place = (PaymentWay::Post.key(), "paid");
        let mut payment = self.drafted(dossier, (id, dossier.unit_id), place, None)?;
        payment.paid_at = Some(self.at);
        payment.transaction_id = Some(proof.into());
        payment.evidence_sealed = Some(evidence::sealed(self.sealer, id, &words)?);
        payments::Entity::insert(payment.clone().into_active_model()).exec_without_returning(self.tx).await?;
        self.act(dossier.id, None, &Act::RecordPayment { proof: words }).await?;
        self.close_others(dossier.id, id).await?;
        self.issue_receipts(&payment, dossier).await?;
        Ok(id)
    }

    async fn keep_collected(
        &self,
        dossier: &dossiers::Model,
        (ours, theirs): (i64, i64),
        proof: &str,
    ) -> Result<Uuid, Error> {
        let id = Uuid::now_v7();
        let row = statement_differences::Model {
            id,
            statement_id: None,
            unit_id: Some(dossier.unit_id),
            kind: if ours == 0 { "only_theirs" } else { "different_amount" }.into(),
            payment_id: None,
            dossier_id: Some(dossier.id),
            reference: dossier.code.clone(),
            transaction_id: proof.into(),
            ours: (ours != 0).then_some(ours),
            theirs: Some(theirs),
            state: "open".into(),
            words_sealed: None,
            settled_by: None,
            settled_name: None,
            settled_at: None,
            found_at: self.at,
            version: 1,
        };
        statement_differences::Entity::insert(row.into_active_model())
            .exec_without_returning(self.tx)
            .await?;
        Ok(id)
    }
}
