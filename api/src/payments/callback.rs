//! What a payment platform tells us: verified before anything of it is believed (wire.md §2.1.3, §2.8).

use crate::manners::trace::Trace;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use connectors::payment::{Enquiry, Heard, Notice, Outcome, PaymentPlatform};
use entities::dossiers::Door;
use entities::payments::enquiring::{Answer, answer as answer_to};
use entities::payments::{News, Verdict, note, note_stranger};
use rules::actor::Actor;
use rules::jobs::Queue;

/// Take news of a payment
///
/// For payment platforms only; the message is authenticated by its own signature. Repeated news changes nothing; a
/// forged, altered or unknown one is never answered as good, and is kept with its verdict as long as there are not too
/// many of them.
#[utoipa::path(
    tag = "payments",
    params(("platform" = String, Path, description = "Connector key of the platform")),
    request_body(content = Object, description = "The platform's own message", example = json!({"signed": "by the platform"})),
    responses((status = 200, body = Object, description = "The platform's own acknowledgement", example = json!({"signed": "by the office"})))
)]
#[post("/v1/callbacks/payments/{platform}")]
pub(crate) async fn payment_callback(
    office: web::Data<Office>,
    platform: web::Path<String>,
    trace: Trace,
    body: Bytes,
) -> Result<HttpResponse, Problem> {
    let connector = office.wires.platforms.get(platform.as_str()).ok_or(Code::PlatformUnknown)?;
    let at = office.clock.now();
    let raw = connector.scrub(&body);
    let (good, words) = match connector.verify(&body) {
        Ok(Heard::Enquiry(enquiry)) => answered(&office, (&platform, &raw), &enquiry, at).await?,
        Ok(Heard::Notice(notice)) => {
            settled(&office, (&platform, &raw), (&notice, true), (at, &trace)).await?
        }
        Ok(Heard::Hint(notice)) => {
            settled(&office, (&platform, &raw), (&notice, false), (at, &trace)).await?
        }
        Err(rejected) => {
            note_stranger(office.db.writer(), (&platform, rejected.code()), &raw, at).await?;
            (false, rejected.code())
        }
    };
    Ok(answer(connector.as_ref(), at, &body, good, words))
}

/// Whether the money may be taken, from the state of the payment alone; the question is kept.
async fn answered(
    office: &Office,
    (platform, raw): (&str, &str),
    enquiry: &Enquiry,
    at: DateTime<Utc>,
) -> Result<(bool, &'static str), Problem> {
    let db = office.db.writer();
    let (found, payment) = answer_to(db, (platform, &enquiry.reference), enquiry.amount, at).await?;
    note(db, payment, (platform, found.key()), raw, at).await?;
    Ok((found == Answer::Open, found.key()))
}

async fn settled(
    office: &Office,
    (platform, raw): (&str, &str),
    (notice, proven): (&Notice, bool),
    (at, trace): (DateTime<Utc>, &Trace),
) -> Result<(bool, &'static str), Problem> {
    let (by, trace) = (Actor::office(), trace.traceparent());
    let news = News {
        reference: &notice.reference,
        platform,
        amount: notice.amount,
        transaction_id: &notice.transaction_id,
        paid: notice.outcome == Outcome::Paid,
        proven,
        raw,
    };
    let tx = office.db.begin().await?;
    let door = Door {
        tx: &tx,
        catalogue: &office.catalogue,
        sealer: &office.sealer,
        by: &by,
        at,
        trace: Some(&trace),
    };
    let verdict: Verdict = door.settle(&news).await?;
    tx.commit().await?;
    office.wake.ring_all(Queue::ALL);
    Ok((verdict.is_taken(), verdict.key()))
}

fn answer(
    platform: &dyn PaymentPlatform,
    at: DateTime<Utc>,
    body: &[u8],
    good: bool,
    words: &str,
) -> HttpResponse {
    HttpResponse::Ok().json(platform.acknowledge(at, body, good, words))
}
