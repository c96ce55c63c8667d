//! Questions: kept once, answered in fifteen working days by the unit they are put to.

use crate::openapi::promise;
use crate::support::commune::{CASE, CONTROLLER, Commune, MAU, NEIGHBOUR, text};
use crate::support::house::{json, problem};
use entities::jobs::row;
use entities::questions::{Asked, Keeping, NewQuestion, keep};
use rules::jobs::Job;
use sea_orm::EntityTrait;
use serde_json::json;

async fn asked(commune: &Commune, key: &str, unit_code: &str) -> Keeping {
    let at = commune.clock.now();
    let calendar = commune.office.catalogue.calendar(commune.database.reader(), at).await.unwrap();
    let asked = Asked {
        content: "Chứng thực bản sao cần những giấy tờ gì?".to_owned(),
        name: Some("Nguyễn Thị Mẫu".to_owned()),
        email: None,
        phone: None,
    };
    let new = NewQuestion {
        portal_key: key.to_owned(),
        unit_code: unit_code.to_owned(),
        field_code: None,
        national_code: Some("2.000815".to_owned()),
        asked,
    };
    let tx = commune.database.begin().await.unwrap();
    let kept = keep(&tx, &commune.office.sealer, &calendar, new, at).await.unwrap();
    tx.commit().await.unwrap();
    kept
}

#[tokio::test]
async fn a_question_is_kept_once_and_answered_by_its_unit() {
    let commune = Commune::open().await;
    asked(&commune, "HD-1", "H55.101").await;
    asked(&commune, "HD-1", "H55.101").await;

    let page = commune.read(CASE, "/v1/questions").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 1, "read twice from the portal, kept once");
    let question = &page["items"][0];
    promise::holds("Question", question);
    assert_eq!(question["due_on"], "2026-03-31", "fifteen working days after 10 March");
    let path = format!("/v1/questions/{}", text(question, "id"));
    problem(commune.get(NEIGHBOUR, &path).await, 404, "not_found").await;
    problem(commune.get(MAU, "/v1/questions").await, 403, "forbidden").await;

    let long = json!({"answer": "x".repeat(4_001)});
    problem(commune.post(CASE, &format!("{path}/answer"), &long).await, 422, "body_invalid").await;
    let words = json!({"answer": "Bản chính và bản sao cần chứng thực."});
    let answered = json(commune.post(CASE, &format!("{path}/answer"), &words).await, 201).await;

    assert_eq!((&answered["state"], &answered["answer"]), (&json!("answered"), &words["answer"]));
    problem(commune.post(CASE, &format!("{path}/answer"), &words).await, 409, "act_refused").await;
    let jobs = row::Entity::find().all(commune.database.reader()).await.unwrap();
    let jobs: Vec<Job> = jobs.iter().map(|row| serde_json::from_str(&row.payload).unwrap()).collect();
    assert_eq!(jobs, [Job::TellAnswer { question: text(question, "id").parse().unwrap() }]);
}

#[tokio::test]
async fn a_question_to_a_unit_nobody_knows_goes_to_the_controllers() {
    let commune = Commune::open().await;
    asked(&commune, "HD-2", "000.99.99.H55").await;

    assert_eq!(commune.read(CASE, "/v1/questions").await["items"], json!([]));
    let page = commune.read(CONTROLLER, "/v1/questions").await;
    assert_eq!((page["items"].as_array().unwrap().len(), &page["items"][0]["unit"]), (1, &json!(null)));
}

#[tokio::test]
async fn a_question_that_could_never_be_answered_is_passed_over() {
    let commune = Commune::open().await;

    let odd = [
        asked(&commune, &"x".repeat(101), "H55.101").await,
        asked(&commune, "HD\0", "H55.101").await,
        asked(&commune, "HD-3", &"x".repeat(61)).await,
    ];
    let kept = asked(&commune, "HD-4", "H55.101").await;

    assert_eq!((odd, kept), ([Keeping::Odd; 3], Keeping::Kept));
    assert_eq!(commune.read(CASE, "/v1/questions").await["items"].as_array().unwrap().len(), 1);
}
