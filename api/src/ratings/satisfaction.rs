//! `GET /v1/reports/satisfaction`: what people said of a unit in a month.

use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::ratings::{Heard, Score, of_month};
use rules::access::reads_counts;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Of whom, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SatisfactionQuery {
    /// The competent unit.
    unit: Uuid,
    /// The year.
    #[param(minimum = 2000, maximum = 2100, example = 2026)]
    year: i32,
    /// The month.
    #[param(minimum = 1, maximum = 12, example = 11)]
    month: u32,
}

/// What people said of a unit in a month.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SatisfactionReport, example = json!({"unit": "019a0000-0000-7000-8000-000000000001", "year": 2026,
    "month": 11, "procedures": [{"national_code": "2.000815", "very_satisfied": 12, "satisfied": 5, "dissatisfied": 1,
    "opinions": ["Cán bộ hướng dẫn rõ ràng."]}]}))]
pub(crate) struct SatisfactionView {
    /// The unit.
    unit: Uuid,
    /// The year.
    year: i32,
    /// The month.
    month: u32,
    /// By procedure.
    procedures: Vec<SatisfactionLine>,
}

/// What was said of one procedure.
#[derive(Debug, Serialize, ToSchema)]
struct SatisfactionLine {
    /// National procedure code.
    national_code: String,
    /// Rất hài lòng.
    very_satisfied: u32,
    /// Hài lòng.
    satisfied: u32,
    /// Chưa hài lòng.
    dissatisfied: u32,
    /// What was said beside it, without names.
    opinions: Vec<String>,
}

/// What people said of a unit in a month
#[utoipa::path(tag = "reports", params(SatisfactionQuery), responses((status = 200, body = SatisfactionView)))]
#[get("/v1/reports/satisfaction")]
pub(crate) async fn show_satisfaction(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<SatisfactionQuery>,
) -> Result<HttpResponse, Problem> {
    let SatisfactionQuery { unit, year, month } = query.into_inner();
    if !reads_counts(&asker, unit) {
        return Err(Code::Forbidden.into());
    }
    if !(1..=12).contains(&month) || !(2000..=2100).contains(&year) {
        return Err(crate::catalogue::listing::query_invalid("month"));
    }
    let heard = of_month(office.db.reader(), &office.sealer, (year, month), Some(unit)).await?;
    let procedures = heard.into_iter().map(|((code, _), heard)| SatisfactionLine::of(code, heard)).collect();
    Ok(HttpResponse::Ok().json(SatisfactionView { unit, year, month, procedures }))
}

impl SatisfactionLine {
    fn of(national_code: String, heard: Heard) -> Self {
        let count = |score| heard.scores.get(&score).copied().unwrap_or_default();
        Self {
            national_code,
            very_satisfied: count(Score::VerySatisfied),
            satisfied: count(Score::Satisfied),
            dissatisfied: count(Score::Dissatisfied),
            opinions: heard.opinions,
        }
    }
}
