//! News that is signed but proves too little: the platform is asked, and its answer is what counts.

use super::{News, Verdict};
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::payments::Model;
use rules::jobs::Job;
use sea_orm::ConnectionTrait;

/// Seconds in which the same news of a payment leads to one question, however often it is told.
const BUCKET: i64 = 300;

impl Door<'_> {
    /// Writes the question to the platform; money that is booked already is not asked about again.
    pub(super) async fn heed(&self, payment: &Model, news: &News<'_>) -> Result<Verdict, Error> {
        if news.paid && news.amount != payment.amount {
            return Ok(Verdict::WrongAmount);
        }
        if matches!(payment.state.as_str(), "paid" | "refund_due") {
            return Ok(Verdict::Repeated);
        }
        let bucket = self.at.timestamp().div_euclid(BUCKET);
        let question = NewJob {
            cause: Some(format!("payment:{}", payment.id)),
            dossier: Some(payment.dossier_id),
            unique_key: Some(format!("hint:{}:{}:{bucket}", payment.id, news.paid)),
            traceparent: self.trace.map(Into::into),
            ..NewJob::new(Job::QueryPayment { payment: payment.id }, self.at)
        };
        if let Some(row) = jobs::insert(vec![question], self.at)? {
            self.tx.execute(&row).await?;
        }
        Ok(Verdict::Asked)
    }
}
