//! Every operation that changes something of a dossier, tried by everybody who does not even see it.

use super::operations::WRITES;
use super::scene::everybody;
use super::things::Things;
use crate::guards::sources::assert_none;
use crate::support::evidence::keep;
use entities::tables::{dossiers, history};
use reqwest::Method;
use rules::access::Sight;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};

#[tokio::test]
async fn nobody_changes_what_they_do_not_see() {
    let things = Things::made().await;
    let people = everybody(things.commune()).await;
    let before = stand(&things).await;
    let (mut asked, mut found) = (0_u64, Vec::new());
    for (operation, thing) in WRITES {
        let (method, path) = operation.split_once(' ').unwrap();
        let (method, body) = (Method::from_bytes(method.as_bytes()).unwrap(), example(operation));
        let path = things.filled(path);
        for who in people.iter().filter(|who| who.sees(&things, *thing) == Sight::None) {
            let request = who.ask(things.commune(), (method.clone(), &path));
            let status = request.json(&body).send().await.unwrap().status().as_u16();
            asked += 1;
            // A body that cannot be read is refused before it is known who asks.
            if ![400, 403, 404, 415, 422].contains(&status) {
                found.push(format!("{} {operation}: {status}", who.name));
            }
        }
    }

    assert_none("who does not see a thing is refused before anything of it is told", &found);
    assert_eq!(stand(&things).await, before);
    let operations = u64::try_from(WRITES.len()).unwrap();
    keep("access_writes", &[("operations", operations), ("asked", asked), ("leaks", 0)]);
}

/// Versions of the dossiers and the number of their history entries.
async fn stand(things: &Things) -> (Vec<i32>, u64) {
    let db = things.commune().database.reader();
    let rows = dossiers::Entity::find().all(db).await.unwrap();
    (rows.iter().map(|row| row.version).collect(), history::Entity::find().count(db).await.unwrap())
}

/// What the document shows as a body of an operation.
fn example(operation: &str) -> Value {
    let document = serde_json::to_value(api::openapi::document()).unwrap();
    let (method, path) = operation.split_once(' ').unwrap();
    let content =
        &document["paths"][path][method.to_lowercase()]["requestBody"]["content"]["application/json"];
    let named = content["schema"]["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    let schema = &document["components"]["schemas"][named.unwrap_or_default()];
    let shown = [&content["example"], &schema["example"], &schema["examples"][0]];
    shown.into_iter().find(|value| !value.is_null()).cloned().unwrap_or_else(|| json!({}))
}
