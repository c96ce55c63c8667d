//! The port of every payment platform: open, verify what it tells us, ask, fetch the receipt.

use super::scrub;
use crate::{failure::Failure, trip::Trip};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use rules::fees::FeeKind;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// A place where the applicant can pay. Every call may be repeated with the same reference.
#[async_trait]
pub trait PaymentPlatform: Send + Sync {
    /// Opens a payment and tells where to send the payer. Repeating with the same reference opens no second one.
    async fn open(&self, trip: &Trip, order: &Order) -> Result<Opened, Failure>;

    /// Checks a message of the platform: signature in constant time before anything else, then partner and currency.
    /// Pure; the caller still compares reference and amount with its own order.
    fn verify(&self, body: &[u8]) -> Result<Heard, Rejected>;

    /// The body with which to answer a message: taken (`ok`) or not, with words for the platform's operators.
    fn acknowledge(&self, at: DateTime<Utc>, body: &[u8], ok: bool, words: &str) -> Value;

    /// A message as it may be kept: cut, and without anything of a card. Works on what is not believed as well.
    fn scrub(&self, body: &[u8]) -> String {
        scrub::scrubbed(body)
    }

    /// What this platform offers beside opening and telling.
    fn offers(&self) -> Offers;

    /// Asks how a payment stands, for those whose callback never came.
    async fn query(&self, trip: &Trip, reference: &str) -> Result<Standing, Failure>;

    /// The platform's receipt of a paid order, a PDF.
    async fn receipt(&self, trip: &Trip, reference: &str) -> Result<Vec<u8>, Failure>;

    /// Sends money back to the payer. Fails where it is not offered. Repeating with the same key sends it once where the
    /// platform knows our keys (`Offers::refund_key`); where it does not, nothing that may have been done is a retry.
    async fn refund(&self, trip: &Trip, order: &RefundOrder) -> Result<RefundTaken, Failure>;

    /// How a refund stands that the platform has taken. Fails where it is not offered.
    async fn refund_standing(&self, _: &Trip, _: &str) -> Result<RefundStanding, Failure> {
        Err(not_offered("question about a refund"))
    }

    /// The platform's own list of what it moved on a local day, to be compared with ours. Fails where it is not offered.
    async fn statement(&self, trip: &Trip, day: NaiveDate) -> Result<Vec<StatementLine>, Failure>;
}

/// What a platform tells us, after its signature was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// A payment has ended.
    Notice(Notice),
    /// A payment has ended, it says, but its signature leaves out what counts: the platform is asked before this is believed.
    Hint(Notice),
    /// Before it takes the money, the platform asks whether this is still to be paid.
    Enquiry(Enquiry),
}

/// Whether a payment may still be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Enquiry {
    /// Our reference.
    pub reference: String,
    /// The sum in đồng, where the platform names one.
    pub amount: Option<i64>,
}

/// What a platform can do beside opening, telling and being asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Offers {
    /// It gives a page to pay at; otherwise a code to be scanned, which is made here without asking it.
    pub page: bool,
    /// It can be asked how a payment stands.
    pub query: bool,
    /// It gives a receipt of its own.
    pub receipt: bool,
    /// It sends money back.
    pub refund: bool,
    /// Its wire has a key of ours for a refund: asking again sends nothing twice.
    pub refund_key: bool,
    /// It gives a list of a day.
    pub statement: bool,
}

/// Money to be sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundOrder {
    /// Our key of the refund, letters and digits, at most 20.
    pub key: String,
    /// Our reference of the payment.
    pub reference: String,
    /// The platform's number of the transaction.
    pub transaction_id: String,
    /// The sum in đồng, at most what was paid.
    pub amount: i64,
    /// Why, for the platform.
    pub reason: String,
}

/// A refund that the platform has taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefundTaken {
    /// The platform's number of the refund; empty when it has none.
    pub refund_id: String,
}

/// How a refund stands when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStanding {
    /// The money went back.
    Done,
    /// Not yet, or the platform does not say.
    Pending,
}

/// One movement of a platform's list of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementLine {
    /// Our reference.
    pub reference: String,
    /// The platform's number of the transaction.
    pub transaction_id: String,
    /// The sum in đồng; negative for money sent back.
    pub amount: i64,
    /// When, by the platform's clock.
    pub occurred_at: DateTime<Utc>,
}

/// The failure of a platform that is asked for what it does not offer.
pub(crate) fn not_offered(what: &str) -> Failure {
    Failure::fail(format!("this payment platform offers no {what}"))
}

/// What is to be paid, for what and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Our reference, letters and digits, at most 20 ([`reference`] makes one).
    pub reference: String,
    /// The sum in đồng; equals the sum of `fees`.
    pub amount: i64,
    /// What the payer reads.
    pub description: String,
    /// National dossier code.
    pub dossier_code: String,
    /// National procedure code.
    pub procedure_code: String,
    /// Procedure name in Vietnamese.
    pub procedure_name: String,
    /// Electronic identifier of the agency that collects.
    pub unit_code: String,
    /// Its name.
    pub unit_name: String,
    /// Who pays, who need not be the applicant.
    pub payer: Payer,
    /// The lines, phí and lệ phí apart (law.md §4.1 F-01).
    pub fees: Vec<OrderLine>,
    /// The account the money goes to.
    pub beneficiary: Account,
    /// Address of the payer's client, as the wire asks for it.
    pub client_ip: String,
}

impl Order {
    /// Refuses an order that no wire can tell truthfully: a reference of another form, or lines that do not add up.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        let plain = self.reference.bytes().all(|b| b.is_ascii_alphanumeric());
        if self.reference.is_empty() || self.reference.len() > 20 || !plain {
            return Err(Failure::fail("the payment reference must be 1 to 20 letters and digits"));
        }
        if self.amount <= 0 || self.fees.iter().map(|line| line.amount).sum::<i64>() != self.amount {
            return Err(Failure::fail("the lines of the payment do not add up to its sum"));
        }
        Ok(())
    }
}

/// Who pays; what is not known is absent and travels as nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payer {
    /// Full name.
    pub name: String,
    /// Personal identification number.
    pub identity_number: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// District, where there still is one.
    pub district: Option<String>,
    /// Province.
    pub province: Option<String>,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// Code of the tariff.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Sum of the line in đồng.
    pub amount: i64,
}

/// A bank account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Account number.
    pub number: String,
    /// Code of the bank.
    pub bank_code: String,
    /// Name of the holder.
    pub holder: String,
}

/// A payment that waits for its payer: at a page, by a code to be scanned, or either.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// Where to send the payer's browser.
    pub pay_url: Option<String>,
    /// What a QR code to be scanned holds.
    pub qr_content: Option<String>,
}

/// What the platform says about one payment, after its signature was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Our reference.
    pub reference: String,
    /// The sum in đồng.
    pub amount: i64,
    /// The platform's own number of the transaction; empty when it has none.
    pub transaction_id: String,
    /// Paid or not.
    pub outcome: Outcome,
    /// When, by the platform's clock, where it says so.
    pub occurred_at: Option<DateTime<Utc>>,
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The money is on its way to the account.
    Paid,
    /// Refused, cancelled or failed at the bank.
    Failed,
}

/// How a payment stands when asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Paid, as the signed notice says.
    Paid(Notice),
    /// The platform does not know the end yet.
    Pending,
    /// Ended without money.
    Failed,
    /// The platform does not know this reference.
    Unknown,
}

/// Why a callback is not believed. Stable codes for the ledger and for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Rejected {
    /// Not the message this wire carries.
    #[error("the message cannot be read")]
    Malformed,
    /// The signature does not fit the content.
    #[error("the signature does not match")]
    Forged,
    /// Signed, but for another partner.
    #[error("the message is meant for another partner")]
    WrongPartner,
    /// Signed, but not in đồng.
    #[error("the currency is not VND")]
    WrongCurrency,
    /// Signed, but another kind of message than the one waited for.
    #[error("the message is of another kind")]
    WrongKind,
}

impl Rejected {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Forged => "forged",
            Self::WrongPartner => "wrong_partner",
            Self::WrongCurrency => "wrong_currency",
            Self::WrongKind => "wrong_kind",
        }
    }
}

/// The reference of a payment: 20 upper-case letters and digits out of its key, always the same for the same key.
///
/// It keeps the millisecond and 49 random bits of a version 7 key; the wire has no room for more.
pub fn reference(payment: Uuid) -> String {
    const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut rest = payment.as_u128() >> 25;
    let mut letters = Vec::with_capacity(20);
    for _ in 0..20 {
        let digit = usize::try_from(rest % 36).unwrap_or_default();
        letters.push(DIGITS.get(digit).copied().map_or('0', char::from));
        rest /= 36;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_twenty_letters_and_digits_and_depends_on_the_key_alone() {
        let key = Uuid::from_u128(0x018f_c0de_7000_7abc_8def_0123_4567_89ab);

        let made = reference(key);

        assert_eq!(made.len(), 20);
        assert!(made.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
        assert_eq!(made, reference(key));
        assert_ne!(made, reference(Uuid::from_u128(key.as_u128() + (1 << 25))));
    }
}
