//! Tokens bound to a key or a certificate: who shows one proves to hold it (RFC 9449, RFC 8705).

use super::proof::{self, Proof};
use super::shown::Shown;
use super::used_proofs::Used;
use crate::problems::{Code, Problem};
use serde_json::{Map, Value};

/// What a token is bound to (`cnf`, RFC 7800).
pub(super) type Confirmation = Map<String, Value>;

/// Every binding of the token is proven; 401 `proof_invalid` otherwise.
///
/// A binding that this office cannot check is not proven. `must` asks for one even of a token that names none.
pub(super) async fn check(
    bound: Option<&Confirmation>,
    shown: &Shown,
    must: bool,
    used: &Used<'_>,
) -> Result<(), Problem> {
    let none = Confirmation::new();
    let bound = bound.unwrap_or(&none);
    if shown.dpop != bound.contains_key("jkt") || (must && bound.is_empty()) {
        return Err(Code::ProofInvalid.into());
    }
    for (kind, to) in bound {
        let to = to.as_str().ok_or(Code::ProofInvalid)?;
        match kind.as_str() {
            "jkt" => possessed(shown, to, used).await?,
            "x5t#S256" if shown.certificate.as_deref() == Some(to) => {}
            _ => return Err(Code::ProofInvalid.into()),
        }
    }
    Ok(())
}

async fn possessed(shown: &Shown, thumbprint: &str, used: &Used<'_>) -> Result<(), Problem> {
    let told =
        shown.proof.as_deref().and_then(|told| proof::read(told, thumbprint)).ok_or(Code::ProofInvalid)?;
    let Proof { claims, key } = told;
    if !claims.is_for(shown) || !claims.is_recent(used.now, used.leeway) {
        return Err(Code::ProofInvalid.into());
    }
    match used.take(&key, claims.until(used.leeway)).await? {
        true => Ok(()),
        false => Err(Code::ProofInvalid.into()),
    }
}
