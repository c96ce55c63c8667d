//! The issuers this office trusts, and the one way in which a signature of theirs is checked.

use super::fitting::fits;
use super::issuers::{IssuerKind, IssuerSettings, PINNABLE};
use super::keys::Keys;
use crate::problems::{Code, Problem};
use crate::settings::{ApiSettings, UnsafeSettings};
use connectors::way_out::Way;
use jsonwebtoken::dangerous::insecure_decode;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::time::Duration;

/// Longest token read, in characters.
const LONGEST: usize = 8_192;

/// The issuers by their name.
#[derive(Debug)]
pub(super) struct Trusted {
    known: HashMap<String, Issuer>,
}

#[derive(Debug)]
struct Issuer {
    settings: IssuerSettings,
    keys: Keys,
}

/// All that is looked at before the signature.
#[derive(Deserialize)]
struct Claimed {
    iss: String,
}

impl Trusted {
    /// Fails in words on an issuer without keys, with a symmetric algorithm, or of the demo outside the demo, and on
    /// an administrator whom no issuer can sign in.
    pub(super) fn new(issuers: Vec<IssuerSettings>, settings: &ApiSettings) -> Result<Self, UnsafeSettings> {
        let mut known = HashMap::new();
        for issuer in issuers {
            checked(&issuer, settings.demo)?;
            let keys = keys_of(&issuer, Duration::from_secs(settings.keys_pause_seconds))?;
            known.insert(issuer.issuer.clone(), Issuer { settings: issuer, keys });
        }
        let trusted = Self { known };
        match settings.administrators.iter().find(|subject| !trusted.could_sign_in(subject)) {
            Some(subject) => Err(UnsafeSettings(format!(
                "[api] administrators: {subject} is not \"issuer|subject\" of an issuer that is set up"
            ))),
            None => Ok(trusted),
        }
    }

    /// The settings of an issuer; 401 `issuer_unknown` when there is none of this name.
    pub(super) fn issuer(&self, name: &str) -> Result<&IssuerSettings, Problem> {
        Ok(&self.known.get(name).ok_or(Code::IssuerUnknown)?.settings)
    }

    /// Whether `subject` is `issuer|subject` of an issuer set up here.
    pub(super) fn could_sign_in(&self, subject: &str) -> bool {
        subject
            .split_once('|')
            .is_some_and(|(issuer, own)| !own.is_empty() && self.known.contains_key(issuer))
    }

    /// What a token says, after its signature was checked with a key and an algorithm of its issuer.
    ///
    /// `types` are the values of `typ` it may carry; a token without `typ` is taken too. Keys and addresses of keys
    /// that a token brings along (`jwk`, `jku`, `x5c`, `x5u`) are not looked at.
    pub(super) async fn signed<T>(&self, token: &str, types: &[&str]) -> Result<T, Problem>
    where
        T: DeserializeOwned + Clone,
    {
        if token.len() > LONGEST {
            return Err(Code::TokenInvalid.into());
        }
        let told = insecure_decode::<Claimed>(token).map_err(|_| Code::TokenInvalid)?;
        let issuer = self.known.get(&told.claims.iss).ok_or(Code::IssuerUnknown)?;
        let header = told.header;
        if !issuer.settings.algorithms.contains(&header.alg) || !is_plain(&header, types) {
            return Err(Code::TokenInvalid.into());
        }
        let key = issuer.keys.find(header.kid.as_deref(), header.alg).await?;
        let key = DecodingKey::from_jwk(&key).map_err(|_| Code::TokenInvalid)?;
        Ok(decode(token, &key, &signature_only(header.alg)).map_err(|_| Code::TokenInvalid)?.claims)
    }
}

/// Nothing in the header asks for more than a signature, and the token is of the kind it is used as (RFC 8725 §3.11).
fn is_plain(header: &Header, types: &[&str]) -> bool {
    let typed = header.typ.as_deref().is_none_or(|typ| types.iter().any(|t| typ.eq_ignore_ascii_case(t)));
    typed && header.crit.is_none() && header.enc.is_none() && header.zip.is_none()
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
    let fitting = |key: &Jwk| issuer.algorithms.iter().any(|algorithm| fits(key, *algorithm));
    if issuer.jwks.as_ref().is_some_and(|set| !set.keys.iter().any(fitting)) {
        return Err(UnsafeSettings(format!("issuer {name}: no key of jwks fits one of its algorithms")));
    }
    Ok(())
}

fn keys_of(issuer: &IssuerSettings, pause: Duration) -> Result<Keys, UnsafeSettings> {
    match (&issuer.jwks, &issuer.jwks_uri) {
        (Some(set), None) => Ok(Keys::Given(set.clone())),
        (None, Some(uri)) => {
            let patience = Duration::from_secs(5);
            let way = Way { private: issuer.allow_private, ..Way::new(patience, patience) };
            let way = way.open().map_err(|e| UnsafeSettings(format!("no HTTP client: {e}")))?;
            let barred = |why| UnsafeSettings(format!("issuer {}: jwks_uri: {why}", issuer.issuer));
            way.admits(uri).map_err(barred)?;
            Ok(Keys::published(uri.clone(), way, pause))
        }
        _ => Err(UnsafeSettings(format!("issuer {}: give either jwks_uri or jwks", issuer.issuer))),
    }
}

/// The library reads the system's clock, so it checks the signature and this office the rest.
pub(super) fn signature_only(algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation
}
