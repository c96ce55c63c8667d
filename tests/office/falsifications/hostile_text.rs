//! Words of people are words: no text of theirs becomes a query, a page or a message of its own.

use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::house::problem;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

const HOSTILE: [&str; 5] = [
    "Trần'); DROP TABLE dossiers; --",
    "\" OR \"1\"=\"1",
    "<script>alert(1)</script>",
    "]]></ChuHoSo><ChuHoSo>Người khác",
    "{{7*7}}${7*7}%{(7)}",
];

#[tokio::test]
async fn x_09_the_words_of_people_are_kept_as_they_are_and_do_nothing() {
    let commune = Commune::open().await;
    for name in HOSTILE {
        let dossier = commune
            .submit(MAU, commune.copies(), |application| application["applicant"]["name"] = json!(name))
            .await;

        let shown = commune.now(DESK, &dossier).await;
        assert_eq!(shown["applicant"]["name"], json!(name));
        let receipt = format!("/v1/dossiers/{}/receipt", text(&dossier, "id"));
        let page = commune.ask_as(DESK, reqwest::Method::GET, &receipt).header("accept", "text/html");
        let page = page.send().await.unwrap().text().await.unwrap();
        assert!(!page.contains("<script>") && !page.contains("7*7}}<"), "{page}");
    }
    for words in HOSTILE {
        let search: String = form(words);
        let found = commune.get(DESK, &format!("/v1/dossiers?q={search}")).await;
        assert!(found.status().as_u16() < 500, "{words}");
    }
    let dossiers = entities::tables::dossiers::Entity::find().count(commune.database.reader()).await.unwrap();
    assert_eq!(dossiers, u64::try_from(HOSTILE.len()).unwrap());
}

#[tokio::test]
async fn x_09_a_code_that_is_a_query_finds_nothing() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let code = text(&dossier, "code");

    for hostile in [format!("{code}' OR '1'='1"), format!("{code}\"; --"), "%".to_owned(), "_".repeat(20)] {
        let asked = json!({"code": hostile, "secret": "0000"});
        let answered = commune.ask(reqwest::Method::POST, "/v1/lookups").json(&asked).send().await.unwrap();
        assert!(matches!(answered.status().as_u16(), 404 | 422), "{hostile}: {}", answered.status());
    }
    problem(
        commune.get(DESK, "/v1/dossiers/00000000-0000-7000-8000-000000000000'--").await,
        400,
        "path_invalid",
    )
    .await;
}

fn form(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
