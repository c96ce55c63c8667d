//! Nobody gets an account with a password here: people sign in where they have their identity.

use crate::support::database::TestDatabase;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::Value;

const OF_PASSWORDS: [&str; 4] = ["password", "mat_khau", "passwd", "pin_code"];

#[tokio::test]
async fn x_07_there_is_no_place_for_a_password_in_the_memory() {
    let database = TestDatabase::fresh().await;
    let sql = match database.backend() {
        DbBackend::Sqlite => {
            "SELECT m.name || '.' || c.name AS place FROM sqlite_master m, pragma_table_info(m.name) c"
        }
        _ => "SELECT table_name || '.' || column_name AS place FROM information_schema.columns",
    };

    let rows =
        database.writer().query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap();
    let places: Vec<String> = rows.iter().map(|row| row.try_get("", "place").unwrap()).collect();

    assert!(places.iter().any(|place| place == "dossiers.code"), "the columns were read");
    let ours = places.iter().filter(|place| !place.starts_with("pg_"));
    let found: Vec<_> = ours.filter(|place| OF_PASSWORDS.iter().any(|word| place.contains(word))).collect();
    assert_eq!(found, Vec::<&String>::new());
}

#[test]
fn x_07_no_operation_takes_or_gives_a_password() {
    let document: Value = serde_json::from_str(include_str!("../../../openapi/openapi.json")).unwrap();

    let mut members = Vec::new();
    collect(&document, &mut members);

    assert!(members.contains(&"applicant"), "the members were read");
    members.retain(|name| OF_PASSWORDS.iter().any(|word| name.to_lowercase().contains(word)));
    assert_eq!(members, Vec::<&str>::new());
}

fn collect<'v>(value: &'v Value, members: &mut Vec<&'v str>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                members.extend(properties.keys().map(String::as_str));
            }
            map.values().for_each(|inner| collect(inner, members));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect(inner, members)),
        _ => {}
    }
}
