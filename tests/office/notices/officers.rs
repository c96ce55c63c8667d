//! The officers of a unit that is asked for its opinion find the question in their inbox; nobody else does.

use crate::internal_process::consulting::{QUESTION, consulted};
use crate::processes::room::hands_of;
use crate::support::commune::{CASE, Commune, MAU, NEIGHBOUR, THU, text};
use connectors::wires::Wires;
use entities::jobs::row;
use rules::jobs::Job;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::Value;
use uuid::Uuid;
use workers::{Attempt, Deeds, Outcome};

/// Writes down everything that is to be told.
async fn tell(commune: &Commune) {
    let hands = hands_of(&commune.office, Wires::default());
    let rows = row::Entity::find().order_by_asc(row::Column::Id);
    for row in rows.all(commune.database.reader()).await.unwrap() {
        let job: Job = serde_json::from_str(&row.payload).unwrap();
        if !matches!(job, Job::SendNotice { .. }) {
            continue;
        }
        let at = commune.clock.now();
        let attempt = Attempt { id: Uuid::now_v7(), number: 1, last: false, at, traceparent: None };
        assert_eq!(hands.run(job, attempt).await, Outcome::Done);
    }
}

async fn inbox(commune: &Commune, who: &str) -> Vec<Value> {
    commune.read(who, "/v1/me/notices").await["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn l_30_a_question_lies_in_the_inbox_of_the_unit_that_is_asked_and_in_no_other() {
    let commune = Commune::open().await;
    let (dossier, _) = consulted(&commune).await;

    for _ in 0..2 {
        tell(&commune).await;
    }

    let asked = inbox(&commune, NEIGHBOUR).await;
    assert_eq!(asked.len(), 1, "once, however often it is told: {asked:#?}");
    assert_eq!(text(&asked[0], "subject"), format!("Hồ sơ {}: xin ý kiến", text(&dossier, "code")));
    let words = text(&asked[0], "text");
    assert!(words.contains(QUESTION) && words.contains("Trả lời chậm nhất:"), "{words}");
    assert!(!words.contains("Nguyễn Thị Mẫu"), "nothing of the person: {words}");
    for stranger in [MAU, CASE, THU] {
        let others = inbox(&commune, stranger).await;
        assert!(
            others.iter().all(|notice| !notice.to_string().contains("quy hoạch")),
            "{stranger}: {others:#?}"
        );
    }
    assert!(!inbox(&commune, MAU).await.is_empty(), "the applicant is told of the rest");
}
