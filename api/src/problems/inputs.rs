//! What the framework refuses before a handler runs, said as problems.

use super::{Code, Problem};
use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError, UrlencodedError};
use actix_web::web::{FormConfig, JsonConfig, PathConfig, QueryConfig};
use rules::refusal::Violation;

/// JSON bodies up to `limit` bytes.
pub(crate) fn json_config(limit: usize) -> JsonConfig {
    JsonConfig::default().limit(limit).error_handler(|error, _| of_json(&error).into())
}

/// Forms up to `limit` bytes.
pub(crate) fn form_config(limit: usize) -> FormConfig {
    FormConfig::default().limit(limit).error_handler(|error, _| of_form(&error).into())
}

/// Ids in the path.
pub(crate) fn path_config() -> PathConfig {
    PathConfig::default().error_handler(|error, _| of_path(&error).into())
}

/// Parameters of the query.
pub(crate) fn query_config() -> QueryConfig {
    QueryConfig::default().error_handler(|error, _| of_query(&error).into())
}

fn of_json(error: &JsonPayloadError) -> Problem {
    match error {
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            Problem::new(Code::BodyTooLarge)
        }
        JsonPayloadError::ContentType => Problem::new(Code::MediaTypeUnsupported),
        JsonPayloadError::Deserialize(e) if e.is_data() => {
            Problem::invalid(vec![violation_of("", &e.to_string())])
        }
        _ => Problem::new(Code::JsonMalformed),
    }
}

fn of_form(error: &UrlencodedError) -> Problem {
    match error {
        UrlencodedError::Overflow { .. } => Problem::new(Code::BodyTooLarge),
        _ => Problem::new(Code::MediaTypeUnsupported),
    }
}

fn of_path(_: &PathError) -> Problem {
    Problem::new(Code::PathInvalid)
}

fn of_query(error: &QueryPayloadError) -> Problem {
    let said = error.to_string();
    match quoted(&said) {
        Some(name) => Problem::new(Code::QueryInvalid).because(
            format!("Tham số `{name}` không hợp lệ."),
            format!("The parameter `{name}` is not valid."),
        ),
        None => Problem::new(Code::QueryInvalid),
    }
}

/// The parser's complaint at `pointer` as a violation: unknown field, missing field or wrong type.
pub(crate) fn violation_of(pointer: &str, said: &str) -> Violation {
    let name = quoted(said).unwrap_or_default();
    if said.starts_with("unknown field") {
        // The path already ends with the unknown name when the parser gives one.
        let at =
            if pointer.ends_with(&format!("/{name}")) { pointer.into() } else { format!("{pointer}/{name}") };
        return violation(at, "unknown_field", "Không có trường này.", "There is no such field.");
    }
    if said.starts_with("missing field") {
        return violation(
            format!("{pointer}/{name}"),
            "missing_field",
            "Thiếu trường này.",
            "This field is missing.",
        );
    }
    if said.starts_with("unknown variant") {
        return violation(
            pointer.into(),
            "unknown_value",
            "Giá trị không có trong danh mục.",
            "The value is not in the list.",
        );
    }
    violation(pointer.into(), "wrong_type", "Giá trị không đúng kiểu.", "The value is of the wrong type.")
}

fn violation(pointer: String, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer, code, vi: vi.into(), en: en.into() }
}

/// Text between the first pair of backticks, cut to a length fit to show.
fn quoted(said: &str) -> Option<String> {
    said.split('`').nth(1).map(|name| name.chars().take(80).collect())
}
