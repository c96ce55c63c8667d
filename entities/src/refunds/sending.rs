//! Refunds that the platform itself sends back: ordered with the approval, booked when the platform has taken it (F-06).

use super::reading;
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::refunds::{Entity, Model};
use rules::jobs::Job;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

impl Door<'_> {
    /// Orders the platform of the payment to send an approved refund back; from then on nobody pays it out by hand, until
    /// the platform says that it will not.
    pub async fn order_refund(&self, mut refund: Model, platform: &str) -> Result<Model, Error> {
        refund.via = Some(platform.into());
        refund.trouble = None;
        refund.clone().into_active_model().reset_all().update(self.tx).await?;
        let mut job = NewJob::new(Job::SendRefund { refund: refund.id }, self.at);
        job.dossier = Some(refund.dossier_id);
        job.cause = Some(format!("refund:{}", refund.id));
        job.unique_key = Some(format!("refund:{}", refund.id));
        job.traceparent = self.trace.map(Into::into);
        if let Some(row) = jobs::insert(vec![job], self.at)? {
            self.tx.execute(&row).await?;
        }
        Ok(refund)
    }

    /// The platform has taken it (its number of the refund, empty when it has none), or will not (why, in words): then it
    /// is paid out by hand.
    pub async fn refund_sent(&self, id: Uuid, told: Result<&str, &str>) -> Result<(), Error> {
        let row = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let mut row = row.ok_or(Error::NotFound("refund"))?;
        if row.state != "approved" {
            return Ok(());
        }
        let platform = row.via.clone().unwrap_or_default();
        match told {
            Ok(number) => {
                row.state = "paid_out".into();
                row.platform_refund =
                    Some(number.chars().take(100).collect()).filter(|n: &String| !n.is_empty());
                row.paid_out_by = Some(self.by.subject.clone());
                row.paid_out_name = Some(self.by.name.clone());
                row.paid_out_at = Some(self.at);
                let proof = format!("Nền tảng {platform} đã hoàn, số {number}");
                row.proof_sealed = Some(self.sealer.seal(&reading::proof_of(id), &proof)?);
            }
            Err(trouble) => (row.via, row.trouble) = (None, Some(trouble.into())),
        }
        row.version += 1;
        row.clone().into_active_model().reset_all().update(self.tx).await?;
        self.tell_of_payout(&row).await
    }
}

/// A refund by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("refund"))
}
