//! Dossiers counted over a period, each as it stood at the end of it (law.md §7.1).

use super::{Judged, Past};
use crate::deadlines::on_time_by_date;
use crate::local_time::local_date;
use crate::procedure::Channel;
use crate::status::Status;
use chrono::{DateTime, TimeDelta, Utc};

/// A reporting period, both ends within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// Its last moment, at which what is open is judged.
    pub until: DateTime<Utc>,
}

/// What is counted. Once received, a dossier stands in one place: `carried_over` + `received()` + `reopened` =
/// `decided()` + `withdrawn` + `stopped` + `open()`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Handed in within the period.
    pub submitted: u64,
    /// Received before the period and open at its beginning (từ kỳ trước).
    pub carried_over: u64,
    /// Received within the period, online.
    pub received_online: u64,
    /// Received within the period, at the desk.
    pub received_desk: u64,
    /// Received within the period, by post.
    pub received_post: u64,
    /// Decided before the period and taken up again in it, to correct the result.
    pub reopened: u64,
    /// Handed in and neither received nor ended by the end of the period.
    pub not_yet_received: u64,
    /// Those of them whose applicant was asked for papers.
    pub asked_at_intake: u64,
    /// Open, the agency's turn, in time to the second.
    pub in_process_in_time: u64,
    /// Open, the agency's turn, late to the second.
    pub in_process_late: u64,
    /// Open, the applicant asked for papers.
    pub waiting_for_papers: u64,
    /// Open, the applicant asked for money.
    pub waiting_for_payment: u64,
    /// Decided before the due day (trước hạn).
    pub decided_before_the_day: u64,
    /// Decided on the due day (đúng hạn), or without one.
    pub decided_on_the_day: u64,
    /// Decided after the due day (quá hạn).
    pub decided_after_the_day: u64,
    /// Decided late to the second; those of the last hour of the due day are here and not in the line above.
    pub decided_late_to_the_second: u64,
    /// Decided late for the national index.
    pub decided_late_for_the_index: u64,
    /// Results handed over within the period.
    pub returned: u64,
    /// Withdrawn after reception.
    pub withdrawn: u64,
    /// Stopped after reception.
    pub stopped: u64,
    /// Not received (không được tiếp nhận).
    pub refused: u64,
    /// Withdrawn or stopped before reception.
    pub ended_before_reception: u64,
}

impl Period {
    /// Whether a moment lies within.
    pub fn holds(&self, at: Option<DateTime<Utc>>) -> bool {
        at.is_some_and(|at| self.from <= at && at <= self.until)
    }

    /// The last moment before it.
    pub fn eve(&self) -> DateTime<Utc> {
        self.from.checked_sub_signed(TimeDelta::microseconds(1)).unwrap_or(self.from)
    }
}

impl Tally {
    /// Received within the period.
    pub fn received(&self) -> u64 {
        self.received_online + self.received_desk + self.received_post
    }

    /// Decided within the period.
    pub fn decided(&self) -> u64 {
        self.decided_before_the_day + self.decided_on_the_day + self.decided_after_the_day
    }

    /// Received and not finished at the end of the period.
    pub fn open(&self) -> u64 {
        self.in_process_in_time + self.in_process_late + self.waiting_for_papers + self.waiting_for_payment
    }

    /// Adds one dossier: as it stood on the eve of the period, and at its end with its judgement.
    pub fn add(
        &mut self,
        channel: Channel,
        eve: Option<&Past>,
        (now, judged): (&Past, Option<&Judged>),
        period: Period,
    ) {
        self.submitted += u64::from(period.holds(Some(now.submitted_at)));
        self.returned += u64::from(period.holds(now.returned_at));
        self.carried_over += u64::from(eve.is_some_and(Past::is_open));
        let done_before = eve.is_some_and(|eve| eve.finished_at().is_some());
        self.reopened += u64::from(done_before && (now.is_open() || period.holds(now.finished_at())));
        if period.holds(now.received_at) {
            *self.received_by(channel) += 1;
        }
        match now.finished_at() {
            Some(at) if period.holds(Some(at)) => self.finished(now, judged),
            Some(_) => {}
            None if now.received_at.is_some() => *self.place(now, judged) += 1,
            None => {
                self.not_yet_received += 1;
                self.asked_at_intake += u64::from(now.status == Status::AwaitingSupplement);
            }
        }
    }

    fn received_by(&mut self, channel: Channel) -> &mut u64 {
        match channel {
            Channel::Online => &mut self.received_online,
            Channel::Desk => &mut self.received_desk,
            Channel::Post => &mut self.received_post,
        }
    }

    fn place(&mut self, now: &Past, judged: Option<&Judged>) -> &mut u64 {
        match now.status {
            Status::AwaitingSupplement => &mut self.waiting_for_papers,
            Status::AwaitingPayment => &mut self.waiting_for_payment,
            _ if judged.is_some_and(|judged| judged.late) => &mut self.in_process_late,
            _ => &mut self.in_process_in_time,
        }
    }

    fn finished(&mut self, now: &Past, judged: Option<&Judged>) {
        match (now.decided_at, now.status) {
            (Some(at), _) => self.decided_at(at, judged),
            (None, Status::Refused) => self.refused += 1,
            _ if now.received_at.is_none() => self.ended_before_reception += 1,
            (None, Status::Withdrawn) => self.withdrawn += 1,
            (None, _) => self.stopped += 1,
        }
    }

    fn decided_at(&mut self, at: DateTime<Utc>, judged: Option<&Judged>) {
        self.decided_late_to_the_second += u64::from(judged.is_some_and(|j| j.late));
        self.decided_late_for_the_index += u64::from(judged.is_some_and(|j| j.late_for_the_index));
        match judged.and_then(|judged| judged.promised) {
            Some(due) if local_date(at) < local_date(due) => self.decided_before_the_day += 1,
            Some(due) if !on_time_by_date(due, at) => self.decided_after_the_day += 1,
            _ => self.decided_on_the_day += 1,
        }
    }
}
