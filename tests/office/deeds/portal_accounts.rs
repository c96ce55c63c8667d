//! The owner's account at the national portal: asked for before the record, kept as answered, never made up.

use super::fixture::{ID_NUMBER, Scene};
use connectors::registry::find;
use connectors::wire::Wire;
use entities::dossiers::application::Application;
use entities::pushes::accounts::{self, Answer};
use entities::tables::dossiers::Model as Dossier;
use entities::tables::portal_exchanges::{Column, Entity};
use rules::jobs::Job;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use workers::Outcome;

async fn push(scene: &Scene, dossier: &Dossier, attempt: i32) -> Outcome {
    scene.attempt(Job::PushToPortal { dossier: dossier.id, entry: 1 }, attempt).await
}

async fn record(scene: &Scene, dossier: &Dossier) -> Value {
    scene.portal.received().await["dossiers"][&dossier.code]["record"].clone()
}

async fn answer(scene: &Scene, dossier: &Dossier) -> Answer {
    accounts::of(scene.hands.database.reader(), &scene.hands.sealer, dossier.id).await.unwrap()
}

/// `service verdict` of each exchange, oldest first.
async fn said(scene: &Scene, dossier: &Dossier) -> Vec<String> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier.id)).order_by_asc(Column::Id);
    let rows = rows.all(scene.hands.database.reader()).await.unwrap();
    rows.iter().map(|row| format!("{} {}", row.service, row.verdict)).collect()
}

#[tokio::test]
async fn the_account_is_asked_for_once_before_the_first_record_and_goes_with_it() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;

    for _ in 0..2 {
        assert_eq!(push(&scene, &dossier, 1).await, Outcome::Done);
    }

    assert_eq!(record(&scene, &dossier).await["MaDoiTuong"], format!("tech-{ID_NUMBER}"));
    assert_eq!(answer(&scene, &dossier).await, Answer::Account(format!("tech-{ID_NUMBER}")));
    let told = ["TraCuuTechID answered", "DongBoHoSoMC taken", "CapNhatTienDoHoSoMC taken"];
    assert_eq!(said(&scene, &dossier).await, told);
}

#[tokio::test]
async fn an_owner_without_an_account_has_none_in_the_record_and_is_not_asked_about_again() {
    let scene = Scene::open().await;
    // The twin knows accounts of twelve digits alone.
    let of_another = |a: &mut Application| {
        a.applicant.id_number = Some("019190001".into());
        a.mandate = serde_json::from_str(r#"{"ground": "guardian"}"#).unwrap();
    };
    let dossier = scene.submit_as(of_another).await;

    scene.push_all(&dossier).await;

    assert_eq!(record(&scene, &dossier).await["MaDoiTuong"], "");
    assert_eq!(answer(&scene, &dossier).await, Answer::None);
    assert_eq!(
        said(&scene, &dossier).await.iter().filter(|line| line.starts_with("TraCuuTechID")).count(),
        1
    );
}

#[tokio::test]
async fn nobody_is_asked_about_whose_number_or_channel_gives_no_account() {
    let scene = Scene::open().await;
    let nameless = scene.submit_as(|a| a.applicant.id_number = None).await;

    scene.push_all(&nameless).await;

    assert_eq!(answer(&scene, &nameless).await, Answer::NotAsked);
    assert!(!said(&scene, &nameless).await.iter().any(|line| line.starts_with("TraCuuTechID")));
}

#[tokio::test]
async fn a_record_waits_for_the_answer_for_a_while_and_then_goes_without() {
    let mut scene = Scene::open().await;
    let entry = find("dvcqg").unwrap();
    let mut section = (entry.example)(scene.portal.url());
    // Nobody answers there.
    section["share_path"] = json!("/khong-co");
    scene.hands.wires.add("dvcqg", (entry.build)(section.clone(), Wire::default()).unwrap());
    let refused = scene.submit().await;
    scene.portal.magic("error").await;
    let down = push(&scene, &refused, 1).await;

    let without = push(&scene, &refused, 2).await;

    assert!(matches!(down, Outcome::Retry { .. }), "{down:?}");
    assert_eq!(without, Outcome::Done, "a portal that refuses the question has its record all the same");
    assert_eq!(record(&scene, &refused).await["MaDoiTuong"], "");
    assert_eq!(answer(&scene, &refused).await, Answer::NotAsked, "nothing is kept that was not said");
}
