//! `GET /v1/postal-points/{unit}/shipments`: what the clerks of a postal point carry today, and nothing else of a dossier.

use crate::catalogue::listing::Listing;
use crate::identity::Asker;
use crate::manners::cursor::Page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use entities::shipments::points::{self, Item, Search};
use rules::access::{Relation, Sight, Thing, sight_at};
use rules::local_time::{instant, local_date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PointQuery {
    /// Those that came to their end today; without it those still to be carried.
    #[serde(default)]
    done: bool,
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    limit: Option<u64>,
    /// Cursor from `next` of the page before.
    after: Option<String>,
}

/// What a postman needs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"shipment": "019a0000-0000-7000-8000-000000000001", "leg": "return",
    "code": "H55.101-261110-0001", "order_number": "H55.101-261110-0001", "carrier_number": null,
    "name": "Nguyễn Thị Mẫu", "address": "Tổ 5, phường Đức Xuân", "phone": "0200000001", "papers": 1,
    "cod_amount": 10000, "state": "awaiting_collection", "failed_attempts": 0, "expected_on": "2026-11-12",
    "closed_at": null, "version": 2}))]
pub(crate) struct PostalItem {
    /// Key of the shipment.
    shipment: Uuid,
    /// `collection` from the home, `return` to it.
    leg: String,
    /// Mã số hồ sơ.
    code: String,
    /// Number of the order.
    order_number: String,
    /// The carrier's own.
    carrier_number: Option<String>,
    /// The person at home.
    name: String,
    /// Where they live.
    address: String,
    /// Telephone.
    phone: String,
    /// How many papers.
    papers: usize,
    /// Sum to collect, in đồng.
    cod_amount: i64,
    /// Where it stands.
    state: String,
    /// Deliveries in vain.
    failed_attempts: i32,
    /// Day the post promises.
    expected_on: Option<NaiveDate>,
    /// Came to its end.
    closed_at: Option<DateTime<Utc>>,
    /// Row version, for the proof of delivery.
    version: i32,
}

/// Read what a postal point carries
///
/// For the clerks of that point alone: name, address, telephone, code, papers and the sum to collect.
#[utoipa::path(
    tag = "shipments",
    params(("unit" = Uuid, Path, description = "Key of the postal point"), PointQuery),
    responses((status = 200, body = Page<PostalItem>))
)]
#[get("/v1/postal-points/{unit}/shipments")]
pub(crate) async fn list_point_shipments(
    office: web::Data<Office>,
    unit: web::Path<Uuid>,
    asker: Asker,
    query: web::Query<PointQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if sight_at(&asker, Thing::Deliveries, (Relation::Point, *unit)) != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let listing = Listing::of(&office, &req, query.limit);
    let closed_since = query.done.then(|| instant(local_date(office.clock.now()).and_time(NaiveTime::MIN)));
    let after = listing.position(query.after.as_deref())?;
    let search = Search { point: *unit, closed_since, after, limit: listing.rows() };
    let rows = points::list(office.db.reader(), &search).await?;
    let items = points::items(office.db.reader(), &office.sealer, rows).await?;
    let page = listing.page(items, |item| item.shipment.id, |item| Ok(PostalItem::of(item)))?;
    Ok(page.answer(listing.address()))
}

impl PostalItem {
    fn of(item: Item) -> Self {
        let Item { shipment: row, code, name, address, phone, papers } = item;
        Self {
            shipment: row.id,
            leg: row.leg,
            code,
            order_number: row.order_number,
            carrier_number: row.carrier_number,
            name,
            address,
            phone,
            papers,
            cod_amount: row.cod_amount,
            state: row.state,
            failed_attempts: row.failed_attempts,
            expected_on: row.expected_on,
            closed_at: row.closed_at,
            version: row.version,
        }
    }
}
