//! `GET /v1/procedures/{national_code}/quote`: what it would cost and until when it would take.

use super::derivation::DerivationStep;
use super::fees_view::{FeeView, NotGivenView, QuotedFees};
use super::keys;
use super::listing::query_invalid;
use super::procedure_view::LimitView;
use super::show_procedure::national;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, Utc};
use entities::catalogue::Revised;
use entities::catalogue::procedures::revision_in_force;
use entities::catalogue::units::Unit;
use entities::columns::from_key;
use rules::deadlines::{TimeLimit, due};
use rules::fees::{Circumstances, PersonCondition, Quote};
use rules::local_time::local_date;
use rules::procedure::{Channel, PaymentMoment};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What to quote for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuoteQuery {
    /// Way the dossier would come in.
    #[param(value_type = keys::Channel)]
    channel: Channel,
    /// Units of the counted charges, such as copies; 1 when absent.
    #[param(minimum = 1, maximum = 100_000, example = 2)]
    quantity: Option<u32>,
    /// What the person says to be, so that less is asked: keys such as `ho_ngheo`, parted by commas.
    #[param(max_length = 200, example = "ho_ngheo,nguoi_cao_tuoi")]
    claims: Option<String>,
    /// Unit that would receive it; without one no due moment is told, for it depends on the unit's hours, and no
    /// relief is given that holds in some places alone.
    unit: Option<Uuid>,
    /// When it would be received, between 2018 and 2100; now when absent.
    #[param(example = "2026-03-10T02:00:00Z")]
    at: Option<DateTime<Utc>>,
}

/// What a dossier would cost and until when it would take.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quote)]
pub(crate) struct QuoteView {
    /// National code.
    national_code: String,
    /// Number of the revision in force at that time.
    revision: i32,
    /// Way it would come in.
    #[schema(value_type = keys::Channel)]
    channel: Channel,
    /// When it would be received.
    at: DateTime<Utc>,
    /// What would be asked for; empty means free.
    fees: Vec<FeeView>,
    /// Sum of the phí in đồng; it has an account and a receipt of its own.
    phi: i64,
    /// Sum of the lệ phí in đồng; it has an account and a receipt of its own.
    le_phi: i64,
    /// Sum of the fees in đồng.
    total: i64,
    /// What was claimed and brings nothing, and why.
    not_given: Vec<NotGivenView>,
    /// When the fee is asked.
    #[schema(value_type = keys::PaymentMoment)]
    payment: PaymentMoment,
    /// Processing time on this channel.
    limit: LimitView,
    /// The due moment at the unit, if one was named.
    deadline: Option<QuotedDeadline>,
}

/// A due moment and how it is found.
#[derive(Debug, Serialize, ToSchema)]
struct QuotedDeadline {
    /// The unit.
    unit: Uuid,
    /// The last moment in time.
    due_at: DateTime<Utc>,
    /// The due day lies beyond the calendar, so its holidays are not known yet.
    provisional: bool,
    /// How it is found, in order.
    derivation: Vec<DerivationStep>,
}

/// What a procedure would cost and until when it would take
#[utoipa::path(tag = "catalogue", params(("national_code" = String, Path, example = "2.000815"), QuoteQuery),
    responses((status = 200, body = QuoteView, example = json!({"national_code": "2.000815", "revision": 1,
        "channel": "online", "at": "2026-03-10T02:00:00Z", "fees": [{"code": "CTBS", "name": "Phí chứng thực bản sao",
        "kind": "phi", "unit_amount": 2000, "quantity": 2, "full_amount": 4000, "reliefs": [], "amount": 4000,
        "refund": null, "legal_basis": "TT 226/2016/TT-BTC"}], "phi": 4000, "le_phi": 0, "total": 4000,
        "not_given": [], "payment": "after", "limit": {"amount": 0, "unit": "same_day"}, "deadline": null}))))]
#[get("/v1/procedures/{national_code}/quote")]
pub(crate) async fn quote_procedure(
    office: web::Data<Office>,
    national_code: web::Path<String>,
    query: web::Query<QuoteQuery>,
) -> Result<HttpResponse, Problem> {
    let now = office.clock.now();
    let at = moment(query.at, now)?;
    let quantity = query.quantity.unwrap_or(1);
    if !(1..=100_000).contains(&quantity) {
        return Err(query_invalid("quantity"));
    }
    let revised = revised_at(&office, &national(&national_code)?, at, now).await?;
    let terms = revised.content.terms(query.channel).ok_or_else(not_offered)?;
    let claims = claimed(query.claims.as_deref())?;
    let unit = match query.unit {
        Some(unit) => Some(receiving(&office, &revised, unit, (at, now)).await?),
        None => None,
    };
    let deadline = match &unit {
        Some(unit) => Some(deadline(&office, &revised, terms.limit, unit, (at, now)).await?),
        None => None,
    };
    let places = unit.as_ref().map(|unit| unit.places()).unwrap_or_default();
    let asked = Circumstances { on: local_date(at), quantity, claims: &claims, places: &places };
    let quote = revised.content.quote(query.channel, &asked);
    let view = QuoteView { deadline, ..QuoteView::of(&revised, query.channel, terms.limit, at, quote) };
    Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(view))
}

fn moment(asked: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Problem> {
    let Some(at) = asked else { return Ok(now) };
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1);
    let known = day(2018) <= Some(local_date(at)) && Some(local_date(at)) < day(2101);
    let whole = at.duration_trunc(TimeDelta::microseconds(1)).ok().filter(|_| known);
    whole.ok_or_else(|| query_invalid("at"))
}

/// The catalogue keeps near what is in force now; another day is asked of the tables.
async fn revised_at(
    office: &Office,
    code: &str,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Arc<Revised>, Problem> {
    let reader = office.db.reader();
    if local_date(at) == local_date(now) {
        return Ok(office.catalogue.in_force(reader, code, now).await?);
    }
    let id = revision_in_force(reader, code, local_date(at)).await?;
    Ok(office.catalogue.revision(reader, id).await?)
}

fn claimed(said: Option<&str>) -> Result<Vec<PersonCondition>, Problem> {
    let keys = said.unwrap_or_default().split(',').map(str::trim).filter(|key| !key.is_empty());
    keys.map(|key| from_key("claims", key).map_err(|_| query_invalid("claims"))).collect()
}

async fn receiving(
    office: &Office,
    revised: &Revised,
    unit: Uuid,
    (at, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Arc<Unit>, Problem> {
    match office.catalogue.unit(office.db.reader(), unit, now).await {
        Ok(unit) if receives(&unit, revised, at) => Ok(unit),
        Ok(_) | Err(entities::Error::NotFound(_)) => Err(not_competent()),
        Err(other) => Err(other.into()),
    }
}

async fn deadline(
    office: &Office,
    revised: &Revised,
    limit: TimeLimit,
    unit: &Unit,
    (at, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<QuotedDeadline, Problem> {
    let calendar = office.catalogue.calendar(office.db.reader(), now).await?;
    let cutoff_hour = revised.content.cutoff_hour.or(unit.hours.cutoff_hour());
    let span = due(limit, at, &calendar, &unit.hours, cutoff_hour);
    Ok(QuotedDeadline {
        unit: unit.row.id,
        due_at: span.due,
        provisional: span.provisional,
        derivation: span.segments.into_iter().map(DerivationStep::from).collect(),
    })
}

fn receives(unit: &Unit, revised: &Revised, at: DateTime<Utc>) -> bool {
    unit.row.receives && unit.exists_on(local_date(at)) && revised.content.tiers.contains(&unit.tier)
}

fn not_offered() -> Problem {
    Problem::new(Code::QueryInvalid)
        .because("Thủ tục này không nhận theo cách đó.", "This procedure is not taken by that channel.")
}

fn not_competent() -> Problem {
    Problem::new(Code::QueryInvalid)
        .because("Đơn vị này không tiếp nhận thủ tục này.", "This unit does not receive this procedure.")
}

impl QuoteView {
    fn of(revised: &Revised, channel: Channel, limit: TimeLimit, at: DateTime<Utc>, quote: Quote) -> Self {
        let QuotedFees { lines, phi, le_phi, total, not_given } = quote.into();
        Self {
            national_code: revised.national_code.clone(),
            revision: revised.number,
            channel,
            at,
            fees: lines,
            phi,
            le_phi,
            total,
            not_given,
            payment: revised.content.payment,
            limit: limit.into(),
            deadline: None,
        }
    }
}
