//! A row of the table: what it says, and how it is read for one dossier and one person.

use super::{ActKind, Effect, Guard, Standing};
use crate::actor::{Actor, Role};
use crate::deadlines::ClockKind;
use crate::status::Status::{self, AwaitingPayment, Processing};

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
    pub(super) clock: Clock,
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

/// What an act does to the legal clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
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
            Clock::Pause => now.started.then_some(ClockKind::Paused),
            Clock::Stop => now.started.then_some(ClockKind::Stopped),
            Clock::ResumeIfAwaited => {
                (now.status == AwaitingPayment && now.started).then_some(ClockKind::Resumed)
            }
            Clock::Restart => now.received.then_some(ClockKind::Restarted),
        }
    }

    /// The row as a line of a Markdown table.
    pub(super) fn line(&self) -> String {
        let from = self.from.iter().map(|s| s.code().to_string()).collect::<Vec<_>>().join(", ");
        let guards = self.guards.iter().map(|g| format!("{g:?}")).collect::<Vec<_>>().join(", ");
        let effects = self.effects.iter().map(|e| format!("{e:?}")).collect::<Vec<_>>().join(", ");
        let (act, who, to) = (self.act.key(), self.actors.words(), self.to.words());
        let (clock, legal) = (self.clock_words(), self.legal);
        format!("| {from} | {act} | {who} | {guards} | {to} | {clock} | {effects} | {legal} |\n")
    }

    fn clock_words(&self) -> &'static str {
        match self.clock {
            Clock::Still => "–",
            Clock::StartHere => "started, unless the competent unit starts it",
            Clock::Start => "started",
            Clock::Extend => "extended",
            Clock::Reopen => "reopened",
            Clock::Recompute => "recomputed",
            Clock::Pause => "paused, once started",
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
