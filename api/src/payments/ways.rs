//! The ways to pay that are open for a dossier.

use crate::catalogue::keys;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading;
use entities::payments::desk::PaymentWay;
use entities::payments::ways::open;
use rules::access::Sight;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Whose ways.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaysQuery {
    /// Key of the dossier.
    dossier: Uuid,
}

/// One way to pay.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenWay, example = json!({"way": "platform", "platform": "national_platform"}))]
pub(crate) struct WayView {
    /// The way.
    #[schema(value_type = keys::PaymentWay)]
    way: PaymentWay,
    /// Key of the platform, to be named when the payment is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "national_platform")]
    platform: Option<String>,
}

/// List the ways to pay
///
/// Those open for a dossier now: payment platforms, a transfer by VietQR, cash or card at the desk, the postman. None when
/// nothing is due.
#[utoipa::path(tag = "payments", params(WaysQuery), responses((status = 200, body = Vec<WayView>,
    example = json!([{"way": "platform", "platform": "national_platform"}]))))]
#[get("/v1/payment-ways")]
pub(crate) async fn list_payment_ways(
    office: web::Data<Office>,
    asker: Asker,
    query: web::Query<WaysQuery>,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, query.dossier).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let platforms: Vec<&String> = office.wires.platforms.keys().collect();
    let set_up = (!platforms.is_empty(), office.settings.account.as_ref());
    let mut views = Vec::new();
    for way in open(db, &dossier, set_up, office.clock.now()).await? {
        match way {
            PaymentWay::Platform => {
                views.extend(platforms.iter().map(|key| WayView { way, platform: Some((*key).clone()) }));
            }
            _ => views.push(WayView { way, platform: None }),
        }
    }
    Ok(HttpResponse::Ok().json(views))
}
