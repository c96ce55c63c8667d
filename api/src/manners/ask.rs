//! JSON bodies: read within the limit, every misfit said with its place.

use crate::manners::key::{Facts, Keyed};
use crate::office::Office;
use crate::problems::{Code, Problem, violation_of};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use futures::future::LocalBoxFuture;
use rules::refusal::Violation;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// A signed-in request for an effect: who, key, fingerprint, and the body.
///
/// An absent body is read as `{}`, so acts without particulars need none.
#[derive(Debug, Clone)]
pub struct Ask<T> {
    /// What `Office::once` needs.
    pub facts: Facts,
    /// The body.
    pub body: T,
}

impl<T: DeserializeOwned + 'static> FromRequest for Ask<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let keyed = Keyed::from_request(req, payload);
        let body = Body::from_request(req, payload);
        Box::pin(async move {
            let keyed = keyed.await?;
            let Body { body, canonical } = body.await?;
            Ok(Self { facts: keyed.with_body(canonical.as_bytes()), body })
        })
    }
}

/// A JSON body of a request that needs no key.
#[derive(Debug, Clone)]
pub struct Body<T> {
    /// The body.
    pub body: T,
    /// The same with sorted members and no white space.
    pub canonical: String,
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = req.app_data::<web::Data<Office>>().map_or(0, |office| office.settings.json_limit_bytes);
        let json = is_json(req);
        let payload = payload.take();
        Box::pin(async move {
            let bytes = read(payload, limit).await?;
            match bytes.is_empty() {
                true => Self::parse(b"{}"),
                false if json => Self::parse(&bytes),
                false => Err(Code::MediaTypeUnsupported.into()),
            }
        })
    }
}

impl<T: DeserializeOwned> Body<T> {
    /// Reads JSON text; 400 when it is none, 422 with the place when it does not fit.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        if depth(bytes) > DEEPEST {
            return Err(Code::JsonTooDeep.into());
        }
        let value: Value = serde_json::from_slice(bytes).map_err(|_| Code::JsonMalformed)?;
        if let Some(pointer) = unwritable(&value) {
            return Err(Problem::invalid(vec![unwritable_text(pointer)]));
        }
        let canonical = canonical(&value);
        let body = serde_path_to_error::deserialize(value).map_err(|e| {
            let pointer = pointer_of(e.path());
            Problem::invalid(vec![violation_of(&pointer, &e.inner().to_string())])
        })?;
        Ok(Self { body, canonical })
    }
}

/// Deepest JSON that is read: no body of this office comes near it.
const DEEPEST: usize = 32;

/// How deep lists and objects lie in one another; of text that is no JSON, something not below what its parser meets.
fn depth(bytes: &[u8]) -> usize {
    let (mut here, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => here += 1,
            b']' | b'}' if !quoted => here = here.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(here);
    }
    deepest
}

/// Reads a whole body of at most `limit` bytes.
pub(crate) async fn read(mut payload: Payload, limit: usize) -> Result<Bytes, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Code::JsonMalformed)?;
        if bytes.len() + chunk.len() > limit {
            return Err(Code::BodyTooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

pub(crate) fn is_json(req: &HttpRequest) -> bool {
    let said = req.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn unwritable_text(pointer: String) -> Violation {
    Violation {
        pointer,
        code: "text_invalid",
        vi: "Có ký tự không ghi được (U+0000).".into(),
        en: "It holds a character that cannot be kept (U+0000).".into(),
    }
}

/// Where a text holds the one character that no database keeps.
pub(crate) fn unwritable(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(n, item)| Some(format!("/{n}{}", unwritable(item)?)))
        }
        Value::Object(members) => members.iter().find_map(|(name, item)| {
            Some(format!("/{}{}", name.replace('~', "~0").replace('/', "~1"), unwritable(item)?))
        }),
        _ => None,
    }
}

fn pointer_of(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1")))
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// Members sorted at every depth, so that a client's map order does not make another request of the same one.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<&String, &Value> = members.iter().collect();
            let inner: Vec<String> = sorted
                .into_iter()
                .map(|(k, v)| format!("{}:{}", Value::from(k.as_str()), canonical(v)))
                .collect();
            format!("{{{}}}", inner.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{canonical, depth};
    use serde_json::json;

    #[test]
    fn only_brackets_outside_of_texts_are_deep() {
        for (text, deep) in [
            ("", 0),
            ("1", 0),
            ("[]", 1),
            (r#"{"a": [{"b": []}], "c": {}}"#, 4),
            (r#"["[[[[", "\"[[", "\\"]"#, 1),
            ("]]]][", 1),
        ] {
            assert_eq!(depth(text.as_bytes()), deep, "{text}");
        }
    }

    #[test]
    fn the_order_of_members_does_not_change_a_request() {
        let one = json!({"b": [1, {"y": null, "x": "đ"}], "a": 1.5});
        assert_eq!(canonical(&one), r#"{"a":1.5,"b":[1,{"x":"đ","y":null}]}"#);
    }
}
