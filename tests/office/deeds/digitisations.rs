//! Papers of the queue: nothing is silently stuck, a dossier waits for its papers, and the portal is told what is true.

use super::fixture::{PLAIN, Scene};
use chrono::TimeDelta;
use entities::digitisations::reading::of_dossier;
use entities::digitisations::sweeping::IDLE;
use entities::digitisations::{self, Item};
use entities::documents::{self, NewDocument, Origin};
use entities::dossiers::acts::Act;
use entities::dossiers::application::ReturnMethod;
use entities::files::State;
use entities::seeding::{importing, reading};
use entities::tables::dossiers::Model as Dossier;
use rules::actor::Actor;
use rules::jobs::Job;
use rules::procedure::Channel;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use workers::Outcome;

/// The ward digitises; a dossier was handed in at its desk on paper and received.
pub(super) async fn received(scene: &Scene) -> Dossier {
    let begins = "digitisation_starts:\n  - { tier: commune, from: \"2023-06-01\", source: \"thử\" }\n";
    let tx = scene.hands.database.begin().await.unwrap();
    importing::import(&tx, &reading::read("thử", begins).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    scene.hands.catalogue.forget();
    let by = scene.officer();
    let mut application = super::fixture::application(scene.unit);
    application.channel = Channel::Desk;
    application.return_method = ReturnMethod::Desk;
    for component in ["CC-01", "CC-02"] {
        let paper = json!({"component": component});
        application.papers.push(serde_json::from_value(paper).unwrap());
    }
    let tx = scene.hands.database.begin().await.unwrap();
    let handed_in = scene.door(&tx, &by).submit(&application).await.unwrap();
    handed_in.rows.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
    scene.act(&by, handed_in.dossier.id, Act::Accept).await
}

pub(super) async fn items(scene: &Scene, dossier: &Dossier) -> Vec<Item> {
    of_dossier(scene.hands.database.reader(), dossier.id).await.unwrap()
}

async fn sql(scene: &Scene, text: &str) {
    scene.hands.database.writer().execute_unprepared(text).await.unwrap();
}

/// A scan is handed in and filed, as the pipeline does at its end.
async fn file(scene: &Scene, item: &Item) {
    let file = scene.file(&scene.officer(), "quet.pdf", PLAIN, State::Clean).await;
    let tx = scene.hands.database.begin().await.unwrap();
    let (sealer, at) = (&scene.hands.sealer, scene.clock.now());
    let officer = scene.officer();
    let taken = scene.door(&tx, &officer).scan(item.id, None, file).await.unwrap();
    let owner = digitisations::owner(&tx, sealer, &taken).await.unwrap().unwrap();
    let new = NewDocument::new(owner, "GT-THU", &taken.name, Origin::Component, file);
    let document = documents::file(&tx, sealer, &Actor::office(), new, at).await.unwrap();
    digitisations::filed(&tx, item.id, document, at).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_paper_whose_job_is_gone_goes_on_by_itself() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    sql(&scene, "UPDATE digitisations SET state = 'working', stage = 'recognise', waits_for = NULL").await;

    assert_eq!(scene.run(Job::SweepDigitisations {}).await, Outcome::Done);
    let at_once = scene.jobs("recognise_text").await.len();
    scene.pass(IDLE + TimeDelta::seconds(1));
    for _ in 0..2 {
        assert_eq!(scene.run(Job::SweepDigitisations {}).await, Outcome::Done);
    }

    assert_eq!(at_once, 0, "nothing is put back that was moved a moment ago");
    let first = items(&scene, &dossier).await[0].id;
    assert_eq!(scene.jobs("recognise_text").await.len(), 2);
    assert!(
        scene
            .jobs("recognise_text")
            .await
            .contains(&Job::RecogniseText { digitisation: first, backlog: false })
    );
}

#[tokio::test]
async fn a_paper_whose_job_gave_up_is_left_to_an_officer_in_words() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    sql(&scene, "UPDATE digitisations SET state = 'working', stage = 'recognise', waits_for = NULL").await;
    scene.pass(IDLE + TimeDelta::seconds(1));
    scene.run(Job::SweepDigitisations {}).await;
    sql(&scene, "UPDATE jobs SET state = 'dead' WHERE kind = 'recognise_text'").await;
    scene.pass(IDLE + TimeDelta::seconds(1));

    scene.run(Job::SweepDigitisations {}).await;

    for item in items(&scene, &dossier).await {
        assert_eq!((item.state.as_str(), item.waits_for.as_deref()), ("stuck", Some("operator")));
        assert!(item.trouble.unwrap().contains("thử lại"));
    }
}

#[tokio::test]
async fn a_paper_that_waits_for_people_is_left_to_them() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    scene.pass(TimeDelta::days(3));

    scene.run(Job::SweepDigitisations {}).await;

    assert!(items(&scene, &dossier).await.iter().all(|item| item.waits_for.as_deref() == Some("scanner")));
}

async fn told(scene: &Scene, dossier: &Dossier) -> Value {
    scene.push_all(dossier).await;
    scene.portal.received().await["dossiers"][&dossier.code]["record"].clone()
}

#[tokio::test]
async fn d_13_the_portal_hears_of_a_digitised_paper_once_it_is_in_the_store() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    let before = told(&scene, &dossier).await;

    file(&scene, &items(&scene, &dossier).await[0]).await;
    let dossier = scene.act(&scene.officer(), dossier.id, Act::Forward { note: String::new() }).await;
    let after = told(&scene, &dossier).await;

    let papers = |record: &Value| {
        let lines = record["TaiLieuNop"].as_array().unwrap().iter();
        lines.map(|line| line["DuocSoHoa"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        (papers(&before), &before["HoSoCoThanhPhanSoHoa"]),
        (vec!["0".into(), "0".into()], &json!("0"))
    );
    assert_eq!(after["HoSoCoThanhPhanSoHoa"], "1");
    let mut one_of_two = papers(&after);
    one_of_two.sort();
    assert_eq!(one_of_two, ["0", "1"]);
}

#[tokio::test]
async fn r_c1_a_result_that_the_post_delivered_closes_its_dossier_with_the_last_paper() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    sql(&scene, "UPDATE dossiers SET return_method = 'post', fee_state = 'paid'").await;
    let by = scene.officer();
    for _ in 0..3 {
        scene.act(&by, dossier.id, Act::Forward { note: String::new() }).await;
    }
    let result = scene.file(&by, "ket-qua.pdf", PLAIN, State::Clean).await;
    let decided = Act::Decide {
        outcome: entities::dossiers::acts::Outcome::Granted,
        number: "12/CT".into(),
        result_code: "KQ-CC-01".into(),
        file: Some(result),
        reason: String::new(),
        validity: rules::results::Validity::default(),
    };
    scene.act(&by, dossier.id, decided).await;
    sql(&scene, "UPDATE shipments SET state = 'delivered', delivered_at = '2026-03-10 03:00:00+00:00'").await;
    let mut statuses = Vec::new();

    for item in items(&scene, &dossier).await {
        let tx = scene.hands.database.begin().await.unwrap();
        scene.door(&tx, &by).drop_item(item.id, None, "Bản giấy đã mờ.").await.unwrap();
        tx.commit().await.unwrap();
        let now =
            entities::dossiers::reading::by_id(scene.hands.database.reader(), dossier.id).await.unwrap();
        statuses.push(now.status);
    }

    assert_eq!(statuses, ["decided", "decided", "returned"]);
}
