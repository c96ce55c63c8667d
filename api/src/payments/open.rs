//! Opening a payment at the platform.

use super::{PayerIn, PaymentView, payer_of};
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::manners::limits::address;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpRequest, HttpResponse, post, web};
use chrono::{DateTime, TimeDelta, Utc};
use connectors::payment::reference;
use entities::dossiers::reading;
use entities::payments::Opening;
use rules::access::Sight;
use rules::refusal::Violation;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where to pay, and who does.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPayment {
    /// Key of the platform, one of `GET /v1/payment-ways`; the office's first when absent.
    #[schema(example = "national_platform")]
    platform: Option<String>,
    /// Who pays, when that is another person than the applicant.
    payer: Option<PayerIn>,
}

/// Pay the fee online
///
/// Opens a payment of everything owed at the platform that the payer chooses, or gives the one that is open. The
/// platform's page comes within a moment as `pay_url` of the payment, or a code to be scanned as `qr_content`. Whether it
/// was paid is learnt from the platform, never from the browser. It may be paid until `expires_at`.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), ("Idempotency-Key" = String, Header, description = "A new key for each payment")),
    request_body(content = NewPayment, example = json!({"platform": "national_platform", "payer": {"name": "Trần Văn Trả"}})),
    responses((status = 201, body = PaymentView, description = "Opened; read it again for its page"))
)]
#[post("/v1/dossiers/{id}/payments")]
pub(crate) async fn open_payment(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    req: HttpRequest,
    ask: Ask<NewPayment>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    let wanted = Wanted::of(&office, body)?;
    let client = Some(address(&req, office.settings.limits.trust_forwarded_for).to_string());
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            let (dossier, sight) = reading::find(tx, &office.sealer, &facts.actor, *id).await?;
            if sight != Sight::Full {
                return Err(Code::Forbidden.into());
            }
            let opening = wanted.opening(client.clone(), office.settings.payment_hours, at);
            let payment = facts.door(&office, tx, at, &trace).open_payment(&dossier, opening).await?;
            let location = format!("/v1/dossiers/{}/payments", dossier.id);
            Answer::created(location, &PaymentView::of(payment, &office.sealer)?)
        })
        .await
}

/// What the payer wants, checked.
struct Wanted {
    platform: String,
    chosen: bool,
    payer: Option<entities::payments::payer::Payer>,
}

impl Wanted {
    fn of(office: &Office, body: NewPayment) -> Result<Self, Problem> {
        let payer = payer_of(body.payer)?;
        let chosen = body.platform.is_some();
        let first = office.wires.platforms.keys().next().ok_or(Code::PlatformUnknown)?;
        let platform = body.platform.unwrap_or_else(|| first.clone());
        if !office.wires.platforms.contains_key(&platform) {
            return Err(Problem::invalid(vec![Violation {
                pointer: "/platform".into(),
                code: "platform_closed",
                vi: "Nền tảng thanh toán này không mở tại đây.".into(),
                en: "This payment platform is not open here.".into(),
            }]));
        }
        Ok(Self { platform, chosen, payer })
    }

    fn opening(&self, client_ip: Option<String>, hours: u16, at: DateTime<Utc>) -> Opening<'_> {
        let id = Uuid::now_v7();
        Opening {
            id,
            reference: reference(id),
            platform: &self.platform,
            chosen: self.chosen,
            payer: self.payer.clone(),
            client_ip,
            expires_at: at + TimeDelta::hours(i64::from(hours)),
        }
    }
}
