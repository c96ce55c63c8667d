//! One file per job kind; this is the table of who does what.

use crate::deed::{Attempt, Outcome};
use crate::hands::Hands;
use rules::jobs::Job;

/// Does the deed of a job.
pub async fn run(_hands: &Hands, job: Job, _attempt: Attempt) -> Outcome {
    match job {
        Job::SendNotice { .. }
        | Job::PushToPortal { .. }
        | Job::OrderDelivery { .. }
        | Job::OpenPayment { .. }
        | Job::QueryPayment { .. }
        | Job::InspectFile { .. }
        | Job::TrackPost {}
        | Job::SweepPayments {}
        | Job::PurgeExpired {} => Outcome::fail("không có người làm việc này / no deed yet"),
    }
}
