//! The other direction: what the national portal sends to the office (wire.md §1.9). One boundary for all families of
//! messages, because the generic message of the portal after 2025 is not published: a family reads its own wire and
//! gives one of these; the office knows nothing else.

use crate::payment::Order;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Reads what a portal sends and writes what it is answered. Pure: no clock, no database, no call.
pub trait PortalInbox: Send + Sync {
    /// Whether the caller is the portal: the shared key of the message or its headers, compared in constant time, and
    /// the certificate's subject as the province's proxy hands it on, where the settings ask for it.
    fn admits(&self, caller: &Caller<'_>, body: &[u8]) -> bool;

    /// Reads a message of the family that its address names. Unknown members are ignored; a required one that is
    /// missing, or a text that is longer than its column, is a misreading that names it.
    fn read(&self, family: &str, body: &[u8]) -> Result<Inbound, Misread>;

    /// The body of the answer in the family's own form: `error_code` 0, 1 or -1 (§1.9.1), a look-up's fields (§1.9.3),
    /// a bill (§2.1.6).
    fn answer(&self, family: &str, reply: &Reply) -> Value;
}

/// Who calls, as far as the edge can tell.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// Address of the caller, without the port.
    pub address: &'a str,
    /// A header by its name in lower case; none when absent or not text.
    pub header: &'a dyn HeaderLookup,
}

/// Gives a header's value.
pub trait HeaderLookup: std::fmt::Debug {
    /// The value of a header named in lower case.
    fn value(&self, name: &str) -> Option<&str>;
}

/// A message in our words.
#[derive(Debug, Clone, PartialEq)]
pub enum Inbound {
    /// A dossier handed in at the portal.
    NewDossier(Box<PortalDossier>),
    /// An amendment of, or papers for, a dossier that came from the portal.
    Supplement(Box<PortalDossier>),
    /// Notices of land tax (§1.9.4): what somebody owes for a dossier.
    TaxNotices(Vec<TaxNotice>),
    /// Proof that such a notice was paid (§1.9.4).
    TaxReceipt(Box<TaxReceipt>),
    /// Where a dossier stands (§1.9.3).
    LookUp {
        /// Our code or the portal's.
        code: String,
    },
    /// What is to be paid for a dossier (§2.1.6).
    BillLookUp {
        /// Our code or the portal's.
        code: String,
    },
}

/// A dossier as the portal tells it. Absent means absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortalDossier {
    /// The portal's own key of the dossier: what makes it one, however often it is sent.
    pub national_id: String,
    /// National procedure code.
    pub procedure_code: String,
    /// Organisation code of the unit that is to receive it, where the message names one.
    pub unit_code: Option<String>,
    /// When it was handed in at the portal.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Name of the owner: person or organisation.
    pub applicant_name: String,
    /// Whether the owner is an organisation or enterprise.
    pub is_organisation: bool,
    /// Identity number or tax number.
    pub number: Option<String>,
    /// Technical account of the owner at the portal (`MaDoiTuong`).
    pub account: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address in words.
    pub address: Option<String>,
    /// Code of the commune.
    pub place_code: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// What the person filled in, as the portal's form has it.
    pub form: Value,
    /// Papers.
    pub papers: Vec<PortalPaper>,
    /// Whether the result goes home by post, where the message says.
    pub returns_by_post: Option<bool>,
}

/// A paper that came with a message: in it, or behind a link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortalPaper {
    /// Name of the file.
    pub name: String,
    /// National code of the component (`MaThanhPhanHoSo`), where known.
    pub component_code: Option<String>,
    /// Its bytes, already decoded.
    pub bytes: Option<Vec<u8>>,
    /// Where to fetch them.
    pub link: Option<String>,
}

/// What is owed for land (§1.9.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxNotice {
    /// Our dossier code or the portal's key.
    pub code: String,
    /// Tax number of the debtor.
    pub tax_number: String,
    /// Number of the decision.
    pub decision: String,
    /// Its day.
    pub decided_on: Option<NaiveDate>,
    /// What it is for (`TEN_TIEUMUC`).
    pub item: String,
    /// The sum in đồng.
    pub amount: i64,
}

/// Proof that land tax was paid (§1.9.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxReceipt {
    /// Our dossier code or the portal's key.
    pub code: String,
    /// Number of the notice.
    pub notice: String,
    /// Who paid.
    pub payer: String,
    /// When.
    pub paid_at: Option<DateTime<Utc>>,
    /// The sum in đồng.
    pub amount: i64,
    /// What for.
    pub content: String,
    /// Whether the portal says that it is paid (`TrangThaiThanhToan` is 1).
    pub paid: bool,
    /// Where the receipt can be fetched.
    pub link: Option<String>,
}

/// Why a message is not taken; the code is stable, the words name the member.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct Misread {
    /// `malformed`, `unknown_family`, `too_large`, `missing`, `too_long` or `bad_value`.
    pub code: &'static str,
    /// What is wrong, in words without any value of the message.
    pub words: String,
}

/// What the office answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// Taken now.
    Taken {
        /// The portal's key.
        national_id: String,
        /// Our code.
        code: String,
    },
    /// It was taken before.
    Known {
        /// The portal's key.
        national_id: String,
        /// Our code.
        code: String,
    },
    /// Where a dossier stands.
    Stands(Box<Stands>),
    /// There is something to pay; in our words, so that the wire's stay inside its connector.
    Bill(Box<Bill>),
    /// Nothing is due.
    NothingDue,
    /// No such dossier.
    NotFound,
    /// Not taken.
    Refused {
        /// The portal's key, where the message could be read so far.
        national_id: String,
        /// Why, for the portal's operators.
        words: String,
    },
}

/// What is to be paid for a dossier, as its payer would be asked for it; the wire's key of a bill ends in its instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// The order that a payment of it would make.
    pub order: Order,
    /// When the bill was asked for.
    pub at: DateTime<Utc>,
}

/// Where a dossier stands, for a look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// Our code.
    pub code: String,
    /// National procedure code.
    pub procedure_code: String,
    /// Its name.
    pub procedure_name: String,
    /// Code and name of the field.
    pub field: (String, String),
    /// 1 citizen, 2 enterprise, 3 agency, 4 other.
    pub owner_kind: u8,
    /// One of the ten national statuses.
    pub status: u8,
    /// Handed in online.
    pub online: bool,
    /// Name of the unit that processes.
    pub unit_name: String,
}
