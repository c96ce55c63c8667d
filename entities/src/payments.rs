//! Payments of a dossier: opened once, settled once, whoever brings the news.

use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::payments::{ActiveModel, Column, Entity, Model};
use crate::tables::{dossiers, payment_messages};
use crate::writing::Batch;
use chrono::{DateTime, TimeDelta, Utc};
use rules::jobs::Job;
use rules::lifecycle::{ActKind, TABLE};
use rules::refusal::{Block, Refusal};
use rules::status::Status;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

/// News of a payment that a connector has verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News<'a> {
    /// Our reference.
    pub reference: &'a str,
    /// Connector key.
    pub platform: &'a str,
    /// Amount in đồng.
    pub amount: i64,
    /// Id given by the platform.
    pub transaction_id: &'a str,
    /// The money has moved.
    pub paid: bool,
    /// The message as it came in.
    pub raw: &'a str,
}

/// What became of the news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The fee is paid now.
    Settled,
    /// The same news was heard before.
    Repeated,
    /// The platform says the payment failed.
    Failed,
    /// No payment of ours has this reference: never answered as good.
    Unknown,
    /// The amount is not the one asked for.
    WrongAmount,
    /// Money came in that is not owed: it waits to be paid back.
    RefundDue,
    /// The transaction has been booked on another dossier: a person has to ask the platform.
    ForeignTransaction,
}

impl Verdict {
    /// Key kept with the message.
    pub fn key(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Repeated => "repeated",
            Self::Failed => "failed",
            Self::Unknown => "unknown_reference",
            Self::WrongAmount => "wrong_amount",
            Self::RefundDue => "refund_due",
            Self::ForeignTransaction => "foreign_transaction",
        }
    }

    /// The platform may stop telling us.
    pub fn is_taken(self) -> bool {
        !matches!(self, Self::Unknown | Self::WrongAmount | Self::ForeignTransaction)
    }
}

impl Door<'_> {
    /// Opens a payment of everything owed under a new key and the reference made of it, or gives the one that is open already. Refused when nothing is due now.
    pub async fn open_payment(
        &self,
        dossier: &dossiers::Model,
        (id, reference, platform): (Uuid, String, &str),
        client_ip: Option<String>,
    ) -> Result<Model, Error> {
        let dossier = &self.locked(dossier.id).await?;
        payable(dossier)?;
        not_by_postman(dossier)?;
        let open = Entity::find().filter(Column::DossierId.eq(dossier.id)).filter(still_good(self.at));
        let open = open.order_by_desc(Column::Id).one(self.tx).await?;
        if let Some(open) = open {
            return Ok(open);
        }
        let payment = Model {
            id,
            dossier_id: dossier.id,
            reference,
            platform: platform.into(),
            amount: dossier.fee_total,
            currency: "VND".into(),
            state: "opening".into(),
            pay_url: None,
            client_ip,
            transaction_id: None,
            trouble: None,
            opened_at: self.at,
            paid_at: None,
        };
        let mut job = NewJob::new(Job::OpenPayment { payment: id }, self.at);
        job.dossier = Some(dossier.id);
        job.cause = Some(format!("payment:{id}"));
        job.traceparent = self.trace.map(Into::into);
        let mut batch = Batch::default();
        batch.insert(payment.clone());
        batch.add_some(jobs::insert(vec![job], self.at)?);
        batch.write(self.tx).await?;
        Ok(payment)
    }

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

    /// The dossier, held until the end of the transaction: nobody pays, withdraws or opens a payment beside us.
    async fn locked(&self, id: Uuid) -> Result<dossiers::Model, Error> {
        let row = dossiers::Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        row.ok_or(Error::NotFound("dossier"))
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
                self.note_surplus(payment, news).await?;
            }
            Verdict::RefundDue => self.set(payment, "refund_due", news).await?,
            Verdict::Failed => {
                let mut row = payment.into_active_model();
                row.state = Set("failed".into());
                row.update(self.tx).await?;
            }
            Verdict::Repeated | Verdict::Unknown | Verdict::WrongAmount | Verdict::ForeignTransaction => {}
        }
        Ok(())
    }

    /// The payment that this transaction has been booked on before.
    async fn booked(&self, news: &News<'_>) -> Result<Option<Model>, Error> {
        let booked = Entity::find().filter(Column::Platform.eq(news.platform));
        Ok(booked.filter(Column::TransactionId.eq(news.transaction_id)).one(self.tx).await?)
    }

    /// Money that came twice is a row of its own, so that it is not forgotten when refunds are made.
    async fn note_surplus(&self, payment: Model, news: &News<'_>) -> Result<(), Error> {
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
        Entity::insert(surplus.into_active_model()).exec_without_returning(self.tx).await?;
        Ok(())
    }

    async fn set(&self, payment: Model, state: &str, news: &News<'_>) -> Result<(), Error> {
        let mut row = payment.into_active_model();
        row.state = Set(state.into());
        row.transaction_id = Set(Some(news.transaction_id.into()));
        row.paid_at = Set(Some(self.at));
        row.update(self.tx).await?;
        Ok(())
    }
}

/// Keeps a message of a platform with the verdict on it.
pub async fn note<C: ConnectionTrait>(
    db: &C,
    payment: Option<Uuid>,
    (platform, verdict): (&str, &str),
    raw: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = payment_messages::Model {
        id: Uuid::now_v7(),
        payment_id: payment,
        platform: platform.into(),
        verdict: verdict.into(),
        // No database keeps a null character in text.
        body: raw.chars().filter(|c| *c != '\0').take(20_000).collect(),
        at,
    };
    payment_messages::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

/// The page where the payer pays, as the platform gave it; or the trouble there was.
pub async fn opened<C: ConnectionTrait>(tx: &C, id: Uuid, page: Result<&str, &str>) -> Result<(), Error> {
    let payment = by_id(tx, id).await?;
    if payment.state != "opening" {
        return Ok(());
    }
    let mut row: ActiveModel = payment.into_active_model();
    match page {
        Ok(url) => {
            row.state = Set("pending".into());
            row.pay_url = Set(Some(url.into()));
        }
        Err(trouble) => {
            row.state = Set("failed".into());
            row.trouble = Set(Some(trouble.into()));
        }
    }
    row.update(tx).await?;
    Ok(())
}

/// A payment by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("payment"))
}

/// Payments without news for half an hour and not older than three days, oldest first (wire.md §2.1.4).
pub async fn silent<C: ConnectionTrait>(db: &C, at: DateTime<Utc>) -> Result<Vec<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::State.eq("pending"))
        .filter(Column::OpenedAt.lt(at - TimeDelta::minutes(30)))
        .filter(Column::OpenedAt.gt(at - TimeDelta::days(3)))
        .order_by_asc(Column::OpenedAt)
        .limit(1_000)
        .all(db)
        .await?)
}

/// A page that may still be paid at: the platform's for a day, one that is being opened for an hour.
fn still_good(at: DateTime<Utc>) -> Condition {
    let pending = Condition::all().add(Column::State.eq("pending"));
    let opening = Condition::all().add(Column::State.eq("opening"));
    Condition::any()
        .add(pending.add(Column::OpenedAt.gt(at - TimeDelta::days(1))))
        .add(opening.add(Column::OpenedAt.gt(at - TimeDelta::hours(1))))
}

/// A result on its way by post is paid to the postman: online as well would be twice.
fn not_by_postman(dossier: &dossiers::Model) -> Result<(), Error> {
    if dossier.status != Status::Decided.key() || dossier.return_method != "post" {
        return Ok(());
    }
    let block = Block {
        code: "collected_by_post",
        vi: "Bưu điện thu phí khi phát kết quả.".into(),
        en: "The postman collects the fee when he brings the result.".into(),
        legal_basis: Some("TT 17/2017 Đ5.2"),
    };
    Err(refused(dossier, block))
}

fn refused(dossier: &dossiers::Model, block: Block) -> Error {
    let (act, status) = (ActKind::RecordPayment.key(), Status::from_key(&dossier.status));
    Refusal { act, status, blocked_by: vec![block], allowed: Vec::new() }.into()
}

/// Something is owed, and the dossier stands where money may be taken.
fn payable(dossier: &dossiers::Model) -> Result<(), Error> {
    let status = Status::from_key(&dossier.status);
    let open = TABLE
        .iter()
        .filter(|row| row.act == ActKind::RecordPayment)
        .any(|row| status.is_some_and(|s| row.from.contains(&s)));
    if dossier.fee_state == "owed" && open {
        return Ok(());
    }
    let block = Block {
        code: "no_fee_due",
        vi: "Hồ sơ này không có khoản phí, lệ phí nào đang phải nộp.".into(),
        en: "No fee of this dossier is due now.".into(),
        legal_basis: None,
    };
    Err(refused(dossier, block))
}
