//! What the pipeline files waits for its dossier; an old paper counts at once, for as long as is known.

use super::digitisations::{items, received};
use super::fixture::{ID_NUMBER, PLAIN, Scene};
use crate::pipeline::scene::waiting;
use entities::digitisations::Item;
use entities::documents::completing::REJECTION;
use entities::documents::{self, valid};
use entities::dossiers::acts::{Act, Outcome as Decision};
use entities::error::Error;
use entities::files::{self, State};
use entities::tables::documents::{Column, Entity, Model};
use entities::tables::dossiers::Model as Dossier;
use rules::jobs::Job;
use rules::local_time::local_date;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use workers::Outcome;

/// Every open paper of the dossier is scanned where it was not, read, and filed.
async fn digitised(scene: &Scene, dossier: &Dossier) {
    let open: Vec<Item> =
        items(scene, dossier).await.into_iter().filter(|item| item.ended_at.is_none()).collect();
    for item in open {
        if item.file_id.is_none() {
            let bytes = [PLAIN, item.id.to_string().as_bytes()].concat();
            let file = scene.file(&scene.officer(), "quet.pdf", &bytes, State::Clean).await;
            let (tx, by) = (scene.hands.database.begin().await.unwrap(), scene.officer());
            scene.door(&tx, &by).scan(item.id, None, file).await.unwrap();
            tx.commit().await.unwrap();
        }
        read(scene).await;
        let filing = Job::FilePaper { digitisation: item.id, backlog: false };
        assert_eq!(scene.run(filing).await, Outcome::Done);
    }
}

/// All open papers stand before the filing.
async fn read(scene: &Scene) {
    let sql =
        "UPDATE digitisations SET state = 'working', stage = 'file', waits_for = NULL WHERE ended_at IS NULL";
    scene.hands.database.writer().execute_unprepared(sql).await.unwrap();
}

async fn decided(scene: &Scene, dossier: &Dossier, outcome: Decision) {
    let by = scene.officer();
    for _ in 0..3 {
        scene.act(&by, dossier.id, Act::Forward { note: String::new() }).await;
    }
    let file = scene.file(&by, "ket-qua.pdf", PLAIN, State::Clean).await;
    let decision = Act::Decide {
        outcome,
        number: "12/CT".into(),
        result_code: "KQ-CC-01".into(),
        file: Some(file),
        reason: "Giấy tờ giả.".into(),
        validity: rules::results::Validity::default(),
    };
    scene.act(&by, dossier.id, decision).await;
}

async fn handed_over(scene: &Scene, dossier: &Dossier) {
    let by = scene.officer();
    scene.act(&by, dossier.id, Act::RecordPayment { proof: "tiền mặt 1".into() }).await;
    scene.act(&by, dossier.id, Act::Return { proof: "Đã ký nhận.".into() }).await;
}

async fn kept(scene: &Scene, dossier: &Dossier) -> Vec<Model> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier.id)).order_by_asc(Column::PaperType);
    rows.all(scene.hands.database.reader()).await.unwrap()
}

fn told(rows: &[Model]) -> Vec<(&str, &str)> {
    rows.iter().map(|row| (row.paper_type.as_str(), row.state.as_str())).collect()
}

#[tokio::test]
async fn d_05_what_is_digitised_counts_once_its_dossier_is_granted_and_handed_over() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    digitised(&scene, &dossier).await;
    decided(&scene, &dossier, Decision::Granted).await;
    digitised(&scene, &dossier).await;
    let before = kept(&scene, &dossier).await;
    assert_eq!(told(&before), [("CC-01", "pending"), ("CC-02", "pending"), ("KQ-CC-01", "pending")]);
    let (db, day) = (scene.hands.database.reader(), local_date(scene.clock.now()));
    let shelf = scene.hands.sealer.index("id", ID_NUMBER);
    assert_eq!(valid(db, &shelf, &["CC-01", "KQ-CC-01"], day).await.unwrap(), []);

    handed_over(&scene, &dossier).await;
    let job = Job::FileDocuments { dossier: dossier.id };
    for _ in 0..2 {
        assert_eq!(scene.run(job.clone()).await, Outcome::Done);
    }

    let after = kept(&scene, &dossier).await;
    assert_eq!(told(&after), [("CC-01", "in_force"), ("CC-02", "in_force"), ("KQ-CC-01", "in_force")]);
    let result = &after[2];
    assert_eq!((result.id, result.issuer_id), (before[2].id, Some(scene.unit)));
    assert_eq!(documents::number(&scene.hands.sealer, result).unwrap().as_deref(), Some("12/CT"));
}

#[tokio::test]
async fn a_digitised_refusal_is_filed_as_a_refusal_and_its_papers_count_for_nothing() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    digitised(&scene, &dossier).await;
    decided(&scene, &dossier, Decision::Rejected).await;
    digitised(&scene, &dossier).await;
    handed_over(&scene, &dossier).await;

    assert_eq!(scene.run(Job::FileDocuments { dossier: dossier.id }).await, Outcome::Done);

    let kept = kept(&scene, &dossier).await;
    assert_eq!(told(&kept), [("CC-01", "lapsed"), ("CC-02", "lapsed"), (REJECTION, "in_force")]);
    let why = documents::ended_reason(&scene.hands.sealer, &kept[0]).unwrap().unwrap();
    assert!(why.contains("không được giải quyết"), "{why}");
}

#[tokio::test]
async fn a_file_that_is_still_examined_is_waited_for_without_losing_attempts() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    digitised(&scene, &dossier).await;
    decided(&scene, &dossier, Decision::Granted).await;
    digitised(&scene, &dossier).await;
    handed_over(&scene, &dossier).await;
    let result = kept(&scene, &dossier).await.remove(2).file_id;
    let db = scene.hands.database.writer();
    files::set_state(db, result, State::Quarantined, None).await.unwrap();
    let job = Job::FileDocuments { dossier: dossier.id };

    let waits = scene.run(job.clone()).await;

    assert!(matches!(waits, Outcome::Wait { ref party, .. } if party == "inspection"), "{waits:?}");
    assert_eq!(kept(&scene, &dossier).await[0].state, "in_force", "what could be kept is");
    files::set_state(db, result, State::Clean, None).await.unwrap();
    assert_eq!(scene.run(job).await, Outcome::Done);
    assert_eq!(kept(&scene, &dossier).await[2].state, "in_force");
}

#[tokio::test]
async fn nobody_scans_another_file_in_the_place_of_a_signed_result() {
    let scene = Scene::open().await;
    let dossier = received(&scene).await;
    digitised(&scene, &dossier).await;
    decided(&scene, &dossier, Decision::Granted).await;
    let result = items(&scene, &dossier).await.pop().unwrap();
    let by = scene.officer();
    let file = scene.file(&by, "khac.pdf", b"%PDF-1.7 khac", State::Clean).await;
    let tx = scene.hands.database.begin().await.unwrap();

    let refused = scene.door(&tx, &by).scan(result.id, None, file).await;

    let Err(Error::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.blocked_by[0].code, "result_is_issued");
}

#[tokio::test]
async fn r_c4_an_old_paper_counts_at_once_and_as_long_as_was_entered_with_it() {
    let scene = Scene::open().await;
    let file = scene.file(&scene.officer(), "cu.pdf", PLAIN, State::Clean).await;
    let mut item = waiting(&scene.hands.sealer, scene.unit, file, scene.clock.now());
    (item.paper_type, item.valid_until) = (Some("GPLX".into()), "2026-03-09".parse().ok());
    let id = item.id;
    item.into_active_model().insert(scene.hands.database.writer()).await.unwrap();
    read(&scene).await;

    assert_eq!(scene.run(Job::FilePaper { digitisation: id, backlog: true }).await, Outcome::Done);

    let kept = Entity::find().one(scene.hands.database.reader()).await.unwrap().unwrap();
    assert_eq!((kept.state.as_str(), kept.valid_until), ("in_force", "2026-03-09".parse().ok()));
    assert_eq!(
        (kept.unit_id, documents::is_valid(&kept, local_date(scene.clock.now()))),
        (Some(scene.unit), false)
    );
}
