//! What the bench is asked for on its command line: `--name value` pairs.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The servers to use and how long to look at each cell.
pub struct Asked(BTreeMap<String, String>);

impl Asked {
    /// The command line of this process.
    pub fn read() -> Self {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let pairs = words.chunks(2).map(|pair| match pair {
            [name, value] if name.starts_with("--") => (name[2..].to_owned(), value.clone()),
            other => panic!("expected --name value, found {other:?}"),
        });
        Self(pairs.collect())
    }

    /// A value that must be given.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_else(|| panic!("--{name} is missing"))
    }

    /// A value that may be given.
    pub fn text_or<'a>(&'a self, name: &str, otherwise: &'a str) -> &'a str {
        self.0.get(name).map_or(otherwise, String::as_str)
    }

    /// A number, or what is usual.
    pub fn number(&self, name: &str, otherwise: u64) -> u64 {
        self.0.get(name).map_or(otherwise, |value| value.parse().unwrap())
    }

    /// Where everything is written; gone with the servers.
    pub fn folder(&self) -> PathBuf {
        self.text("folder").into()
    }

    /// Whether a part is wanted: all of them, unless `--only` names some.
    pub fn wants(&self, part: &str) -> bool {
        self.0.get("only").is_none_or(|only| only.split(',').any(|wanted| wanted == part))
    }
}
