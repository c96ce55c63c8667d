//! The one door: every change of state of a dossier goes through `Door::act`.

use super::application::PaperIn;
use super::{Door, deadline, effects, parties, standing};
use crate::catalogue::Revised;
use crate::columns::key_of;
use crate::error::Error;
use crate::tables::dossiers::{Column, Entity, Model};
use crate::writing::Batch;
use rules::access::{Sight, sight};
use rules::actor::Role;
use rules::lifecycle::{ActKind, Fee, Step, step};
use rules::procedure::PaymentMoment;
use rules::refusal::Violation;
use rules::status::Status;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

/// An act with what it needs; the kinds and their rules are in `rules::lifecycle`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Receive it as complete.
    Accept,
    /// Decline to receive it.
    Refuse {
        /// Why, in words.
        reason: String,
    },
    /// Ask for papers, once and in full.
    RequestSupplement {
        /// What is missing and why, in words.
        reason: String,
        /// Components asked for; may be empty when data, not papers, are asked.
        components: Vec<String>,
    },
    /// Hand in what was asked.
    AnswerSupplement {
        /// The papers.
        papers: Vec<PaperIn>,
        /// A word with it.
        note: String,
    },
    /// Take it on one's own desk.
    Claim,
    /// Give it back to the queue.
    Release,
    /// Hand it to the next step.
    Forward {
        /// A word with it.
        note: String,
    },
    /// Ask for the fee.
    RequestPayment,
    /// Record money that has come in.
    RecordPayment {
        /// How it came: the payment's reference, or `cash` with the receipt number.
        proof: String,
    },
    /// Issue the result.
    Decide {
        /// Granted, or refused on the merits (L-43).
        outcome: Outcome,
        /// Số, ký hiệu of the result.
        number: String,
        /// Result code of the procedure.
        result_code: String,
        /// The result file; without it the act is refused.
        file: Option<Uuid>,
        /// Why, when refused on the merits.
        reason: String,
    },
    /// Take it back.
    Withdraw {
        /// Why, if the person says.
        reason: String,
    },
    /// End it without a result.
    Stop {
        /// Why, in words.
        reason: String,
    },
    /// Hand the result over.
    Return {
        /// Signature, delivery number or reading that proves it (L-47).
        proof: String,
    },
}

/// What a decision says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was asked is granted.
    Granted,
    /// It is refused on the merits, in writing.
    Rejected,
}

impl Act {
    /// Its kind in the table.
    pub fn kind(&self) -> ActKind {
        match self {
            Self::Accept => ActKind::Accept,
            Self::Refuse { .. } => ActKind::Refuse,
            Self::RequestSupplement { .. } => ActKind::RequestSupplement,
            Self::AnswerSupplement { .. } => ActKind::AnswerSupplement,
            Self::Claim => ActKind::Claim,
            Self::Release => ActKind::Release,
            Self::Forward { .. } => ActKind::Forward,
            Self::RequestPayment => ActKind::RequestPayment,
            Self::RecordPayment { .. } => ActKind::RecordPayment,
            Self::Decide { .. } => ActKind::Decide,
            Self::Withdraw { .. } => ActKind::Withdraw,
            Self::Stop { .. } => ActKind::Stop,
            Self::Return { .. } => ActKind::Return,
        }
    }

    /// The words given with it; empty when none.
    pub fn words(&self) -> &str {
        match self {
            Self::Refuse { reason }
            | Self::RequestSupplement { reason, .. }
            | Self::Decide { reason, .. }
            | Self::Withdraw { reason }
            | Self::Stop { reason } => reason,
            Self::AnswerSupplement { note, .. } | Self::Forward { note } => note,
            Self::RecordPayment { proof } | Self::Return { proof } => proof,
            Self::Accept | Self::Claim | Self::Release | Self::RequestPayment => "",
        }
    }
}

impl Door<'_> {
    /// Does `act` to a dossier: judged by the rules, then state, history, clock and jobs in this transaction.
    ///
    /// `expected` is the version the person saw; another one fails as stale. Fails as not found, refused with all
    /// blocks, or invalid with all violations; then nothing is written.
    pub async fn act(&self, dossier: Uuid, expected: Option<i32>, act: &Act) -> Result<Model, Error> {
        let before = Entity::find().filter(Column::Id.eq(dossier)).lock_exclusive().one(self.tx).await?;
        let before = before.filter(|d| sight(self.by, parties(d, self.by, self.sealer)) > Sight::None);
        let before = before.ok_or(Error::NotFound("dossier"))?;
        if expected.is_some_and(|version| version != before.version) {
            return Err(Error::Stale);
        }
        brief(act)?;
        let revised = self.catalogue.revision(self.tx, before.revision_id).await?;
        let has_result = !matches!(act, Act::Decide { file: None, .. });
        let now = standing::of((self.sealer, self.by), &before, &revised, has_result)?;
        let step = step(&now, act.kind(), act.words(), self.by)?;
        let mut after = before.clone();
        after.entries += 1;
        after.version += 1;
        after.updated_at = self.at;
        after.status = step.to.key().into();
        self.apply(&mut after, &now, act, &revised)?;
        let mut batch = Batch::default();
        self.attach(&mut batch, &before, &after, act, &revised).await?;
        if let Some(kind) = step.clock {
            after.clock_events += 1;
            effects::tick(self, &mut batch, &after, kind);
            after.due_at = self.due_after(&after, &revised, kind).await?;
        }
        let again = self.hours_again(&before, act, &revised).await?;
        after.answer_due_at = before.answer_due_at.map(|known| again.unwrap_or(known));
        after.act_by = match after.received_at {
            None => again.unwrap_or(before.act_by),
            Some(_) => after.due_at.unwrap_or(self.at),
        };
        self.settle_rounds(&after, act).await?;
        self.write(&before, after, batch, act, &now, &step).await
    }

    async fn write(
        &self,
        before: &Model,
        after: Model,
        mut batch: Batch,
        act: &Act,
        now: &rules::lifecycle::Standing,
        step: &Step,
    ) -> Result<Model, Error> {
        let note = Some(act.words()).filter(|words| !words.is_empty());
        let facts = effects::Facts { act: act.kind(), from: Some(now.status), to: step.to, note };
        effects::record(self, &mut batch, &after, facts, step.effects)?;
        changed(before, after.clone()).update(self.tx).await?;
        batch.write(self.tx).await?;
        Ok(after)
    }

    fn apply(
        &self,
        after: &mut Model,
        now: &rules::lifecycle::Standing,
        act: &Act,
        revised: &Revised,
    ) -> Result<(), Error> {
        match act {
            Act::Accept => {
                after.received_at = Some(self.at);
                after.supplement_answered = false;
                after.assignee = None;
            }
            Act::RequestSupplement { .. } => {
                after.supplement_answered = false;
                after.rounds += i32::from(now.received);
            }
            Act::AnswerSupplement { .. } => after.supplement_answered = true,
            Act::Claim => after.assignee = Some(self.by.subject.clone()),
            Act::Release => after.assignee = None,
            Act::Forward { .. } => {
                after.step = revised.content.step_after(after.step.as_deref()).map(|s| s.key.clone());
                after.assignee = None;
            }
            Act::RecordPayment { .. } => {
                after.fee_state = key_of(&Fee::Paid)?;
            }
            Act::Decide { .. } => after.decided_at = Some(self.at),
            Act::Return { .. } => after.returned_at = Some(self.at),
            Act::Refuse { .. } | Act::RequestPayment | Act::Withdraw { .. } | Act::Stop { .. } => {}
        }
        after.assignee_name = match act {
            Act::Claim => Some(self.by.name.clone()),
            _ if after.assignee.is_none() => None,
            _ => after.assignee_name.take(),
        };
        after.turn = turn(after)?.into();
        let step = revised.content.steps.iter().find(|s| Some(&s.key) == after.step.as_ref());
        after.waits_for = key_of(&step.map_or(Role::DeskOfficer, |s| s.role))?;
        Ok(())
    }

    /// The 8 working hours to answer, when they count again: from a payment due before reception (L-12) and from
    /// the papers asked for at intake (L-22).
    async fn hours_again(
        &self,
        before: &Model,
        act: &Act,
        revised: &Revised,
    ) -> Result<Option<chrono::DateTime<chrono::Utc>>, Error> {
        let again = match act.kind() {
            ActKind::RecordPayment => revised.content.payment == PaymentMoment::Before,
            kind => kind == ActKind::AnswerSupplement,
        };
        if !again || before.received_at.is_some() {
            return Ok(None);
        }
        let unit = self.catalogue.unit(self.tx, before.unit_id, self.at).await?;
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        Ok(Some(rules::deadlines::answer_due(before.submitted_at, Some(self.at), &calendar, &unit.hours).due))
    }

    async fn due_after(
        &self,
        after: &Model,
        revised: &Revised,
        kind: rules::deadlines::ClockKind,
    ) -> Result<Option<chrono::DateTime<chrono::Utc>>, Error> {
        let mut events = deadline::events(self.tx, after).await?;
        events.push(rules::deadlines::ClockEvent { seq: after.clock_events, kind, at: self.at });
        let unit = self.catalogue.unit(self.tx, after.authority_id, self.at).await?;
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        Ok(deadline::folded(after, revised, &events, (&calendar, &unit.hours), self.at)?.due)
    }
}

/// Longest reason, note or proof, in characters: it goes word for word into letters and to the portal.
const LONGEST_WORDS: usize = 4_000;

fn brief(act: &Act) -> Result<(), Error> {
    if act.words().chars().count() <= LONGEST_WORDS {
        return Ok(());
    }
    Err(Error::Invalid(vec![Violation {
        pointer: "/reason".into(),
        code: "too_long",
        vi: "Lý do hoặc ghi chú dài quá 4.000 ký tự.".into(),
        en: "The reason or note has over 4,000 characters.".into(),
    }]))
}

/// Whose turn it is after an act; decides the queues.
fn turn(dossier: &Model) -> Result<&'static str, Error> {
    let status = standing::status(dossier)?;
    Ok(match status {
        Status::AwaitingSupplement if dossier.supplement_answered => "agency",
        Status::AwaitingSupplement | Status::AwaitingPayment => "applicant",
        Status::Decided => "handover",
        _ if status.is_final() => "nobody",
        _ => "agency",
    })
}

/// Only the columns that differ are written.
fn changed(before: &Model, after: Model) -> crate::tables::dossiers::ActiveModel {
    let mut active = after.into_active_model();
    let old = before.clone().into_active_model();
    for column in <Column as sea_orm::Iterable>::iter() {
        if active.get(column).into_value() != old.get(column).into_value() {
            active.reset(column);
        }
    }
    active
}
