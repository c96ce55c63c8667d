//! Rules every operation and every schema keeps.

use super::promise::document;
use crate::guards::sources::assert_none;
use entities::pushes::ledger::Verdict;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_operation_names_itself() {
    let mut ids = BTreeSet::new();
    let mut found = Vec::new();
    for (at, operation) in operations() {
        let text = |member: &str| operation[member].as_str().unwrap_or_default();
        if !ids.insert(text("operationId").to_owned()) || text("operationId").is_empty() {
            found.push(format!("{at}: operationId `{}`", text("operationId")));
        }
        if text("summary").is_empty() || text("summary").ends_with('.') {
            found.push(format!("{at}: summary `{}`", text("summary")));
        }
        let tags = operation["tags"].as_array().cloned().unwrap_or_default();
        let known = document()["tags"].as_array().unwrap();
        if tags.len() != 1 || !known.iter().any(|tag| tag["name"] == tags[0]) {
            found.push(format!("{at}: tags {tags:?}"));
        }
    }

    assert_none("an operation has its own id, a summary without a full stop and one known tag", &found);
}

#[test]
fn every_operation_shows_an_example() {
    let mut found = Vec::new();
    for (at, operation) in operations() {
        let asked = members(&operation["requestBody"]["content"]);
        let asked = asked.filter(|(kind, _)| kind.ends_with("json")).filter(|(_, body)| !has_example(body));
        found.extend(asked.map(|(kind, _)| format!("{at}: no example of {kind}")));
        let answers = members(&operation["responses"]).filter(|(status, _)| status.starts_with('2'));
        let bodies =
            answers.flat_map(|(status, answer)| members(&answer["content"]).map(move |b| (status, b)));
        let bare = bodies.filter(|(_, (kind, body))| kind.ends_with("json") && !has_example(body));
        found.extend(bare.map(|(status, _)| format!("{at}: no example of {status}")));
    }

    assert_none("every JSON body of an operation has an example", &found);
}

#[test]
fn every_operation_says_who_may_ask() {
    let mut found = Vec::new();
    for (at, operation) in operations() {
        let public = api::routes::PUBLIC.iter().any(|(method, path)| at == format!("{method} {path}"));
        let secured = operation["security"].as_array().is_some_and(|needs| !needs.is_empty());
        if public == secured {
            found.push(format!("{at}: public {public}, secured {secured}"));
        }
    }
    let paths: BTreeSet<String> = operations().into_iter().map(|(at, _)| at).collect();
    let gone = api::routes::PUBLIC.iter().map(|(method, path)| format!("{method} {path}"));
    found.extend(gone.filter(|at| !paths.contains(at)).map(|at| format!("{at}: public, but not there")));

    assert_none("an operation is on the public list or demands a token", &found);
}

#[test]
fn every_operation_tells_its_problems() {
    let mut found = Vec::new();
    for (at, operation) in operations() {
        let answers: Vec<_> = members(&operation["responses"]).collect();
        let told = |status: &str| answers.iter().any(|(known, _)| *known == status);
        let writes = !at.starts_with("GET") && !at.starts_with("HEAD");
        let asks = |place: &str, name: &str| {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            parameters.into_iter().any(|p| p["in"] == place && (name.is_empty() || p["name"] == name))
        };
        let expected = [
            ("500", true),
            ("422", writes),
            ("401", operation.get("security").is_some()),
            ("400", asks("query", "")),
            ("403", asks("query", "signature")),
            ("409", asks("header", "Idempotency-Key")),
            ("412", asks("header", "If-Match")),
        ];
        let missing = expected.iter().filter(|(status, must)| *must && !told(status));
        found.extend(missing.map(|(status, _)| format!("{at}: {status} is not told")));
        for (status, answer) in answers.iter().filter(|(status, _)| status.as_str() >= "400") {
            let kinds: Vec<_> = members(&answer["content"]).map(|(kind, _)| kind.as_str()).collect();
            if kinds != ["application/problem+json"] && at != "GET /readyz" {
                found.push(format!("{at}: {status} is {kinds:?}"));
            }
        }
    }

    assert_none("an operation tells the problems it can have, as problem documents", &found);
}

#[test]
fn what_became_of_an_exchange_is_said_as_promised() {
    use Verdict::{Absent, Answered, Held, Refused, SaidAgain, Taken, Unanswered};
    let promised = document()["components"]["schemas"]["ExchangeVerdict"]["enum"].as_array().unwrap();

    for verdict in [Absent, Answered, Held, Refused, SaidAgain, Taken, Unanswered] {
        assert!(promised.contains(&serde_json::to_value(verdict).unwrap()), "{verdict:?}");
    }
}

#[test]
fn properties_are_snake_case_and_paths_plural_kebab_case() {
    let mut found = Vec::new();
    for (name, schema) in members(&document()["components"]["schemas"]) {
        let strange = members(&schema["properties"]).filter(|(member, _)| !is_made_of(member, '_'));
        found.extend(strange.map(|(member, _)| format!("{name}.{member}")));
    }
    for (path, _) in members(&document()["paths"]) {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let plain = parts.iter().filter(|part| !part.starts_with('{'));
        if plain.clone().any(|part| !is_made_of(part.trim_end_matches(".json"), '-')) {
            found.push(path.clone());
        }
        // A collection is what is followed by a key, or by a key of two parts; acts and views below it are singular.
        let keyed = parts.windows(2).filter(|pair| pair[1].starts_with('{') && !pair[0].starts_with('{'));
        let collections = keyed.map(|pair| pair[0]);
        found.extend(collections.filter(|part| !part.ends_with('s')).map(|part| format!("{path}: {part}")));
    }

    assert_none("properties are snake_case; paths are kebab-case and collections plural", &found);
}

#[test]
fn every_reference_leads_somewhere() {
    let mut found = Vec::new();
    visit(document(), &mut |value| {
        if let Some(target) = value["$ref"].as_str()
            && document().pointer(target.trim_start_matches('#')).is_none()
        {
            found.push(target.to_owned());
        }
    });

    assert_none("a reference leads to a schema of the document", &found);
}

#[test]
fn bodies_refuse_members_they_do_not_know() {
    let mut found = Vec::new();
    for name in asked_schemas() {
        let schema = &document()["components"]["schemas"][&name];
        if schema["type"] == "object" && schema["additionalProperties"] != false {
            found.push(name);
        }
    }

    assert!(asked_schemas().len() > 4);
    assert_none("a request body has no members but those it names", &found);
}

#[test]
fn schemas_and_their_members_are_described() {
    let mut found = Vec::new();
    for (name, schema) in members(&document()["components"]["schemas"]) {
        // A page is described by its items.
        if name.starts_with("Page") {
            continue;
        }
        if schema["description"].as_str().unwrap_or_default().is_empty() {
            found.push(name.clone());
        }
        let silent = members(&schema["properties"]).filter(|(_, member)| !is_described(member));
        found.extend(silent.map(|(member, _)| format!("{name}.{member}")));
    }

    assert_none("a schema and each of its members is described", &found);
}

/// `GET /v1/units` and the operation, for all.
fn operations() -> Vec<(String, &'static Value)> {
    let methods = ["get", "head", "post", "put", "patch", "delete"];
    let items = members(&document()["paths"]);
    let all = items.flat_map(|(path, item)| members(item).map(move |(method, o)| (path, method, o)));
    all.filter(|(_, method, _)| methods.contains(&method.as_str()))
        .map(|(path, method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
        .collect()
}

/// Schemas of request bodies, and those they hold.
fn asked_schemas() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut waiting: Vec<&Value> = operations().into_iter().map(|(_, o)| &o["requestBody"]).collect();
    while let Some(value) = waiting.pop() {
        visit(value, &mut |value| {
            let name = value["$ref"].as_str().and_then(|target| target.rsplit('/').next());
            if let Some(name) = name.filter(|name| names.insert((*name).to_owned())) {
                waiting.push(&document()["components"]["schemas"][name]);
            }
        });
    }
    names
}

/// The body has an example of its own, or its schema has one: itself, or each item of a list or page.
fn has_example(body: &Value) -> bool {
    body.get("example").is_some() || body.get("examples").is_some() || is_shown(&body["schema"])
}

fn is_shown(schema: &Value) -> bool {
    if let Some(target) = schema["$ref"].as_str() {
        return document().pointer(target.trim_start_matches('#')).is_some_and(is_shown);
    }
    let items = schema.get("items").or_else(|| schema.pointer("/properties/items"));
    schema.get("example").is_some() || schema.get("examples").is_some() || items.is_some_and(is_shown)
}

fn is_described(member: &Value) -> bool {
    let described = |value: &Value| value["description"].as_str().is_some_and(|text| !text.is_empty());
    let referred = |value: &Value| value.get("$ref").is_some();
    let either = member["oneOf"].as_array().is_some_and(|either| either.iter().any(referred));
    described(member) || referred(member) || either
}

fn is_made_of(name: &str, joint: char) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
}

fn visit<'v>(value: &'v Value, look: &mut impl FnMut(&'v Value)) {
    look(value);
    match value {
        Value::Object(members) => members.values().for_each(|inner| visit(inner, look)),
        Value::Array(items) => items.iter().for_each(|inner| visit(inner, look)),
        _ => {}
    }
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}
