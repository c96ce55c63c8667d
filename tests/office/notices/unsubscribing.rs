//! One click against reminders: from the link of the letter to the wishes that are kept.

use crate::deeds::fixture::party;
use crate::processes::room::hands_of;
use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::house::{json, problem};
use crate::warnings::warn;
use chrono::TimeDelta;
use connectors::recording::Recording;
use connectors::wires::Wires;
use entities::jobs::row;
use reqwest::Method;
use rules::jobs::Job;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json as body};
use uuid::Uuid;
use workers::{Attempt, Deeds, Hands, Outcome};

/// Does each job of this kind once.
async fn work(commune: &Commune, hands: &Hands, kind: &str) {
    let rows = row::Entity::find().order_by_asc(row::Column::Id);
    for row in rows.all(commune.database.reader()).await.unwrap().into_iter().filter(|row| row.kind == kind) {
        let job: Job = serde_json::from_str(&row.payload).unwrap();
        let at = commune.clock.now();
        let attempt = Attempt { id: Uuid::now_v7(), number: 1, last: false, at, traceparent: None };
        assert_eq!(hands.run(job, attempt).await, Outcome::Done);
    }
}

/// Asked for papers ten days ago, which never came: the letters that were sent.
async fn reminded() -> (Commune, Vec<Value>) {
    let commune = Commune::open().await;
    let (mail, mailer) = party("smtp", &commune.clock, &Recording::default(), body!({}));
    let hands = hands_of(&commune.office, Wires::default().with("smtp", mailer));
    let mut application = commune.trial(2);
    application["applicant"]["email"] = body!("mau@nguoidan.example");
    let dossier = commune.submit(MAU, application, |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune
        .done(DESK, &dossier, "supplement-request", body!({"reason": "Thiếu.", "components": ["T2-01"]}))
        .await;
    commune.pass(TimeDelta::days(14));
    warn(&commune).await;
    work(&commune, &hands, "send_notice").await;
    work(&commune, &hands, "hand_notice").await;
    (commune, mail.received().await["letters"].as_array().unwrap().clone())
}

/// The link of a letter, without the office's address.
fn link(letter: &Value) -> Option<String> {
    let header = text(letter, "raw").replace("\r\n ", "");
    let (_, after) = header.split_once("List-Unsubscribe: <")?;
    Some(after.split_once('>').unwrap().0.trim_start_matches("https://motcua.test").to_owned())
}

#[tokio::test]
async fn l_16_one_click_stops_reminders_and_nothing_that_the_law_asks_for() {
    let (commune, letters) = reminded().await;
    let links: Vec<String> = letters.iter().filter_map(link).collect();
    assert_eq!(links.len(), 1, "only the reminder has a link: {letters:#?}");
    let click = async |method: Method| commune.ask(method, &links[0]).send().await.unwrap();
    let wishes = async || commune.read(MAU, "/v1/me/notice-preferences").await["reminders"].clone();

    let page = click(Method::GET).await;
    let looked_at = (page.status().as_u16(), page.text().await.unwrap());
    let before = wishes().await;
    let first = click(Method::POST).await;
    let second = click(Method::POST).await;

    assert!(looked_at.0 == 200 && looked_at.1.contains("<form method=post"), "{looked_at:?}");
    assert_eq!(before, true, "what only looks at links changes nothing");
    for done in [first, second] {
        assert_eq!(done.status(), 200);
        assert!(done.text().await.unwrap().contains("Đã ngừng nhắc"));
    }
    assert_eq!(wishes().await, false);
}

#[tokio::test]
async fn l_16_who_unsubscribed_finds_it_among_their_wishes_and_may_change_them() {
    let (commune, letters) = reminded().await;
    let link = letters.iter().find_map(link).unwrap();
    assert_eq!(commune.ask(Method::POST, &link).send().await.unwrap().status(), 200);
    let path = "/v1/me/notice-preferences";

    let shown = commune.get(MAU, path).await;
    let tag = shown.headers()["etag"].to_str().unwrap().to_owned();
    let mut wishes = json(shown, 200).await;
    wishes["reminders"] = body!(true);
    let put = async |seen: &str| {
        let request = commune.ask_as(MAU, Method::PUT, path).header("if-match", seen);
        request.json(&wishes).send().await.unwrap()
    };
    let changed = json(put(&tag).await, 200).await;

    assert_eq!(tag, "\"1\"", "it is the version that the click made");
    assert_eq!((&changed, &commune.read(MAU, path).await), (&wishes, &wishes));
    problem(put(&tag).await, 412, "stale").await;
}
