//! One file per job kind; this is the table of who does what.

mod cancel_shipment;
mod chain_chronicle;
mod check_signatures;
mod end_children;
mod ended;
mod erase_expired;
mod extract_fields;
mod fetch_paper;
mod fetch_questions;
mod fetch_statement;
mod fetch_voucher;
mod file_documents;
mod file_paper;
mod hand_notice;
mod inspect_file;
mod issue_form;
mod letters;
mod normalise_paper;
pub mod office;
mod open_payment;
mod order_delivery;
mod past;
mod portal_account;
mod portal_talk;
mod portal_telling;
mod pull_catalogue;
mod pull_procedure;
mod purge_expired;
mod push_to_portal;
mod query_payment;
mod recognise_text;
mod recompute_deadline;
mod recompute_deadlines;
mod reconcile_portal;
mod record;
mod repair_at_portal;
mod scan_file;
mod send_notice;
mod send_refund;
mod sign_checkpoint;
mod staging;
mod sweep_digitisations;
mod sweep_payments;
mod sweep_warnings;
mod tell_answer;
mod tell_parent;
mod tell_refund;
mod tell_revocation;
mod tell_satisfaction;
mod track_post;
mod track_usage;
mod warn;

pub use office::OfficeSettings;

use crate::deed::{Attempt, Deeds, Outcome};
use crate::hands::Hands;
use crate::ledger::Ledger;
use rules::jobs::Job;

impl Deeds for Hands {
    async fn run(&self, job: Job, attempt: Attempt) -> Outcome {
        run(self, job, attempt).await
    }
}

impl Hands {
    /// Where the jobs come from.
    pub fn ledger(&self) -> Ledger {
        Ledger { database: self.database.clone(), clock: self.clock.clone(), wake: self.wake.clone() }
    }
}

/// Does the deed of a job.
pub async fn run(hands: &Hands, job: Job, attempt: Attempt) -> Outcome {
    let ended = match job {
        Job::SendNotice { dossier, entry } => send_notice::run(hands, dossier, entry, &attempt).await,
        Job::TellRefund { refund, .. } => tell_refund::run(hands, refund, &attempt).await,
        Job::TellRevocation { result, .. } => tell_revocation::run(hands, result, &attempt).await,
        Job::HandNotice { notice, .. } => hand_notice::run(hands, notice, &attempt).await,
        Job::PushToPortal { dossier, entry } => push_to_portal::run(hands, dossier, entry, &attempt).await,
        Job::ReconcilePortal { reconciliation, part } => {
            reconcile_portal::run(hands, reconciliation, part, &attempt).await
        }
        Job::RepairAtPortal { dossier, reconciliation } => {
            repair_at_portal::run(hands, dossier, reconciliation, &attempt).await
        }
        Job::OrderDelivery { shipment } => order_delivery::run(hands, shipment, &attempt).await,
        Job::OpenPayment { payment } => open_payment::run(hands, payment, &attempt).await,
        Job::QueryPayment { payment } => query_payment::run(hands, payment, &attempt).await,
        Job::FetchVoucher { payment } => fetch_voucher::run(hands, payment, &attempt).await,
        Job::SendRefund { refund } => send_refund::run(hands, refund, &attempt).await,
        Job::FetchStatement { platform, day } => fetch_statement::run(hands, platform, day, &attempt).await,
        Job::InspectFile { file } => inspect_file::run(hands, file, &attempt).await,
        Job::ScanFile { file } => scan_file::run(hands, file, &attempt).await,
        Job::NormalisePaper { digitisation, .. } => normalise_paper::run(hands, digitisation, &attempt).await,
        Job::RecogniseText { digitisation, .. } => recognise_text::run(hands, digitisation, &attempt).await,
        Job::CheckSignatures { digitisation, .. } => {
            check_signatures::run(hands, digitisation, &attempt).await
        }
        Job::ExtractFields { digitisation, .. } => extract_fields::run(hands, digitisation, &attempt).await,
        Job::FilePaper { digitisation, .. } => file_paper::run(hands, digitisation, &attempt).await,
        Job::FileDocuments { dossier } => file_documents::run(hands, dossier).await,
        Job::FetchPaper { paper, .. } => fetch_paper::run(hands, paper, &attempt).await,
        Job::IssueForm { form } => issue_form::run(hands, form).await,
        Job::CancelShipment { shipment } => cancel_shipment::run(hands, shipment, &attempt).await,
        Job::TrackPost { carrier } => track_post::run(hands, carrier.as_deref(), &attempt).await,
        Job::SweepPayments {} => sweep_payments::run(hands, &attempt).await,
        Job::TellParent { child, entry } => tell_parent::run(hands, child, entry, &attempt).await,
        Job::EndChildren { dossier, entry } => end_children::run(hands, dossier, entry, &attempt).await,
        Job::SweepDigitisations {} => sweep_digitisations::run(hands).await,
        Job::SweepWarnings {} => sweep_warnings::run(hands, &attempt).await,
        Job::Warn { dossier, warning, occasion } => {
            warn::run(hands, dossier, (warning, &occasion), &attempt).await
        }
        Job::TrackUsage { dossier, entry } => track_usage::run(hands, (dossier, entry), &attempt).await,
        Job::TellSatisfaction {} => tell_satisfaction::run(hands, &attempt).await,
        Job::FetchQuestions {} => fetch_questions::run(hands, &attempt).await,
        Job::TellAnswer { question } => tell_answer::run(hands, question, &attempt).await,
        Job::PullCatalogue { pull } => pull_catalogue::run(hands, pull, &attempt).await,
        Job::PullProcedure { pull, code } => pull_procedure::run(hands, (pull, &code), &attempt).await,
        Job::EraseExpired {} => erase_expired::run(hands, &attempt).await,
        Job::PurgeExpired {} => purge_expired::run(hands, &attempt).await,
        Job::ChainChronicle {} => chain_chronicle::run(hands).await,
        Job::SignCheckpoint {} => sign_checkpoint::run(hands, &attempt).await,
        Job::RecomputeDeadlines { recomputation, after } => {
            recompute_deadlines::run(hands, recomputation, after, &attempt).await
        }
        Job::RecomputeDeadline { dossier, recomputation } => {
            recompute_deadline::run(hands, dossier, recomputation, &attempt).await
        }
    };
    ended.map_or_else(Outcome::from, |()| Outcome::Done)
}
