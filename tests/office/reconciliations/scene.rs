//! A night of the office: its dossiers, the portal's twin, and the jobs of the comparison done in their order.

use crate::deeds::fixture::{Party, Scene, party};
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::jobs::row::{Column, Entity, State};
use entities::jobs::schedule::{ensure, tick, usual};
use entities::reconciliations::{self, State as Standing};
use entities::tables::dossiers::Model as Dossier;
use entities::tables::{portal_findings, portal_reconciliations};
use rules::jobs::Job;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::{Value, json};
use workers::{Attempt, Deeds, Outcome};

/// Received, and told to the portal to the last entry.
pub async fn received(scene: &Scene) -> Dossier {
    let dossier = scene.submit().await;
    let accepted = scene.act(&scene.officer(), dossier.id, Act::Accept).await;
    scene.push_all(&accepted).await;
    all_done(scene).await;
    accepted
}

/// Nothing is on its way any more.
pub async fn all_done(scene: &Scene) {
    sql(scene, "UPDATE jobs SET state = 'done' WHERE state = 'ready'").await;
}

pub async fn sql(scene: &Scene, text: &str) {
    scene.hands.database.writer().execute_unprepared(text).await.unwrap();
}

/// What the portal holds of a dossier.
pub async fn held(portal: &Party, dossier: &Dossier) -> Value {
    portal.received().await["dossiers"][&dossier.code].clone()
}

/// Another portal, which knows nothing, takes the place of the one before.
pub fn forgetful(scene: &mut Scene) -> Party {
    let (portal, wire) = party("dvcqg", &scene.clock, &scene.calls, json!({}));
    scene.hands.wires = scene.hands.wires.clone().with("dvcqg", wire);
    portal
}

/// The schedule makes its jobs of the next half past one.
pub async fn night(scene: &Scene) {
    let database = &scene.hands.database;
    ensure(database.writer(), &usual(), scene.clock.now()).await.unwrap();
    scene.pass(TimeDelta::days(1));
    tick(database, scene.clock.now()).await.unwrap();
    let others = "UPDATE jobs SET state = 'cancelled' WHERE state = 'ready' AND kind <> 'reconcile_portal'";
    sql(scene, others).await;
}

/// The jobs of the comparison that are ready, in the order of writing.
pub async fn ready(scene: &Scene) -> Vec<(uuid::Uuid, Job)> {
    let rows = Entity::find().filter(Column::State.eq(State::Ready)).order_by_asc(Column::Id);
    let rows = rows.filter(Column::Kind.is_in(["reconcile_portal", "repair_at_portal"]));
    let rows = rows.all(scene.hands.database.reader()).await.unwrap();
    rows.iter().map(|row| (row.id, serde_json::from_str(&row.payload).unwrap())).collect()
}

/// One attempt at a job of the ledger.
pub async fn attempt(scene: &Scene, (id, job): &(uuid::Uuid, Job)) -> Outcome {
    let attempt = Attempt { id: *id, number: 1, last: false, at: scene.clock.now(), traceparent: None };
    scene.hands.run(job.clone(), attempt).await
}

/// The job has come to its end.
pub async fn done(scene: &Scene, job: uuid::Uuid) {
    let row = Entity::find_by_id(job).one(scene.hands.database.reader()).await.unwrap().unwrap();
    let mut row: entities::jobs::row::ActiveModel = row.into();
    row.state = Set(State::Done);
    row.update(scene.hands.database.writer()).await.unwrap();
}

/// Does everything the comparison asks for, each job `times` times, as after a worker that fell before its mark.
pub async fn work(scene: &Scene, times: usize) {
    loop {
        let jobs = ready(scene).await;
        if jobs.is_empty() {
            return;
        }
        for job in &jobs {
            for _ in 0..times {
                assert_eq!(attempt(scene, job).await, Outcome::Done, "{job:?}");
            }
            done(scene, job.0).await;
        }
    }
}

/// The last comparison.
pub async fn last(scene: &Scene) -> portal_reconciliations::Model {
    reconciliations::list(scene.hands.database.reader(), None, 1).await.unwrap().remove(0)
}

/// The comparison has come to its end.
pub async fn is_done(scene: &Scene) -> bool {
    last(scene).await.standing().unwrap() == Standing::Done
}

/// Code, kind, and whether it is put right, of everything that was ever found.
pub async fn findings(scene: &Scene) -> Vec<(String, String, bool)> {
    let rows = portal_findings::Entity::find().order_by_asc(portal_findings::Column::Id);
    let rows = rows.all(scene.hands.database.reader()).await.unwrap();
    rows.into_iter().map(|row| (row.code, row.kind, row.repaired_at.is_some())).collect()
}
