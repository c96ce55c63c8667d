//! The table: from, act, who, to, clock, what follows, and the law behind it.

use super::{ActKind, Effect, Guard, Standing};
use crate::actor::{Actor, Role};
use crate::deadlines::ClockKind;
use crate::forms::FormKind;
use crate::status::Status::{self, *};

/// One row: who may do what from where, and what follows.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// The act.
    pub act: ActKind,
    /// Statuses it starts from.
    pub from: &'static [Status],
    /// Who may do it.
    pub actors: Actors,
    /// What must hold besides.
    pub guards: &'static [Guard],
    /// Where it leads.
    pub to: Target,
    /// Event on the legal clock; see [`Row::clock`].
    clock: Clock,
    /// Jobs that follow.
    pub effects: &'static [Effect],
    /// Article of law.
    pub legal: &'static str,
}

/// Where an act leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To one status.
    To(Status),
    /// The status stays.
    Stay,
    /// To 4 once received; else the status stays until the desk has looked (law.md §1.2, 5→2/4).
    ProcessingIfReceived,
    /// To 4 from 6; else the status stays.
    ProcessingIfAwaited,
}

/// Who may do an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actors {
    /// The person who handed it in; the office itself for a child dossier.
    Owner,
    /// These roles at the receiving or competent unit.
    Roles(&'static [Role]),
    /// These roles at the competent unit.
    Authority(&'static [Role]),
    /// These roles at the receiving or competent unit, or at the one that opened it as a child.
    Cashiers(&'static [Role]),
    /// The role of the step it stands at; the desk before the first step.
    StepRole,
    /// Case officers and heads of a unit that has been asked for its opinion.
    Consulted,
    /// The office itself: its clock and its schedule.
    Office,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Still,
    /// At reception, unless the competent unit starts it.
    StartHere,
    Start,
    Pause,
    Extend,
    Reopen,
    Recompute,
    /// The fold restarts or resumes, as the procedure says (L-25, L-27).
    Restart,
    ResumeIfAwaited,
    Stop,
}

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
        effects: &[],
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
        guards: &[Guard::FeeOwed, Guard::MineOrUnclaimed],
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
        guards: &[Guard::FeePaid, Guard::OriginalsBack],
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

impl Row {
    /// The event on the clock of this very dossier.
    pub(super) fn clock(&self, now: &Standing) -> Option<ClockKind> {
        match self.clock {
            Clock::Still => None,
            Clock::StartHere => (!now.starts_at_authority).then_some(ClockKind::Started),
            Clock::Start => Some(ClockKind::Started),
            Clock::Extend => now.new_due.map(|to| ClockKind::Extended { to }),
            Clock::Reopen => Some(ClockKind::Reopened),
            Clock::Recompute => Some(ClockKind::Recomputed),
            Clock::Pause => Some(ClockKind::Paused),
            Clock::Stop => now.started.then_some(ClockKind::Stopped),
            Clock::ResumeIfAwaited => (now.status == AwaitingPayment).then_some(ClockKind::Resumed),
            Clock::Restart => now.received.then_some(ClockKind::Restarted),
        }
    }

    fn clock_words(&self) -> &'static str {
        match self.clock {
            Clock::Still => "–",
            Clock::StartHere => "started, unless the competent unit starts it",
            Clock::Start => "started",
            Clock::Extend => "extended",
            Clock::Reopen => "reopened",
            Clock::Recompute => "recomputed",
            Clock::Pause => "paused",
            Clock::Restart => "restarted or resumed, once received",
            Clock::ResumeIfAwaited => "resumed from 6",
            Clock::Stop => "stopped, once started",
        }
    }
}

impl Target {
    /// The status an act leads to from here.
    pub fn resolve(self, now: &Standing) -> Status {
        match self {
            Self::To(status) => status,
            Self::Stay => now.status,
            Self::ProcessingIfReceived if now.received => Processing,
            Self::ProcessingIfAwaited if now.status == AwaitingPayment => Processing,
            Self::ProcessingIfReceived | Self::ProcessingIfAwaited => now.status,
        }
    }

    fn words(self) -> String {
        match self {
            Self::To(status) => status.code().to_string(),
            Self::Stay => "same".into(),
            Self::ProcessingIfReceived => "4 once received, else same".into(),
            Self::ProcessingIfAwaited => "4 from 6, else same".into(),
        }
    }
}

impl Actors {
    /// True when `by` may do the act on this dossier.
    pub fn include(&self, now: &Standing, by: &Actor) -> bool {
        let either = |role: Role| by.is_at(role, now.unit) || by.is_at(role, now.authority);
        let working = if now.received { now.authority } else { now.unit };
        // Who settles dossiers has no say over one that is settled elsewhere (L-20).
        let at = |role: Role| match role {
            Role::CaseOfficer | Role::Approver => by.is_at(role, working),
            _ => either(role),
        };
        let opened = |role: Role| now.sender.is_some_and(|unit| by.is_at(role, unit));
        match self {
            Self::Owner => now.mine || (now.is_child && by.is(Role::Office)),
            Self::Roles(roles) => roles.iter().any(|role| at(*role)),
            Self::Cashiers(roles) => roles.iter().any(|role| at(*role) || opened(*role)),
            Self::Authority(roles) => roles.iter().any(|role| by.is_at(*role, now.authority)),
            Self::StepRole => by.is_at(now.step_role.unwrap_or(Role::DeskOfficer), working),
            Self::Consulted => {
                let asked = |role| now.consulted.iter().any(|unit| by.is_at(role, *unit));
                asked(Role::CaseOfficer) || asked(Role::Approver)
            }
            Self::Office => by.is(Role::Office),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::Owner => "owner; the office itself for a child".into(),
            Self::Roles(roles) => named(roles),
            Self::Authority(roles) => format!("{} of the competent unit", named(roles)),
            Self::Cashiers(roles) => format!("{}, of the unit that opened it too", named(roles)),
            Self::Consulted => "CaseOfficer, Approver of a unit that was asked".into(),
            Self::Office => "the office itself".into(),
            Self::StepRole => "role of the step, where it is worked on".into(),
        }
    }
}

fn named(roles: &[Role]) -> String {
    roles.iter().map(|role| format!("{role:?}")).collect::<Vec<_>>().join(", ")
}

/// The table as Markdown, for `docs/life-cycle.md`.
pub fn picture() -> String {
    let mut out = String::from(
        "| from | act | who | must hold | to | clock | follows | law |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in TABLE {
        let from = row.from.iter().map(|s| s.code().to_string()).collect::<Vec<_>>().join(", ");
        let guards = row.guards.iter().map(|g| format!("{g:?}")).collect::<Vec<_>>().join(", ");
        let effects = row.effects.iter().map(|e| format!("{e:?}")).collect::<Vec<_>>().join(", ");
        let (who, to) = (row.actors.words(), row.to.words());
        out.push_str(&format!(
            "| {from} | {} | {who} | {guards} | {to} | {} | {effects} | {} |\n",
            row.act.key(),
            row.clock_words(),
            row.legal
        ));
    }
    out
}
