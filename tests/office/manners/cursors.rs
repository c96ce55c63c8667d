//! Lists are walked by signed cursors.

use super::door::{Door, problem};
use crate::openapi::promise::document;
use crate::support::commune::{Commune, DESK, MAU};
use crate::support::house;
use reqwest::{Response, Url};
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
        next.clone_into(&mut path);
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

#[tokio::test]
async fn the_link_to_the_next_page_keeps_everything_that_was_asked_of_every_list() {
    let door = Door::open().await;
    let mut lists = 0;
    for (path, asked) in lists_of_the_document() {
        let asked: Vec<(String, String)> =
            asked.iter().map(|name| (name.clone(), format!("{name} của tôi & 1=1"))).collect();
        let list = format!("/probe/links{path}");
        let url = Url::parse_with_params(&format!("{}{list}", door.url), &asked).unwrap();

        let link = link_of(&door.get(&format!("{list}?{}", url.query().unwrap())).await).unwrap();

        let led = url.join(&link).unwrap();
        let kept = asked.into_iter().filter(|(name, _)| name != "after");
        let expected: Vec<_> = kept.chain([("after".to_owned(), "con-tro".to_owned())]).collect();
        assert_eq!(led.query_pairs().into_owned().collect::<Vec<_>>(), expected, "{path}");
        assert_eq!(led.path(), url.path());
        lists += 1;
    }
    assert!(lists >= 30, "{lists}");
}

/// Every list of the document by its path, with the names of its parameters.
fn lists_of_the_document() -> Vec<(String, Vec<String>)> {
    let paths = document()["paths"].as_object().unwrap();
    let reads = paths.iter().filter_map(|(path, methods)| Some((path, methods.get("get")?)));
    let asked = |operation: &Value| -> Vec<String> {
        let all = operation["parameters"].as_array().into_iter().flatten();
        all.filter(|one| one["in"] == "query").map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    let all = reads.map(|(path, operation)| (path.replace(['{', '}'], ""), asked(operation)));
    all.filter(|(_, names)| names.iter().any(|name| name == "limit")).collect()
}

fn link_of(answer: &Response) -> Option<String> {
    let link = answer.headers().get("link")?.to_str().unwrap();
    Some(link.strip_prefix('<')?.strip_suffix(">; rel=\"next\"")?.to_owned())
}

#[tokio::test]
async fn lists_with_rows_are_walked_by_their_links_as_they_were_asked_for() {
    let commune = Commune::open().await;
    for note in ["một", "hai"] {
        commune.submit(MAU, commune.copies(), |_| {}).await;
        let draft = json!({"procedure": "1.001193", "application": {"form": {"note": note}}});
        commune.post(MAU, "/v1/drafts", &draft).await;
    }
    for (who, asked) in [
        (MAU, "/v1/drafts?limit=1"),
        (MAU, "/v1/dossiers?status=submitted&limit=1&q="),
        (DESK, "/v1/queues/unit?limit=1"),
        (DESK, "/v1/units?limit=1&tier=commune"),
        (DESK, "/v1/procedures?limit=1"),
    ] {
        let first = commune.get(who, asked).await;
        let next = link_of(&first).unwrap_or_else(|| panic!("{asked}: one page"));

        let second = house::json(commune.get(who, &next).await, 200).await;

        let (path, query) = asked.split_once('?').unwrap();
        assert!(next.starts_with(&format!("{path}?{query}&after=")), "{next}");
        assert_eq!(second["items"].as_array().unwrap().len(), 1, "{next}");
        assert_ne!(house::json(first, 200).await["items"], second["items"], "{next}");
    }
}
