//! From the located tree to typed records, telling every fault and not only the first.

use super::located::{Entry, Map, Node, Value};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, Visitor};
use std::fmt::Display;

/// Reads `node` as a `T`; each fault goes to `report` with its line.
///
/// A wrong value is taken out and the rest is read again, so that one run names all of them.
pub(super) fn typed<T: DeserializeOwned>(node: &Node, mut report: impl FnMut(u64, String)) -> Option<T> {
    let mut node = node.clone();
    let mut clean = true;
    loop {
        let fault = match T::deserialize(At(&node)) {
            Ok(record) => return clean.then_some(record),
            Err(fault) => fault,
        };
        clean = false;
        if !fault.follows_from_another {
            report(fault.line, fault.words());
        }
        if !take_out(&mut node, &fault.path) {
            return None;
        }
    }
}

/// Removes what stands at the path (innermost step first); false when that is the whole record.
fn take_out(node: &mut Node, path: &[Step]) -> bool {
    let Some((step, inner)) = path.split_last() else { return false };
    match (&mut node.value, step) {
        (Value::List(items), Step::Item(i)) if inner.is_empty() && *i < items.len() => {
            items.remove(*i);
            true
        }
        (Value::Map(map), Step::Key(i, _)) if inner.is_empty() && *i < map.entries.len() => {
            let entry = map.entries.remove(*i);
            map.removed.push(entry.key);
            true
        }
        (Value::List(items), Step::Item(i)) => items.get_mut(*i).is_some_and(|n| take_out(n, inner)),
        (Value::Map(map), Step::Key(i, _)) => {
            map.entries.get_mut(*i).is_some_and(|e| take_out(&mut e.node, inner))
        }
        _ => false,
    }
}

#[derive(Debug)]
enum Step {
    Item(usize),
    Key(usize, String),
}

#[derive(Debug)]
struct Fault {
    line: u64,
    /// From the fault outwards to the record.
    path: Vec<Step>,
    message: String,
    missing: Option<&'static str>,
    follows_from_another: bool,
}

impl Fault {
    fn new(message: String) -> Self {
        Self { line: 0, path: Vec::new(), message, missing: None, follows_from_another: false }
    }

    fn at(mut self, line: u64) -> Self {
        if self.line == 0 {
            self.line = line;
        }
        self
    }

    fn in_map(mut self, map: &Map) -> Self {
        if let Some(field) = self.missing.take() {
            self.follows_from_another = map.removed.iter().any(|key| key == field);
        }
        self
    }

    fn under(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    fn words(&self) -> String {
        let steps = self.path.iter().rev().map(|step| match step {
            Step::Item(i) => (i + 1).to_string(),
            Step::Key(_, key) => key.clone(),
        });
        let path = steps.collect::<Vec<_>>().join(".");
        let hint = if self.message.contains("floating point") && self.message.contains("a string") {
            "; put the code in quotes"
        } else {
            ""
        };
        if path.is_empty() { self.message.clone() } else { format!("{path}: {}{hint}", self.message) }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::new(format!("`{field}` is missing")) }
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("unknown field; known are {}", expected.join(", ")))
    }
}

struct At<'a>(&'a Node);

impl<'de> Deserializer<'de> for At<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let outcome = match &self.0.value {
            Value::Scalar(scalar) => scalar.clone().deserialize_any(visitor).map_err(scalar_fault),
            Value::List(items) => visitor.visit_seq(Items { items, next: 0 }),
            Value::Map(map) => {
                let entries = Entries { entries: &map.entries, next: 0 };
                visitor.visit_map(entries).map_err(|fault| fault.in_map(map))
            }
        };
        outcome.map_err(|fault| fault.at(self.0.line))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.0.value {
            Value::Scalar(scalar) if scalar.is_null() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let scalar = match &self.0.value {
            Value::Scalar(scalar) => scalar,
            Value::Map(map) if map.entries.len() == 1 => {
                let entries = Entries { entries: &map.entries, next: 0 };
                let variant = de::value::MapAccessDeserializer::new(entries);
                return visitor.visit_enum(variant).map_err(|fault| fault.at(self.0.line));
            }
            _ => return Err(Fault::new(format!("expected one of {}", variants.join(", "))).at(self.0.line)),
        };
        scalar.clone().deserialize_enum(name, variants, visitor).map_err(|e| scalar_fault(e).at(self.0.line))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn scalar_fault(error: serde_json::Error) -> Fault {
    Fault::new(error.to_string())
}

struct Items<'a> {
    items: &'a [Node],
    next: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(item) = self.items.get(self.next) else { return Ok(None) };
        self.next += 1;
        seed.deserialize(At(item)).map(Some).map_err(|fault| fault.under(Step::Item(self.next - 1)))
    }
}

struct Entries<'a> {
    entries: &'a [Entry],
    next: usize,
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some(entry) = self.entries.get(self.next) else { return Ok(None) };
        let step = || Step::Key(self.next, entry.key.clone());
        let key = StrDeserializer::<Fault>::new(&entry.key);
        seed.deserialize(key).map(Some).map_err(|fault| fault.at(entry.line).under(step()))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let entry = self.entries.get(self.next).ok_or_else(|| Fault::new("a key without a value".into()))?;
        let step = Step::Key(self.next, entry.key.clone());
        self.next += 1;
        seed.deserialize(At(&entry.node)).map_err(|fault| fault.under(step))
    }
}
