//! Keys of the rules' lists as the OpenAPI document shows them; a test holds every answer against them.

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! keys {
    ($(#[doc = $doc:literal] $name:ident: $($key:literal)*;)*) => { $(
        #[doc = $doc]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let keys = ObjectBuilder::new().schema_type(SchemaType::new(Type::String));
                RefOr::T(keys.description(Some($doc.trim())).enum_values(Some([$($key),*])).into())
            }
        }

        impl ToSchema for $name {}
    )* };
}

keys! {
    /// Tier of government; postal points are reception points of the public post.
    Tier: "province" "district" "commune" "postal_point";
    /// Rule an organisation code follows: QCVN 102:2016 (`old`), QĐ 20/2020 (`new`), or another scheme.
    CodeScheme: "old" "new" "other";
    /// Level of an administrative unit; districts ended on 30/06/2025.
    PlaceLevel: "province" "district" "commune";
    /// How much of a place another one holds.
    PlaceShare: "whole" "part";
    /// Body of law a dossier keeps: NĐ 61/2018 or NĐ 118/2025.
    Regime: "r2018" "r2025";
    /// A paper form by what it is for; its number depends on the regime.
    FormKind: "receipt" "supplement_request" "refusal" "apology" "stop_notice" "control_slip" "register";
    /// Online level: wholly online (`toan_trinh`) or partly (`mot_phan`).
    Level: "toan_trinh" "mot_phan";
    /// Kind of applicant.
    ApplicantKind: "citizen" "enterprise" "state_body" "organisation";
    /// Way a dossier comes in.
    Channel: "desk" "online" "post";
    /// Unit of a time limit; `same_day` and `at_once` have the amount 0.
    TimeUnit: "working_days" "half_working_days" "calendar_days" "working_hours" "months" "same_day" "at_once";
    /// Price of a public service (`phi`) or fixed sum of state management (`le_phi`).
    FeeKind: "phi" "le_phi";
    /// What a person may be, so that the law asks less of them (đối tượng miễn, giảm).
    PersonCondition: "ho_ngheo" "ho_can_ngheo" "nguoi_cao_tuoi" "tre_em" "nguoi_khuyet_tat" "nguoi_co_cong"
        "dan_toc_thieu_so_vung_dbkk";
    /// Why a claim brought nothing.
    WhyNot: "no_relief" "not_in_force" "not_here" "nothing_better";
    /// After which ending of the dossier a charge is given back.
    RefundWhen: "never" "when_refused" "when_not_granted" "always";
    /// How a paper to be digitised stands.
    ItemState: "waiting" "working" "stuck" "filed" "dropped";
    /// Where a paper to be digitised comes from.
    PaperOrigin: "intake" "result" "backlog";
    /// A station on the way of a paper.
    PaperStage: "scan" "inspect" "normalise" "recognise" "signatures" "extract" "check" "file" "filed";
    /// What a paper waits for.
    WaitsFor: "scanner" "inspection" "tools" "check" "operator";
    /// What a paper counts as: a component of a dossier, or a result.
    PaperKind: "dossier" "result";
    /// Why money is given back.
    Ground: "policy" "excess" "mistaken" "late_success";
    /// Where a refund stands.
    RefundState: "proposed" "approved" "sent" "rejected" "paid_out";
    /// What a warning is about.
    WarningKind: "answer_late" "due_soon" "apology_due" "late" "consultation_late" "supplement_unanswered"
        "result_unfetched" "second_invitation" "post_gives_back" "not_carried";
    /// Whom a warning is for.
    WarningAudience: "applicant" "assignee" "desk" "desk_heads" "heads" "postal_clerks";
    /// Whether somebody has seen a warning.
    WarningState: "open" "seen";
    /// Way the money came: a payment `platform`, the desk in `cash` or by card (`pos`), a `transfer`, or the `post`.
    PaymentWay: "platform" "cash" "pos" "transfer" "post";
    /// On what a receipt is made out: `electronic`, or `paper` until 31/12/2026.
    ReceiptMedium: "electronic" "paper";
    /// How our takings and a statement disagree.
    DifferenceKind: "only_ours" "only_theirs" "different_amount" "doubled";
    /// When the fee is asked: `before` reception, `after` it, or `never`.
    PaymentMoment: "before" "after" "never";
    /// What a supplement does to the clock.
    SupplementClock: "restart" "pause";
    /// Role of a person in the office.
    Role: "citizen" "organisation_representative" "helper" "desk_officer" "case_officer" "approver" "finance"
        "postal_clerk" "procedure_controller" "inspector" "administrator" "integrator" "office";
    /// Unit in which time was counted.
    CountedUnit: "working_days" "half_working_days" "calendar_days" "working_seconds" "sessions";
    /// Rule by which time was counted.
    ClockRule: "cut_off" "working_days" "half_working_days" "calendar_days" "months" "working_hours" "same_day"
        "at_once" "rolled" "waiting" "set_aside" "extended";
    /// What the legal clock does.
    ClockState: "not_started" "running" "paused" "stopped";
    /// Where a version of the calendar stands.
    CalendarState: "draft" "adopted";
    /// Where a question to another unit stands; `closed` when the dossier ended first.
    ConsultationState: "open" "answered" "closed";
    /// How work stood to its time: before its last day, on it, or after.
    Timeliness: "early" "on_time" "late";
    /// What became of an exchange with the national portal; `said_again` at once as an update or in a new session.
    ExchangeVerdict: "taken" "held" "absent" "answered" "refused" "unanswered" "said_again";
    /// Where a comparison with the national portal stands; `overtaken` when a later one was begun before its end.
    ReconciliationState: "running" "done" "overtaken";
    /// A difference between a dossier here and what the national portal holds.
    FindingKind: "missing_there" "missing_here" "different_status" "different_dates" "not_compared";
    /// Whether an outside party is used.
    ConnectorState: "planned" "testing" "live" "off";
    /// How an issued result stands today; `replaced` when it was taken back to be corrected.
    ResultState: "in_force" "not_yet_in_force" "expired" "replaced" "revoked";
    /// What a verification code says: how its result stands, nothing known, or a letter mistaken.
    VerificationVerdict: "in_force" "not_yet_in_force" "expired" "replaced" "revoked" "unknown" "mistyped";
    /// Where a job stands.
    JobState: "ready" "running" "done" "dead" "cancelled";
    /// Queue of jobs of one kind of cost.
    JobQueue: "quick" "party" "heavy" "backlog";
}
