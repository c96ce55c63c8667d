//! Where the national portal calls: authenticated by the connector, kept raw, answered in the family's own form.

use super::caller::Headers;
use super::heard::Heard;
use crate::manners::trace::Trace;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, post, web};
use bytes::BytesMut;
use connectors::portal::Caller;
use entities::inbox::messages::{NOT_ADMITTED, Raw};
use futures::StreamExt;
use uuid::Uuid;

/// Take a message of the national portal
///
/// For the portal alone: the connector knows it by the shared key, the address and the certificate that the province's
/// proxy hands on. Every message is kept with what became of it; the same one again changes nothing. The answer is in
/// the family's own form, whatever became of it.
#[utoipa::path(
    tag = "portal",
    params(
        ("connector" = String, Path, description = "Connector key of the portal", example = "dvcqg"),
        ("family" = String, Path, description = "Family of messages", example = "nhanhsdvcqg")
    ),
    request_body(content = Object, description = "The portal's own message", example = json!({"service": "of the portal"})),
    responses((status = 200, body = Object, description = "The portal's own answer, a refusal too", example = json!({"error_code": "0", "message": "G22.99-260310-0001| Đã tiếp nhận"})))
)]
#[post("/v1/callbacks/portals/{connector}/{family}")]
pub(crate) async fn portal_callback(
    office: web::Data<Office>,
    path: web::Path<(String, String)>,
    req: HttpRequest,
    trace: Trace,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (connector, family) = path.into_inner();
    let inbox = office.wires.portal_of(&connector).ok_or(Code::NotFound)?.inbox();
    let (body, whole) = capped(payload, office.settings.portal.message_limit_bytes).await?;
    let raw = Raw { id: Uuid::now_v7(), connector: &connector, family: &family, body: &body, again: None };
    let heard = Heard { office: &office, inbox, raw, at: office.clock.now(), trace: trace.traceparent() };
    let address =
        crate::manners::limits::address(&req, office.settings.limits.trust_forwarded_for).to_string();
    let caller = Caller { address: &address, header: &Headers(req.headers()) };
    // Who calls comes first: what strangers send is counted and forgotten, however large it is.
    let reply = if !inbox.admits(&caller, &body) {
        heard.turn_away(NOT_ADMITTED, "the caller is not admitted").await?
    } else if !whole {
        heard.turn_away("too_large", "the message is too large").await?
    } else if let Err(off) = office.wires.hears(&connector) {
        heard.turn_away("off", off.reason()).await?
    } else {
        heard.receive().await?
    };
    Ok(HttpResponse::Ok().json(inbox.answer(&family, &reply)))
}

/// The body, or its beginning and false when it is larger than `limit`.
async fn capped(mut payload: web::Payload, limit: usize) -> Result<(Vec<u8>, bool), Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        body.extend_from_slice(&chunk.map_err(|_| Code::JsonMalformed)?);
        if body.len() > limit {
            return Ok((body.to_vec(), false));
        }
    }
    Ok((body.to_vec(), true))
}
