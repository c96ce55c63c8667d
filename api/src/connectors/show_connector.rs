//! `GET /v1/admin/connectors/{key}`: one outside party and who changed its state.

use super::connector_view::{ChangeView, ConnectorView};
use super::gathering::Gathered;
use super::{entry, must_run_wires};
use crate::identity::Asker;
use crate::manners::etag::tag;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, web};
use entities::connectors::states;

/// Changes that are shown.
const CHANGES: u64 = 20;

/// One connector and the last changes of its state
#[utoipa::path(tag = "admin", params(("key" = String, Path, example = "dvcqg")),
    responses((status = 200, body = ConnectorView, example = json!({"key": "dvcqg", "kind": "portal",
    "about": "The national public service portal through the province's adapter", "set_up": true, "state": "live",
    "said": null, "services": [], "words": {"vi": "Đang hoạt động. Chưa gọi lần nào.",
    "en": "Live. It has not been called yet."}, "resting_until": null, "answered_at": null, "took_ms": null,
    "failed_at": null, "failed_with": null, "today": {"answered": 0, "refused": 0, "failed": 0, "average_ms": 0},
    "seven_days": {"answered": 0, "refused": 0, "failed": 0, "average_ms": 0}, "waiting_jobs": 0, "version": 0,
    "changes": []}))))]
#[get("/v1/admin/connectors/{key}")]
pub(crate) async fn show_connector(
    asker: Asker,
    office: web::Data<Office>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    must_run_wires(&asker)?;
    let shown = office.connector(entry(&key)?).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(shown.version))).json(shown))
}

impl Office {
    /// A connector as it stands now.
    pub(super) async fn connector(
        &self,
        entry: &connectors::registry::Entry,
    ) -> Result<ConnectorView, Problem> {
        let gathered = Gathered::of(self).await?;
        let changes = states::changes(self.db.reader(), gathered.keys(entry), CHANGES).await?;
        let changes = changes.into_iter().map(ChangeView::of).collect();
        Ok(ConnectorView { changes: Some(changes), ..gathered.view(self, entry)? })
    }
}
