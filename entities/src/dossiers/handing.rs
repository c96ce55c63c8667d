//! Hand-overs as the door writes them: opened by what moves a dossier, received by a claim, ended by the next move.

use super::act::Act;
use super::{Door, deadline, handovers};
use crate::catalogue::{Revised, units::Unit};
use crate::columns::{from_key, key_of};
use crate::error::Error;
use crate::tables::dossiers::Model;
use crate::tables::handovers::{Column, Entity, Model as Handover};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use rules::control_slip::{allotted_until, hand_on_by, timeliness};
use rules::lifecycle::ActKind;
use rules::procedure::ProcessStep;
use rules::status::Status;
use sea_orm::sea_query::{Expr, Func, SimpleExpr, UpdateStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryTrait, UpdateMany};

/// A subject and a name.
type Person = (Option<String>, Option<String>);

impl Door<'_> {
    /// Writes on the control slip what an act means for it; the agency's own stretches alone stand there.
    pub(super) async fn hand(
        &self,
        batch: &mut Batch,
        before: &Model,
        after: &mut Model,
        act: &Act,
        revised: &Revised,
    ) -> Result<(), Error> {
        let open = before.handovers > 0 && at_work(before);
        let moved = matches!(act.kind(), ActKind::Forward | ActKind::SendBack | ActKind::Admit);
        match act.kind() {
            ActKind::Claim if open => batch.update(self.received(before)),
            ActKind::Release if open => batch.update(put_down(before)),
            _ => {}
        }
        if open && (moved || !at_work(after)) {
            self.end(batch, before, act.kind()).await?;
            after.step_due_at = None;
        }
        if at_work(after) && (moved || !at_work(before)) {
            let row = self.given(before, after, act, revised).await?;
            after.handovers = row.seq;
            after.step_due_at = row.due_at;
            batch.insert(row);
        }
        Ok(())
    }

    fn received(&self, before: &Model) -> UpdateStatement {
        let row = last(before).filter(Column::ReceivedAt.is_null());
        let row = row.col_expr(Column::Receiver, Expr::value(self.by.subject.clone()));
        let row = row.col_expr(Column::ReceiverName, Expr::value(self.by.name.clone()));
        row.col_expr(Column::ReceivedAt, Expr::value(self.at)).into_query()
    }

    /// The slip is printed with a decision and a stop, so that it must be read as ended before the act is.
    async fn end(&self, batch: &mut Batch, before: &Model, act: ActKind) -> Result<(), Error> {
        let ended = self.ended(before, act)?;
        match act {
            ActKind::Decide | ActKind::Stop => self.tx.execute(&ended).await.map(|_| ())?,
            _ => batch.update(ended),
        }
        Ok(())
    }

    /// Who hands it on had it, even without having claimed it.
    fn ended(&self, before: &Model, act: ActKind) -> Result<UpdateStatement, Error> {
        let judged = before.step_due_at.map(|due| key_of(&timeliness(due, self.at))).transpose()?;
        let mut row = last(before)
            .col_expr(Column::EndedAt, Expr::value(self.at))
            .col_expr(Column::Outcome, Expr::value(judged));
        if !matches!(act, ActKind::Admit | ActKind::Withdraw | ActKind::Stop) {
            row = row
                .col_expr(Column::Receiver, kept_or(Column::Receiver, self.by.subject.clone()))
                .col_expr(Column::ReceiverName, kept_or(Column::ReceiverName, self.by.name.clone()))
                .col_expr(Column::ReceivedAt, kept_or(Column::ReceivedAt, self.at));
        }
        Ok(row.into_query())
    }

    async fn given(
        &self,
        before: &Model,
        after: &Model,
        act: &Act,
        revised: &Revised,
    ) -> Result<Handover, Error> {
        let step = revised.content.steps.iter().find(|step| Some(&step.key) == after.step.as_ref());
        let at_authority = step.is_some() || before.clock_events > 0 || act.kind() == ActKind::Admit;
        let unit = if at_authority { after.authority_id } else { after.unit_id };
        let unit = self.catalogue.unit(self.tx, unit, self.at).await?;
        let due_at = match step {
            None => self.desk_time(after, &unit).await?,
            Some(step) => self.step_time(after, step, &unit).await?,
        };
        let seq = before.handovers + 1;
        let (giver, giver_name) = self.giver(before, act.kind()).await?;
        let (receiver, receiver_name) = self.receiver(after, act.kind());
        let note = Some(act.words()).filter(|words| moves_with_words(act.kind()) && !words.is_empty());
        let owner = handovers::note_of(after.id, seq);
        Ok(Handover {
            dossier_id: after.id,
            seq,
            step: after.step.clone(),
            step_name: step.map_or(AT_THE_DESK, |step| &step.name).into(),
            unit_id: unit.row.id,
            giver,
            giver_name,
            given_at: self.at,
            received_at: receiver.is_some().then_some(self.at),
            receiver,
            receiver_name,
            due_at: Some(due_at),
            ended_at: None,
            outcome: None,
            note_sealed: note.map(|words| self.sealer.seal(&owner, words)).transpose()?,
        })
    }

    /// Papers by 15:00 the same day, electronic dossiers at once (L-23, L-24).
    async fn desk_time(&self, after: &Model, unit: &Unit) -> Result<DateTime<Utc>, Error> {
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        let channel = from_key("dossiers.channel", &after.channel)?;
        Ok(hand_on_by(channel, self.at, &calendar, &unit.hours))
    }

    /// What the internal process allots, under the terms the dossier's own clock counts under.
    async fn step_time(
        &self,
        after: &Model,
        step: &ProcessStep,
        unit: &Unit,
    ) -> Result<DateTime<Utc>, Error> {
        let events = deadline::ticked(self.tx, after).await?;
        let terms = deadline::terms_at(self.tx, self.catalogue, after, &events, self.at).await?;
        let calendar = self.catalogue.calendar_version(self.tx, terms.calendar).await?;
        let codes: Vec<&str> = [Some(&unit.row.code), unit.row.old_code.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        Ok(allotted_until(step.allotted(&codes, unit.tier), self.at, &calendar, &terms.hours))
    }

    /// None when it comes from the applicant.
    async fn giver(&self, before: &Model, act: ActKind) -> Result<Person, Error> {
        Ok(match act {
            ActKind::Forward | ActKind::SendBack | ActKind::Correct => self.me(),
            ActKind::Admit => handovers::holder(self.tx, before).await?,
            _ => (None, None),
        })
    }

    fn receiver(&self, after: &Model, act: ActKind) -> Person {
        match act {
            ActKind::Accept | ActKind::Admit => self.me(),
            _ => (after.assignee.clone(), after.assignee_name.clone()),
        }
    }

    fn me(&self) -> Person {
        (Some(self.by.subject.clone()), Some(self.by.name.clone()))
    }
}

/// Name of the stretch before the first step, as the slip prints it.
const AT_THE_DESK: &str = "Tiếp nhận, chuyển hồ sơ";

/// The agency has it to work on: received, and not waiting for the applicant.
fn at_work(dossier: &Model) -> bool {
    [Status::Received, Status::Processing].iter().any(|status| status.key() == dossier.status)
}

fn moves_with_words(act: ActKind) -> bool {
    matches!(act, ActKind::Forward | ActKind::SendBack | ActKind::Correct)
}

fn put_down(before: &Model) -> UpdateStatement {
    let nobody = || Expr::value(None::<String>);
    let row = last(before).filter(Column::Receiver.eq(before.assignee.clone().unwrap_or_default()));
    let row = row.col_expr(Column::Receiver, nobody()).col_expr(Column::ReceiverName, nobody());
    row.col_expr(Column::ReceivedAt, Expr::value(None::<DateTime<Utc>>)).into_query()
}

fn last(before: &Model) -> UpdateMany<Entity> {
    let rows = Entity::update_many().filter(Column::DossierId.eq(before.id));
    rows.filter(Column::Seq.eq(before.handovers))
}

fn kept_or(column: Column, value: impl Into<sea_orm::Value>) -> SimpleExpr {
    Func::coalesce([Expr::col(column), Expr::val(value)]).into()
}
