//! The extractor of the actor: a handler that takes an `Asker` is closed to strangers.

use super::scopes::admitted;
use super::shown::Shown;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::dev::Payload;
use actix_web::http::header::WWW_AUTHENTICATE;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures::future::LocalBoxFuture;
use rules::actor::Actor;
use std::ops::Deref;

/// The actor behind the token of the `Authorization` header, or a 401 problem.
#[derive(Debug, Clone)]
pub struct Asker(pub Actor);

impl Deref for Asker {
    type Target = Actor;

    fn deref(&self) -> &Actor {
        &self.0
    }
}

impl FromRequest for Asker {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let known = req.extensions().get::<Self>().cloned();
        let office = req.app_data::<web::Data<Office>>().cloned();
        let req = req.clone();
        Box::pin(async move {
            if let Some(asker) = known {
                return Ok(asker);
            }
            let office = office.ok_or(Code::Internal)?;
            let shown = Shown::of(&req, &office.settings).map_err(challenged)?;
            let (db, redis) = (&office.db, office.redis.as_ref());
            let actor = office.verifier.verify_shown(db, redis, &shown, office.clock.now()).await;
            let asker = Self(actor.map_err(challenged)?);
            admitted(&asker, &req)?;
            req.extensions_mut().insert(asker.clone());
            Ok(asker)
        })
    }
}

/// Every 401 names the scheme, and why a token that was sent is not good (RFC 6750 §3, RFC 9449 §7.1).
fn challenged(problem: Problem) -> Problem {
    let challenge = match problem.code() {
        Code::TokenMissing => "Bearer realm=\"motcua\"",
        Code::AssuranceTooLow => "Bearer realm=\"motcua\", error=\"insufficient_user_authentication\"",
        Code::ProofInvalid => {
            "DPoP realm=\"motcua\", error=\"invalid_dpop_proof\", algs=\"ES256 EdDSA RS256\""
        }
        code if code.status() == 401 => "Bearer realm=\"motcua\", error=\"invalid_token\"",
        _ => return problem,
    };
    problem.with_header(WWW_AUTHENTICATE, challenge)
}
