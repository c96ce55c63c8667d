//! A carrier that repeats the person in everything it says: no clear column, no failure and no log repeats it here.

use super::fixture::Scene;
use super::post::{TRACK, advance, only, ordered_as};
use super::post_following::damage;
use crate::support::clear::columns_with;
use crate::support::log::Log;
use entities::dossiers::application::Application;
use entities::shipments::{refused_events, words};
use entities::tables::refused_sightings;
use rules::jobs::Job;
use sea_orm::EntityTrait;
use workers::Outcome;

const PERSONAL: [&str; 3] = ["Kín", "0900000001", "Tổ 5"];

fn echoing(application: &mut Application) {
    application.applicant.name = "Trần Thị Kín [echoes]".into();
}

#[tokio::test]
async fn a_carrier_that_repeats_the_person_is_kept_sealed_word_for_word() {
    let log = Log::kept();
    let scene = Scene::open().await;
    let carried = ordered_as(&scene, echoing).await;
    let refused = scene.submit_as(echoing).await;
    scene.decide(refused.id).await;

    scene.post.magic("refuses").await;
    let order = scene.run(scene.jobs("order_delivery").await.remove(1)).await;
    let cancel = not_called_off(&scene, only(&scene, &carried).await.id, &carried).await;
    let spoken = said_of(&scene, &carried).await;
    damage(&scene, &carried).await;
    for to in ["undelivered", "delivered"] {
        advance(&scene, &carried, to).await;
    }
    let track = scene.run(TRACK).await;

    assert_eq!(track, Outcome::Done);
    let ended = format!("{order:?} {cancel:?}");
    assert!(ended.contains("the post refused (status 500)"), "{ended}");
    for words in
        [said_of(&scene, &refused).await, spoken, said_of(&scene, &carried).await, aside(&scene).await]
    {
        assert!(PERSONAL.iter().all(|word| words.contains(word)), "{words}");
    }
    assert!(!PERSONAL.iter().any(|word| ended.contains(word) || log.text().contains(word)), "{ended}");
    assert!(log.text().contains("a tracking event is put aside"), "the log was kept");
    let known = ["dossiers.applicant_name"];
    let mut found = columns_with(&scene.hands.database, &PERSONAL).await;
    found.sort();
    assert_eq!(found, known, "the name stands in the clear for the officers' search alone");
}

async fn not_called_off(
    scene: &Scene,
    shipment: uuid::Uuid,
    of: &entities::tables::dossiers::Model,
) -> Outcome {
    let (by, tx) = (scene.officer(), scene.hands.database.begin().await.unwrap());
    scene.door(&tx, &by).call_off(of.id, (shipment, None)).await.unwrap();
    tx.commit().await.unwrap();
    scene.post.magic("refuses").await;
    scene.run(Job::CancelShipment { shipment }).await
}

async fn said_of(scene: &Scene, dossier: &entities::tables::dossiers::Model) -> String {
    words::of_shipment(&scene.hands.sealer, &only(scene, dossier).await).unwrap().unwrap()
}

async fn aside(scene: &Scene) -> String {
    let rows = refused_sightings::Entity::find().all(scene.hands.database.reader()).await.unwrap();
    let (by, sealer) = (scene.officer(), &scene.hands.sealer);
    let items = refused_events::items(scene.hands.database.reader(), (sealer, &by), rows).await.unwrap();
    items[0].said.clone().unwrap()
}
