//! The table: from, act, who, to, clock, what follows, and the law behind it.

use super::row::{Actors, Clock, Row, Target};
use super::{ActKind, Effect, Guard, Standing};
use crate::actor::Role;
use crate::forms::FormKind;
use crate::status::Status::{self, *};

const TOLD: &[Effect] = &[Effect::Notify, Effect::Push];
const RECEIPT: &[Effect] = &[Effect::Notify, Effect::Push, Effect::Form(FormKind::Receipt)];
const REFUSAL: &[Effect] = &[Effect::Notify, Effect::Push, Effect::Form(FormKind::Refusal)];
const SUPPLEMENT: &[Effect] = &[Effect::Notify, Effect::Push, Effect::Form(FormKind::SupplementRequest)];
const APOLOGY: &[Effect] = &[Effect::Notify, Effect::Push, Effect::Form(FormKind::Apology)];
const STOPPED: &[Effect] =
    &[Effect::Notify, Effect::Push, Effect::Form(FormKind::StopNotice), Effect::Form(FormKind::ControlSlip)];
const OPEN: &[Status] = &[Submitted, Received, Processing, AwaitingSupplement, AwaitingPayment, Decided];
const INTAKE: Actors = Actors::Roles(&[Role::DeskOfficer]);
const OFFICERS: Actors = Actors::Roles(&[Role::DeskOfficer, Role::CaseOfficer, Role::Approver]);
const CASHIERS: &[Role] = &[Role::Office, Role::Finance, Role::DeskOfficer];
const HANDERS_OVER: Actors = Actors::Roles(&[Role::Office, Role::DeskOfficer, Role::PostalClerk]);

/// Every lawful move of a dossier.
pub const TABLE: &[Row] = &[
    Row {
        act: ActKind::Accept,
        from: &[Submitted, AwaitingSupplement],
        actors: INTAKE,
        guards: &[
            Guard::Called,
            Guard::NotReceived,
            Guard::SupplementAnswered,
            Guard::PaidBeforeReception,
            Guard::MineOrUnclaimed,
        ],
        to: Target::To(Received),
        clock: Clock::StartHere,
        effects: RECEIPT,
        legal: "NĐ 61/2018 Đ17; NĐ 118/2025 Đ17.3",
    },
    Row {
        act: ActKind::Admit,
        from: &[Received],
        actors: Actors::Authority(&[Role::DeskOfficer, Role::CaseOfficer]),
        guards: &[Guard::NotAdmitted],
        to: Target::Stay,
        clock: Clock::Start,
        effects: TOLD,
        legal: "NĐ 118/2025 Đ17.3, sửa đổi NĐ 309/2026",
    },
    Row {
        act: ActKind::Refuse,
        from: &[Submitted],
        actors: INTAKE,
        guards: &[Guard::Reason, Guard::Called, Guard::MineOrUnclaimed],
        to: Target::To(Refused),
        clock: Clock::Still,
        effects: REFUSAL,
        legal: "NĐ 61/2018 Đ17.1b; NĐ 63/2010 Đ18.5",
    },
    Row {
        act: ActKind::RequestSupplement,
        from: &[Submitted],
        actors: INTAKE,
        guards: &[Guard::Reason, Guard::Called, Guard::MineOrUnclaimed],
        to: Target::To(AwaitingSupplement),
        clock: Clock::Still,
        effects: SUPPLEMENT,
        legal: "NĐ 61/2018 Đ17.1a, Đ17.2a",
    },
    Row {
        act: ActKind::RequestSupplement,
        from: &[Received, Processing],
        actors: OFFICERS,
        guards: &[
            Guard::Reason,
            Guard::Admitted,
            Guard::RoundsLeft,
            Guard::RoundsOpen,
            Guard::MineOrUnclaimed,
        ],
        to: Target::To(AwaitingSupplement),
        clock: Clock::Pause,
        effects: SUPPLEMENT,
        legal: "NĐ 61/2018 Đ19.4, Đ11.2c",
    },
    Row {
        act: ActKind::AnswerSupplement,
        from: &[AwaitingSupplement],
        actors: Actors::Owner,
        guards: &[Guard::SupplementOpen],
        to: Target::ProcessingIfReceived,
        clock: Clock::Restart,
        effects: TOLD,
        legal: "NĐ 61/2018 Đ19.4",
    },
    Row {
        act: ActKind::Claim,
        from: &[Submitted, AwaitingSupplement, Received, Processing],
        actors: Actors::StepRole,
        guards: &[Guard::Called, Guard::Unclaimed, Guard::SupplementAnswered],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[],
        legal: "TT 01/2018 Đ8",
    },
    Row {
        act: ActKind::Release,
        from: &[Submitted, AwaitingSupplement, Received, Processing],
        actors: OFFICERS,
        guards: &[Guard::Claimed, Guard::MineOrHead],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[],
        legal: "TT 01/2018 Đ8",
    },
    Row {
        act: ActKind::Forward,
        from: &[Received, Processing],
        actors: Actors::StepRole,
        guards: &[Guard::Admitted, Guard::NextStep, Guard::MineOrUnclaimed],
        to: Target::To(Processing),
        clock: Clock::Still,
        effects: &[Effect::Push],
        legal: "NĐ 61/2018 Đ18",
    },
    Row {
        act: ActKind::SendBack,
        from: &[Processing],
        actors: Actors::StepRole,
        guards: &[Guard::Reason, Guard::EarlierStep, Guard::MineOrUnclaimed],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[Effect::Push],
        legal: "TT 01/2018 Đ8",
    },
    Row {
        act: ActKind::Extend,
        from: &[Received, Processing],
        actors: Actors::Roles(&[Role::CaseOfficer, Role::Approver]),
        guards: &[Guard::Reason, Guard::Admitted, Guard::ExtensionsLeft, Guard::ApologyOpen],
        to: Target::Stay,
        clock: Clock::Extend,
        effects: APOLOGY,
        legal: "NĐ 61/2018 Đ19.9; TT 03/2025 Mẫu 04",
    },
    Row {
        act: ActKind::Consult,
        from: &[Received, Processing],
        actors: Actors::StepRole,
        guards: &[Guard::Reason, Guard::Admitted, Guard::MineOrUnclaimed],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[Effect::Notify],
        legal: "NĐ 61/2018 Đ19.5",
    },
    Row {
        act: ActKind::Advise,
        from: &[Received, Processing, AwaitingSupplement, AwaitingPayment],
        actors: Actors::Consulted,
        guards: &[Guard::Reason],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[],
        legal: "NĐ 61/2018 Đ19.5",
    },
    Row {
        act: ActKind::Visit,
        from: &[Received, Processing],
        actors: OFFICERS,
        guards: &[Guard::Reason, Guard::Admitted],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[],
        legal: "NĐ 61/2018 Đ19.3b",
    },
    Row {
        act: ActKind::OpenChild,
        from: &[Received, Processing],
        actors: OFFICERS,
        guards: &[Guard::Admitted, Guard::NotAChild, Guard::MineOrUnclaimed],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[],
        legal: "NĐ 61/2018 Đ19.6, Đ19.7",
    },
    Row {
        act: ActKind::EndChild,
        from: OPEN,
        actors: Actors::Office,
        guards: &[],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[],
        legal: "NĐ 61/2018 Đ19.6, Đ19.7",
    },
    Row {
        act: ActKind::RequestPayment,
        from: &[Received, Processing],
        actors: OFFICERS,
        guards: &[Guard::Admitted, Guard::FeeOwed, Guard::MineOrUnclaimed],
        to: Target::To(AwaitingPayment),
        clock: Clock::Pause,
        effects: TOLD,
        legal: "NĐ 61/2018 Đ22; L-29",
    },
    Row {
        act: ActKind::RecordPayment,
        from: &[Submitted, Received, Processing, AwaitingPayment, AwaitingSupplement, Decided],
        actors: Actors::Cashiers(CASHIERS),
        guards: &[Guard::FeeOwed],
        to: Target::ProcessingIfAwaited,
        clock: Clock::ResumeIfAwaited,
        effects: TOLD,
        legal: "Luật 97/2015 Đ3; NĐ 61/2018 Đ22",
    },
    Row {
        act: ActKind::Decide,
        from: &[Received, Processing],
        actors: Actors::StepRole,
        guards: &[
            Guard::Admitted,
            Guard::LastStep,
            Guard::ResultAttached,
            Guard::ChildrenOver,
            Guard::MineOrUnclaimed,
        ],
        to: Target::To(Decided),
        clock: Clock::Stop,
        effects: &[Effect::Notify, Effect::Push, Effect::Deliver, Effect::Form(FormKind::ControlSlip)],
        legal: "NĐ 61/2018 Đ19.8, Đ20; L-47",
    },
    Row {
        act: ActKind::Correct,
        from: &[Decided],
        actors: Actors::Roles(&[Role::Approver]),
        guards: &[Guard::Reason, Guard::NotInThePost],
        to: Target::To(Processing),
        clock: Clock::Reopen,
        effects: TOLD,
        legal: "NĐ 61/2018 Đ21; L-48",
    },
    Row {
        act: ActKind::Withdraw,
        from: &[Submitted, Received, Processing, AwaitingSupplement, AwaitingPayment],
        actors: Actors::Owner,
        guards: &[Guard::NotAChild],
        to: Target::To(Withdrawn),
        clock: Clock::Stop,
        effects: TOLD,
        legal: "L-44",
    },
    Row {
        act: ActKind::Stop,
        from: &[AwaitingSupplement],
        actors: OFFICERS,
        guards: &[Guard::Reason],
        to: Target::To(Stopped),
        clock: Clock::Stop,
        effects: STOPPED,
        legal: "TT 03/2025 Mẫu 05; L-44",
    },
    Row {
        act: ActKind::Stop,
        from: &[Received, Processing, AwaitingPayment],
        actors: Actors::Roles(&[Role::Approver]),
        guards: &[Guard::Reason],
        to: Target::To(Stopped),
        clock: Clock::Stop,
        effects: STOPPED,
        legal: "TT 03/2025 Mẫu 05; L-44",
    },
    Row {
        act: ActKind::Return,
        from: &[Decided],
        actors: HANDERS_OVER,
        guards: &[Guard::FeePaid, Guard::OriginalsBack, Guard::PapersDigitised],
        to: Target::To(Returned),
        clock: Clock::Still,
        effects: TOLD,
        legal: "NĐ 61/2018 Đ20.2-5; L-47",
    },
    Row {
        act: ActKind::Warn,
        from: OPEN,
        actors: Actors::Office,
        guards: &[],
        to: Target::Stay,
        clock: Clock::Still,
        effects: &[],
        legal: "NĐ 61/2018 Đ19.9; TT 17/2017 Đ5.2h",
    },
    Row {
        act: ActKind::Recompute,
        from: &[Received, Processing, AwaitingSupplement, AwaitingPayment],
        actors: Actors::Office,
        guards: &[Guard::Admitted],
        to: Target::Stay,
        clock: Clock::Recompute,
        effects: TOLD,
        legal: "BLDS 2015 Đ147, Đ148; W-17",
    },
];

/// The row of `act` from where the dossier stands.
pub(super) fn row(act: ActKind, now: &Standing) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.act == act && row.from.contains(&now.status))
}

/// The table as Markdown, for `docs/life-cycle.md`.
pub fn picture() -> String {
    let head = "| from | act | who | must hold | to | clock | follows | law |\n";
    let rows: String = TABLE.iter().map(Row::line).collect();
    format!("{head}| --- | --- | --- | --- | --- | --- | --- | --- |\n{rows}")
}
