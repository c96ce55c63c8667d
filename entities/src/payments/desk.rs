//! Money that did not come through a platform: taken at the desk, or collected by the post (F-02, F-04).

pub use super::shares::share;

use super::evidence;
use super::payer::Payer;
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::error::Error;
use crate::receipts::by_hand::HandReceipts;
use crate::shipments::brought;
use crate::tables::dossiers;
use crate::tables::payments::{Entity, Model};
use rules::refusal::Violation;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Way the money came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentWay {
    /// Online, through a payment platform.
    Platform,
    /// At the desk, in cash.
    Cash,
    /// At the desk, by card at the terminal.
    Pos,
    /// Into the account of the unit, confirmed by its accountant.
    Transfer,
    /// The post collected it.
    Post,
}

impl PaymentWay {
    /// The way of a payment, from what stands in the place of its platform.
    pub fn of(platform: &str) -> Self {
        match platform {
            "cash" => Self::Cash,
            "pos" => Self::Pos,
            "transfer" => Self::Transfer,
            "post" => Self::Post,
            _ => Self::Platform,
        }
    }

    /// What stands in the place of the platform; for money of a platform its own key does.
    pub fn key(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Cash => "cash",
            Self::Pos => "pos",
            Self::Transfer => "transfer",
            Self::Post => "post",
        }
    }
}

/// Money as the desk takes it: the whole fee at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taking {
    /// The slip of the terminal, for a card.
    pub slip: Option<Slip>,
    /// Receipts made out by hand or in another system; without them this program makes it out.
    pub receipts: Option<HandReceipts>,
    /// Who pays; the applicant when absent.
    pub payer: Option<Payer>,
}

/// What a card terminal prints; never anything of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Id of the terminal.
    pub terminal: String,
    /// Number of the slip.
    pub number: String,
}

impl Taking {
    /// What the history says of it; never the reference of a payment, so it never reads as paid online.
    pub fn words(&self) -> String {
        match (&self.slip, &self.receipts) {
            (Some(slip), _) => format!("Thẻ tại quầy, máy POS {}, hóa đơn {}", slip.terminal, slip.number),
            (None, Some(receipts)) => receipts.words(),
            (None, None) => "Tiền mặt tại quầy".into(),
        }
    }
}

impl Door<'_> {
    /// Books the fee taken at the desk: the act, the payment and its receipts, together.
    ///
    /// `expected` is the version the person saw. Fails like any act; invalid where there is no receipt number and no
    /// series to take one from (F-11), and where the slip has been booked before.
    pub async fn take(
        &self,
        dossier: Uuid,
        expected: Option<i32>,
        taking: &Taking,
    ) -> Result<dossiers::Model, Error> {
        let before = self.locked(dossier).await?;
        if let Some(receipts) = &taking.receipts {
            self.check_by_hand(receipts, before.unit_id).await?;
        }
        let way = way_of((&before, brought(self.tx, &before).await?), taking);
        let after = self.act(dossier, expected, &Act::RecordPayment { proof: taking.words() }).await?;
        let id = Uuid::now_v7();
        let place = (way.key(), "paid");
        let mut payment = self.drafted(&before, (id, before.unit_id), place, taking.payer.as_ref())?;
        payment.paid_at = Some(self.at);
        payment.receipt = taking.receipts.as_ref().map(HandReceipts::words);
        if let Some(slip) = &taking.slip {
            let number = self.slip_number(slip);
            self.not_booked(way.key(), &number, "/slip_number").await?;
            payment.transaction_id = Some(number);
            payment.evidence_sealed = Some(evidence::sealed(self.sealer, id, &taking.words())?);
        }
        Entity::insert(payment.clone().into_active_model()).exec_without_returning(self.tx).await?;
        self.close_others(dossier, id).await?;
        self.give_receipts(&payment, &before, taking.receipts.as_ref()).await?;
        Ok(after)
    }

    /// Gives money that a person takes or confirms its receipts at once: those made out by hand, or the next of the series
    /// (F-11). Invalid where there is neither.
    pub(super) async fn give_receipts(
        &self,
        payment: &Model,
        dossier: &dossiers::Model,
        by_hand: Option<&HandReceipts>,
    ) -> Result<(), Error> {
        match by_hand {
            Some(receipts) => self.book_by_hand(receipts, payment).await,
            None if self.issue_receipts(payment, dossier).await?.is_empty() => Ok(()),
            None => Err(Error::Invalid(vec![receipt_missing()])),
        }
    }

    /// A terminal counts its slips anew, so the day belongs to the number.
    fn slip_number(&self, slip: &Slip) -> String {
        let day = rules::local_time::local_date(self.at);
        format!("{}/{}/{day}", slip.terminal.trim(), slip.number.trim())
    }
}

/// The post took the papers in with the money, or brings the result against it.
fn way_of((dossier, brought): (&dossiers::Model, bool), taking: &Taking) -> PaymentWay {
    match &taking.slip {
        Some(_) => PaymentWay::Pos,
        None if dossier.channel == "post" || brought => PaymentWay::Post,
        None => PaymentWay::Cash,
    }
}

fn receipt_missing() -> Violation {
    Violation {
        pointer: "/receipt_number".into(),
        code: "receipt_missing",
        vi: "Chưa ghi số biên lai.".into(),
        en: "The number of the receipt is missing.".into(),
    }
}
