//! Receipts of the gateway: one JSON object or a list of them, under a shared secret in a header.

use super::{settings::Settings, told};
use crate::text::{Heard, Receipt, Rejected};
use secrecy::ExposeSecret;
use serde_json::Value;
use subtle::ConstantTimeEq;

/// Most receipts in one call.
const MOST: usize = 500;

/// What the receipts say; those whose code says nothing yet are left out.
pub(super) fn read(settings: &Settings, heard: &Heard<'_>) -> Result<Vec<Receipt>, Rejected> {
    let given =
        heard.headers.get(&settings.receipt_header.to_lowercase()).map(String::as_str).unwrap_or_default();
    let secret = settings.receipt_secret.expose_secret();
    let genuine = given.as_bytes().ct_eq(secret.as_bytes());
    if secret.is_empty() || !bool::from(genuine) {
        return Err(Rejected::Stranger);
    }
    let said: Value = serde_json::from_slice(heard.body).map_err(|_| Rejected::Unreadable)?;
    let each = match said {
        Value::Array(items) if items.len() <= MOST => items,
        one @ Value::Object(_) => vec![one],
        _ => return Err(Rejected::Unreadable),
    };
    let all: Result<Vec<_>, _> = each.iter().map(|one| receipt(settings, one)).collect();
    Ok(all?.into_iter().flatten().collect())
}

fn receipt(settings: &Settings, said: &Value) -> Result<Option<Receipt>, Rejected> {
    let at = |pointer: &Option<String>| pointer.as_deref().and_then(|pointer| told(said, pointer));
    let party_ref = at(&settings.receipt_id_at);
    let key = at(&settings.receipt_key_at).and_then(|key| key.parse().ok());
    let code = told(said, &settings.receipt_code_at).ok_or(Rejected::Unreadable)?;
    if party_ref.is_none() && key.is_none() {
        return Err(Rejected::Unreadable);
    }
    let undelivered = match () {
        () if settings.delivered.contains(&code) => None,
        () if settings.undelivered.contains(&code) => {
            Some(format!("the operator says that it did not arrive (code {})", super::plain(&code)))
        }
        () => return Ok(None),
    };
    Ok(Some(Receipt { party_ref, key, undelivered }))
}
