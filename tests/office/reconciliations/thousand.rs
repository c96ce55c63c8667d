//! A thousand dossiers through the real adapter: the portal's books and ours agree to the row.

use super::scene::sql;
use crate::deeds::fixture::Scene;
use entities::dossiers::acts::Act;
use entities::dossiers::application::{Application, PaperIn};
use entities::jobs::row::{Column, Entity, State};
use entities::pushes::ledger;
use entities::tables::dossiers::Model as Dossier;
use entities::tables::{portal_exchanges, portal_pushes};
use rules::status::Status;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::oneshot;
use uuid::Uuid;
use workers::WorkerSettings;

const DOSSIERS: usize = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_dossiers_stand_in_the_portals_books_as_in_ours() {
    let scene = Scene::open().await;
    let dossiers = handed_in(&scene).await;
    sql(&scene, "DELETE FROM jobs WHERE kind <> 'push_to_portal'").await;

    told_by_workers(&scene).await;

    let there = scene.portal.received().await["dossiers"].clone();
    let pushes = portal_pushes::Entity::find().order_by_asc(portal_pushes::Column::Entry);
    let pushes = pushes.all(scene.hands.database.reader()).await.unwrap();
    let said = said(&scene).await;
    assert_eq!(there.as_object().unwrap().len(), DOSSIERS);
    for dossier in &dossiers {
        let held = &there[&dossier.code];
        let noted: Vec<_> = pushes.iter().filter(|push| push.dossier_id == dossier.id).collect();
        let entries: Vec<i32> = noted.iter().map(|push| push.entry).collect();
        assert_eq!(entries, (1..=dossier.entries).collect::<Vec<_>>(), "{}", dossier.code);
        assert!(noted.iter().all(|push| push.told_at.is_some()), "{}", dossier.code);
        assert_agree(held, dossier, &said[&dossier.id]);
    }
    assert_eq!(said.len(), DOSSIERS);
}

/// The record the portal holds is the last we said, and its lines are those we said, once each.
fn assert_agree(held: &Value, dossier: &Dossier, said: &[(String, Value)]) {
    let of = |service: &str| {
        let data =
            said.iter().filter(|(name, _)| name == service).map(|(_, request)| request["data"].clone());
        data.flat_map(|data| data.as_array().unwrap().clone()).collect::<Vec<_>>()
    };
    let (records, lines) = (of("DongBoHoSoMC"), of("CapNhatTienDoHoSoMC"));
    assert_eq!(held["pushes"], records.len(), "{}", dossier.code);
    assert_eq!(held["progress"].as_array().unwrap().len(), lines.len(), "{}", dossier.code);
    assert_eq!(held["progress"].as_array().unwrap(), &lines, "{}", dossier.code);
    let status = Status::from_key(&dossier.status).unwrap().code().to_string();
    assert_eq!(held["record"]["TrangThaiHoSo"], status, "{}", dossier.code);
    assert_eq!(records.last().unwrap()["TrangThaiHoSo"], status, "{}", dossier.code);
}

/// Handed in at the door, a third of them received and one in ten refused, all in a few transactions.
async fn handed_in(scene: &Scene) -> Vec<Dossier> {
    let officer = scene.officer();
    let application = application(scene.unit);
    let mut dossiers = Vec::with_capacity(DOSSIERS);
    for part in 0..10 {
        let tx = scene.hands.database.begin().await.unwrap();
        for number in 0..DOSSIERS / 10 {
            let handed_in = scene.door(&tx, &officer).submit(&application).await.unwrap();
            handed_in.rows.write(&tx).await.unwrap();
            let mut dossier = handed_in.dossier;
            if number % 3 == 0 {
                dossier = scene.door(&tx, &officer).act(dossier.id, None, &Act::Accept).await.unwrap();
            } else if number % 10 == 1 {
                let refused = Act::Refuse { reason: format!("Không thuộc thẩm quyền, đợt {part}") };
                dossier = scene.door(&tx, &officer).act(dossier.id, None, &refused).await.unwrap();
            }
            dossiers.push(dossier);
        }
        tx.commit().await.unwrap();
    }
    dossiers
}

/// Papers seen at the desk, so that no file is needed.
fn application(unit: Uuid) -> Application {
    let mut application = crate::deeds::fixture::application(unit);
    application.channel = rules::procedure::Channel::Desk;
    application.papers = ["CC-01", "CC-02"]
        .map(|component| PaperIn { component: component.into(), file: None, ..PaperIn::default() })
        .into();
    application
}

async fn told_by_workers(scene: &Scene) {
    let settings = WorkerSettings { poll_ms: 20, schedule: false, ..WorkerSettings::default() };
    let (stop, stopped) = oneshot::channel::<()>();
    let working = tokio::spawn(workers::run(scene.hands.clone(), settings, async {
        let _ = stopped.await;
    }));
    let waiting = || Entity::find().filter(Column::State.is_in([State::Ready, State::Running]));
    let told = async {
        let mut looks = tokio::time::interval(Duration::from_millis(100));
        while waiting().count(scene.hands.database.reader()).await.unwrap() > 0 {
            looks.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), told).await.expect("all of them are told");
    stop.send(()).unwrap();
    working.await.unwrap().unwrap();
    let dead = Entity::find().filter(Column::State.eq(State::Dead));
    assert_eq!(dead.count(scene.hands.database.reader()).await.unwrap(), 0);
}

/// What our ledger says was taken, by dossier, in its order.
async fn said(scene: &Scene) -> BTreeMap<Uuid, Vec<(String, Value)>> {
    let rows = portal_exchanges::Entity::find().order_by_asc(portal_exchanges::Column::Id);
    let mut said: BTreeMap<Uuid, Vec<(String, Value)>> = BTreeMap::new();
    for row in rows.all(scene.hands.database.reader()).await.unwrap() {
        assert_eq!(row.verdict, "taken", "{row:?}");
        let (request, _) = ledger::texts(&scene.hands.sealer, &row).unwrap();
        let request = serde_json::from_str(&request).unwrap();
        said.entry(row.dossier_id.unwrap()).or_default().push((row.service, request));
    }
    said
}
