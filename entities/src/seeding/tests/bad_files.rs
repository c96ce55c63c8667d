//! Good files are read; bad ones are told every wrong line.

use super::UNIT;
use crate::seeding::reading::{read, read_all};
use crate::seeding::shipped;
use std::collections::BTreeSet;

fn complaints(text: &str) -> Vec<String> {
    read("bad.yaml", text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_good_unit_is_read_from_yaml_and_from_json() {
    let json = "{\"units\": [\n\t{\"code\": \"H03\", \"name\": \"Ủy ban nhân dân tỉnh\", \"tier\": \"province\",\n\t\"place_code\": \"06\", \"office_hours\": [\"07:30-11:30\", \"13:30-17:00\"], \"valid_from\": \"2020-09-15\"}]}";
    let yaml = read("a.yaml", UNIT).unwrap();
    assert_eq!(yaml.units[0].line, 2);
    assert_eq!(read("a.json", json).unwrap().units[0].record, yaml.units[0].record);
}

#[test]
fn every_wrong_line_of_a_unit_is_named() {
    let text = r#"units:
  - code: "h03"
    name: ""
    tier: province
    place_code: "6"
    office_hours: ["07:30-11:30", "noon"]
    valid_from: "2020-09-15"
    valid_to: "2019-01-01"
  - code: "H04"
    nmae: "Sở Nội vụ"
    tier: ministry
    place_code: "06"
    office_hours: ["07:30-11:30"]
    valid_from: 15/09/2020
"#;
    let lines: Vec<u64> = read("u", text).unwrap_err().iter().map(|e| e.line).collect();
    assert_eq!(lines, [2, 3, 5, 6, 8, 9, 10, 11, 14]);
}

#[test]
fn unknown_parents_and_doubled_codes_are_found_across_files() {
    let child = UNIT.replace("\"H03\"", "\"H03.01\"").replace("    tier", "    parent: \"H09\"\n    tier");
    let errors = read_all(&[("a", UNIT), ("b", &child), ("c", UNIT)], &BTreeSet::new()).unwrap_err();
    let said: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["b:2: parent: there is no unit `H09`", "c:2: code: `H03` is given to two units"]);
    assert!(read_all(&[("b", &child)], &BTreeSet::from(["H09".to_owned()])).is_ok());
}

#[test]
fn a_procedure_is_told_all_that_is_wrong_with_it() {
    let good = shipped::FILES.iter().find(|(name, _)| name.ends_with("military.yaml")).unwrap().1;
    let line_of = |text: &str, part: &str| text.lines().position(|l| l.contains(part)).unwrap() + 1;
    let bad = good
        .replace("\"1.013134\"", "1.013134")
        .replace("level: mot_phan", "level: toan_trinh")
        .replace("role: case_officer, ", "")
        .replace("additionalProperties: false", "additionalProperties: true")
        .replace("amount: 1, unit: working_days", "amount: one, unit: working_days")
        .replace("postal_allowed: false", "postal: false");
    let said = complaints(&bad);
    let expect = |part: &str, words: &str| {
        let line = format!("bad.yaml:{}:", line_of(&bad, part));
        assert!(said.iter().any(|s| s.starts_with(&line) && s.contains(words)), "{words}: {said:#?}");
    };
    expect("national_code", "put the code in quotes");
    expect("key: \"appraise\"", "`role` is missing");
    expect("amount: one", "invalid type");
    expect("postal: false", "unknown field");
    let closed = good
        .replace("additionalProperties: false", "additionalProperties: true")
        .replace("key: \"approve\"", "key: \"transfer\"");
    let said = complaints(&closed);
    assert!(said[0].contains("additionalProperties must be false"), "{said:?}");
    assert!(said[1].contains("step `transfer` is listed twice"), "{said:?}");
}

#[test]
fn l_54_the_parts_of_a_procedure_must_be_there() {
    let good = shipped::FILES.iter().find(|(name, _)| name.ends_with("military.yaml")).unwrap().1;
    let (head, rest) = good.split_once("      components:\n").unwrap();
    let (_, tail) = rest.split_once("      results:\n").unwrap();
    let empty = format!("{head}      components: []\n      results:\n{tail}");
    assert!(complaints(&empty)[0].ends_with("components: must not be empty"));
    let broken = good.replacen("type: string", "type: txt", 1);
    assert!(complaints(&broken)[0].contains("form_schema"));
    let reason = good.lines().filter(|l| !l.contains("partial_reason")).collect::<Vec<_>>().join("\n");
    assert!(complaints(&reason)[0].contains("must say why"));
}

#[test]
fn a_text_that_is_no_seed_file_is_refused_with_its_line() {
    assert_eq!(complaints("unitz: []"), ["bad.yaml:1: unknown section `unitz`"]);
    assert!(complaints("units:\n  - code: [\n")[0].starts_with("bad.yaml:"));
    assert!(complaints("{\"units\":\n [}")[0].starts_with("bad.yaml:2:"));
    assert!(complaints("")[0].contains("expected a map"));
    assert!(complaints(&format!("units: {}", "[".repeat(5000)))[0].starts_with("bad.yaml:1:"));
    assert_eq!(complaints(&format!("{UNIT}    name: \"again\"\n")), ["bad.yaml:8: `name` is written twice"]);
}

#[test]
fn w_17_a_calendar_row_out_of_place_is_named() {
    let text = r#"calendars:
  - name: "vn"
    version: 1
    valid_from: "2026-01-01"
    valid_to: "2026-12-31"
    "off":
      - { date: "2026-01-01", reason_vi: "Tết", reason_en: "New Year", document: "BLLĐ" }
      - { date: "2026-01-01", reason_vi: "Tết", reason_en: "New Year", document: "BLLĐ" }
      - { date: "2027-01-01", reason_vi: "", reason_en: "New Year", document: "BLLĐ" }
    "work": []
"#;
    let lines: Vec<u64> = read("c", text).unwrap_err().iter().map(|e| e.line).collect();
    assert_eq!(lines, [8, 9, 9]);
}
