//! Page cursors: opaque, signed, and good only for the list and the filters they were given for.

use crate::problems::{Code, Problem};
use crate::settings::UnsafeSettings;
use actix_web::http::header::LINK;
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use utoipa::ToSchema;

/// Bytes of the signature.
const SIGNATURE: usize = 32;

/// Longest cursor taken.
const LONGEST: usize = 2_048;

/// The key that signs cursors.
#[derive(Clone)]
pub struct CursorKey(Hmac<Sha256>);

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey")
    }
}

impl CursorKey {
    /// Fails when the secret is shorter than 32 characters.
    pub fn new(secret: &SecretString) -> Result<Self, UnsafeSettings> {
        let secret = secret.expose_secret().as_bytes();
        let key = <Hmac<Sha256> as Mac>::new_from_slice(secret).ok().filter(|_| secret.len() >= 32);
        key.map(Self).ok_or_else(|| UnsafeSettings("[api] cursor_secret needs at least 32 characters".into()))
    }

    /// A cursor to continue after `position` of `list` (route and filters in one string).
    pub fn seal(&self, list: &str, position: &impl Serialize) -> Result<String, Problem> {
        let position = serde_json::to_vec(position).map_err(|e| entities::Error::damaged("cursor", e))?;
        let mut bytes = self.signed(list, &position).finalize().into_bytes().to_vec();
        bytes.extend_from_slice(&position);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The position of a cursor given for the same `list`; 400 `cursor_invalid` for any other.
    pub fn open<T: DeserializeOwned>(&self, list: &str, cursor: &str) -> Result<T, Problem> {
        self.try_open(list, cursor).ok_or_else(|| Code::CursorInvalid.into())
    }

    fn try_open<T: DeserializeOwned>(&self, list: &str, cursor: &str) -> Option<T> {
        if cursor.len() > LONGEST {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (signature, position) = bytes.split_at_checked(SIGNATURE)?;
        self.signed(list, position).verify_slice(signature).ok()?;
        serde_json::from_slice(position).ok()
    }

    fn signed(&self, list: &str, position: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(&list.len().to_be_bytes());
        mac.update(list.as_bytes());
        mac.update(position);
        mac
    }
}

/// What a list may be asked for: `?limit=50&after=…`.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct PageQuery {
    /// Items a page, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100, example = 50)]
    pub limit: Option<u64>,
    /// Cursor from `next` of the page before.
    pub after: Option<String>,
}

impl PageQuery {
    /// Items to give, held within 1 to 100.
    pub fn limit(&self) -> u64 {
        self.limit.unwrap_or(50).clamp(1, 100)
    }
}

/// One page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T: Serialize> Page<T> {
    /// 200 with the page, and `Link: rel="next"` that asks for the page after it as this one was asked for.
    pub fn answer(&self, address: &Address) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        if let Some(next) = &self.next {
            response.insert_header((LINK, format!("<{}>; rel=\"next\"", address.after(next))));
        }
        response.json(self)
    }
}

/// Where a list was asked for: its path with every parameter of the caller but the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The only way to one is the request itself, so that no link forgets what was asked.
    pub fn of(req: &HttpRequest) -> Self {
        let asked = parameters(req, &["after"]);
        let joint = if asked.is_empty() { "" } else { "?" };
        Self(format!("{}{joint}{}", req.path(), asked.join("&")))
    }

    fn after(&self, cursor: &str) -> String {
        let joint = if self.0.contains('?') { '&' } else { '?' };
        format!("{}{joint}after={cursor}", self.0)
    }
}

/// The parameters of a request as they were written, without those of these names.
pub(crate) fn parameters<'r>(req: &'r HttpRequest, left_out: &[&str]) -> Vec<&'r str> {
    let kept = |part: &&str| {
        let name = url::form_urlencoded::parse(part.as_bytes()).next().map(|(name, _)| name);
        name.is_some_and(|name| !left_out.contains(&&*name))
    };
    req.query_string().split('&').filter(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_serves_only_its_own_list() {
        let key = CursorKey::new(&SecretString::from("k".repeat(32))).unwrap();
        let cursor = key.seal("/v1/dossiers?unit=1", &("2026-01-05", 7)).unwrap();
        let position: (String, i32) = key.open("/v1/dossiers?unit=1", &cursor).unwrap();
        assert_eq!(position, ("2026-01-05".into(), 7));
        for (list, text) in [
            ("/v1/dossiers?unit=2", cursor.as_str()),
            ("/v1/dossiers?unit=1", "AAAA"),
            ("/v1/dossiers?unit=1", "!"),
            ("/v1/dossiers?unit=1", &"A".repeat(4_000)),
        ] {
            let problem = key.open::<(String, i32)>(list, text).unwrap_err();
            assert_eq!(problem.code(), Code::CursorInvalid);
        }
    }
}
