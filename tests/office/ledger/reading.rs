//! Who works on a dossier reads every word; who oversees the province reads what became of it; nobody else reads it.

use super::scene::Wired;
use crate::support::commune::{CASE, DESK, INSPECTOR, MAU, NEIGHBOUR, THU, text};
use crate::support::house::problem;
use serde_json::{Value, json};
use workers::Outcome;

const PUSH: &[&str] = &["push_to_portal"];

async fn told(wired: &Wired) -> (Value, String) {
    let dossier = wired.commune.submit(MAU, wired.commune.copies(), |_| {}).await;
    assert_eq!(wired.work(PUSH).await, [Outcome::Done]);
    let path = format!("/v1/dossiers/{}/ledger", text(&dossier, "id"));
    (dossier, path)
}

#[tokio::test]
async fn an_officer_of_the_dossier_reads_every_exchange_as_it_was() {
    let wired = Wired::open().await;
    let (dossier, path) = told(&wired).await;

    let page = wired.commune.read(CASE, &path).await;

    let items = page["items"].as_array().unwrap();
    let services: Vec<_> = items.iter().map(|item| text(item, "service")).collect();
    assert_eq!(services, ["CapNhatTienDoHoSoMC", "DongBoHoSoMC", "TraCuuTechID"], "newest first");
    assert_eq!((text(&items[1], "verdict"), text(&items[1], "verdict_words")), ("taken", "Cổng đã nhận."));
    assert_eq!(items[1]["entry"], 1);
    let request: Value = serde_json::from_str(text(&items[1], "request")).unwrap();
    assert_eq!(request["data"][0]["MaHoSo"], dossier["code"]);
    assert_eq!(request["session"], "***", "secrets are masked");
    assert!(!text(&items[1], "request").contains("&signature=0"), "a link opens nothing");
    assert!(text(&items[1], "answer").contains("error_code"));
}

#[tokio::test]
async fn an_inspector_reads_what_became_of_it_without_persons() {
    let wired = Wired::open().await;
    let (_, path) = told(&wired).await;

    let page = wired.commune.read(INSPECTOR, &path).await;

    for item in page["items"].as_array().unwrap() {
        assert!(["taken", "answered"].contains(&text(item, "verdict")), "{item}");
        assert!(item.get("request").is_none() && item.get("answer").is_none(), "{item}");
    }
    assert!(!page.to_string().contains("Nguyễn Thị Mẫu"));
}

#[tokio::test]
async fn neither_the_applicant_nor_a_neighbour_reads_it() {
    let wired = Wired::open().await;
    let (_, path) = told(&wired).await;

    problem(wired.commune.get(MAU, &path).await, 403, "forbidden").await;
    problem(wired.commune.get(NEIGHBOUR, &path).await, 404, "not_found").await;
    problem(wired.commune.get(THU, &path).await, 404, "not_found").await;
}

#[tokio::test]
async fn the_ledger_is_read_page_by_page() {
    let wired = Wired::open().await;
    let (dossier, path) = told(&wired).await;
    wired.commune.done(DESK, &dossier, "acceptance", json!({})).await;
    wired.work(PUSH).await;

    let first = wired.commune.read(DESK, &format!("{path}?limit=3")).await;
    let next = format!("{path}?limit=3&after={}", text(&first, "next"));
    let second = wired.commune.read(DESK, &next).await;

    assert_eq!((first["items"].as_array().unwrap().len(), second["items"].as_array().unwrap().len()), (3, 2));
    assert_eq!(second["items"][0]["entry"], 1);
    assert_eq!(second["next"], Value::Null);
}

#[tokio::test]
async fn a_refusal_stands_there_with_its_code_and_the_portals_words_in_the_answer_alone() {
    let wired = Wired::open().await;
    let dossier = wired.commune.submit(MAU, wired.commune.copies(), |_| {}).await;
    wired.portal.magic("refuses").await;

    let ended = wired.work(PUSH).await;

    assert!(matches!(ended[..], [Outcome::Fail { .. }]), "{ended:?}");
    let page = wired.commune.read(DESK, &format!("/v1/dossiers/{}/ledger", text(&dossier, "id"))).await;
    let item = &page["items"][0];
    assert_eq!((text(item, "verdict"), text(item, "verdict_words")), ("refused", "Cổng từ chối."));
    assert!(text(item, "reason").contains("code -1") && !text(item, "reason").contains("hợp lệ"), "{item}");
    assert!(item["answer"].to_string().contains("không hợp lệ"), "{item}");
}
