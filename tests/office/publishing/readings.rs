//! Readings of the national catalogue: asked for, listed, read procedure by procedure.

use super::scene::COPIES;
use crate::openapi::promise;
use crate::support::commune::{CONTROLLER, Commune, DESK, text};
use crate::support::house::{json, problem};
use entities::jobs::row;
use entities::publishing::pulling::{self, Lists};
use rules::jobs::Job;
use sea_orm::EntityTrait;
use serde_json::json;

#[tokio::test]
async fn a_reading_lists_first_and_then_reads_what_is_known_here() {
    let commune = Commune::open().await;
    let asked = json(commune.post(CONTROLLER, "/v1/catalogue-pulls", &json!({})).await, 201).await;
    promise::holds("CataloguePull", &asked);
    let pull = text(&asked, "id").parse().unwrap();
    let lists = Lists {
        procedures: vec![
            (COPIES.to_owned(), "Chứng thực bản sao".to_owned()),
            ("1.888888".to_owned(), "Một thủ tục chưa có ở đây".to_owned()),
            ("1.888888".to_owned(), "Viết hai lần".to_owned()),
        ],
        agencies: vec![("000.00.00.H99".into(), "UBND tỉnh Ví Dụ".into(), "1".into())],
        fields: vec![("G15-CT01".into(), "Chứng thực".into(), "000.00.00.G15".into())],
    };

    for _twice in 0..2 {
        let tx = commune.database.begin().await.unwrap();
        pulling::listed(&tx, pull, &lists, commune.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    let jobs = row::Entity::find().all(commune.database.reader()).await.unwrap();
    let jobs: Vec<Job> = jobs.iter().map(|row| serde_json::from_str(&row.payload).unwrap()).collect();
    let expected =
        vec![Job::PullCatalogue { pull: Some(pull) }, Job::PullProcedure { pull, code: COPIES.to_owned() }];
    assert_eq!(jobs, expected, "what is not known here is not read unasked, and nothing is read twice");
    let shown = commune.read(CONTROLLER, &format!("/v1/catalogue-pulls/{pull}")).await;
    assert_eq!((&shown["listed"], &shown["to_read"], &shown["done"]), (&json!(3), &json!(1), &json!(false)));
    let unknown = commune.read(CONTROLLER, "/v1/national-lists/procedures?unknown_here=true").await;
    assert_eq!(unknown["items"][0]["name"], "Viết hai lần");
    assert_eq!(unknown["items"].as_array().unwrap().len(), 1);
    assert_eq!(commune.read(CONTROLLER, "/v1/national-lists/agencies").await["items"][0]["detail"], "1");
}

#[tokio::test]
async fn a_code_of_another_form_is_refused_before_anything_is_asked() {
    let commune = Commune::open().await;

    let told =
        commune.post(CONTROLLER, "/v1/catalogue-pulls", &json!({"codes": ["1.001193", "khai sinh"]})).await;

    let told = problem(told, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["pointer"], "/codes/1");
    problem(commune.post(DESK, "/v1/catalogue-pulls", &json!({})).await, 403, "forbidden").await;
    assert!(row::Entity::find().all(commune.database.reader()).await.unwrap().is_empty());
}
