//! `PUT /v1/admin/connectors/{key}/state` and `…/services/{service}/state`: a party, or one of its services, is used or not.

use super::connector_view::ConnectorView;
use super::{entry, must_run_wires};
use crate::catalogue::keys;
use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::manners::etag::{IfMatch, tag};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, put, web};
use connectors::registry::Entry;
use entities::connectors::{NewState, states};
use entities::jobs::waiting;
use rules::actor::Actor;
use rules::jobs::Queue;
use rules::parties::PartyState;
use serde::Deserialize;
use utoipa::ToSchema;

/// A state and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewConnectorState {
    /// `live`: used. `testing`: only trials go out. `planned`, `off`: nothing goes out. Work waits and loses nothing.
    #[schema(value_type = keys::ConnectorState)]
    state: PartyState,
    /// Why; kept with the name of who says it.
    #[schema(min_length = 1, max_length = 500, example = "Cổng quốc gia bảo trì đến hết ngày.")]
    reason: String,
}

/// Say whether a party is used
///
/// Every process notices within five seconds. Work for a party that is not used waits without using up attempts, keeps
/// its order and goes on when the party is live again.
#[utoipa::path(tag = "admin",
    params(("key" = String, Path, example = "dvcqg"), ("If-Match" = String, Header, description = "ETag last seen")),
    request_body(content = NewConnectorState, example = json!({"state": "off", "reason": "Cổng quốc gia bảo trì."})),
    responses((status = 200, body = ConnectorView, description = "The connector as it stands now.")))]
#[put("/v1/admin/connectors/{key}/state")]
pub(crate) async fn set_connector_state(
    office: web::Data<Office>,
    asker: Asker,
    key: web::Path<String>,
    seen: IfMatch,
    body: Body<NewConnectorState>,
) -> Result<HttpResponse, Problem> {
    must_run_wires(&asker)?;
    let entry = entry(&key)?;
    let version = office.say(entry, entry.key, body.body, (&asker, seen.version())).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(version))).json(office.connector(entry).await?))
}

/// Say whether one data service of a party is used
///
/// By the wire's own name, such as `TraCuuHoSo`; `If-Match` is the version of the service, `"0"` for one of which nothing
/// was said. A service goes out only while its party does.
#[utoipa::path(tag = "admin",
    params(("key" = String, Path, example = "dvcqg"), ("service" = String, Path, example = "TraCuuHoSo"),
        ("If-Match" = String, Header, description = "ETag last seen")),
    request_body(content = NewConnectorState, example = json!({"state": "off", "reason": "Chưa được mở tra cứu."})),
    responses((status = 200, body = ConnectorView, description = "The connector as it stands now.")))]
#[put("/v1/admin/connectors/{key}/services/{service}/state")]
pub(crate) async fn set_service_state(
    office: web::Data<Office>,
    asker: Asker,
    path: web::Path<(String, String)>,
    seen: IfMatch,
    body: Body<NewConnectorState>,
) -> Result<HttpResponse, Problem> {
    must_run_wires(&asker)?;
    let (entry, service) = (entry(&path.0)?, named(&path.1)?);
    let key = format!("{}/{service}", entry.key);
    let version = office.say(entry, &key, body.body, (&asker, seen.version())).await?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(version))).json(office.connector(entry).await?))
}

/// Characters of a data service's name.
const LONGEST: usize = 64;

fn named(service: &str) -> Result<&str, Problem> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let fits = (1..=LONGEST).contains(&service.len()) && service.chars().all(plain);
    if fits { Ok(service) } else { Err(Code::NotFound.into()) }
}

impl Office {
    /// Keeps the state, brings forward what waited for it, and sets the line of this process. Gives the new version.
    async fn say(
        &self,
        entry: &Entry,
        key: &str,
        told: NewConnectorState,
        (by, seen): (&Actor, Option<i32>),
    ) -> Result<i32, Problem> {
        let at = self.clock.now();
        let told = NewState { state: told.state, reason: told.reason };
        let tx = self.db.begin().await?;
        let row = states::change(&tx, key, &told, seen, (by, at)).await?;
        waiting::bring_forward(&tx, entry.key, at).await?;
        tx.commit().await?;
        let said = states::said(self.db.writer()).await?.remove(entry.key).unwrap_or_default();
        if let Some(line) = self.wires.lines.get(entry.key) {
            line.set(said.state, said.services);
        }
        self.wake.ring_all(Queue::ALL);
        Ok(row.version)
    }
}
