//! Settling the news of a platform: once for one transaction, and money that nobody owes is kept to be given back.

use super::opening::payable;
use super::{News, Verdict, note};
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::tables::payments::{Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

impl Door<'_> {
    /// Settles verified news: the raw message is kept with its verdict, and a due payment moves the dossier on.
    ///
    /// Heard twice it does nothing twice; money that nobody owes goes to the refund queue; the amount must be the one asked.
    pub async fn settle(&self, news: &News<'_>) -> Result<Verdict, Error> {
        let found = Entity::find()
            .filter(Column::Reference.eq(news.reference))
            .filter(Column::Platform.eq(news.platform))
            .lock_exclusive()
            .one(self.tx)
            .await?;
        let verdict = match &found {
            None => Verdict::Unknown,
            Some(payment) if !news.proven => self.heed(payment, news).await?,
            Some(payment) => self.judge(payment, news).await?,
        };
        self.keep(found.as_ref().map(|p| p.id), news, verdict).await?;
        if let Some(payment) = found {
            self.carry_out(payment, news, verdict).await?;
        }
        Ok(verdict)
    }

    async fn judge(&self, payment: &Model, news: &News<'_>) -> Result<Verdict, Error> {
        if !news.paid {
            let ended = matches!(payment.state.as_str(), "paid" | "refund_due");
            return Ok(if ended { Verdict::Repeated } else { Verdict::Failed });
        }
        if news.amount != payment.amount {
            return Ok(Verdict::WrongAmount);
        }
        if let Some(booked) = self.booked(news).await? {
            let same = booked.dossier_id == payment.dossier_id;
            return Ok(if same { Verdict::Repeated } else { Verdict::ForeignTransaction });
        }
        let dossier = self.locked(payment.dossier_id).await?;
        Ok(match payment.state.as_str() {
            "paid" | "refund_due" => Verdict::RefundDue,
            _ if payable(&dossier).is_err() => Verdict::RefundDue,
            _ => Verdict::Settled,
        })
    }

    async fn keep(&self, payment: Option<Uuid>, news: &News<'_>, verdict: Verdict) -> Result<(), Error> {
        note(self.tx, payment, (news.platform, verdict.key()), news.raw, self.at).await
    }

    async fn carry_out(&self, payment: Model, news: &News<'_>, verdict: Verdict) -> Result<(), Error> {
        match verdict {
            Verdict::Settled => {
                let dossier = payment.dossier_id;
                let proof = payment.reference.clone();
                self.set(payment, "paid", news).await?;
                self.act(dossier, None, &Act::RecordPayment { proof }).await?;
            }
            Verdict::RefundDue if matches!(payment.state.as_str(), "paid" | "refund_due") => {
                let surplus = self.note_surplus(payment, news).await?;
                self.propose_return(&surplus).await?;
            }
            Verdict::RefundDue => {
                let late = self.set(payment, "refund_due", news).await?;
                self.propose_return(&late).await?;
            }
            Verdict::Failed => {
                let mut row = payment.into_active_model();
                row.state = Set("failed".into());
                row.update(self.tx).await?;
            }
            Verdict::Repeated
            | Verdict::Unknown
            | Verdict::WrongAmount
            | Verdict::ForeignTransaction
            | Verdict::Asked => {}
        }
        Ok(())
    }

    /// The payment that this transaction has been booked on before.
    async fn booked(&self, news: &News<'_>) -> Result<Option<Model>, Error> {
        let booked = Entity::find().filter(Column::Platform.eq(news.platform));
        Ok(booked.filter(Column::TransactionId.eq(news.transaction_id)).one(self.tx).await?)
    }

    /// Money that came twice is a row of its own, so that it is not forgotten when refunds are made.
    async fn note_surplus(&self, payment: Model, news: &News<'_>) -> Result<Model, Error> {
        let id = Uuid::now_v7();
        let surplus = Model {
            id,
            reference: id.simple().to_string(),
            state: "refund_due".into(),
            transaction_id: Some(news.transaction_id.into()),
            paid_at: Some(self.at),
            opened_at: self.at,
            ..payment
        };
        Entity::insert(surplus.clone().into_active_model()).exec_without_returning(self.tx).await?;
        Ok(surplus)
    }

    async fn set(&self, payment: Model, state: &str, news: &News<'_>) -> Result<Model, Error> {
        let mut row = payment.into_active_model();
        row.state = Set(state.into());
        row.transaction_id = Set(Some(news.transaction_id.into()));
        row.paid_at = Set(Some(self.at));
        Ok(row.update(self.tx).await?)
    }
}
