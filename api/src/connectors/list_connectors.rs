//! `GET /v1/admin/connectors`: all outside parties this program can speak to.

use super::connector_view::ConnectorView;
use super::gathering::Gathered;
use super::must_run_wires;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use connectors::registry::REGISTRY;
use serde::Serialize;
use utoipa::ToSchema;

/// Every connector of this program.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Connectors)]
pub(crate) struct ConnectorsView {
    /// In the order of the registry.
    items: Vec<ConnectorView>,
}

/// All connectors: set up or not, used or not, and how they are
#[utoipa::path(tag = "admin", responses((status = 200, body = ConnectorsView, example = json!({"items": [{
    "key": "dvcqg", "kind": "portal", "about": "The national public service portal through the province's adapter",
    "set_up": true, "state": "off", "said": {"since": "2026-03-09T02:00:00Z", "by": "Hà Thị Máy",
    "reason": "Cổng quốc gia bảo trì."}, "services": [], "words": {"vi": "Đang tắt. Trả lời gần nhất lúc 08:59:58 09/03/2026.",
    "en": "Off. It last answered at 08:59:58 09/03/2026."}, "resting_until": null, "answered_at": "2026-03-09T01:59:58Z",
    "took_ms": 420, "failed_at": null, "failed_with": null,
    "today": {"answered": 0, "refused": 0, "failed": 0, "average_ms": 0},
    "seven_days": {"answered": 1204, "refused": 3, "failed": 0, "average_ms": 388}, "waiting_jobs": 37, "version": 1}]}))))]
#[get("/v1/admin/connectors")]
pub(crate) async fn list_connectors(
    asker: Asker,
    office: web::Data<Office>,
) -> Result<HttpResponse, Problem> {
    must_run_wires(&asker)?;
    let gathered = Gathered::of(&office).await?;
    let items: Result<_, Problem> = REGISTRY.iter().map(|entry| gathered.view(&office, entry)).collect();
    Ok(HttpResponse::Ok().json(ConnectorsView { items: items? }))
}
