//! Proven money that is not booked, for its sum or its transaction is another's: kept for the accountant to settle.

use super::{News, Verdict};
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::payments::Model;
use crate::tables::statement_differences;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

impl Door<'_> {
    /// Keeps a difference for the money of this news, once for the payment and the transaction (F-03).
    pub(super) async fn keep_misfit(
        &self,
        payment: &Model,
        news: &News<'_>,
        verdict: Verdict,
    ) -> Result<(), Error> {
        use statement_differences::{Column, Entity};
        let cut = |text: &str| text.chars().take(200).collect::<String>();
        let number = cut(news.transaction_id);
        let known = Entity::find()
            .filter(Column::PaymentId.eq(payment.id))
            .filter(Column::TransactionId.eq(&number))
            .filter(Column::StatementId.is_null());
        if known.one(self.tx).await?.is_some() {
            return Ok(());
        }
        let sum = verdict == Verdict::WrongAmount;
        let row = statement_differences::Model {
            id: Uuid::now_v7(),
            statement_id: None,
            unit_id: Some(payment.unit_id),
            kind: if sum { "different_amount" } else { "only_theirs" }.into(),
            payment_id: Some(payment.id),
            dossier_id: Some(payment.dossier_id),
            reference: cut(&payment.reference),
            transaction_id: number,
            ours: sum.then_some(payment.amount),
            theirs: Some(news.amount),
            state: "open".into(),
            words_sealed: None,
            settled_by: None,
            settled_name: None,
            settled_at: None,
            found_at: self.at,
            version: 1,
        };
        Entity::insert(row.into_active_model()).exec_without_returning(self.tx).await?;
        Ok(())
    }
}
