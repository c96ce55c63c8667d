//! Which jobs run one after the other, and in which order.

use crate::jobs::Job;
use uuid::Uuid;

impl Job {
    /// Jobs of the same key run one after the other, oldest first; none means free.
    pub fn ordering_key(&self) -> Option<String> {
        match self {
            Self::SendNotice { dossier, .. } => Some(format!("mail:{dossier}")),
            Self::TellRefund { refund, .. } => Some(format!("refund:{refund}")),
            Self::TellRevocation { result, .. } => Some(format!("result:{result}")),
            Self::HandNotice { dossier, line, .. } => Some(format!("notice:{dossier}:{line}")),
            Self::PushToPortal { dossier, .. } | Self::RepairAtPortal { dossier, .. } => {
                Some(format!("portal:{dossier}"))
            }
            Self::ReconcilePortal { reconciliation, .. } => {
                reconciliation.map(|run| format!("reconcile:{run}"))
            }
            Self::OrderDelivery { shipment } | Self::CancelShipment { shipment } => {
                Some(format!("post:{shipment}"))
            }
            Self::OpenPayment { payment } | Self::QueryPayment { payment } => {
                Some(format!("payment:{payment}"))
            }
            Self::FetchVoucher { payment } => Some(format!("voucher:{payment}")),
            Self::SendRefund { refund } => Some(format!("refund:{refund}")),
            Self::FetchStatement { platform, .. } => {
                Some(format!("statement:{}", platform.as_deref().unwrap_or_default()))
            }
            Self::FileDocuments { dossier } => Some(format!("documents:{dossier}")),
            Self::FetchPaper { message, .. } => Some(format!("papers:{message}")),
            Self::TrackPost { carrier: None } => Some("track_post".into()),
            Self::TrackPost { carrier: Some(carrier) } => Some(format!("track_post:{carrier}")),
            Self::SweepPayments {} => Some("sweep_payments".into()),
            Self::SweepWarnings {} => Some("sweep_warnings".into()),
            Self::SweepDigitisations {} => Some("sweep_digitisations".into()),
            Self::TrackUsage { dossier, .. } => Some(format!("usage:{dossier}")),
            Self::TellSatisfaction {} => Some("tell_satisfaction".into()),
            Self::FetchQuestions {} => Some("fetch_questions".into()),
            Self::TellAnswer { question } => Some(format!("question:{question}")),
            Self::PullCatalogue { .. } => Some("pull_catalogue".into()),
            Self::PullProcedure { code, .. } => Some(format!("pull:{code}")),
            Self::PurgeExpired {} => Some("purge_expired".into()),
            Self::EraseExpired {} => Some("erase_expired".into()),
            Self::ChainChronicle {} => Some("chain_chronicle".into()),
            Self::SignCheckpoint {} => Some("sign_checkpoint".into()),
            Self::TellParent { child, .. } => Some(format!("parent:{child}")),
            Self::EndChildren { dossier, .. } => Some(format!("children:{dossier}")),
            Self::RecomputeDeadline { dossier, .. } => Some(format!("recompute:{dossier}")),
            Self::ScanFile { file } | Self::InspectFile { file } => Some(format!("file:{file}")),
            _ => self.paper().map(|(digitisation, _)| format!("paper:{digitisation}")),
        }
    }

    /// The item of the queue of digitisation that a step of the pipeline works on, and whether it is an old paper.
    pub(crate) fn paper(&self) -> Option<(Uuid, bool)> {
        match self {
            Self::NormalisePaper { digitisation, backlog }
            | Self::RecogniseText { digitisation, backlog }
            | Self::CheckSignatures { digitisation, backlog }
            | Self::ExtractFields { digitisation, backlog }
            | Self::FilePaper { digitisation, backlog } => Some((*digitisation, *backlog)),
            _ => None,
        }
    }

    /// Place in the line of the ordering key: the history entry, so that the clocks of two hosts cannot swap
    /// what happened to one dossier.
    pub fn place(&self) -> i32 {
        match self {
            Self::SendNotice { entry, .. } | Self::PushToPortal { entry, .. } => *entry,
            Self::HandNotice { entry, .. } => *entry,
            Self::TellParent { entry, .. } | Self::EndChildren { entry, .. } => *entry,
            _ => 0,
        }
    }
}
