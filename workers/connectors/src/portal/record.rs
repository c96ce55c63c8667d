//! A dossier as the national portal should know it, in our words (wire.md §1.6). Absent means absent: there is no default.

use chrono::{DateTime, Utc};
use rules::{fees::FeeKind, procedure::Channel, status::Status};

/// Everything the portal is told about one dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierRecord {
    /// National dossier code `<agency>-<yyMMdd>-<n>`; never made up at this point (law.md §10 X-05).
    pub code: String,
    /// National procedure code.
    pub procedure_code: String,
    /// Procedure name.
    pub procedure_name: String,
    /// Code of the field (lĩnh vực).
    pub field_code: String,
    /// Name of the field.
    pub field_name: String,
    /// How it came in.
    pub channel: Channel,
    /// Number of the paper receipt.
    pub receipt_number: Option<String>,
    /// The owner (chủ hồ sơ).
    pub owner: Owner,
    /// What it is about; at most 1000 characters travel.
    pub summary: String,
    /// Anything else worth telling.
    pub other_information: Option<String>,
    /// The status as it is, one of the ten (law.md §10 X-01).
    pub status: Status,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was received; the indicators count only dossiers that have it.
    pub received_at: Option<DateTime<Utc>>,
    /// When the result is due.
    pub due_at: Option<DateTime<Utc>>,
    /// When processing ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When the result was handed over.
    pub returned_at: Option<DateTime<Utc>>,
    /// What was noted at handing over.
    pub return_note: Option<String>,
    /// When it was refused or stopped.
    pub refused_at: Option<DateTime<Utc>>,
    /// The result goes by post.
    pub returns_by_post: bool,
    /// Name of the unit that processes.
    pub unit_name: String,
    /// A note; at most 2000 characters travel.
    pub note: Option<String>,
    /// It was submitted at the national portal itself and not here.
    pub born_at_portal: bool,
    /// The owner's account was verified through VNeID; `None` where there was no account.
    pub verified_by_vneid: Option<bool>,
    /// How the fee was paid.
    pub payment: FeePayment,
    /// National databases asked while processing, by their code.
    pub databases: Vec<String>,
    /// Papers submitted.
    pub papers: Vec<PaperLine>,
    /// Fees asked.
    pub fees: Vec<FeeAsked>,
    /// Papers outside the component list.
    pub other_papers: Vec<OtherPaper>,
    /// Rounds of supplement.
    pub supplements: Vec<SupplementRound>,
    /// Results issued.
    pub results: Vec<ResultLine>,
}

/// The owner of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// Full name or name of the organisation.
    pub name: String,
    /// Citizen, enterprise, agency or other.
    pub kind: OwnerKind,
    /// Technical account identifier at the portal; travels only for online dossiers.
    pub account: Option<String>,
    /// Number of the identity paper or tax number.
    pub document_number: Option<String>,
    /// Identity numbers; the kind follows from the number of digits.
    pub identity_numbers: Vec<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Fax.
    pub fax: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// Who the owner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerKind {
    /// Người dân.
    Citizen,
    /// Doanh nghiệp.
    Enterprise,
    /// Cơ quan nhà nước.
    Agency,
    /// Tổ chức khác.
    Other,
}

/// How the fee of a dossier stands; paid in cash is never told as paid online (law.md §10 X-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeePayment {
    /// Nothing is asked.
    NothingDue,
    /// Paid through the national payment platform.
    NationalPlatform,
    /// Paid through the province's or ministry's own gateway.
    OtherGateway,
    /// Asked and paid otherwise: cash, card terminal, transfer.
    Offline,
    /// Asked and not paid yet.
    Unpaid,
}

/// One submitted paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperLine {
    /// Our key of the file.
    pub file_id: String,
    /// Its name; at most 4000 characters travel.
    pub file_name: String,
    /// Taken back by the applicant.
    pub withdrawn: bool,
    /// National code of the component, where known.
    pub component_code: Option<String>,
    /// A signed link that lasts long enough for the portal to fetch it.
    pub link: Option<String>,
    /// Digitised as TT 01/2023 means it; a fact of this paper alone (law.md §10 X-03).
    pub digitised: bool,
    /// Reused from what the citizen already gave or got.
    pub reuse: Reuse,
    /// Taken from the national document store.
    pub from_national_store: bool,
}

/// Whether a paper was given again or reused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reuse {
    /// Given anew.
    No,
    /// Reused from a component of another dossier.
    FromComponent,
    /// Reused from a result; its national result code where known.
    FromResult(Option<String>),
}

/// One fee asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeAsked {
    /// Its name.
    pub name: String,
    /// Code of the tariff, where it has one.
    pub code: Option<String>,
    /// Code of the way it was collected, where known.
    pub collected_by: Option<String>,
    /// The sum in đồng.
    pub amount: i64,
    /// Phí or lệ phí.
    pub kind: FeeKind,
}

/// A paper outside the component list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPaper {
    /// Its name.
    pub name: String,
    /// How many.
    pub copies: u32,
    /// The portal's code of its kind.
    pub kind: u32,
}

/// One round of supplement, with the due date before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplementRound {
    /// Its number in the dossier.
    pub number: i64,
    /// Who asked.
    pub asked_by: String,
    /// For what.
    pub asked_for: String,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Who took the answer.
    pub taken_by: Option<String>,
    /// What was noted at taking it.
    pub taken_note: Option<String>,
    /// When it was taken; a round with this is done.
    pub taken_at: Option<DateTime<Utc>>,
    /// Papers of this round.
    pub papers: Vec<PaperLine>,
    /// Fees of this round.
    pub fees: Vec<FeeAsked>,
    /// Due date before.
    pub due_before: Option<DateTime<Utc>>,
    /// Due date after.
    pub due_after: Option<DateTime<Utc>>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultLine {
    /// Name of the paper; at most 2000 characters travel.
    pub name: String,
    /// National code of the component it belongs to, where there is one.
    pub component_code: Option<String>,
    /// Our key of the file; never that of a submitted paper (law.md §10 X-04).
    pub file_id: String,
    /// A signed link.
    pub link: Option<String>,
    /// National code of the result (mã kết quả), where known.
    pub result_code: Option<String>,
}
