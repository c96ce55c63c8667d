//! Following carriers: one open job each, events that cannot be taken put aside, and the mark that waits for a mended office.

use super::fixture::Scene;
use super::post::{TRACK, advance, cursor, only, ordered, paid, shipment, status};
use connectors::wire::Wire;
use entities::Error;
use entities::dossiers::reading;
use entities::jobs::row;
use entities::shipments::refused_events;
use entities::shipments::refusing::Settling;
use entities::shipments::sighting::Sighting;
use entities::tables::dossiers::Model as Dossier;
use entities::tables::refused_sightings::{Entity, Model};
use rules::actor::Actor;
use rules::jobs::Job;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Set};
use workers::Outcome;

fn another_carrier(scene: &mut Scene) {
    let entry = connectors::registry::find("viettel_post").unwrap();
    let carrier = (entry.build)((entry.example)("http://127.0.0.1:9"), Wire::default()).unwrap();
    scene.hands.wires.add("viettel_post", carrier);
}

#[tokio::test]
async fn every_carrier_is_followed_by_a_job_of_its_own() {
    let mut scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    another_carrier(&mut scene);
    advance(&scene, &dossier, "undelivered").await;

    assert_eq!(scene.run(TRACK).await, Outcome::Done);
    let written = scene.jobs("track_post").await;
    let mut ends = Vec::new();
    for job in written.clone() {
        ends.push(scene.run(job).await);
    }

    let of = |carrier: &str| Job::TrackPost { carrier: Some(carrier.into()) };
    assert_eq!(written, [of("viettel_post"), of("vnpost_hcc")]);
    assert!(matches!(ends[0], Outcome::Retry { .. }), "{ends:?}");
    assert_eq!((&ends[1], shipment(&scene, &dossier).await.1), (&Outcome::Done, 1));
    assert!(cursor(&scene).await.is_some());
}

#[tokio::test]
async fn a_carrier_that_is_off_for_long_has_one_open_job_and_a_done_one_makes_room() {
    let mut scene = Scene::open().await;
    another_carrier(&mut scene);

    for _ in 0..4 {
        assert_eq!(scene.run(TRACK).await, Outcome::Done);
    }
    let open = scene.jobs("track_post").await.len();
    let all = row::Entity::find().all(scene.hands.database.reader()).await.unwrap();
    let vnpost = all.into_iter().find(|job| job.payload.contains("vnpost_hcc")).unwrap();
    let mut done = vnpost.into_active_model();
    done.state = Set(row::State::Done);
    done.update(scene.hands.database.writer()).await.unwrap();
    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    let of = |carrier: &str| Job::TrackPost { carrier: Some(carrier.into()) };
    let written = scene.jobs("track_post").await;
    assert_eq!((open, written.len()), (2, 3), "{written:?}");
    assert_eq!(written[2], of("vnpost_hcc"));
}

#[tokio::test]
async fn an_event_that_is_refused_is_put_aside_and_the_mark_moves_on() {
    let scene = Scene::open().await;
    let (damaged, other) = (ordered(&scene).await, ordered(&scene).await);
    damage(&scene, &damaged).await;
    paid(&scene, &other).await;
    advance(&scene, &damaged, "delivered").await;
    advance(&scene, &damaged, "returning").await;
    advance(&scene, &other, "undelivered").await;

    assert_eq!(scene.run(TRACK).await, Outcome::Done);
    assert_eq!(scene.run(TRACK).await, Outcome::Done);

    let row = only(&scene, &other).await;
    assert_eq!((row.state.as_str(), row.failed_attempts), ("undelivered", 1));
    assert_eq!(cursor(&scene).await, row.last_event, "nothing is read again");
    assert_eq!(shipment(&scene, &damaged).await.0, "returning", "its parcel goes on");
    let aside = aside(&scene).await;
    assert_eq!((aside.carrier.as_str(), aside.state.as_str()), ("vnpost_hcc", "delivered"));
    assert_eq!((aside.code.as_str(), aside.dossier_id), ("damaged_data", damaged.id));
    assert!(aside.why.contains("damaged data") && !aside.raw_message_sealed.contains("Phát"), "{aside:?}");
}

#[tokio::test]
async fn a_person_takes_a_refused_event_once_what_stood_in_its_way_is_mended() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    let quote = damage(&scene, &dossier).await;
    advance(&scene, &dossier, "delivered").await;
    advance(&scene, &dossier, "returning").await;
    scene.run(TRACK).await;

    let early = settled(&scene, true).await;
    write_quote(&scene, &dossier, quote).await;
    let row = settled(&scene, true).await.unwrap();
    let again = settled(&scene, false).await;

    assert!(matches!(early, Err(Error::Damaged { .. })), "{early:?}");
    assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
    assert_eq!((row.taken, row.settled_name.as_deref()), (true, Some("Nguyễn Văn Thử")));
    assert_eq!(status(&scene, &dossier).await, "returned");
    assert_eq!(only(&scene, &dossier).await.state, "delivered");
    let sealer = &scene.hands.sealer;
    let by = scene.officer();
    let read = refused_events::items(scene.hands.database.reader(), (sealer, &by), vec![row]).await.unwrap();
    assert_eq!(read[0].said.as_deref(), Some("Phát thành công"));
    assert_eq!(read[0].words.as_deref(), Some("đã sửa biểu phí"));
}

#[tokio::test]
async fn a_refused_event_that_the_carrier_tells_again_is_taken_and_waits_for_nobody() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    let quote = damage(&scene, &dossier).await;
    advance(&scene, &dossier, "delivered").await;
    scene.run(TRACK).await;
    write_quote(&scene, &dossier, quote).await;
    let aside = aside(&scene).await;
    let (office, tx) = (Actor::office(), scene.hands.database.begin().await.unwrap());
    let line = Sighting {
        carrier: "vnpost_hcc",
        event_id: &aside.event_id,
        order_number: &dossier.code,
        state: "delivered",
        raw_code: "4",
        raw_message: "Phát thành công",
    };

    assert!(scene.door(&tx, &office).sighted(&line).await.unwrap());
    tx.commit().await.unwrap();

    let row = self::aside(&scene).await;
    assert_eq!((row.taken, row.settled_name.as_deref()), (true, Some("Hệ thống một cửa")));
    assert_eq!(status(&scene, &dossier).await, "returned");
}

#[tokio::test]
async fn an_event_that_another_attempt_may_take_holds_the_mark() {
    let scene = Scene::open().await;
    let dossier = ordered(&scene).await;
    scene.run(TRACK).await;
    let before = cursor(&scene).await;
    advance(&scene, &dossier, "undelivered").await;
    let order = async |sql: &str| scene.hands.database.writer().execute_unprepared(sql).await.unwrap();

    order("ALTER TABLE sightings RENAME TO sightings_away").await;
    let ill = scene.run(TRACK).await;
    let held = cursor(&scene).await;
    order("ALTER TABLE sightings_away RENAME TO sightings").await;

    assert!(matches!(ill, Outcome::Retry { .. }), "{ill:?}");
    assert_eq!(held, before);
    assert!(Entity::find().one(scene.hands.database.reader()).await.unwrap().is_none());
    assert_eq!(scene.run(TRACK).await, Outcome::Done);
    assert_eq!(shipment(&scene, &dossier).await, ("undelivered".to_owned(), 1));
}

async fn settled(scene: &Scene, take: bool) -> Result<Model, Error> {
    let (by, row) = (scene.officer(), aside(scene).await);
    let tx = scene.hands.database.begin().await.unwrap();
    let settling = Settling { words: "đã sửa biểu phí", take };
    let settled = scene.door(&tx, &by).settle_sighting((row.id, Some(row.version)), &settling).await?;
    tx.commit().await.unwrap();
    Ok(settled)
}

async fn aside(scene: &Scene) -> Model {
    let mut rows = Entity::find().all(scene.hands.database.reader()).await.unwrap();
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

/// The fee cannot be read any more; gives what stood there.
pub(super) async fn damage(scene: &Scene, dossier: &Dossier) -> String {
    let row = reading::by_id(scene.hands.database.reader(), dossier.id).await.unwrap();
    write_quote(scene, dossier, "hỏng".into()).await;
    row.quote
}

async fn write_quote(scene: &Scene, dossier: &Dossier, quote: String) {
    let row = reading::by_id(scene.hands.database.reader(), dossier.id).await.unwrap();
    let mut row = row.into_active_model();
    row.quote = Set(quote);
    row.update(scene.hands.database.writer()).await.unwrap();
}
