//! Holds answers against the schemas of the document.

use serde_json::{Value, json};
use std::sync::OnceLock;

/// The document as the program prints it.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(api::openapi::printed()).unwrap())
}

/// Fails unless `answer` is what the document calls `schema`, without a member that it does not name.
pub fn holds(schema: &str, answer: &Value) {
    let reference = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{schema}"),
        "components": document()["components"],
    });
    let schemas = jsonschema::validator_for(&reference).unwrap();
    let wrong: Vec<String> =
        schemas.iter_errors(answer).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{schema}: {wrong:#?}");
    let named = &document()["components"]["schemas"][schema]["properties"];
    let unnamed: Vec<&String> =
        answer.as_object().unwrap().keys().filter(|member| named.get(member.as_str()).is_none()).collect();
    assert!(unnamed.is_empty(), "{schema} does not name {unnamed:?}");
}
