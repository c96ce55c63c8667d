//! Refunds that the platform itself sends back: ordered with the approval, booked when the platform says that the money went (F-06).

use super::reading;
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::refunds::{Column, Entity, Model};
use chrono::{DateTime, TimeDelta, Utc};
use rules::jobs::Job;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
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
    /// is paid out by hand. That it was taken is not yet that the money went, so nobody is told.
    pub async fn refund_sent(&self, id: Uuid, told: Result<&str, &str>) -> Result<(), Error> {
        let row = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let mut row = row.ok_or(Error::NotFound("refund"))?;
        if row.state != "approved" {
            return Ok(());
        }
        match told {
            Ok(number) => {
                (row.state, row.sent_at) = ("sent".into(), Some(self.at));
                row.platform_refund =
                    Some(number.chars().take(100).collect()).filter(|n: &String| !n.is_empty());
            }
            Err(trouble) => (row.via, row.trouble) = (None, Some(trouble.into())),
        }
        row.version += 1;
        row.into_active_model().reset_all().update(self.tx).await?;
        Ok(())
    }

    /// The platform says that the money of a sent refund went back: it is booked and told.
    pub async fn refund_done(&self, id: Uuid) -> Result<(), Error> {
        let row = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let mut row = row.ok_or(Error::NotFound("refund"))?;
        if row.state != "sent" {
            return Ok(());
        }
        row.state = "paid_out".into();
        row.paid_out_by = Some(self.by.subject.clone());
        row.paid_out_name = Some(self.by.name.clone());
        row.paid_out_at = Some(self.at);
        let (platform, number) = (row.via.as_deref(), row.platform_refund.as_deref());
        let (platform, number) = (platform.unwrap_or_default(), number.unwrap_or_default());
        let proof = format!("Nền tảng {platform} đã hoàn, số {number}");
        row.proof_sealed = Some(self.sealer.seal(&reading::proof_of(id), &proof)?);
        row.version += 1;
        row.clone().into_active_model().reset_all().update(self.tx).await?;
        self.tell_of_payout(&row).await
    }
}

/// Marks that the platform is asked now; false where it was asked before, and what it did is not known.
pub async fn mark_asked<C: ConnectionTrait>(db: &C, id: Uuid, at: DateTime<Utc>) -> Result<bool, Error> {
    let marked = Entity::update_many()
        .col_expr(Column::AskedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq("approved"))
        .filter(Column::AskedAt.is_null());
    Ok(marked.exec(db).await?.rows_affected == 1)
}

/// Takes the mark away: the platform was not asked after all.
pub async fn unmark_asked<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<(), Error> {
    let unasked = Entity::update_many().col_expr(Column::AskedAt, Expr::value(None::<DateTime<Utc>>));
    unasked.filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Refunds that platforms took within a week and gave a number, oldest first: how they stand is asked.
pub async fn under_way<C: ConnectionTrait>(db: &C, at: DateTime<Utc>) -> Result<Vec<Model>, Error> {
    let sent = Entity::find()
        .filter(Column::State.eq("sent"))
        .filter(Column::PlatformRefund.is_not_null())
        .filter(Column::SentAt.gt(at - TimeDelta::days(7)));
    Ok(sent.order_by_asc(Column::Id).limit(1_000).all(db).await?)
}

/// A refund by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("refund"))
}
