//! The one door: every change of state of a dossier goes through `Door::act`.

pub use super::act::{Act, Outcome};
use super::children::following;
use super::dating::Tick;
use super::{Door, effects, parties, standing};
use crate::catalogue::Revised;
use crate::columns::key_of;
use crate::erasing::blanks::NOBODY;
use crate::error::Error;
use crate::forms::issuing::{self, Happened};
use crate::jobs;
use crate::tables::dossiers::{Column, Entity, Model};
use crate::warnings::rows::watched_from;
use crate::writing::Batch;
use rules::access::{Sight, sight};
use rules::actor::Role;
use rules::lifecycle::{ActKind, Fee, Step, step};
use rules::local_time::local_date;
use rules::past::turn;
use rules::refusal::Violation;
use rules::regime::in_force;
use rules::status::Status;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use uuid::Uuid;

impl Door<'_> {
    /// Does `act` to a dossier: judged by the rules, then state, history, clock and jobs in this transaction.
    ///
    /// `expected` is the version the person saw; another one fails as stale. Fails as not found, refused with all
    /// blocks, or invalid with all violations; then nothing is written.
    pub async fn act(&self, dossier: Uuid, expected: Option<i32>, act: &Act) -> Result<Model, Error> {
        let before = Entity::find().filter(Column::Id.eq(dossier)).lock_exclusive().one(self.tx).await?;
        let before = before.filter(|dossier| self.may_approach(dossier, act));
        let before = before.ok_or(Error::NotFound("dossier"))?;
        if before.owner == NOBODY {
            return Err(Error::Erased);
        }
        if expected.is_some_and(|version| version != before.version) {
            return Err(Error::Stale);
        }
        brief(act)?;
        let revised = self.catalogue.revision(self.tx, before.revision_id).await?;
        let around = self.around(&before, act).await?;
        let now = standing::of((self.sealer, self.by, self.at), &before, &revised, around)?;
        let step = step(&now, act.kind(), act.words(), self.by)?;
        let mut after = before.clone();
        after.entries += 1;
        // A warning changes nothing that people read of the dossier, so what an officer saw still stands.
        after.version += i32::from(!matches!(act, Act::Warn { .. }));
        after.updated_at = self.at;
        after.status = step.to.key().into();
        self.apply(&mut after, &now, act, &revised)?;
        let mut batch = Batch::default();
        self.attach(&mut batch, &before, &after, act, &revised).await?;
        if let Some(kind) = step.clock {
            after.clock_events += 1;
            let at = self.counts_from(&before, kind);
            let tick = Tick { kind, terms: self.terms(&after, act, kind).await?, at };
            effects::tick(&mut batch, &after, &tick)?;
            self.date(&mut after, &revised, &tick).await?;
        }
        self.hand(&mut batch, &before, &mut after, act, &revised).await?;
        let again = self.hours_again(&before, act, &revised).await?;
        after.answer_due_at = before.answer_due_at.map(|known| again.unwrap_or(known));
        after.act_by = match after.received_at {
            None => again.unwrap_or(before.act_by),
            Some(_) if act.kind() == ActKind::Accept && after.clock_events == 0 => {
                self.admission_by(&after).await?
            }
            Some(_) => after.due_at.or(before.due_at).unwrap_or(before.act_by),
        };
        if !matches!(act, Act::Warn { .. }) {
            after.watch_at = watched_from(step.to, self.at);
        }
        self.settle_rounds(&after, act).await?;
        self.write(&before, after, batch, act, &now, &step).await
    }

    /// Who sees nothing of it has no door to it, but the unit that was asked answers without seeing it (L-30).
    fn may_approach(&self, dossier: &Model, act: &Act) -> bool {
        let seen = sight(self.by, parties(dossier, self.by, self.sealer));
        seen > Sight::None || matches!(act, Act::Advise(_))
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
        let note = Some(act.words()).filter(|words| !words.is_empty() && !act.keeps_its_words());
        let (kind, from) = (act.kind(), Some(now.status));
        let facts = effects::Facts { act: kind, from, to: step.to, note, before: Some(before) };
        effects::record(self, &mut batch, &after, facts, step.effects)?;
        batch.add_some(jobs::insert(following::jobs(self, &after, act.kind()).await?, self.at)?);
        self.issue(&mut batch, before, &after, act, step).await?;
        changed(before, after.clone()).update(self.tx).await?;
        batch.write(self.tx).await?;
        Ok(after)
    }

    /// Fills in the forms that the act calls for, as everything stands now.
    async fn issue(
        &self,
        batch: &mut Batch,
        before: &Model,
        after: &Model,
        act: &Act,
        step: &Step,
    ) -> Result<(), Error> {
        let revised = self.catalogue.revision(self.tx, after.revision_id).await?;
        let components = match act {
            Act::RequestSupplement { components, .. } => components.as_slice(),
            _ => &[],
        };
        let (revised, words) = (revised.as_ref(), act.words());
        let happened = Happened { before, after, revised, act: act.kind(), words, components };
        issuing::follow(self, batch, &happened, step.effects).await
    }

    fn apply(
        &self,
        after: &mut Model,
        now: &rules::lifecycle::Standing,
        act: &Act,
        revised: &Revised,
    ) -> Result<(), Error> {
        match act {
            Act::Accept => self.receive(after)?,
            Act::AcceptKeeping { originals } => {
                self.receive(after)?;
                after.originals = self.keep_originals(originals, revised)?;
            }
            Act::SendBack { step, .. } => {
                after.step = Some(earlier(revised, after.step.as_deref(), step)?);
                after.assignee = None;
            }
            Act::Extend { .. } => after.extensions += 1,
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
            Act::Decide { .. } => {
                after.decided_at = Some(self.at);
                after.desk_id = Some(after.unit_id);
            }
            Act::Correct { .. } => taken_back(after),
            Act::Return { .. } | Act::ReturnWithOriginals { .. } => {
                after.returned_at = Some(self.at);
                after.originals = self.give_originals_back(after)?;
            }
            Act::Admit
            | Act::OpenChild { .. }
            | Act::EndChild { .. }
            | Act::Refuse { .. }
            | Act::RequestPayment
            | Act::Withdraw { .. }
            | Act::Stop { .. }
            | Act::Recompute { .. }
            | Act::Consult(_)
            | Act::Advise(_)
            | Act::Visit(_)
            | Act::Warn { .. } => {}
        }
        self.pass_on(after, now, act, revised)
    }

    /// Whose name stands on it, whose turn it is, and whose role it waits for.
    fn pass_on(
        &self,
        after: &mut Model,
        now: &rules::lifecycle::Standing,
        act: &Act,
        revised: &Revised,
    ) -> Result<(), Error> {
        after.assignee_name = match act {
            Act::Claim => Some(self.by.name.clone()),
            _ if after.assignee.is_none() => None,
            _ => after.assignee_name.take(),
        };
        if !(now.held && after.status == Status::Submitted.key()) {
            after.turn = turn(standing::status(after)?, after.supplement_answered).key().into();
        }
        let step = revised.content.steps.iter().find(|s| Some(&s.key) == after.step.as_ref());
        after.waits_for = key_of(&step.map_or(Role::DeskOfficer, |s| s.role))?;
        Ok(())
    }

    fn receive(&self, after: &mut Model) -> Result<(), Error> {
        after.received_at = Some(self.at);
        after.regime = key_of(&in_force(local_date(self.at)).regime)?;
        after.supplement_answered = false;
        after.assignee = None;
        after.desk_id = Some(after.authority_id);
        Ok(())
    }
}

/// The result is no result any more: the last step makes a new one.
fn taken_back(after: &mut Model) {
    after.decided_at = None;
    after.assignee = None;
    after.desk_id = Some(after.authority_id);
    after.corrections += 1;
}

/// The key of an earlier step; fails with a violation for any other.
fn earlier(revised: &Revised, now: Option<&str>, key: &str) -> Result<String, Error> {
    let behind = revised.content.steps.iter().take_while(|step| Some(step.key.as_str()) != now);
    let found = behind.map(|step| &step.key).find(|step| *step == key);
    found.cloned().ok_or_else(|| {
        Error::Invalid(vec![Violation {
            pointer: "/step".into(),
            code: "step_unknown",
            vi: "Không có bước này trước bước hiện tại.".into(),
            en: "There is no such step before the present one.".into(),
        }])
    })
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
