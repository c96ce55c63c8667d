//! Reads seed files: text in, typed records or every error by line out.

use super::located::{self, Node};
use super::typing::typed;
use super::{
    Located, SeedError, Seeds, StartSeed, SuccessorSeed, calendars, digitising, places, procedures, units,
};
use rules::papers::Target;
use std::collections::BTreeSet;

/// Reads one file; unit codes it refers to must be in the file itself.
///
/// `name` is only used to say where an error is. YAML or JSON is told by the content.
/// Errors: every wrong line, in the order of the file.
pub fn read(name: &str, text: &str) -> Result<Seeds, Vec<SeedError>> {
    read_all(&[(name, text)], &BTreeSet::new())
}

/// Reads several files as one catalogue; `known_units` are codes that exist elsewhere already.
///
/// Errors: every wrong line of every file, by file and line.
pub fn read_all(files: &[(&str, &str)], known_units: &BTreeSet<String>) -> Result<Seeds, Vec<SeedError>> {
    let mut seeds = Seeds::default();
    let mut errors = Vec::new();
    for (name, text) in files {
        match located::parse(name, text) {
            Ok(mut tree) => File { name, seeds: &mut seeds, errors: &mut errors }.read(&mut tree),
            Err(error) => errors.push(error),
        }
    }
    errors.extend(units::joints(&seeds, known_units, errors.is_empty()));
    errors.extend(procedures::twins(&seeds));
    errors.extend(calendars::twins(&seeds));
    errors.extend(places::twins(&seeds));
    errors.extend(digitising::misfits(&seeds));
    if errors.is_empty() {
        return Ok(seeds);
    }
    errors.sort();
    errors.dedup();
    Err(errors)
}

struct File<'a> {
    name: &'a str,
    seeds: &'a mut Seeds,
    errors: &'a mut Vec<SeedError>,
}

impl File<'_> {
    fn read(&mut self, tree: &mut Node) {
        for (line, key) in tree.drop_repeats() {
            self.fail(line, format!("`{key}` is written twice"));
        }
        if tree.entries().is_empty() {
            self.fail(tree.line, "expected a map with units, places, procedures, calendars or their like");
        }
        for entry in tree.entries() {
            match entry.key.as_str() {
                "units" => self.units(&entry.node),
                "successors" => self.successors(&entry.node),
                "procedures" => self.procedures(&entry.node),
                "calendars" => self.calendars(&entry.node),
                "places" => self.places(&entry.node),
                "place_successors" => self.place_successors(&entry.node),
                "unit_codes" => self.unit_codes(&entry.node),
                "digitisation_starts" => self.digitisation_starts(&entry.node),
                "digitisation_targets" => self.digitisation_targets(&entry.node),
                other => self.fail(entry.line, format!("unknown section `{other}`")),
            }
        }
    }

    fn units(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = units::unit(node, &mut |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.units.extend(read.map(|unit| place.with(unit)));
        }
    }

    fn successors(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = typed::<SuccessorSeed>(node, |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.successors.extend(read.map(|edge| place.with(edge)));
        }
    }

    fn procedures(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = procedures::procedure(node, &mut |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.procedures.extend(read.map(|procedure| place.with(procedure)));
        }
    }

    fn calendars(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = calendars::calendar(node, &mut |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.calendars.extend(read.map(|calendar| place.with(calendar)));
        }
    }

    fn places(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = places::place(node, &mut |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.places.extend(read.map(|record| place.with(record)));
        }
    }

    fn place_successors(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = places::successor(node, &mut |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.place_successors.extend(read.map(|edge| place.with(edge)));
        }
    }

    fn unit_codes(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = places::unit_code(node, &mut |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.unit_codes.extend(read.map(|given| place.with(given)));
        }
    }

    fn digitisation_starts(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = typed::<StartSeed>(node, |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.digitisation_starts.extend(read.map(|start| place.with(start)));
        }
    }

    fn digitisation_targets(&mut self, list: &Node) {
        for node in self.records(list) {
            let read = typed::<Target>(node, |line, message| self.fail(line, message));
            let place = self.located(node);
            self.seeds.digitisation_targets.extend(read.map(|target| place.with(target)));
        }
    }

    fn records<'n>(&mut self, list: &'n Node) -> &'n [Node] {
        if list.items().is_empty() {
            self.fail(list.line, "expected a list with at least one record");
        }
        list.items()
    }

    fn located(&self, node: &Node) -> Located<()> {
        Located { file: self.name.to_owned(), line: node.line, record: () }
    }

    fn fail(&mut self, line: u64, message: impl Into<String>) {
        self.errors.push(SeedError::new(self.name, line, message));
    }
}

impl Located<()> {
    fn with<T>(self, record: T) -> Located<T> {
        Located { file: self.file, line: self.line, record }
    }
}
