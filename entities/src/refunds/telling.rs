//! Money that was given back is told to the applicant, and waits for no receipt any more (F-06).

use super::reading::paid_out;
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::payments::by_id as payment_by_id;
use crate::tables::refunds::Model;
use rules::jobs::Job;
use sea_orm::ConnectionTrait;

impl Door<'_> {
    /// Writes the job that tells of a refund once it is paid out; a second one is not written.
    pub(super) async fn tell_of_payout(&self, refund: &Model) -> Result<(), Error> {
        if refund.state != "paid_out" {
            return Ok(());
        }
        let job = NewJob {
            cause: Some(format!("refund:{}", refund.id)),
            unique_key: Some(format!("refund-told:{}", refund.id)),
            traceparent: self.trace.map(Into::into),
            ..NewJob::new(Job::TellRefund { dossier: refund.dossier_id, refund: refund.id }, self.at)
        };
        if let Some(rows) = jobs::insert(vec![job], self.at)? {
            self.tx.execute(&rows).await?;
        }
        self.end_wait_for_receipt(refund).await
    }

    /// What was given back as a whole waits for no receipt any more.
    async fn end_wait_for_receipt(&self, refund: &Model) -> Result<(), Error> {
        let payment = payment_by_id(self.tx, refund.payment_id).await?;
        let back = paid_out(self.tx, refund.dossier_id).await?;
        let back: i64 = back.iter().filter(|(of, _)| *of == payment.id).map(|(_, amount)| amount).sum();
        if payment.receipt_due_at.is_some() && back >= payment.amount {
            self.mark_due(payment.id, None).await?;
        }
        Ok(())
    }
}
