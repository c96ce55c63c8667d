//! `GET /v1/reports/standing`: the dossiers of a unit counted over a period, as they stood at its end.

use crate::identity::Asker;
use crate::manners::instants::{as_of, last_moment, midnight};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::reports::tallies::tally;
use rules::access::reads_counts;
use rules::past::{Period, Tally};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which unit over which period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountsQuery {
    /// The receiving unit.
    unit: Uuid,
    /// First local day of the period.
    #[param(example = "2026-01-01")]
    from: NaiveDate,
    /// Last local day, wholly counted; today, up to now, when absent.
    #[param(example = "2026-03-31")]
    to: Option<NaiveDate>,
    /// The period's last moment instead of a last day, RFC 3339 with offset.
    #[param(format = DateTime, example = "2026-03-31T17:00:00+07:00")]
    as_of: Option<String>,
}

/// The dossiers of a unit over a period. `carried_over` + `received.total` + `reopened` = `decided.total` +
/// `withdrawn` + `stopped` + all of `in_process` and `waiting`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Counts, example = json!({"unit": "0194f3c0-0000-7000-8000-00000000000a", "from": "2025-12-31T17:00:00Z",
    "until": "2026-03-31T16:59:59.999999Z", "submitted": 42, "carried_over": 3,
    "received": {"total": 38, "online": 20, "desk": 17, "post": 1}, "reopened": 0, "not_yet_received": 2,
    "asked_at_intake": 1, "in_process": {"in_time": 5, "late": 1}, "waiting": {"papers": 2, "payment": 1},
    "decided": {"total": 30, "before_the_day": 22, "on_the_day": 6, "after_the_day": 2, "late_to_the_second": 3,
    "late_for_the_index": 2}, "returned": 28, "withdrawn": 1, "stopped": 1, "refused": 2, "ended_before_reception": 0}))]
pub(crate) struct CountsView {
    /// The receiving unit.
    unit: Uuid,
    /// First moment of the period.
    from: DateTime<Utc>,
    /// Last moment of the period, at which what is open is judged.
    until: DateTime<Utc>,
    /// Handed in within the period.
    submitted: u64,
    /// Received before the period and open at its beginning (từ kỳ trước).
    carried_over: u64,
    /// Received within the period.
    received: ReceivedView,
    /// Decided before the period and taken up again in it, to correct the result.
    reopened: u64,
    /// Handed in and neither received nor ended at the end.
    not_yet_received: u64,
    /// Those of them whose applicant was asked for papers.
    asked_at_intake: u64,
    /// Received, open, the agency's turn.
    in_process: InProcessView,
    /// Received, open, the applicant's turn.
    waiting: WaitingView,
    /// Decided within the period.
    decided: DecidedView,
    /// Results handed over within the period.
    returned: u64,
    /// Withdrawn within the period, after reception.
    withdrawn: u64,
    /// Stopped within the period, after reception.
    stopped: u64,
    /// Not received (không được tiếp nhận).
    refused: u64,
    /// Withdrawn or stopped before reception.
    ended_before_reception: u64,
}

/// Received, by the way it came.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountsReceived)]
struct ReceivedView {
    /// All of them.
    total: u64,
    /// Online.
    online: u64,
    /// At the desk.
    desk: u64,
    /// By post.
    post: u64,
}

/// In process at the end of the period, judged to the second.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountsInProcess)]
struct InProcessView {
    /// Not past the due moment.
    in_time: u64,
    /// Past it.
    late: u64,
}

/// Waiting for the applicant at the end of the period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountsWaiting)]
struct WaitingView {
    /// For papers.
    papers: u64,
    /// For the fee.
    payment: u64,
}

/// Decided within the period, judged when the result was issued.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountsDecided)]
struct DecidedView {
    /// All of them.
    total: u64,
    /// On a day before the due day (trước hạn).
    before_the_day: u64,
    /// On the due day (đúng hạn).
    on_the_day: u64,
    /// On a day after it (quá hạn).
    after_the_day: u64,
    /// After the due moment to the second, be it on the due day.
    late_to_the_second: u64,
    /// Late for the national index (QĐ 766).
    late_for_the_index: u64,
}

/// Count the dossiers of a unit over a period
///
/// From the history alone: the same period gives the same figures whenever it is asked for. For officers of the unit
/// and for those who oversee the province.
#[utoipa::path(tag = "reports", params(CountsQuery), responses((status = 200, body = CountsView)))]
#[get("/v1/reports/standing")]
pub(crate) async fn show_counts(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<CountsQuery>,
) -> Result<HttpResponse, Problem> {
    if !reads_counts(&asker, query.unit) {
        return Err(Code::Forbidden.into());
    }
    let now = office.clock.now();
    let unit = office.catalogue.unit(office.db.reader(), query.unit, now).await?.row.id;
    let period = query.period(now)?;
    let tally = tally(office.db.reader(), &office.catalogue, unit, period).await?;
    Ok(HttpResponse::Ok().json(CountsView::of(unit, period, &tally)))
}

impl CountsQuery {
    fn period(&self, now: DateTime<Utc>) -> Result<Period, Problem> {
        if self.to.is_some() && self.as_of.is_some() {
            return Err(unclear("Chỉ nêu `to` hoặc `as_of`.", "Give `to` or `as_of`, not both."));
        }
        match self.to {
            Some(_) => period_of(self.from, self.to, now),
            None => ordered(midnight(self.from), as_of(self.as_of.as_deref(), now)?),
        }
    }
}

/// From the first moment of a local day to the last of another, but not beyond now.
pub(super) fn period_of(
    from: NaiveDate,
    to: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Period, Problem> {
    ordered(midnight(from), to.map_or(now, |to| last_moment(to).min(now)))
}

fn ordered(from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Period, Problem> {
    if until < from {
        return Err(unclear("Kỳ báo cáo kết thúc trước khi bắt đầu.", "The period ends before it begins."));
    }
    Ok(Period { from, until })
}

fn unclear(vi: &str, en: &str) -> Problem {
    Problem::new(Code::QueryInvalid).because(vi, en)
}

impl CountsView {
    fn of(unit: Uuid, period: Period, tally: &Tally) -> Self {
        Self {
            unit,
            from: period.from,
            until: period.until,
            submitted: tally.submitted,
            carried_over: tally.carried_over,
            received: ReceivedView {
                total: tally.received(),
                online: tally.received_online,
                desk: tally.received_desk,
                post: tally.received_post,
            },
            reopened: tally.reopened,
            not_yet_received: tally.not_yet_received,
            asked_at_intake: tally.asked_at_intake,
            in_process: InProcessView { in_time: tally.in_process_in_time, late: tally.in_process_late },
            waiting: WaitingView { papers: tally.waiting_for_papers, payment: tally.waiting_for_payment },
            decided: DecidedView {
                total: tally.decided(),
                before_the_day: tally.decided_before_the_day,
                on_the_day: tally.decided_on_the_day,
                after_the_day: tally.decided_after_the_day,
                late_to_the_second: tally.decided_late_to_the_second,
                late_for_the_index: tally.decided_late_for_the_index,
            },
            returned: tally.returned,
            withdrawn: tally.withdrawn,
            stopped: tally.stopped,
            refused: tally.refused,
            ended_before_reception: tally.ended_before_reception,
        }
    }
}
