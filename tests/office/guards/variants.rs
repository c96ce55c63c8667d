//! The variants and fields of the sources' own types, so that a guard needs no list that grows old.

use super::sources;

/// Keys of an enum's variants as serde writes them in `snake_case`.
pub fn keys(path: &str, name: &str) -> Vec<String> {
    let body = body(path, &format!("pub enum {name} {{"));
    let variants = body.iter().filter_map(|line| line.strip_prefix("    "));
    let named = variants.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let keys: Vec<String> =
        named.map(|line| snake(line.split([' ', ',', '(']).next().unwrap_or_default())).collect();
    assert!(!keys.is_empty(), "{path} has no enum {name}");
    keys
}

/// Names of a struct's public fields, without those that serde skips.
pub fn fields(path: &str, name: &str) -> Vec<String> {
    let body = body(path, &format!("pub struct {name} {{"))
        .into_iter()
        .chain(body(path, &format!("pub(crate) struct {name} {{")))
        .collect::<Vec<_>>();
    let mut fields = Vec::new();
    let mut skipped = false;
    for line in body {
        let line = line.trim();
        skipped |= line == "#[serde(skip)]";
        if let Some((field, _)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(':')) {
            if !skipped {
                fields.push(field.to_owned());
            }
            skipped = false;
        }
    }
    assert!(!fields.is_empty(), "{path} has no struct {name}");
    fields
}

/// The lines between `head` and the brace that closes it on the margin.
fn body(path: &str, head: &str) -> Vec<&'static str> {
    let source = sources::all().iter().find(|source| source.path == path);
    let source = source.unwrap_or_else(|| panic!("{path} is missing"));
    let lines = source.text.lines().skip_while(|line| *line != head).skip(1);
    lines.take_while(|line| *line != "}").collect()
}

fn snake(name: &str) -> String {
    let mut key = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !key.is_empty() {
            key.push('_');
        }
        key.push(letter.to_ascii_lowercase());
    }
    key
}

#[test]
fn variants_and_fields_are_read_as_they_are() {
    let statuses: Vec<&str> = rules::status::Status::ALL.into_iter().map(|status| status.key()).collect();

    assert_eq!(keys("entities/rules/src/status.rs", "Status"), statuses);
    assert_eq!(fields("entities/rules/src/deadlines/limit.rs", "TimeLimit"), ["amount", "unit"]);
    assert!(!fields("api/src/settings.rs", "ApiSettings").contains(&"link_secret".to_owned()));
}
