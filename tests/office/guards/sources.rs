//! The files of the repository, read once.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// One text file of the repository.
pub struct Source {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

/// A function as rustfmt lays it out.
pub struct Function<'a> {
    pub name: &'a str,
    /// 1 is the first line of the file.
    pub line: usize,
    /// From `fn` to the closing brace.
    pub length: usize,
    /// Doc comments and attributes.
    pub preamble: Vec<&'a str>,
}

/// Every text file but what is built, fetched or written by the demo.
pub fn all() -> &'static [Source] {
    static ALL: OnceLock<Vec<Source>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut files = Vec::new();
        collect(&root(), &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    })
}

/// The Rust among them.
pub fn rust() -> impl Iterator<Item = &'static Source> {
    all().iter().filter(|source| source.path.ends_with(".rs"))
}

/// The repository's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().into()
}

/// Fails with one line per finding.
pub fn assert_none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}:\n  {}", findings.join("\n  "));
}

impl Source {
    /// Whether the whole file is a test.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.contains("/tests/") || self.path.ends_with("/tests.rs")
    }

    /// The lines that are not tests, with their numbers.
    pub fn outside_tests(&self) -> Vec<(usize, &str)> {
        if self.is_test() {
            return Vec::new();
        }
        let mut kept = Vec::new();
        let mut lines = self.text.lines().enumerate();
        while let Some((index, line)) = lines.next() {
            if line.trim() != "#[cfg(test)]" {
                kept.push((index + 1, line));
                continue;
            }
            let end = format!("{}}}", indentation(line));
            for (_, skipped) in lines.by_ref() {
                if skipped == end || (skipped.ends_with(';') && indentation(skipped) == indentation(line)) {
                    break;
                }
            }
        }
        kept
    }

    /// Every function with a body, in order.
    pub fn functions(&self) -> Vec<Function<'_>> {
        let lines: Vec<&str> = self.text.lines().collect();
        lines.iter().enumerate().filter_map(|(index, line)| function(&lines, index, line)).collect()
    }
}

fn function<'a>(lines: &[&'a str], index: usize, line: &'a str) -> Option<Function<'a>> {
    let mut words = line.trim_start().split([' ', '(', '<']).filter(|word| !word.is_empty());
    let before = ["pub", "async", "const", "unsafe", "crate)", "super)"];
    if words.find(|word| !before.contains(word))? != "fn" {
        return None;
    }
    let name = words.next()?;
    let margin = indentation(line);
    let ends = |line: &&str| indentation(line) == margin && (line.trim() == "}" || line.ends_with(';'));
    let length = if line.ends_with('}') { 1 } else { lines[index..].iter().position(ends)? + 1 };
    let preamble = lines[..index].iter().rev().take_while(|line| !ends_item(line)).copied().collect();
    Some(Function { name, line: index + 1, length, preamble })
}

fn ends_item(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line == "}" || line.ends_with('{') || line.ends_with(';')
}

fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

fn collect(folder: &Path, into: &mut Vec<Source>) {
    const SKIPPED: [&str; 5] = [".git", "target", "data", "node_modules", "generated"];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let at_root = folder == root();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            let built = SKIPPED.contains(&name) && (name != "data" || at_root);
            if !built {
                collect(&path, into);
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let path = path.strip_prefix(root()).unwrap().to_str().unwrap().into();
            into.push(Source { path, text });
        }
    }
}
