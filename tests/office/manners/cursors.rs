//! Lists are walked by signed cursors.

use super::door::{Door, problem};
use serde_json::{Value, json};

#[tokio::test]
async fn a_list_is_walked_to_its_end_by_its_links() {
    let door = Door::open().await;
    let (mut path, mut seen) = ("/probe/numbers?limit=2".to_owned(), Vec::new());
    loop {
        let answer = door.get(&path).await;
        let link = answer.headers().get("link").map(|l| l.to_str().unwrap().to_owned());
        let page: Value = answer.json().await.unwrap();
        seen.extend(page["items"].as_array().unwrap().clone());
        let Some(link) = link else { break };
        let (next, relation) = link.trim_start_matches('<').split_once('>').unwrap();
        assert_eq!(relation, "; rel=\"next\"");
        path = format!("{next}&limit=2");
    }
    assert_eq!(seen, [json!(1), json!(2), json!(3), json!(4), json!(5)]);
}

#[tokio::test]
async fn a_cursor_that_was_made_up_is_refused() {
    let door = Door::open().await;
    for made_up in ["x", "MQ", "%F0%9F%98%80", &"A".repeat(3_000)] {
        let answer = door.get(&format!("/probe/numbers?after={made_up}")).await;
        problem(answer, 400, "cursor_invalid").await;
    }
}
