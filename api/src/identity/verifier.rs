//! Checks an access token: issuer, key, algorithm, signature, audience, times, assurance.

use super::claims::Claims;
use super::issuers::{IssuerKind, IssuerSettings, PINNABLE};
use super::keys::Keys;
use super::remembered::Remembered;
use super::roles::Roles;
use crate::problems::{Code, Problem};
use crate::settings::{ApiSettings, UnsafeSettings};
use chrono::{DateTime, Utc};
use entities::database::Database;
use jsonwebtoken::dangerous::insecure_decode;
use jsonwebtoken::{DecodingKey, Validation, decode, decode_header};
use rules::actor::Actor;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::time::Duration;

/// Longest token read, in characters.
const LONGEST: usize = 8_192;

/// Knows the issuers of this office.
#[derive(Debug)]
pub struct Verifier {
    issuers: HashMap<String, Issuer>,
    leeway: i64,
    roles: Roles,
    signed: Remembered<Claims>,
}

#[derive(Debug)]
struct Issuer {
    settings: IssuerSettings,
    keys: Keys,
}

impl Verifier {
    /// Fails in words on an issuer without keys, with a symmetric algorithm, or of the demo outside the demo, and on
    /// an administrator whom no issuer can sign in.
    pub fn new(issuers: Vec<IssuerSettings>, settings: &ApiSettings) -> Result<Self, UnsafeSettings> {
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(5))
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|e| UnsafeSettings(format!("no HTTP client: {e}")))?;
        let mut known = HashMap::new();
        for issuer in issuers {
            checked(&issuer, settings.demo)?;
            let keys = keys_of(&issuer, &client, Duration::from_secs(settings.keys_pause_seconds))?;
            known.insert(issuer.issuer.clone(), Issuer { settings: issuer, keys });
        }
        for subject in &settings.administrators {
            named(subject, &known)?;
        }
        Ok(Self {
            issuers: known,
            leeway: settings.leeway_seconds,
            roles: Roles::remembered_for(settings.roles_seconds, settings.administrators.clone()),
            signed: Remembered::for_seconds(settings.signatures_seconds),
        })
    }

    /// Who a token speaks for, with the roles held now; a 401 problem when it is not good.
    pub async fn verify(&self, db: &Database, token: &str, at: DateTime<Utc>) -> Result<Actor, Problem> {
        let (claims, kind) = self.claims(token, at).await?;
        Ok(self.roles.complete(db, claims.actor(kind), at).await?)
    }

    /// Whether `subject` is `issuer|subject` of an issuer set up here.
    pub(crate) fn could_sign_in(&self, subject: &str) -> bool {
        issuer_of(subject).is_some_and(|issuer| self.issuers.contains_key(issuer))
    }

    async fn claims(&self, token: &str, at: DateTime<Utc>) -> Result<(Claims, IssuerKind), Problem> {
        if token.len() > LONGEST {
            return Err(Code::TokenInvalid.into());
        }
        let name = hex::encode(Sha256::digest(token));
        let claims = match self.signed.get(&name) {
            Some(claims) => claims,
            None => self.signed.keep(&name, self.signed_claims(token).await?),
        };
        let issuer = &self.issuers.get(&claims.iss).ok_or(Code::IssuerUnknown)?.settings;
        self.believed(&claims, issuer, at)?;
        Ok((Claims::clone(&claims), issuer.kind))
    }

    /// The claims, after their signature was checked with a key and an algorithm of their issuer.
    async fn signed_claims(&self, token: &str) -> Result<Claims, Problem> {
        let header = decode_header(token).map_err(|_| Code::TokenInvalid)?;
        let told: Claims = insecure_decode(token).map_err(|_| Code::TokenInvalid)?.claims;
        let issuer = self.issuers.get(&told.iss).ok_or(Code::IssuerUnknown)?;
        if !issuer.settings.algorithms.contains(&header.alg) || header.crit.is_some() {
            return Err(Code::TokenInvalid.into());
        }
        let key = issuer.keys.find(header.kid.as_deref()).await?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| Code::TokenInvalid)?;
        Ok(decode(token, &key, &signature_only(header.alg)).map_err(|_| Code::TokenInvalid)?.claims)
    }

    /// Everything of the claims that time or settings can change.
    fn believed(&self, claims: &Claims, issuer: &IssuerSettings, at: DateTime<Utc>) -> Result<(), Problem> {
        let now = at.timestamp();
        if claims.motcua_demo && issuer.kind != IssuerKind::Demo {
            return Err(Code::IssuerUnknown.into());
        }
        if !claims.meant_for(&issuer.audiences) || claims.sub.is_empty() {
            return Err(Code::TokenInvalid.into());
        }
        if claims.exp.saturating_add(self.leeway) <= now {
            return Err(Code::TokenExpired.into());
        }
        if claims.nbf.is_some_and(|from| from.saturating_sub(self.leeway) > now) {
            return Err(Code::TokenInvalid.into());
        }
        let machine = claims.is_machine() && matches!(issuer.kind, IssuerKind::Keycloak | IssuerKind::Demo);
        if !machine && claims.assurance() < issuer.min_assurance {
            return Err(Code::AssuranceTooLow.into());
        }
        Ok(())
    }
}

fn checked(issuer: &IssuerSettings, demo: bool) -> Result<(), UnsafeSettings> {
    let name = &issuer.issuer;
    if issuer.kind == IssuerKind::Demo && !demo {
        return Err(UnsafeSettings(format!("issuer {name} is of the demo, but [api] demo is false")));
    }
    if issuer.algorithms.is_empty() || issuer.algorithms.iter().any(|a| !PINNABLE.contains(a)) {
        return Err(UnsafeSettings(format!("issuer {name}: algorithms must be among RS256, ES256, EdDSA")));
    }
    if issuer.audiences.is_empty() {
        return Err(UnsafeSettings(format!("issuer {name}: audiences must name this office")));
    }
    Ok(())
}

fn named(subject: &str, known: &HashMap<String, Issuer>) -> Result<(), UnsafeSettings> {
    match issuer_of(subject) {
        Some(issuer) if known.contains_key(issuer) => Ok(()),
        _ => Err(UnsafeSettings(format!(
            "[api] administrators: {subject} is not \"issuer|subject\" of an issuer that is set up"
        ))),
    }
}

/// The issuer of `issuer|subject`; none when either is missing.
fn issuer_of(subject: &str) -> Option<&str> {
    subject.split_once('|').filter(|(_, own)| !own.is_empty()).map(|(issuer, _)| issuer)
}

fn keys_of(
    issuer: &IssuerSettings,
    client: &reqwest::Client,
    pause: Duration,
) -> Result<Keys, UnsafeSettings> {
    match (&issuer.jwks, &issuer.jwks_uri) {
        (Some(set), None) => Ok(Keys::Given(set.clone())),
        (None, Some(uri)) => Ok(Keys::published(uri.clone(), client.clone(), pause)),
        _ => Err(UnsafeSettings(format!("issuer {}: give either jwks_uri or jwks", issuer.issuer))),
    }
}

/// The library reads the system's clock, so it checks the signature and this office the rest.
fn signature_only(algorithm: jsonwebtoken::Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation
}
