//! What carriers of texts tell us afterwards: believed once they have proved themselves, and never more than it says.

use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, post, web};
use bytes::Bytes;
use connectors::text::{Heard, Receipt, Rejected};
use entities::notices::receipts::{Effect, News, QUEUE, take};
use serde_json::json;
use std::collections::BTreeMap;

/// Take receipts of texts
///
/// For carriers of texts only; each proves itself in its own way. A repeated receipt changes nothing, an unknown one is
/// answered 404 so that the carrier says it again, one that is forged or cannot be read is not taken. A carrier that is
/// not used is not heard either.
#[utoipa::path(
    tag = "notices",
    params(("connector" = String, Path, description = "Connector key of the carrier")),
    request_body(content = Object, description = "The carrier's own message", example = json!({"messageId": "TN000001", "status": "delivered"})),
    responses((status = 200, body = Object, description = "Taken, or known before", example = json!({"status": "ok"})))
)]
#[post("/v1/callbacks/texts/{connector}")]
pub(crate) async fn text_receipts(
    office: web::Data<Office>,
    connector: web::Path<String>,
    request: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let carrier = office.wires.texts.get(connector.as_str()).ok_or(Code::NotFound)?;
    let headers = headers(&request);
    let receipts = match carrier.receipts(&Heard { headers: &headers, body: &body }) {
        Ok(receipts) => receipts,
        Err(rejected) => {
            tracing::warn!(connector = connector.as_str(), why = rejected.code(), "a receipt is not taken");
            return Err(match rejected {
                Rejected::Stranger => Code::TokenInvalid.into(),
                Rejected::Unreadable => Code::JsonMalformed.into(),
            });
        }
    };
    office.wires.hears(&connector).map_err(|_| Code::NotFound)?;
    let effects = taken(&office, &connector, receipts).await?;
    if effects.contains(&Effect::Changed) {
        office.wake.ring(QUEUE);
    }
    if effects.contains(&Effect::Unknown) {
        return Err(Code::NotFound.into());
    }
    Ok(HttpResponse::Ok().json(json!({"status": "ok"})))
}

async fn taken(office: &Office, connector: &str, receipts: Vec<Receipt>) -> Result<Vec<Effect>, Problem> {
    let mut effects = Vec::with_capacity(receipts.len());
    let tx = office.db.begin().await?;
    for receipt in receipts {
        effects.push(take(&tx, connector, &news(receipt), office.clock.now()).await?);
    }
    tx.commit().await?;
    Ok(effects)
}

fn news(receipt: Receipt) -> News {
    let Receipt { party_ref, key, undelivered } = receipt;
    News { party_ref, key, undelivered }
}

fn headers(request: &HttpRequest) -> BTreeMap<String, String> {
    let all = request.headers().iter();
    all.filter_map(|(name, value)| Some((name.as_str().to_lowercase(), value.to_str().ok()?.to_owned())))
        .collect()
}
