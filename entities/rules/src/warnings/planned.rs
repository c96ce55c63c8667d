//! From when and until when each warning of a dossier holds; nothing is kept here, everything follows from the facts.

use super::{Warning, WarningKind, WarningTerms, words};
use crate::calendar::Calendar;
use crate::local_time::{instant, local_date};
use crate::office_hours::OfficeHours;
use crate::status::Status;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

/// What the rules must know of a dossier to warn of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts<'a> {
    /// Mã số hồ sơ.
    pub code: &'a str,
    /// National status.
    pub status: Status,
    /// The agency has the turn.
    pub agency_has_turn: bool,
    /// End of the 8 working hours to answer; none for papers at the desk or by post.
    pub answer_due: Option<DateTime<Utc>>,
    /// A fee due before reception is still to be paid: the hours to answer count from the payment (L-12).
    pub unpaid_before: bool,
    /// Received.
    pub received_at: Option<DateTime<Utc>>,
    /// Due; none while the clock stands.
    pub due: Option<DateTime<Utc>>,
    /// Last moment to apologise (L-40).
    pub apology_by: Option<DateTime<Utc>>,
    /// The due date may still be put off (L-42).
    pub may_extend: bool,
    /// The open round of asking for papers.
    pub asked: Option<Asked>,
    /// Units asked for their opinion that have not answered.
    pub consulted: Vec<Consulted>,
    /// Result issued.
    pub decided_at: Option<DateTime<Utc>>,
    /// The result is to be fetched at the desk.
    pub fetched_at_desk: bool,
    /// The last delivery of the result by post was in vain.
    pub undelivered: Option<Undelivered>,
    /// The post brought the result back; it waits at the desk since then.
    pub back_from_post: Option<DateTime<Utc>>,
    /// The post does not carry the result after all, since then.
    pub not_carried: Option<DateTime<Utc>>,
    /// How long before and after a date the procedure warns.
    pub terms: WarningTerms,
}

/// An open round of asking for papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Its number within the dossier.
    pub round: u16,
    /// When.
    pub at: DateTime<Utc>,
}

/// A unit asked for its opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consulted {
    /// Key of the consultation.
    pub id: Uuid,
    /// By when it should answer.
    pub due: DateTime<Utc>,
}

/// A delivery in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undelivered {
    /// The shipment; another one is another occasion.
    pub shipment: Uuid,
    /// How many there have been.
    pub attempts: u16,
    /// The last of them.
    pub at: DateTime<Utc>,
}

/// The warnings that are due at a moment, in the order of a dossier's life.
///
/// A later moment takes none away, but that `due_soon` gives way to `late` and `apology_due` ends with the last
/// moment to apologise.
pub fn due(facts: &Facts<'_>, at: DateTime<Utc>, calendar: &Calendar, hours: &OfficeHours) -> Vec<Warning> {
    let office = Office { calendar, hours };
    let now = planned(facts, office).into_iter();
    let now = now.filter(|plan| plan.from <= at && plan.until.is_none_or(|until| at <= until));
    now.map(|plan| words::said(facts.code, plan.kind, (plan.about, facts.apology_by), plan.occasion))
        .collect()
}

/// The next moment after `at` from which another warning is due, if nothing happens before.
pub fn next(
    facts: &Facts<'_>,
    at: DateTime<Utc>,
    calendar: &Calendar,
    hours: &OfficeHours,
) -> Option<DateTime<Utc>> {
    planned(facts, Office { calendar, hours })
        .into_iter()
        .map(|plan| plan.from)
        .filter(|from| *from > at)
        .min()
}

/// A warning and the time in which it holds.
struct Planned {
    kind: WarningKind,
    occasion: String,
    /// The moment the sentence speaks of.
    about: DateTime<Utc>,
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
}

impl Planned {
    /// One for each moment it is about; from then on, without end.
    fn about(kind: WarningKind, about: DateTime<Utc>, from: DateTime<Utc>) -> Self {
        let occasion = about.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        Self { kind, occasion, about, from, until: None }
    }
}

fn planned(facts: &Facts<'_>, office: Office<'_>) -> Vec<Planned> {
    let single = [
        answer_late(facts),
        due_soon(facts, office),
        apology_due(facts, office),
        running(facts).map(|due| Planned::about(WarningKind::Late, due, past(due))),
        supplement_unanswered(facts, office),
        result_unfetched(facts, office),
        invitation(facts, office),
        not_carried(facts, office),
    ];
    single.into_iter().flatten().chain(facts.consulted.iter().map(consultation_late)).collect()
}

fn answer_late(facts: &Facts<'_>) -> Option<Planned> {
    let waits = facts.received_at.is_none() && facts.agency_has_turn && !facts.unpaid_before;
    let limit = facts.answer_due.filter(|_| waits)?;
    Some(Planned::about(WarningKind::AnswerLate, limit, past(limit)))
}

fn due_soon(facts: &Facts<'_>, office: Office<'_>) -> Option<Planned> {
    let due = running(facts)?;
    let from = office.opens(office.working_days_before(local_date(due), facts.terms.due_soon_days));
    let plan = Planned { until: Some(due), ..Planned::about(WarningKind::DueSoon, due, from) };
    was_there(facts, from).then_some(plan)
}

fn apology_due(facts: &Facts<'_>, office: Office<'_>) -> Option<Planned> {
    let due = running(facts)?;
    let by = facts.apology_by.filter(|_| facts.may_extend)?;
    let from = office.opens(office.calendar.working_day_until(local_date(by)));
    let plan = Planned { until: Some(by), ..Planned::about(WarningKind::ApologyDue, due, from) };
    was_there(facts, from).then_some(plan)
}

fn supplement_unanswered(facts: &Facts<'_>, office: Office<'_>) -> Option<Planned> {
    let asked =
        facts.asked.filter(|_| facts.status == Status::AwaitingSupplement && !facts.agency_has_turn)?;
    let days = Days::new(facts.terms.supplement_days.into());
    let day = local_date(asked.at).checked_add_days(days).unwrap_or(NaiveDate::MAX);
    let from = office.opens(office.calendar.working_day_from(day));
    let plan = Planned::about(WarningKind::SupplementUnanswered, asked.at, from);
    Some(Planned { occasion: format!("round-{}", asked.round), ..plan })
}

fn result_unfetched(facts: &Facts<'_>, office: Office<'_>) -> Option<Planned> {
    if let Some(back) = facts.back_from_post.filter(|_| facts.status == Status::Decided) {
        // The person is told at once where the result is now, but not in the night: there is nobody at the desk yet.
        return Some(Planned::about(WarningKind::ResultUnfetched, back, office.at_work_from(back)));
    }
    let waits = facts.status == Status::Decided && facts.fetched_at_desk;
    let decided = facts.decided_at.filter(|_| waits)?;
    let from = office.opens(office.working_days_after(local_date(decided), facts.terms.fetch_days));
    Some(Planned::about(WarningKind::ResultUnfetched, decided, from))
}

/// At least two invitations, two working days apart; then the result goes back (L-49).
fn invitation(facts: &Facts<'_>, office: Office<'_>) -> Option<Planned> {
    let vain = facts.undelivered.filter(|_| facts.status == Status::Decided)?;
    let kind = match vain.attempts {
        0 => return None,
        1 => WarningKind::SecondInvitation,
        _ => WarningKind::PostGivesBack,
    };
    let from = office.opens(office.working_days_after(local_date(vain.at), APART));
    let plan = Planned::about(kind, vain.at, from);
    Some(Planned { occasion: format!("{}#{}", vain.shipment, vain.attempts), ..plan })
}

fn not_carried(facts: &Facts<'_>, office: Office<'_>) -> Option<Planned> {
    let off = facts.not_carried.filter(|_| facts.status == Status::Decided)?;
    Some(Planned::about(WarningKind::NotCarried, off, office.at_work_from(off)))
}

/// Working days between two invitations.
const APART: u8 = 2;

fn consultation_late(asked: &Consulted) -> Planned {
    let plan = Planned::about(WarningKind::ConsultationLate, asked.due, past(asked.due));
    Planned { occasion: asked.id.to_string(), ..plan }
}

/// The due moment while the clock runs.
fn running(facts: &Facts<'_>) -> Option<DateTime<Utc>> {
    let works = matches!(facts.status, Status::Received | Status::Processing);
    facts.due.filter(|_| works && facts.received_at.is_some())
}

/// A dossier with a limit no longer than the notice itself needs no notice: it came in after its time.
fn was_there(facts: &Facts<'_>, from: DateTime<Utc>) -> bool {
    facts.received_at.is_some_and(|received| received < from)
}

/// The first moment after a last moment; both are read to the whole second (W-01).
fn past(last: DateTime<Utc>) -> DateTime<Utc> {
    last + TimeDelta::seconds(1)
}

#[derive(Clone, Copy)]
struct Office<'a> {
    calendar: &'a Calendar,
    hours: &'a OfficeHours,
}

impl Office<'_> {
    fn opens(self, day: NaiveDate) -> DateTime<Utc> {
        instant(self.hours.opens(day))
    }

    /// The moment itself between opening and closing, otherwise the next opening.
    fn at_work_from(self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let day = local_date(moment);
        if self.calendar.is_working_day(day) && moment <= instant(self.hours.closes(day)) {
            return moment.max(self.opens(day));
        }
        self.opens(self.calendar.next_working_day(day))
    }

    fn working_days_before(self, day: NaiveDate, days: u8) -> NaiveDate {
        (0..days).fold(day, |d, _| self.calendar.working_day_until(d.pred_opt().unwrap_or(d)))
    }

    fn working_days_after(self, day: NaiveDate, days: u8) -> NaiveDate {
        (0..days).fold(day, |d, _| self.calendar.next_working_day(d))
    }
}
