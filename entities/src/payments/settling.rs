//! Settling the news of a platform: once for one transaction, and money that nobody owes is kept to be given back.

use super::opening::payable;
use super::{News, Verdict, note, payer};
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::tables::dossiers;
use crate::tables::payments::{Column, Entity, Model};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

impl Door<'_> {
    /// Settles verified news: the raw message is kept with its verdict, and a due payment moves the dossier on.
    ///
    /// Heard twice it does nothing twice; money that nobody owes goes to the refund queue; the amount must be the one
    /// asked, and money of another sum, or of a transaction booked elsewhere, is kept for a person. A fee that is still
    /// owed is settled by any attempt, also by one that had expired or was given up.
    pub async fn settle(&self, news: &News<'_>) -> Result<Verdict, Error> {
        let found = Entity::find()
            .filter(Column::Reference.eq(news.reference))
            .filter(Column::Platform.eq(news.platform));
        let Some(known) = found.one(self.tx).await? else {
            self.keep_news(None, news, Verdict::Unknown).await?;
            return Ok(Verdict::Unknown);
        };
        // Whoever takes money holds the dossier first: two of them never wait for each other.
        let dossier = self.locked(known.dossier_id).await?;
        let payment = self.held(known.id).await?;
        let verdict = match news.proven {
            true => self.judge(&payment, &dossier, news).await?,
            false => self.heed(&payment, news).await?,
        };
        self.keep_news(Some(payment.id), news, verdict).await?;
        self.carry_out(payment, &dossier, news, verdict).await?;
        Ok(verdict)
    }

    /// A payment, held until the end of the transaction; its dossier is held before it.
    pub(super) async fn held(&self, id: Uuid) -> Result<Model, Error> {
        let row = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        row.ok_or(Error::NotFound("payment"))
    }

    async fn judge(
        &self,
        payment: &Model,
        dossier: &dossiers::Model,
        news: &News<'_>,
    ) -> Result<Verdict, Error> {
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
        Ok(match payment.state.as_str() {
            "paid" | "refund_due" => Verdict::RefundDue,
            _ if payable(dossier).is_err() => Verdict::RefundDue,
            _ => Verdict::Settled,
        })
    }

    async fn keep_news(&self, payment: Option<Uuid>, news: &News<'_>, verdict: Verdict) -> Result<(), Error> {
        note(self.tx, payment, (news.platform, verdict.key()), news.raw, self.at).await
    }

    async fn carry_out(
        &self,
        payment: Model,
        dossier: &dossiers::Model,
        news: &News<'_>,
        verdict: Verdict,
    ) -> Result<(), Error> {
        match verdict {
            Verdict::Settled => {
                let proof = payment.reference.clone();
                let paid = self.set(payment, "paid", news).await?;
                self.act(dossier.id, None, &Act::RecordPayment { proof }).await?;
                self.close_others(dossier.id, paid.id).await?;
                self.issue_receipts(&paid, dossier).await?;
                self.want_voucher(&paid).await?;
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
                (row.state, row.client_ip) = (Set("failed".into()), Set(None));
                row.update(self.tx).await?;
            }
            Verdict::WrongAmount | Verdict::ForeignTransaction if news.proven => {
                self.keep_misfit(&payment, news, verdict).await?;
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
        let payer =
            payment.payer_sealed.as_deref().map(|sealed| payer::opened(self.sealer, payment.id, sealed));
        let payer = payer.transpose()?.map(|payer| payer.sealed(self.sealer, id)).transpose()?;
        let surplus = Model {
            id,
            payer_sealed: payer,
            evidence_sealed: None,
            receipt: None,
            receipt_due_at: None,
            voucher_file_id: None,
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
        (row.state, row.client_ip) = (Set(state.into()), Set(None));
        row.transaction_id = Set(Some(news.transaction_id.into()));
        row.paid_at = Set(Some(self.at));
        Ok(row.update(self.tx).await?)
    }
}
