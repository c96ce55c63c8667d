//! What a carrier tells by itself: the message proves who sent it before anything of it is believed.

use crate::manners::trace::Trace;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, post, web};
use bytes::Bytes;
use connectors::post::{TrackingEvent, Unheard};
use entities::Error;
use entities::columns::key_of;
use entities::dossiers::Door;
use entities::shipments::sighting::Sighting;
use rules::actor::Actor;
use rules::jobs::Queue;
use serde_json::json;
use std::collections::BTreeMap;

/// Take news of parcels
///
/// For carriers only; the message is authenticated by its own token. Repeated and older news changes nothing; forged or
/// unreadable news is not answered as good. News that the office cannot take is kept for a person.
#[utoipa::path(
    tag = "shipments",
    params(("carrier" = String, Path, description = "Connector key of the carrier")),
    request_body(content = Object, description = "The carrier's own message", example = json!({"DATA": {}, "TOKEN": "agreed"})),
    responses((status = 200, body = Object, description = "Taken", example = json!({"status": 200, "error": false, "message": "OK"})))
)]
#[post("/v1/callbacks/carriers/{carrier}")]
pub(crate) async fn carrier_callback(
    office: web::Data<Office>,
    carrier: web::Path<String>,
    trace: Trace,
    req: HttpRequest,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let connector = office.wires.carriers.get(carrier.as_str()).ok_or(Code::NotFound)?;
    let events = connector.read_event(&body, &headers(&req)).map_err(|why| match why {
        Unheard::NotExpected => Code::NotFound,
        Unheard::Forged => Code::TokenInvalid,
        Unheard::Unreadable => Code::JsonMalformed,
    })?;
    office.wires.hears(&carrier).map_err(|_| Code::NotFound)?;
    let trace = trace.traceparent();
    // One event that is not taken now holds up no other; the answer tells the carrier to send them again.
    let mut untaken = None;
    for event in &events {
        if let Err(error) = office.sighted(&carrier, event, &trace).await {
            untaken = untaken.or(Some(error));
        }
    }
    if let Some(error) = untaken {
        return Err(error.into());
    }
    Ok(HttpResponse::Ok().json(json!({"status": 200, "error": false, "message": "OK"})))
}

impl Office {
    /// One event, taken or put aside for a person.
    async fn sighted(&self, carrier: &str, event: &TrackingEvent, trace: &str) -> Result<(), Error> {
        let state = key_of(&event.state)?;
        let line = Sighting {
            carrier,
            event_id: &event.event_id,
            order_number: &event.order_number,
            state: &state,
            raw_code: &event.raw_code,
            raw_message: &event.raw_message,
        };
        let Err(why) = self.hear(trace, async |door| door.sighted(&line).await).await else { return Ok(()) };
        self.hear(trace, async |door: &Door<'_>| door.put_aside(&line, why).await.map(|()| true)).await
    }

    /// Does `effect` in a transaction of its own.
    async fn hear<F>(&self, trace: &str, effect: F) -> Result<(), Error>
    where
        F: AsyncFnOnce(&Door<'_>) -> Result<bool, Error>,
    {
        let (tx, by) = (self.db.begin().await?, Actor::office());
        let door = Door {
            tx: &tx,
            catalogue: &self.catalogue,
            sealer: &self.sealer,
            by: &by,
            at: self.clock.now(),
            trace: Some(trace),
        };
        if effect(&door).await? {
            tx.commit().await?;
            self.wake.ring_all(Queue::ALL);
        }
        Ok(())
    }
}

/// Names in lower case; what is not text is left out.
fn headers(req: &HttpRequest) -> BTreeMap<String, String> {
    let headers = req.headers().iter();
    let text = headers.filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
    text.collect()
}
