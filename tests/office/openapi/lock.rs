//! The checked-in document is the program's, and does not break what was released.

use super::promise::document;
use crate::guards::sources::root;
use crate::support::servers::environment;
use serde_json::Value;

#[test]
fn the_checked_in_document_is_the_programs() {
    let path = root().join("openapi/openapi.json");
    let printed = format!("{}\n", api::openapi::printed());
    if environment("MOTCUA_BLESS").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }

    let checked_in = std::fs::read_to_string(&path).unwrap_or_default();

    assert!(
        checked_in == printed,
        "openapi/openapi.json is not what the program prints; look at the difference after\n  \
        MOTCUA_BLESS=1 cargo test -p office-tests --test office openapi"
    );
}

#[test]
fn what_was_released_is_still_there() {
    let released = std::fs::read_to_string(root().join("openapi/released.json"));
    let Ok(released) = released else { return };
    let released: Value = serde_json::from_str(&released).unwrap();

    let broken = broken(&released, document());

    assert!(broken.is_empty(), "clients of the last release would break:\n  {}", broken.join("\n  "));
}

#[test]
fn a_broken_promise_is_noticed() {
    let mut poorer = document().clone();
    poorer["paths"].as_object_mut().unwrap().remove("/v1/units");
    poorer["components"]["schemas"]["Unit"]["properties"].as_object_mut().unwrap().remove("code");
    let asked = &mut poorer["components"]["schemas"]["SeedFile"]["required"];
    asked.as_array_mut().unwrap().push("dry_run".into());

    let broken = broken(document(), &poorer);

    assert_eq!(
        broken,
        ["GET /v1/units is gone", "SeedFile now requires dry_run", "Unit has no code any more"]
    );
    assert!(self::broken(document(), document()).is_empty());
}

/// What a client of `released` would miss or be refused for in `now`.
fn broken(released: &Value, now: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (path, item) in members(&released["paths"]) {
        for (method, _) in members(item).filter(|(method, _)| METHODS.contains(&method.as_str())) {
            if now["paths"][path].get(method).is_none() {
                found.push(format!("{} {path} is gone", method.to_uppercase()));
            }
        }
    }
    for (name, schema) in members(&released["components"]["schemas"]) {
        let now = &now["components"]["schemas"][name];
        let missing =
            members(&schema["properties"]).filter(|(member, _)| now["properties"].get(member).is_none());
        found.extend(missing.map(|(member, _)| format!("{name} has no {member} any more")));
        let body = schema["additionalProperties"] == false;
        let required = now["required"].as_array().into_iter().flatten();
        let before = schema["required"].as_array().cloned().unwrap_or_default();
        let stricter = required.filter(|member| body && !before.contains(member)).filter_map(Value::as_str);
        found.extend(stricter.map(|member| format!("{name} now requires {member}")));
    }
    found.sort();
    found
}

const METHODS: [&str; 6] = ["get", "head", "post", "put", "patch", "delete"];

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}
