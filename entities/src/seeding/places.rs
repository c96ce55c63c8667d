//! Places with their days and successors, and further codes of units (law.md §2.3, C-06).

use super::located::Node;
use super::typing::typed;
use super::{Located, SeedError, Seeds};
use chrono::NaiveDate;
use rules::codes::{OrganisationCode, PlaceCode, PlaceLevel};
use rules::places::Share;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An administrative unit of the country from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceSeed {
    /// Code of 2, 3 or 5 digits, which tell the level.
    pub code: String,
    /// Full Vietnamese name.
    pub name: String,
    /// Code of the place it lies in; none for a province.
    pub parent: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// Document that orders it.
    pub document: String,
}

/// A place and one of those that continue it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceSuccessorSeed {
    /// Code of the place that ended the day before.
    pub from: String,
    /// Code of the place that continues it.
    pub to: String,
    /// First day of the successor.
    pub on: NaiveDate,
    /// How much of it; all when absent.
    #[serde(default = "whole")]
    pub share: Share,
}

/// A further code of a unit, from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitCodeSeed {
    /// Code by which the unit stands in its own record.
    pub unit: String,
    /// The further code, of any generation.
    pub code: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: Option<NaiveDate>,
    /// Document that gives it.
    pub document: String,
}

fn whole() -> Share {
    Share::Whole
}

impl PlaceSeed {
    /// The level of its code; a commune when the code is none.
    pub fn level(&self) -> PlaceLevel {
        PlaceCode::parse(&self.code).map_or(PlaceLevel::Commune, |code| code.level())
    }
}

/// Reads a place; faults go to `report`.
pub(super) fn place(node: &Node, report: &mut impl FnMut(u64, String)) -> Option<PlaceSeed> {
    let place = typed::<PlaceSeed>(node, &mut *report)?;
    let mut demand = |holds: bool, key: &str, message: String| {
        if !holds {
            report(node.line_of(key), message);
        }
    };
    let code = &place.code;
    demand(PlaceCode::parse(code).is_ok(), "code", format!("code: `{code}` must be 2, 3 or 5 digits"));
    let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= 200;
    demand(fits(&place.name), "name", "name: must have 1 to 200 characters".into());
    demand(fits(&place.document), "document", "document: must have 1 to 200 characters".into());
    let ordered = place.valid_to.is_none_or(|to| place.valid_from <= to);
    demand(ordered, "valid_to", "valid_to: is before valid_from".into());
    let inside = place.parent.as_ref().and_then(|parent| PlaceCode::parse(parent).ok());
    let above = place.level().above();
    let lies = inside.map_or(above.is_empty() && place.parent.is_none(), |p| above.contains(&p.level()));
    demand(lies, "parent", "parent: must be the code of a place of a level above".into());
    Some(place)
}

/// Reads a successor; faults go to `report`.
pub(super) fn successor(node: &Node, report: &mut impl FnMut(u64, String)) -> Option<PlaceSuccessorSeed> {
    let edge = typed::<PlaceSuccessorSeed>(node, &mut *report)?;
    for (key, code) in [("from", &edge.from), ("to", &edge.to)] {
        if PlaceCode::parse(code).is_err() {
            report(node.line_of(key), format!("{key}: `{code}` must be 2, 3 or 5 digits"));
        }
    }
    Some(edge)
}

/// Reads a further code of a unit; faults go to `report`.
pub(super) fn unit_code(node: &Node, report: &mut impl FnMut(u64, String)) -> Option<UnitCodeSeed> {
    let given = typed::<UnitCodeSeed>(node, &mut *report)?;
    if OrganisationCode::parse(&given.code).is_err() {
        report(node.line_of("code"), format!("code: `{}` is not an organisation code", given.code));
    }
    if given.valid_to.is_some_and(|to| to < given.valid_from) {
        report(node.line_of("valid_to"), "valid_to: is before valid_from".into());
    }
    if given.document.trim().is_empty() || given.document.chars().count() > 200 {
        report(node.line_of("document"), "document: must have 1 to 200 characters".into());
    }
    Some(given)
}

/// Places that bear one code on the same day.
pub(super) fn twins(seeds: &Seeds) -> Vec<SeedError> {
    let mut borne: BTreeMap<&str, Vec<&Located<PlaceSeed>>> = BTreeMap::new();
    for place in &seeds.places {
        borne.entry(&place.record.code).or_default().push(place);
    }
    let mut errors = Vec::new();
    for places in borne.values_mut() {
        places.sort_by_key(|place| place.record.valid_from);
        for pair in places.windows(2) {
            if let [earlier, later] = pair
                && earlier.record.valid_to.is_none_or(|to| later.record.valid_from <= to)
            {
                let message = format!("code: two places bear `{}` on one day", later.record.code);
                errors.push(later.error(message));
            }
        }
    }
    errors
}
