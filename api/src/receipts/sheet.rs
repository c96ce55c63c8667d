//! The receipts of a day as a sheet, for the summary that goes to the tax office on the same day (F-12).

use crate::identity::Asker;
use crate::manners::sheets::sheet;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use entities::receipts::reading::{Search, list};
use entities::receipts::series::of_unit;
use entities::tables::receipts::Model;
use rules::access::{Sight, money_sight};
use rules::fees::receipts::printed;
use rules::fees::sheets::line;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// Whose receipts of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReceiptSheetQuery {
    /// The local day.
    #[param(example = "2026-11-23")]
    day: NaiveDate,
}

/// Take the receipts of a day as a sheet
///
/// Comma-separated, one line a receipt, the cancelled ones too; the data of the summary table for the tax office (NĐ 254/2026
/// Đ29.3b).
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the unit"), ReceiptSheetQuery),
    responses((status = 200, body = String, content_type = "text/csv", description = "The sheet"))
)]
#[get("/v1/units/{id}/receipt-sheet")]
pub(crate) async fn show_receipt_sheet(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    query: web::Query<ReceiptSheetQuery>,
) -> Result<HttpResponse, Problem> {
    if money_sight(&asker, *id) == Sight::None {
        return Err(Code::Forbidden.into());
    }
    let db = office.db.reader();
    let series = of_unit(db, *id).await?;
    let mut text = line(HEAD);
    let mut search = Search { unit: Some(*id), day: Some(query.day), limit: 1_000, ..Search::default() };
    loop {
        let rows = list(db, &asker, &search).await?;
        for row in &rows {
            let of = series.iter().find(|series| series.id == row.series_id);
            let codes = of.map(|of| (of.form_code.as_str(), of.series_code.as_str())).unwrap_or_default();
            text.push_str(&told(row, codes));
        }
        search.after = match rows.last() {
            Some(last) if rows.len() >= 1_000 => Some(last.id),
            _ => break,
        };
    }
    Ok(sheet(&format!("bien-lai-{}.csv", query.day), text))
}

const HEAD: [&str; 8] = ["form_code", "series_code", "number", "day", "kind", "way", "amount", "state"];

fn told(row: &Model, (form, series): (&str, &str)) -> String {
    let number = u32::try_from(row.number).map(|number| printed(number, row.day)).unwrap_or_default();
    let (day, amount) = (row.day.to_string(), row.amount.to_string());
    line([form, series, &number, &day, &row.kind, &row.way, &amount, &row.state])
}
