//! Money that was given back is told to the applicant (F-06).

use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
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
        Ok(())
    }
}
