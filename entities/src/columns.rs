//! Enums and documents of the rules as text columns, one way in and one way out.

use crate::error::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The key of a unit enum, as stored and as shown: `snake_case` text.
pub fn key_of<T: Serialize>(value: &T) -> Result<String, Error> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(key)) => Ok(key),
        Ok(_) => Err(Error::damaged("key", "not a plain key")),
        Err(e) => Err(Error::damaged("key", e)),
    }
}

/// The enum of a stored key; `what` names the column when it cannot be read.
pub fn from_key<T: DeserializeOwned>(what: &'static str, key: &str) -> Result<T, Error> {
    serde_json::from_value(serde_json::Value::String(key.to_owned())).map_err(|e| Error::damaged(what, e))
}

/// A document as JSON text.
pub fn json_of<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::damaged("json", e))
}

/// The document of a JSON text; `what` names the column when it cannot be read.
pub fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|e| Error::damaged(what, e))
}
