//! What the reader accepts, what it says about bad files, what ships, and what an import does.

mod bad_files;
mod children;
mod fees;
mod importing;
mod openness;
mod shipping;

/// A file with one good unit.
const UNIT: &str = r#"units:
  - code: "H03"
    name: "Ủy ban nhân dân tỉnh"
    tier: province
    place_code: "06"
    office_hours: ["07:30-11:30", "13:30-17:00"]
    valid_from: "2020-09-15"
"#;
