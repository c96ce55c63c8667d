//! What is left of a dossier when its term is over, what keeps one beyond it, and that figures and chains stay.

mod columns;
mod holding;
mod journey;

use crate::processes::room::hands_of;
use crate::support::commune::{Commune, DESK, MAU};
use chrono::TimeDelta;
use connectors::wires::Wires;
use entities::tables::erasures;
use rules::jobs::Job;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use uuid::Uuid;
use workers::{Attempt, Deeds, Outcome};

/// Long after every term, and after any day on which the tests may run.
pub const LONG: TimeDelta = TimeDelta::days(365 * 60);

/// A dossier that the desk refused, with all its jobs done.
pub async fn refused(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let body = json!({"reason": "Bà Nguyễn Thị Mẫu nộp nhầm nơi."});
    let dossier = commune.done(DESK, &dossier, "refusal", body).await;
    settled(commune).await;
    dossier
}

/// Every job counts as done.
pub async fn settled(commune: &Commune) {
    commune.database.writer().execute_unprepared("UPDATE jobs SET state = 'done'").await.unwrap();
}

/// One night that ends well.
pub async fn night(commune: &Commune) {
    assert_eq!(ended(commune).await, Outcome::Done);
}

/// How a night ends.
async fn ended(commune: &Commune) -> Outcome {
    let hands = hands_of(&commune.office, Wires::default());
    let attempt =
        Attempt { id: Uuid::now_v7(), number: 1, last: false, at: commune.clock.now(), traceparent: None };
    hands.run(Job::EraseExpired {}, attempt).await
}

async fn erased(commune: &Commune) -> Vec<erasures::Model> {
    erasures::Entity::find().all(commune.database.reader()).await.unwrap()
}

/// Reads at `path` in vain; gives the status and the code.
async fn in_vain(commune: &Commune, who: &str, path: &str) -> (u16, String) {
    let answer = commune.get(who, path).await;
    let status = answer.status().as_u16();
    let said: Value = answer.json().await.unwrap();
    (status, said["code"].as_str().unwrap_or_default().to_owned())
}
