//! Units and their successors: codes, hours, parents (law.md §2.1).

use super::located::Node;
use super::typing::typed;
use super::{SeedError, Seeds, UnitSeed};
use chrono::{NaiveDate, NaiveTime};
use rules::office_hours::{OfficeHours, Session};
use rules::procedure::Tier;
use serde::Deserialize;
use std::collections::BTreeSet;

/// One unit as it is written; hours as `07:30-11:30`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    code: String,
    old_code: Option<String>,
    name: String,
    tier: Tier,
    parent: Option<String>,
    place_code: String,
    office_hours: Vec<String>,
    #[serde(default)]
    saturday_desk: Vec<String>,
    cutoff_hour: Option<u8>,
    #[serde(default = "yes")]
    receives: bool,
    contact: Option<String>,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

fn yes() -> bool {
    true
}

/// Reads a unit; faults go to `report`.
pub(super) fn unit(node: &Node, report: &mut impl FnMut(u64, String)) -> Option<UnitSeed> {
    let written = typed::<Written>(node, &mut *report)?;
    check(&written, node, report);
    let hours = hours(&written, node, report)?;
    Some(UnitSeed {
        code: written.code,
        old_code: written.old_code,
        name: written.name,
        tier: written.tier,
        parent: written.parent,
        place_code: written.place_code,
        office_hours: hours,
        receives: written.receives,
        contact: written.contact,
        valid_from: written.valid_from,
        valid_to: written.valid_to,
    })
}

fn check(unit: &Written, node: &Node, report: &mut impl FnMut(u64, String)) {
    let mut demand = |holds: bool, key: &str, message: String| {
        if !holds {
            report(node.line_of(key), message);
        }
    };
    demand(
        is_code(&unit.code),
        "code",
        format!("code: `{}` is not an organisation code such as H03.10.14", unit.code),
    );
    if let Some(old) = &unit.old_code {
        demand(
            is_old_code(old),
            "old_code",
            format!("old_code: `{old}` is not a code such as 000.14.10.H03"),
        );
    }
    let name_fits = !unit.name.trim().is_empty() && unit.name.chars().count() <= 200;
    demand(name_fits, "name", "name: must have 1 to 200 characters".into());
    let digits = unit.place_code.chars().all(|c| c.is_ascii_digit());
    let place_fits = digits && matches!(unit.place_code.len(), 2 | 3 | 5);
    demand(place_fits, "place_code", format!("place_code: `{}` must be 2, 3 or 5 digits", unit.place_code));
    let ordered = unit.valid_to.is_none_or(|to| unit.valid_from <= to);
    demand(ordered, "valid_to", "valid_to: is before valid_from".into());
    demand(unit.parent.as_ref() != Some(&unit.code), "parent", "parent: is the unit itself".into());
}

fn hours(unit: &Written, node: &Node, report: &mut impl FnMut(u64, String)) -> Option<OfficeHours> {
    let mut fine = true;
    let mut sessions = |key: &str, written: &[String]| -> Vec<Session> {
        let read = written.iter().enumerate().filter_map(|(i, text)| {
            let session = session(text);
            if session.is_none() {
                fine = false;
                report(
                    node.line_of_item(key, i),
                    format!("{key}: `{text}` is not hours such as 07:30-11:30"),
                );
            }
            session
        });
        read.collect()
    };
    let day = sessions("office_hours", &unit.office_hours);
    let saturday = sessions("saturday_desk", &unit.saturday_desk);
    if unit.cutoff_hour.is_some_and(|hour| hour > 23) {
        report(node.line_of("cutoff_hour"), "cutoff_hour: an hour is 0 to 23".into());
        fine = false;
    }
    if !fine {
        return None;
    }
    OfficeHours::new(&day, &saturday)
        .map(|hours| hours.with_cutoff(unit.cutoff_hour))
        .map_err(|e| report(node.line_of("office_hours"), format!("office_hours: {e}")))
        .ok()
}

fn session(text: &str) -> Option<Session> {
    let (opens, closes) = text.split_once('-')?;
    let time = |t: &str| NaiveTime::parse_from_str(t.trim(), "%H:%M").ok();
    Some(Session { opens: time(opens)?, closes: time(closes)? })
}

/// `^[A-Y]\d{2}(\.[0-9A-Z]+)*$`, at most 35 characters (C-05).
fn is_code(code: &str) -> bool {
    let mut groups = code.split('.');
    code.len() <= 35
        && groups.next().is_some_and(is_level_one)
        && groups.all(|g| !g.is_empty() && is_upper(g))
}

/// `^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Y]\d{2}$` (C-05).
fn is_old_code(code: &str) -> bool {
    let groups: Vec<&str> = code.split('.').collect();
    let [v, z, y, m] = groups.as_slice() else { return false };
    let sized = |g: &str, length| g.len() == length && is_upper(g);
    sized(v, 3) && sized(z, 2) && sized(y, 2) && is_level_one(m)
}

fn is_level_one(group: &str) -> bool {
    let digits = group.strip_prefix(|c| matches!(c, 'A'..='Y'));
    digits.is_some_and(|d| d.len() == 2 && d.chars().all(|c| c.is_ascii_digit()))
}

fn is_upper(group: &str) -> bool {
    group.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// Codes written twice, and parents and successors that exist neither in the files nor elsewhere.
///
/// When other errors were found a unit may be absent because it is wrong: then nothing is called unknown.
pub(super) fn joints(seeds: &Seeds, known: &BTreeSet<String>, all_read: bool) -> Vec<SeedError> {
    let mut errors = Vec::new();
    let mut codes = BTreeSet::new();
    let mut old_codes = BTreeSet::new();
    for unit in &seeds.units {
        if !codes.insert(unit.record.code.as_str()) {
            errors.push(unit.error(format!("code: `{}` is given to two units", unit.record.code)));
        }
        if let Some(old) = &unit.record.old_code
            && !old_codes.insert(old.as_str())
        {
            errors.push(unit.error(format!("old_code: `{old}` is given to two units")));
        }
    }
    if !all_read {
        return errors;
    }
    let exists = |code: &String| codes.contains(code.as_str()) || known.contains(code);
    for unit in &seeds.units {
        let parent = unit.record.parent.iter().filter(|p| !exists(p));
        errors.extend(parent.map(|p| unit.error(format!("parent: there is no unit `{p}`"))));
    }
    for edge in &seeds.successors {
        let ends = [("from", &edge.record.from), ("to", &edge.record.to)];
        let unknown = ends.into_iter().filter(|(_, code)| !exists(code));
        errors.extend(unknown.map(|(end, code)| edge.error(format!("{end}: there is no unit `{code}`"))));
    }
    errors
}
