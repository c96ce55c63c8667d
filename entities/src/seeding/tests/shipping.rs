//! The shipped catalogue is whole and has the shape it promises.

use crate::seeding::shipped;
use rules::calendar::Calendar;
use rules::procedure::Tier;
use std::collections::BTreeSet;

#[test]
fn the_shipped_catalogue_has_no_error() {
    let errors = shipped::seeds().err().unwrap_or_default();
    assert!(errors.is_empty(), "{}", errors.iter().map(|e| format!("{e}\n")).collect::<String>());
}

#[test]
fn every_seed_file_is_shipped() {
    // How papers are read is no row of the office's memory.
    let elsewhere = 1;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/seed");
    let count = |path: &str| {
        let files = std::fs::read_dir(path).unwrap().map(|f| f.unwrap().path());
        files.filter(|f| f.extension().is_some_and(|e| e == "yaml")).count()
    };
    assert_eq!(count(folder) + count(&format!("{folder}/procedures")), shipped::FILES.len() + elsewhere);
}

#[test]
fn the_province_has_the_shape_of_bac_kan_in_2021() {
    let seeds = shipped::seeds().unwrap();
    let count = |root: &str, tier: Tier| {
        let units = seeds.units.iter().map(|u| &u.record);
        units.filter(|u| u.tier == tier && u.parent.is_some() && u.code.starts_with(root)).count()
    };
    let r2018 = [Tier::Province, Tier::District, Tier::Commune, Tier::PostalPoint].map(|t| count("H03", t));
    assert_eq!(r2018, [16, 8, 108, 48]);
    assert_eq!((count("H55", Tier::District), count("H55", Tier::Commune)), (0, 37));
    let ended: BTreeSet<_> = seeds.successors.iter().map(|s| s.record.from.as_str()).collect();
    assert!(
        seeds
            .units
            .iter()
            .filter(|u| u.record.code.starts_with("H03"))
            .all(|u| ended.contains(&*u.record.code))
    );
}

#[test]
fn the_procedures_cover_eight_fields_and_every_tier() {
    let seeds = shipped::seeds().unwrap();
    let revisions: Vec<_> = seeds.procedures.iter().map(|p| &p.record.revision).collect();
    assert!(revisions.len() >= 32, "{}", revisions.len());
    assert!(revisions.iter().map(|r| &r.field.code).collect::<BTreeSet<_>>().len() >= 8);
    for code in ["1.001193", "2.000815"] {
        let found = seeds.procedures.iter().find(|p| p.record.national_code == code).unwrap();
        let pdf = |c: &&rules::procedure::Component| c.required && c.media_types == ["application/pdf"];
        assert_eq!(found.record.revision.components.iter().filter(pdf).count(), 2, "{code}");
    }
}

#[test]
fn w_13_w_16_the_calendar_counts_the_working_days_of_each_year() {
    let seeds = shipped::seeds().unwrap();
    let calendar = Calendar::from_file(&seeds.calendars[0].record).unwrap();
    let day = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let years = [2024, 2025, 2026, 2027].map(|y| calendar.count(day(y, 1, 1), day(y, 12, 31)));
    assert_eq!(years, [251, 250, 249, 249]);
}

#[test]
fn l_54_every_field_of_a_form_is_named_and_bounded() {
    for seed in shipped::seeds().unwrap().procedures {
        let code = &seed.record.national_code;
        let schema = &seed.record.revision.form_schema;
        let fields = schema["properties"].as_object().unwrap();
        assert!(!schema["required"].as_array().unwrap().is_empty(), "{code}");
        for (key, field) in fields {
            let bound = match field["type"].as_str().unwrap() {
                "string" => "maxLength",
                "integer" => "maximum",
                "array" => "maxItems",
                _ => "title",
            };
            for part in ["title", "description", bound] {
                assert!(field.get(part).is_some(), "{code}: {key} has no {part}");
            }
            assert!(field.get("default").is_none(), "{code}: {key} has a default");
        }
    }
}

#[test]
fn the_forms_of_the_two_journeys_accept_what_people_write() {
    let seeds = shipped::seeds().unwrap();
    let accepts = |code: &str, form: serde_json::Value| {
        let found = seeds.procedures.iter().find(|p| p.record.national_code == code).unwrap();
        let form_of =
            jsonschema::options().should_validate_formats(true).build(&found.record.revision.form_schema);
        form_of.unwrap().iter_errors(&form).map(|e| e.to_string()).collect::<Vec<_>>()
    };
    let copies = serde_json::json!({
        "document_name": "Bằng tốt nghiệp", "issuer": "Trường Trung học phổ thông Chợ Đồn",
        "issued_on": "2019-06-30", "pages": 2, "copies": 3, "electronic": false,
    });
    assert_eq!(accepts("2.000815", copies), Vec::<String>::new());
    let birth = serde_json::json!({
        "child_name": "Hoàng Minh An", "date_of_birth": "2026-11-02", "sex": "female",
        "place_of_birth": "Trung tâm Y tế Chợ Đồn", "ethnicity": "Tày", "nationality": "Việt Nam",
        "home_town": "Xã Chợ Đồn", "mother_name": "Hoàng Thị Mẫu", "mother_id": "006195000001",
        "requester_relation": "mother", "copies": 2,
    });
    assert_eq!(accepts("1.001193", birth), Vec::<String>::new());
}
