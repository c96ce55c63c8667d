//! A commune whose worker speaks with the portal's twin.

use crate::deeds::fixture::{Party, party};
use crate::support::commune::Commune;
use connectors::recording::Recording;
use connectors::wires::Wires;
use entities::jobs::row::{Column, Entity, State};
use object_store::memory::InMemory;
use rules::jobs::Job;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;
use workers::deeds::OfficeSettings;
use workers::{Attempt, Deeds, Hands, Outcome};

/// The commune, the portal's twin, and the worker between them.
pub struct Wired {
    pub commune: Commune,
    pub portal: Party,
    pub hands: Hands,
}

impl Wired {
    pub async fn open() -> Self {
        let commune = Commune::open().await;
        let (portal, wire) = party("dvcqg", &commune.clock, &Recording::default(), json!({}));
        let office = json!({"link_secret": "một khóa ký đường dẫn chỉ dùng trong thử nghiệm"});
        let office: OfficeSettings = serde_json::from_value(office).unwrap();
        let hands = Hands {
            database: entities::database::Database::clone(&commune.database),
            clock: commune.clock.clone(),
            wake: entities::jobs::Wake::default(),
            sealer: commune.office.sealer.clone(),
            catalogue: commune.office.catalogue.clone(),
            files: Arc::new(InMemory::new()),
            wires: Wires::default().with("dvcqg", wire),
            office: Arc::new(office),
            digitising: Arc::default(),
        };
        Self { commune, portal, hands }
    }

    /// The portal forgets everything: another one takes its place.
    pub fn forget(&mut self) {
        let (portal, wire) = party("dvcqg", &self.commune.clock, &Recording::default(), json!({}));
        self.hands.wires = Wires::default().with("dvcqg", wire);
        self.portal = portal;
    }

    /// Does the ready jobs of these kinds, and those that follow from them; tells how each ended.
    pub async fn work(&self, kinds: &[&str]) -> Vec<Outcome> {
        let mut ended = Vec::new();
        loop {
            let rows = Entity::find().filter(Column::State.eq(State::Ready));
            let rows = rows.filter(Column::Kind.is_in(kinds.iter().copied())).order_by_asc(Column::Id);
            let Some(row) = rows.one(self.commune.database.reader()).await.unwrap() else {
                return ended;
            };
            let job: Job = serde_json::from_str(&row.payload).unwrap();
            ended.push(self.attempt(row.id, job).await);
            let mut row: entities::jobs::row::ActiveModel = row.into();
            row.state = Set(State::Done);
            row.update(self.commune.database.writer()).await.unwrap();
        }
    }

    pub async fn attempt(&self, id: Uuid, job: Job) -> Outcome {
        let attempt = Attempt { id, number: 1, last: false, at: self.commune.clock.now(), traceparent: None };
        self.hands.run(job, attempt).await
    }
}
