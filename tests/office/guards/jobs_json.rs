//! Jobs written by an earlier version are read by this one: the ledger outlives the program.

use super::printed::{place, writing};
use super::sources;
use super::variants;
use rules::jobs::Job;
use rules::warnings::WarningKind;
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

const KEPT: &str = "tests/golden/jobs.jsonl";

#[test]
fn every_job_that_was_ever_written_is_still_read() {
    for line in kept() {
        let job: Job = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{line}: {e}"));

        let tag: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(tag["kind"], job.kind());
        let again: Job = serde_json::from_str(&serde_json::to_string(&job).unwrap()).unwrap();
        assert_eq!(again, job, "{line}");
    }
}

/// A new form of a payload is a new line; the old lines stay.
#[test]
fn the_form_that_is_written_today_is_kept() {
    let mut lines = kept();
    let missing: Vec<String> = samples()
        .iter()
        .map(|job| serde_json::to_string(job).unwrap())
        .filter(|line| !lines.contains(line))
        .collect();

    if writing() && !missing.is_empty() {
        lines.extend(missing);
        std::fs::write(place(KEPT), lines.join("\n") + "\n").unwrap();
        return;
    }
    assert!(missing.is_empty(), "{KEPT} lacks these lines; add them, change none:\n{}", missing.join("\n"));
}

#[test]
fn every_kind_of_job_has_a_line_and_a_file() {
    let kinds: BTreeSet<String> = variants::keys("entities/rules/src/jobs.rs", "Job").into_iter().collect();

    let sampled: BTreeSet<String> = samples().iter().map(|job| job.kind().to_owned()).collect();
    let deeds: BTreeSet<String> = kinds
        .iter()
        .filter(|kind| sources::all().iter().any(|s| s.path == format!("workers/src/deeds/{kind}.rs")))
        .cloned()
        .collect();

    assert_eq!(sampled, kinds, "samples in {}", file!());
    assert_eq!(deeds, kinds, "deeds");
}

fn kept() -> Vec<String> {
    let text = std::fs::read_to_string(place(KEPT)).unwrap_or_default();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// One of each kind, every field filled.
fn samples() -> Vec<Job> {
    let key = |n: u128| Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n);
    vec![
        Job::SendNotice { dossier: key(1), entry: 2 },
        Job::TellRefund { dossier: key(1), refund: key(8) },
        Job::TellRevocation { dossier: key(1), result: key(9) },
        Job::HandNotice { notice: key(0x31), dossier: key(1), entry: 2, line: "email".into() },
        Job::PushToPortal { dossier: key(1), entry: 2 },
        Job::ReconcilePortal { reconciliation: Some(key(0x41)), part: 3 },
        Job::RepairAtPortal { dossier: key(1), reconciliation: key(0x41) },
        Job::OrderDelivery { shipment: key(3) },
        Job::OpenPayment { payment: key(4) },
        Job::QueryPayment { payment: key(4) },
        Job::FetchVoucher { payment: key(4) },
        Job::FetchPaper { paper: key(20), message: key(21) },
        Job::FileDocuments { dossier: key(1) },
        Job::SendRefund { refund: key(8) },
        Job::FetchStatement {
            platform: Some("national_platform".into()),
            day: chrono::NaiveDate::from_ymd_opt(2026, 11, 22),
        },
        Job::ScanFile { file: key(5) },
        Job::InspectFile { file: key(5) },
        Job::NormalisePaper { digitisation: key(0x51), backlog: false },
        Job::RecogniseText { digitisation: key(0x51), backlog: true },
        Job::CheckSignatures { digitisation: key(0x51), backlog: false },
        Job::ExtractFields { digitisation: key(0x51), backlog: false },
        Job::FilePaper { digitisation: key(0x51), backlog: true },
        Job::IssueForm { form: key(6) },
        Job::TrackPost { carrier: None },
        Job::TrackPost { carrier: Some("viettel_post".into()) },
        Job::CancelShipment { shipment: key(3) },
        Job::SweepPayments {},
        Job::SweepWarnings {},
        Job::SweepDigitisations {},
        Job::Warn { dossier: key(1), warning: WarningKind::Late, occasion: "2026-11-25T10:00:00Z".into() },
        Job::PurgeExpired {},
        Job::EraseExpired {},
        Job::ChainChronicle {},
        Job::SignCheckpoint {},
        Job::RecomputeDeadlines { recomputation: key(7), after: Some(key(1)) },
        Job::RecomputeDeadline { dossier: key(1), recomputation: key(7) },
        Job::TellParent { child: key(0x21), entry: 7 },
        Job::EndChildren { dossier: key(0x22), entry: 9 },
        Job::PullCatalogue { pull: Some(key(0x31)) },
        Job::PullProcedure { pull: key(0x31), code: "1.001193".into() },
        Job::TrackUsage { dossier: key(1), entry: 3 },
        Job::TellSatisfaction {},
        Job::FetchQuestions {},
        Job::TellAnswer { question: key(0x41) },
    ]
}
