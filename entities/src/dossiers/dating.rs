//! What an act does to the dates of a dossier: the answer limit, the due date, and the last moments that hang on it.

use super::Door;
use super::act::Act;
use super::children::family;
use super::correcting::in_the_post;
use super::deadline::{self, Ticked};
use super::standing::{Around, undigitised};
use crate::catalogue::Revised;
use crate::columns::from_key;
use crate::error::Error;
use crate::tables::dossiers::Model;
use chrono::{DateTime, Utc};
use rules::actor::Role;
use rules::control_slip::hand_on_by;
use rules::deadlines::{
    ClockEvent, ClockKind, ClockState, Terms, answer_due, apology_by, supplement_request_due,
};
use rules::lifecycle::ActKind;
use rules::procedure::PaymentMoment;
use rules::refusal::Violation;

/// A clock event about to be written, with the terms that count from it on.
#[derive(Debug)]
pub(super) struct Tick {
    /// What happens.
    pub(super) kind: ClockKind,
    /// New terms; on a start and on a recomputation.
    pub(super) terms: Option<Terms>,
    /// When it counts from.
    pub(super) at: DateTime<Utc>,
}

impl Door<'_> {
    /// What the rules must know besides the row to judge this act.
    pub(super) async fn around(&self, before: &Model, act: &Act) -> Result<Around, Error> {
        let correcting = matches!(act, Act::Correct { .. });
        Ok(Around {
            has_result: !matches!(act, Act::Decide { file: None, .. }),
            new_due: match act {
                Act::Extend { new_due, .. } => Some(*new_due),
                _ => None,
            },
            consulted: match act {
                Act::Advise(advice) => vec![self.asked(before, advice).await?.unit_id],
                _ => Vec::new(),
            },
            // What the post delivers comes with everything the desk has kept.
            originals_back: matches!(act, Act::ReturnWithOriginals { .. }) || self.by.is(Role::Office),
            in_the_post: correcting && in_the_post(self.tx, before.id).await?,
            undigitised: match act {
                Act::Return { .. } | Act::ReturnWithOriginals { .. } => undigitised(self.tx, before).await?,
                _ => Vec::new(),
            },
            open_children: match act {
                Act::Decide { .. } => family::open_count(self.tx, before.id).await?,
                _ => 0,
            },
        })
    }

    /// By when the competent unit should take in what another one received: paper by the end of its way there
    /// (L-23), what is electronic at once (L-24).
    pub(super) async fn admission_by(&self, after: &Model) -> Result<DateTime<Utc>, Error> {
        let unit = self.catalogue.unit(self.tx, after.authority_id, self.at).await?;
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        let channel = from_key("dossiers.channel", &after.channel)?;
        Ok(hand_on_by(channel, self.at, &calendar, &unit.hours))
    }

    /// When an event counts from: what came whole by post, from the minutes of its hand-over (L-22); all else from now.
    pub(super) fn counts_from(&self, before: &Model, kind: ClockKind) -> DateTime<Utc> {
        let by_post = before.channel == "post" && kind == ClockKind::Started;
        let whole = before.received_at.is_none() && !before.supplement_answered;
        before.handed_over_at.filter(|_| by_post && whole).unwrap_or(self.at)
    }

    /// The terms an event brings: those of today at a start, another calendar at a recomputation.
    pub(super) async fn terms(
        &self,
        after: &Model,
        act: &Act,
        kind: ClockKind,
    ) -> Result<Option<Terms>, Error> {
        match (kind, act) {
            (ClockKind::Started, _) => {
                Ok(Some(deadline::terms_today(self.tx, self.catalogue, after, self.at).await?))
            }
            (ClockKind::Recomputed, Act::Recompute { calendar, .. }) => {
                let events = deadline::ticked(self.tx, after).await?;
                let kept = deadline::terms_at(self.tx, self.catalogue, after, &events, self.at).await?;
                Ok(Some(Terms { calendar: *calendar, ..kept }))
            }
            _ => Ok(None),
        }
    }

    /// Sets every date that follows from the clock once `tick` has happened.
    pub(super) async fn date(&self, after: &mut Model, revised: &Revised, tick: &Tick) -> Result<(), Error> {
        let mut events = deadline::ticked(self.tx, after).await?;
        let event = ClockEvent { seq: after.clock_events, kind: tick.kind, at: tick.at };
        events.push(Ticked { event, terms: tick.terms.clone(), entry: after.entries });
        let terms = deadline::terms_at(self.tx, self.catalogue, after, &events, self.at).await?;
        let calendar = self.catalogue.calendar_version(self.tx, terms.calendar).await?;
        let found = deadline::folded(after, revised, &events, (&calendar, &terms), self.at)?;
        if let (ClockKind::Extended { to }, Some(before), Some(due)) = (tick.kind, after.due_at, found.due) {
            later(before, due, to)?;
        }
        after.due_at = found.due;
        after.first_due_at = found.original_due;
        let running = found.due.filter(|_| found.state == ClockState::Running);
        after.apology_by = running.map(|due| apology_by(due, &calendar, &terms.hours));
        if matches!(tick.kind, ClockKind::Started | ClockKind::Restarted | ClockKind::Recomputed) {
            let begins = |t: &&Ticked| matches!(t.event.kind, ClockKind::Started | ClockKind::Restarted);
            let begun = events.iter().rfind(begins).map_or(self.at, |ticked| ticked.event.at);
            let days = terms.supplement.window_days;
            after.ask_by = days.map(|days| supplement_request_due(days, begun, &calendar, &terms.hours).due);
        }
        Ok(())
    }

    /// The 8 working hours to answer, when they count again: from a payment due before reception (L-12) and from
    /// the papers asked for at intake (L-22).
    pub(super) async fn hours_again(
        &self,
        before: &Model,
        act: &Act,
        revised: &Revised,
    ) -> Result<Option<DateTime<Utc>>, Error> {
        let again = match act.kind() {
            ActKind::RecordPayment => revised.content.payment == PaymentMoment::Before,
            kind => kind == ActKind::AnswerSupplement,
        };
        if !again || before.received_at.is_some() {
            return Ok(None);
        }
        let unit = self.catalogue.unit(self.tx, before.unit_id, self.at).await?;
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        Ok(Some(answer_due(before.submitted_at, Some(self.at), &calendar, &unit.hours).due))
    }
}

/// An extension gives a later date, and the one that was asked for.
fn later(before: DateTime<Utc>, due: DateTime<Utc>, asked: DateTime<Utc>) -> Result<(), Error> {
    if before < due && before < asked {
        return Ok(());
    }
    Err(Error::Invalid(vec![Violation {
        pointer: "/new_due".into(),
        code: "not_later",
        vi: "Ngày hẹn mới phải sau ngày hẹn cũ.".into(),
        en: "The new date must come after the old one.".into(),
    }]))
}
