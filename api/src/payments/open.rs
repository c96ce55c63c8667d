//! Opening a payment at the platform.

use super::PaymentView;
use crate::dossiers::Nothing;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, post, web};
use connectors::payment::reference;
use entities::dossiers::reading;
use rules::access::Sight;
use uuid::Uuid;

/// Pay the fee online
///
/// Opens a payment of everything owed, or gives the one that is open. The platform's page comes within a moment as
/// `pay_url` of the payment. Whether it was paid is learnt from the platform, never from the browser.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each payment")),
    request_body(content = Nothing, example = json!({})),
    responses((status = 201, body = PaymentView, description = "Opened; read it again for its page"))
)]
#[post("/v1/dossiers/{id}/payments")]
pub(crate) async fn open_payment(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    req: HttpRequest,
    ask: Ask<Nothing>,
) -> Result<HttpResponse, Problem> {
    let facts = ask.facts;
    let platform = office.wires.platforms.keys().next().ok_or(Code::PlatformUnknown)?;
    let client = req.peer_addr().map(|peer| peer.ip().to_string());
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let (dossier, sight) = reading::find(tx, &office.sealer, &facts.actor, *id).await?;
            if sight != Sight::Full {
                return Err(Code::Forbidden.into());
            }
            let key = Uuid::now_v7();
            let new = (key, reference(key), platform.as_str());
            let payment =
                facts.door(&office, tx, at, &trace).open_payment(&dossier, new, client.clone()).await?;
            let location = format!("/v1/dossiers/{}/payments", dossier.id);
            Answer::created(location, &PaymentView::from(payment))
        })
        .await
}
