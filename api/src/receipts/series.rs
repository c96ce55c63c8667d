//! Series of receipts.

use crate::catalogue::keys;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::receipts::series::{NewSeries, of_unit};
use entities::tables::receipt_series::Model;
use rules::access::{Sight, money_sight};
use rules::fees::FeeKind;
use rules::fees::receipts::Medium;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A series that is to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReceiptSeries {
    /// Phí or lệ phí: two receipts.
    #[schema(value_type = keys::FeeKind)]
    kind: FeeKind,
    /// By this program (`electronic`), or in a printed book whose numbers are typed in (`paper`).
    #[schema(value_type = keys::ReceiptMedium)]
    medium: Medium,
    /// Ký hiệu mẫu, as the ministry gives it.
    #[schema(max_length = 20, example = "01BLP")]
    form_code: String,
    /// Ký hiệu.
    #[schema(max_length = 20, example = "DX/26E")]
    series_code: String,
    /// Name of the collecting body.
    #[schema(max_length = 300, example = "Ủy ban nhân dân phường Đức Xuân")]
    collector_name: String,
    /// Its tax code.
    #[schema(max_length = 20, example = "4700000001")]
    collector_tax_code: String,
    /// The written mandate, where another body issues for it (F-13).
    #[schema(max_length = 400)]
    mandate: Option<String>,
    /// First local day of use.
    first_day: NaiveDate,
    /// Last one; open when left out.
    last_day: Option<NaiveDate>,
}

/// A series of receipts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReceiptSeries, example = json!({"id": "0194f3c0-0000-7000-8000-000000000012", "kind": "phi", "medium": "electronic",
    "form_code": "01BLP", "series_code": "DX/26E", "collector_name": "Ủy ban nhân dân phường Đức Xuân", "collector_tax_code": "4700000001",
    "mandate": null, "first_day": "2026-01-01", "last_day": null, "recorded_name": "Lò Thị Thu", "recorded_at": "2025-12-30T03:00:00Z"}))]
pub(crate) struct ReceiptSeriesView {
    /// Key.
    id: Uuid,
    /// Phí or lệ phí.
    #[schema(value_type = keys::FeeKind)]
    kind: FeeKind,
    /// `electronic` or `paper`.
    #[schema(value_type = keys::ReceiptMedium)]
    medium: Medium,
    /// Ký hiệu mẫu.
    form_code: String,
    /// Ký hiệu.
    series_code: String,
    /// Name of the collecting body.
    collector_name: String,
    /// Its tax code.
    collector_tax_code: String,
    /// The mandate, where another body issues for it.
    mandate: Option<String>,
    /// First local day of use.
    first_day: NaiveDate,
    /// Last one; open when null.
    last_day: Option<NaiveDate>,
    /// Name of who opened it.
    recorded_name: String,
    /// Opened.
    recorded_at: DateTime<Utc>,
}

/// Open a series of receipts
///
/// By finance of the unit. From its first day on the receipts of its kind are numbered in it, from 1 each year and without
/// a gap (NĐ 254/2026 Đ23.2).
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the unit"), ("Idempotency-Key" = String, Header, description = "A new key for each series")),
    request_body(content = NewReceiptSeries, example = json!({"kind": "phi", "medium": "electronic", "form_code": "01BLP", "series_code": "DX/26E", "collector_name": "Ủy ban nhân dân phường Đức Xuân", "collector_tax_code": "4700000001", "first_day": "2026-01-01"})),
    responses((status = 201, body = ReceiptSeriesView, description = "Opened"))
)]
#[post("/v1/units/{id}/receipt-series")]
pub(crate) async fn open_receipt_series(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewReceiptSeries>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    if money_sight(&facts.actor, *id) == Sight::None {
        return Err(Code::Forbidden.into());
    }
    let new = body.of_unit(*id);
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let row = facts.door(&office, tx, at, &trace).open_series(&new).await?;
            let location = format!("/v1/units/{id}/receipt-series");
            Ok(Answer::created(location, &ReceiptSeriesView::of(row)?)?.ringing([]))
        })
        .await
}

/// List the series of a unit
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the unit")),
    responses((status = 200, body = Vec<ReceiptSeriesView>))
)]
#[get("/v1/units/{id}/receipt-series")]
pub(crate) async fn list_receipt_series(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    if money_sight(&asker, *id) == Sight::None {
        return Err(Code::Forbidden.into());
    }
    let rows = of_unit(office.db.reader(), *id).await?;
    let views = rows.into_iter().map(ReceiptSeriesView::of).collect::<Result<Vec<_>, _>>()?;
    Ok(HttpResponse::Ok().json(views))
}

impl NewReceiptSeries {
    fn of_unit(self, unit: Uuid) -> NewSeries {
        NewSeries {
            unit,
            kind: self.kind,
            medium: self.medium,
            form_code: self.form_code,
            series_code: self.series_code,
            collector_name: self.collector_name,
            collector_tax_code: self.collector_tax_code,
            mandate: self.mandate,
            first_day: self.first_day,
            last_day: self.last_day,
        }
    }
}

impl ReceiptSeriesView {
    fn of(row: Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            kind: from_key("receipt_series.kind", &row.kind)?,
            medium: from_key("receipt_series.medium", &row.medium)?,
            form_code: row.form_code,
            series_code: row.series_code,
            collector_name: row.collector_name,
            collector_tax_code: row.collector_tax_code,
            mandate: row.mandate,
            first_day: row.first_day,
            last_day: row.last_day,
            recorded_name: row.recorded_name,
            recorded_at: row.recorded_at,
        })
    }
}
