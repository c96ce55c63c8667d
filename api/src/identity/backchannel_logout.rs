//! `POST /v1/identity/backchannel-logout`: an issuer says that somebody is no longer signed in.

use super::hints;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::sessions::end;
use serde::Deserialize;

/// What the issuer posts; members that it adds are not looked at (OpenID Connect Back-Channel Logout 1.0 §2.5).
#[derive(Debug, Deserialize)]
pub(crate) struct Logout {
    logout_token: String,
}

/// End sessions that ended at their issuer
///
/// For issuers of sign-ins, as OpenID Connect Back-Channel Logout 1.0 has it. The logout token proves itself; every
/// token of the session, or of the person, that was issued before is refused from then on with 401 `session_ended`.
#[utoipa::path(
    tag = "identity",
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        example = json!("logout_token=eyJ0eXAiOiJsb2dvdXQrand0IiwiYWxnIjoiUlMyNTYifQ.e30.AA")),
    responses((status = 200, description = "The sessions have ended"))
)]
#[post("/v1/identity/backchannel-logout")]
pub(crate) async fn end_sessions(
    office: web::Data<Office>,
    form: Result<web::Form<Logout>, actix_web::Error>,
) -> Result<HttpResponse, Problem> {
    let told = form.map_err(|_| Code::LogoutInvalid)?.into_inner();
    let ending = office.verifier.ending(&told.logout_token, office.clock.now()).await?;
    match end(office.db.writer(), &ending).await {
        Err(error) if error.is_duplicate() => return Err(Code::LogoutInvalid.into()),
        ended => ended?,
    }
    office.verifier.forget(&ending.parties);
    hints::tell(&office, &ending.parties).await;
    metrics::counter!("sessions_ended_total").increment(1);
    Ok(HttpResponse::Ok().finish())
}
