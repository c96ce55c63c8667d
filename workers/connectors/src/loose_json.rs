//! Reading and making JSON whose shape the other side decides.

use serde_json::Value;

/// The text of a field; empty when it is absent, null or no text. Numbers are told by their digits.
pub(crate) fn text(value: &Value, field: &str) -> String {
    match value.get(field) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The same object with a field set.
pub(crate) fn with(mut value: Value, field: &str, inner: impl Into<Value>) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.insert(field.to_owned(), inner.into());
    }
    value
}
