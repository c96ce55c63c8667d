//! A YAML or JSON text as a tree that knows the line of every value.

use super::SeedError;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Scalar;
use serde_saphyr::{Budget, Options, Spanned, options::DuplicateKeyPolicy};
use std::collections::BTreeSet;

/// Turns the text of a file into a tree; JSON is told by its first character.
pub(super) fn parse(file: &str, text: &str) -> Result<Node, SeedError> {
    let fail = |line: u64, message: String| SeedError::new(file, line, message);
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
        return tree(text).map_err(|(line, message)| fail(line, message));
    }
    serde_json::from_str::<serde::de::IgnoredAny>(text)
        .map_err(|e| fail(u64::try_from(e.line()).unwrap_or(1), e.to_string()))?;
    // JSON has no tab inside a string, and YAML has none in its indentation.
    tree(&text.replace('\t', " ")).map_err(|(line, message)| fail(line, message))
}

fn tree(text: &str) -> Result<Node, (u64, String)> {
    let options = Options {
        budget: Some(Budget { max_depth: 64, ..Budget::default() }),
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        with_snippet: false,
        ..Options::default()
    };
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|e| (e.location().map_or(1, |l| l.line()), e.to_string()))
}

/// A value and the line it begins on, counted from 1.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) line: u64,
    pub(super) value: Value,
}

/// What stands at a node.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A text, number, truth value or nothing.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// A map in the order of the file.
    Map(Map),
}

/// A map, with the keys that were taken out because their values were wrong.
#[derive(Debug, Clone, Default)]
pub(super) struct Map {
    pub(super) entries: Vec<Entry>,
    pub(super) removed: Vec<String>,
}

/// One key of a map.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) line: u64,
    pub(super) node: Node,
}

impl Node {
    /// The entries of a map; nothing for another value.
    pub(super) fn entries(&self) -> &[Entry] {
        if let Value::Map(map) = &self.value { &map.entries } else { &[] }
    }

    /// The items of a list; nothing for another value.
    pub(super) fn items(&self) -> &[Node] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|e| e.key == key).map(|e| &e.node)
    }

    /// The line of a key, or of the map when the key is absent.
    pub(super) fn line_of(&self, key: &str) -> u64 {
        self.entries().iter().find(|e| e.key == key).map_or(self.line, |e| e.line)
    }

    /// The line of the item of a list under a key, or the nearest line known.
    pub(super) fn line_of_item(&self, key: &str, index: usize) -> u64 {
        let item = self.get(key).and_then(|list| list.items().get(index));
        item.map_or_else(|| self.line_of(key), |item| item.line)
    }

    /// Moves the named keys into a map of their own, on the same line.
    pub(super) fn split_off(&mut self, keys: &[&str]) -> Self {
        let mut part = Map::default();
        if let Value::Map(map) = &mut self.value {
            let (named, others) = map.entries.drain(..).partition(|e| keys.contains(&e.key.as_str()));
            part.entries = named;
            map.entries = others;
        }
        Self { line: self.line, value: Value::Map(part) }
    }

    /// Keeps the first of keys written twice in one map, anywhere below, and names the others.
    pub(super) fn drop_repeats(&mut self) -> Vec<(u64, String)> {
        let mut found = Vec::new();
        match &mut self.value {
            Value::Scalar(_) => {}
            Value::List(items) => found.extend(items.iter_mut().flat_map(Node::drop_repeats)),
            Value::Map(map) => {
                let mut seen = BTreeSet::new();
                let repeats = map.entries.extract_if(.., |e| !seen.insert(e.key.clone()));
                found.extend(repeats.map(|e| (e.line, e.key)));
                found.extend(map.entries.iter_mut().flat_map(|e| e.node.drop_repeats()));
            }
        }
        found
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { line: spanned.referenced.line(), value: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Scalar(v.into()))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Scalar(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Scalar(v.into()))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
        Ok(Value::Scalar(v.into()))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::Scalar(v.into()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Null))
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Scalar(Scalar::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, node)) = map.next_entry::<Spanned<String>, Node>()? {
            entries.push(Entry { line: key.referenced.line(), key: key.value, node });
        }
        Ok(Value::Map(Map { entries, removed: Vec::new() }))
    }
}
