//! `GET` and `POST /v1/notices/{id}/unsubscription`: one click against reminders, without signing in (RFC 8058).

use crate::manners::pages::{escaped, page};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, post, web};
use entities::notices::unsubscribing::{stop_reminders, verify};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

/// What the link in the letter says.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignedLink {
    /// Signature of the link.
    #[param(example = "9f2d0c")]
    signature: String,
}

/// Ask whether reminders are to stop
///
/// A page with one button: what only looks at links changes nothing.
#[utoipa::path(tag = "notices", params(("id" = Uuid, Path, description = "Key of the notice"), SignedLink),
    responses((status = 200, body = String, content_type = "text/html", description = "A page with one button")))]
#[get("/v1/notices/{id}/unsubscription")]
pub(crate) async fn show_unsubscription(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    link: web::Query<SignedLink>,
) -> Result<HttpResponse, Problem> {
    genuine(&office, *id, &link)?;
    let action = format!("/v1/notices/{id}/unsubscription?signature={}", escaped(&link.signature));
    Ok(page(format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Ngừng nhắc</title>\
         <h1>Ngừng nhận tin nhắc</h1><p>{WHAT}</p>\
         <form method=post action=\"{action}\"><button>Ngừng nhắc / Stop reminders</button></form></html>"
    )))
}

/// Stop reminders
///
/// By the link of a letter and by mail programs in one click. What the law obliges the office to tell comes all the same.
#[utoipa::path(tag = "notices", params(("id" = Uuid, Path, description = "Key of the notice"), SignedLink),
    responses((status = 200, body = String, content_type = "text/html", description = "Reminders have stopped")))]
#[post("/v1/notices/{id}/unsubscription")]
pub(crate) async fn stop_notice_reminders(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    link: web::Query<SignedLink>,
) -> Result<HttpResponse, Problem> {
    genuine(&office, *id, &link)?;
    let tx = office.db.begin().await?;
    stop_reminders(&tx, *id, office.clock.now()).await?;
    tx.commit().await?;
    Ok(page(format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Đã ngừng nhắc</title>\
         <h1>Đã ngừng nhắc / Reminders have stopped</h1><p>{WHAT}</p></html>"
    )))
}

const WHAT: &str = "Ông/bà vẫn nhận những tin mà pháp luật buộc cơ quan phải báo. \
                    What the law obliges the office to tell you comes all the same.";

fn genuine(office: &Office, id: Uuid, link: &SignedLink) -> Result<(), Problem> {
    match verify(&office.settings.link_secret, id, &link.signature) {
        true => Ok(()),
        false => Err(Code::LinkInvalid.into()),
    }
}
