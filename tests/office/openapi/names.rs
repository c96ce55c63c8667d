//! Two schemas of one name would silently become one.

use crate::guards::sources::{self, assert_none};
use std::collections::BTreeMap;

#[test]
fn no_two_schemas_share_a_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources::rust().filter(|source| source.path.starts_with("api/src/")) {
        for name in schemas(&source.text) {
            places.entry(name).or_default().push(source.path.clone());
        }
    }

    let twins = places.iter().filter(|(_, places)| places.len() > 1);
    let found: Vec<String> = twins.map(|(name, places)| format!("{name}: {}", places.join(", "))).collect();

    assert!(places.len() > 20, "{}", places.len());
    assert_none("a schema has a name of its own", &found);
}

/// Names of the schemas derived in a file: the one given with `as`, or the type's own.
fn schemas(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !(line.starts_with("#[derive(") && line.contains("ToSchema")) {
            continue;
        }
        let mut given = None;
        for line in lines.by_ref() {
            let named = line.strip_prefix("#[schema(as = ");
            given = given.or(named.and_then(|rest| rest.split([')', ',']).next()).map(str::to_owned));
            let Some((_, item)) = line.split_once("struct ").or(line.split_once("enum ")) else { continue };
            let own = item.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
            names.push(given.take().unwrap_or(own));
            break;
        }
    }
    names
}
