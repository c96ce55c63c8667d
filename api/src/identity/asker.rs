//! The extractor of the actor: a handler that takes an `Asker` is closed to strangers.

use super::scopes::admitted;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures::future::LocalBoxFuture;
use rules::actor::Actor;
use std::ops::Deref;

/// The actor behind the `Authorization: Bearer` token, or a 401 problem.
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
        let token = token_of(req);
        let twice = req.headers().get_all(AUTHORIZATION).count() > 1;
        let req = req.clone();
        Box::pin(async move {
            if let Some(asker) = known {
                return Ok(asker);
            }
            if twice {
                return Err(challenged(Code::TokenInvalid.into()));
            }
            let office = office.ok_or(Code::Internal)?;
            let token = token.ok_or_else(|| challenged(Code::TokenMissing.into()))?;
            let asker = Self(
                office.verifier.verify(&office.db, &token, office.clock.now()).await.map_err(challenged)?,
            );
            admitted(&asker, &req)?;
            req.extensions_mut().insert(asker.clone());
            Ok(asker)
        })
    }
}

fn token_of(req: &HttpRequest) -> Option<String> {
    let value = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| token.trim().to_owned())
}

/// Every 401 names the scheme, and why a token that was sent is not good (RFC 6750 §3).
fn challenged(problem: Problem) -> Problem {
    let challenge = match problem.code() {
        Code::TokenMissing => "Bearer realm=\"motcua\"",
        Code::AssuranceTooLow => "Bearer realm=\"motcua\", error=\"insufficient_user_authentication\"",
        code if code.status() == 401 => "Bearer realm=\"motcua\", error=\"invalid_token\"",
        _ => return problem,
    };
    problem.with_header(WWW_AUTHENTICATE, challenge)
}
