//! What is done later: every effect outside the transaction is one of these.

pub use crate::queue::Queue;
use crate::warnings::WarningKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A job with its payload. The JSON form is kept readable across upgrades: add fields with defaults only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Job {
    /// Tell the applicant by e-mail what happened at a history entry.
    SendNotice {
        /// The dossier.
        dossier: Uuid,
        /// Sequence of the history entry.
        entry: i32,
    },
    /// Tell the applicant of money that was given back (F-06).
    TellRefund {
        /// The dossier.
        dossier: Uuid,
        /// The refund.
        refund: Uuid,
    },
    /// Tell the applicant of a result that its unit revoked.
    TellRevocation {
        /// The dossier.
        dossier: Uuid,
        /// The result.
        result: Uuid,
    },
    /// Hand one notice to its provider, or to the next channel's.
    HandNotice {
        /// The notice.
        notice: Uuid,
        /// Its dossier.
        dossier: Uuid,
        /// The history entry as of which it is told.
        entry: i32,
        /// The channel, and whether it waits for the morning: notices of one line go one after the other.
        line: String,
    },
    /// Put one history entry before the national portal (wire.md §1.6, §1.7).
    PushToPortal {
        /// The dossier.
        dossier: Uuid,
        /// Sequence of the history entry.
        entry: i32,
    },
    /// Compare our dossiers with what the national portal holds, a part at a time (law.md §9).
    ReconcilePortal {
        /// The comparison that goes on; none when one is begun.
        #[serde(default)]
        reconciliation: Option<Uuid>,
        /// Parts of it that are done.
        #[serde(default)]
        part: i32,
    },
    /// Tell the national portal a dossier again that a comparison found missing or different there.
    RepairAtPortal {
        /// The dossier.
        dossier: Uuid,
        /// The comparison.
        reconciliation: Uuid,
    },
    /// Order the carriage of the result (wire.md §3.2).
    OrderDelivery {
        /// The shipment.
        shipment: Uuid,
    },
    /// Open a payment at the platform and keep the page's address (wire.md §2.1.1).
    OpenPayment {
        /// The payment.
        payment: Uuid,
    },
    /// Ask the platform how a payment stands (wire.md §2.1.4).
    QueryPayment {
        /// The payment.
        payment: Uuid,
    },
    /// Fetch the voucher that the platform draws up of a payment, where it offers one (law.md F-18).
    FetchVoucher {
        /// The payment.
        payment: Uuid,
    },
    /// Have the platform of a payment send an approved refund back (law.md F-06).
    SendRefund {
        /// The refund.
        refund: Uuid,
    },
    /// Fetch a platform's list of a day and compare it with ours; without a platform, write a job for each.
    FetchStatement {
        /// Connector key.
        #[serde(default)]
        platform: Option<String>,
        /// Local day; the day before when absent.
        #[serde(default)]
        day: Option<chrono::NaiveDate>,
    },
    /// Have the virus scanner look at an uploaded file, where there is one; its inspection follows.
    ScanFile {
        /// The file.
        file: Uuid,
    },
    /// Look at the bytes of an uploaded file and let it out of quarantine, or not.
    InspectFile {
        /// The file.
        file: Uuid,
    },
    /// Make upright pictures of the pages of a paper (D-06).
    NormalisePaper {
        /// The item of the queue of digitisation.
        digitisation: Uuid,
        /// Whether it is an old paper, which goes behind new ones.
        #[serde(default)]
        backlog: bool,
    },
    /// Read the text of the next pages of a paper, and bind them when all are read.
    RecogniseText {
        /// The item of the queue of digitisation.
        digitisation: Uuid,
        /// Whether it is an old paper, which goes behind new ones.
        #[serde(default)]
        backlog: bool,
    },
    /// Check the digital signatures of a paper on what was handed in.
    CheckSignatures {
        /// The item of the queue of digitisation.
        digitisation: Uuid,
        /// Whether it is an old paper, which goes behind new ones.
        #[serde(default)]
        backlog: bool,
    },
    /// Find the fields of a paper in its text.
    ExtractFields {
        /// The item of the queue of digitisation.
        digitisation: Uuid,
        /// Whether it is an old paper, which goes behind new ones.
        #[serde(default)]
        backlog: bool,
    },
    /// File a paper with its metadata in the store of its owner (D-05, D-11).
    FilePaper {
        /// The item of the queue of digitisation.
        digitisation: Uuid,
        /// Whether it is an old paper, which goes behind new ones.
        #[serde(default)]
        backlog: bool,
    },
    /// Keep the result and the papers of a dossier that is over for their owner (R-J4).
    FileDocuments {
        /// The dossier.
        dossier: Uuid,
    },
    /// Fetch a paper that a message of the national portal points at (wire.md §1.9.2).
    FetchPaper {
        /// The paper as it was told.
        paper: Uuid,
        /// The message it came with.
        message: Uuid,
    },
    /// Make the file of a form (law.md §1.2 "Forms").
    IssueForm {
        /// The form.
        form: Uuid,
    },
    /// Call an order off at its carrier (wire.md §3.2, §3.4).
    CancelShipment {
        /// The shipment.
        shipment: Uuid,
    },
    /// Read a carrier's tracking list from the last cursor.
    TrackPost {
        /// Connector key; none stands for every carrier that is set up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        carrier: Option<String>,
    },
    /// Write a query job for every payment that has waited too long.
    SweepPayments {},
    /// Write a job for every warning that is due and was not given.
    SweepWarnings {},
    /// Put papers back to work at which the machine should be and is not, or leave them to an officer in words.
    SweepDigitisations {},
    /// Give a warning, if it still holds.
    Warn {
        /// The dossier.
        dossier: Uuid,
        /// What it is about.
        warning: WarningKind,
        /// What makes it unique beside dossier and kind.
        occasion: String,
    },
    /// Tell the national monitor of online services how a dossier stood at an entry (law.md §7.7).
    TrackUsage {
        /// The dossier.
        dossier: Uuid,
        /// Sequence of the history entry.
        entry: i32,
    },
    /// Tell the national portal how satisfied people were last month (wire.md §1.10).
    TellSatisfaction {},
    /// Read the questions that citizens put at the national portal (wire.md §1.10).
    FetchQuestions {},
    /// Tell the national portal the answer to a question (wire.md §1.10).
    TellAnswer {
        /// The question.
        question: Uuid,
    },
    /// Read the lists of the national database and write a job for each procedure to be read (wire.md §1.4).
    PullCatalogue {
        /// The reading that was asked for; none when the schedule asks.
        #[serde(default)]
        pull: Option<Uuid>,
    },
    /// Read one published procedure and make a draft of a revision of it (wire.md §1.5).
    PullProcedure {
        /// The reading it belongs to.
        pull: Uuid,
        /// National procedure code.
        code: String,
    },
    /// Remove spent idempotency keys, unfinished uploads and old done jobs.
    PurgeExpired {},
    /// Erase what was kept of persons in dossiers whose term is over (L-58).
    EraseExpired {},
    /// Link the entries of the chronicle that are in no chain yet.
    ChainChronicle {},
    /// Sign the head of every chain of the chronicle that has grown.
    SignCheckpoint {},
    /// Tell a main dossier that its child is over: result, history entry, and the next in line (L-31).
    TellParent {
        /// The child dossier.
        child: Uuid,
        /// Sequence of its history entry.
        entry: i32,
    },
    /// Take back the children of a dossier that is over without a result (L-31).
    EndChildren {
        /// The main dossier.
        dossier: Uuid,
        /// Sequence of its history entry.
        entry: i32,
    },
    /// Write a job for each of the next open dossiers that the calendar in force moves (W-17).
    RecomputeDeadlines {
        /// Who asked for it, and why.
        recomputation: Uuid,
        /// Last dossier that was looked at.
        #[serde(default)]
        after: Option<Uuid>,
    },
    /// Count the due date of one dossier anew (W-17).
    RecomputeDeadline {
        /// The dossier.
        dossier: Uuid,
        /// Who asked for it, and why.
        recomputation: Uuid,
    },
}

impl Job {
    /// Key of the kind, as in the JSON form and the file name of its deed.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SendNotice { .. } => "send_notice",
            Self::TellRefund { .. } => "tell_refund",
            Self::TellRevocation { .. } => "tell_revocation",
            Self::HandNotice { .. } => "hand_notice",
            Self::PushToPortal { .. } => "push_to_portal",
            Self::ReconcilePortal { .. } => "reconcile_portal",
            Self::RepairAtPortal { .. } => "repair_at_portal",
            Self::OrderDelivery { .. } => "order_delivery",
            Self::OpenPayment { .. } => "open_payment",
            Self::QueryPayment { .. } => "query_payment",
            Self::FetchVoucher { .. } => "fetch_voucher",
            Self::SendRefund { .. } => "send_refund",
            Self::FetchStatement { .. } => "fetch_statement",
            Self::ScanFile { .. } => "scan_file",
            Self::InspectFile { .. } => "inspect_file",
            Self::NormalisePaper { .. } => "normalise_paper",
            Self::RecogniseText { .. } => "recognise_text",
            Self::CheckSignatures { .. } => "check_signatures",
            Self::ExtractFields { .. } => "extract_fields",
            Self::FilePaper { .. } => "file_paper",
            Self::FileDocuments { .. } => "file_documents",
            Self::FetchPaper { .. } => "fetch_paper",
            Self::IssueForm { .. } => "issue_form",
            Self::CancelShipment { .. } => "cancel_shipment",
            Self::TrackPost { .. } => "track_post",
            Self::SweepPayments {} => "sweep_payments",
            Self::SweepWarnings {} => "sweep_warnings",
            Self::SweepDigitisations {} => "sweep_digitisations",
            Self::Warn { .. } => "warn",
            Self::TrackUsage { .. } => "track_usage",
            Self::TellSatisfaction {} => "tell_satisfaction",
            Self::FetchQuestions {} => "fetch_questions",
            Self::TellAnswer { .. } => "tell_answer",
            Self::PullCatalogue { .. } => "pull_catalogue",
            Self::PullProcedure { .. } => "pull_procedure",
            Self::PurgeExpired {} => "purge_expired",
            Self::EraseExpired {} => "erase_expired",
            Self::ChainChronicle {} => "chain_chronicle",
            Self::SignCheckpoint {} => "sign_checkpoint",
            Self::TellParent { .. } => "tell_parent",
            Self::EndChildren { .. } => "end_children",
            Self::RecomputeDeadlines { .. } => "recompute_deadlines",
            Self::RecomputeDeadline { .. } => "recompute_deadline",
        }
    }

    /// Queue the job waits in.
    pub fn queue(&self) -> Queue {
        match self {
            Self::SendNotice { .. }
            | Self::TellRefund { .. }
            | Self::TellRevocation { .. }
            | Self::HandNotice { .. }
            | Self::SweepPayments {}
            | Self::SweepWarnings {}
            | Self::SweepDigitisations {}
            | Self::Warn { .. }
            | Self::FileDocuments { .. }
            | Self::PurgeExpired {}
            | Self::EraseExpired {} => Queue::Quick,
            Self::RecomputeDeadlines { .. } | Self::RecomputeDeadline { .. } => Queue::Quick,
            Self::TellParent { .. } | Self::EndChildren { .. } => Queue::Quick,
            Self::ChainChronicle {} | Self::SignCheckpoint {} => Queue::Quick,
            Self::InspectFile { .. } | Self::IssueForm { .. } => Queue::Heavy,
            _ => match self.paper() {
                Some((_, true)) => Queue::Backlog,
                Some((_, false)) => Queue::Heavy,
                None => Queue::Party,
            },
        }
    }

    /// The dossier the job was written for, when there is one.
    pub fn dossier(&self) -> Option<Uuid> {
        match self {
            Self::SendNotice { dossier, .. }
            | Self::TellRefund { dossier, .. }
            | Self::TellRevocation { dossier, .. }
            | Self::HandNotice { dossier, .. }
            | Self::PushToPortal { dossier, .. }
            | Self::RepairAtPortal { dossier, .. }
            | Self::Warn { dossier, .. } => Some(*dossier),
            Self::RecomputeDeadline { dossier, .. } => Some(*dossier),
            Self::TellParent { child, .. } => Some(*child),
            Self::EndChildren { dossier, .. } | Self::FileDocuments { dossier } => Some(*dossier),
            _ => None,
        }
    }
}
