//! The office of the deeds with a gateway for texts and with Zalo beside its mailbox.

use crate::deeds::fixture::Scene;
use chrono::{DateTime, Utc};
use connectors::registry::find;
use connectors::sandbox::{Running, StandIn};
use connectors::wire::Wire;
use entities::database::Database;
use entities::notices::drafting::{Adoption, Draft, adopt, begin};
use entities::notices::reading::of_dossier;
use entities::tables::notices::Model;
use rules::actor::{Actor, Assignment, Role};
use rules::jobs::Job;
use rules::lang::Lang;
use rules::notices::{NoticeEvent, Wording};
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;
use workers::Outcome;

pub struct Office {
    pub scene: Scene,
    pub sms: Running,
    pub zalo: Running,
}

impl Office {
    pub async fn open() -> Self {
        let mut scene = Scene::open().await;
        let (sms, zalo) = (twin("sms_gateway"), twin("zalo_zns"));
        for (key, party) in [("sms_gateway", &sms), ("zalo_zns", &zalo)] {
            let entry = find(key).unwrap();
            let built = (entry.build)((entry.example)(&party.url), Wire::default()).unwrap();
            scene.hands.wires = scene.hands.wires.clone().with(key, built);
        }
        Self { scene, sms, zalo }
    }

    /// Writes down who is told of an entry, and hands over what can be.
    pub async fn tell(&self, dossier: Uuid, entry: i32) -> Vec<Outcome> {
        let told = self.scene.run(Job::SendNotice { dossier, entry }).await;
        assert_eq!(told, Outcome::Done);
        self.hand_over().await
    }

    /// One attempt at each hand-over that there is, also at those that follow.
    pub async fn hand_over(&self) -> Vec<Outcome> {
        let (mut ended, mut done) = (Vec::new(), 0);
        loop {
            let jobs = self.scene.jobs("hand_notice").await;
            let Some(job) = jobs.get(done) else { return ended };
            ended.push(self.scene.run(job.clone()).await);
            done += 1;
        }
    }

    pub async fn notices(&self, dossier: Uuid) -> Vec<Model> {
        of_dossier(self.scene.hands.database.reader(), dossier).await.unwrap()
    }

    /// `channel state` of each notice but the inbox, in the order of writing.
    pub async fn ways(&self, dossier: Uuid) -> Vec<String> {
        let rows = self.notices(dossier).await.into_iter().filter(|row| row.channel != "inbox");
        rows.map(|row| format!("{} {}", row.channel, row.state)).collect()
    }

    /// Brings words for Zalo into force.
    pub async fn approve(&self, event: NoticeEvent) {
        approve(&self.scene.hands.database, event, self.scene.clock.now()).await;
    }
}

/// Brings words for Zalo into force, as the office does once Zalo has approved its template.
pub async fn approve(database: &Database, event: NoticeEvent, at: DateTime<Utc>) {
    let params = [("ma".to_owned(), "{code}".to_owned())].into_iter().collect();
    let wording = Wording::Zalo { template_id: "210000".into(), params };
    let draft = Draft { event, language: Lang::Vi, wording };
    let by = controller();
    let tx = database.begin().await.unwrap();
    let row = begin(&tx, &draft, URL, (&by, at)).await.unwrap();
    let adoption = Adoption { in_force_from: None, reason: "Zalo đã duyệt".into() };
    adopt(&tx, (row.id, None), &adoption, URL, (&by, at)).await.unwrap();
    tx.commit().await.unwrap();
}

pub const URL: &str = "https://motcua.example";

pub fn controller() -> Actor {
    Actor {
        subject: "thử nghiệm|kiểm soát".into(),
        name: "Bùi Thị Kiểm".into(),
        title: "Chuyên viên".into(),
        national_id: None,
        assignments: vec![Assignment { role: Role::ProcedureController, unit: None }],
        scopes: Vec::new(),
        assurance: 2,
        as_of: None,
    }
}

fn twin(key: &str) -> Running {
    let stand_in = StandIn {
        listener: TcpListener::bind("127.0.0.1:0").unwrap(),
        clock: Arc::new(crate::support::clock::opening),
        callback_url: None,
        late: Duration::from_millis(1),
        page: None,
    };
    (find(key).unwrap().sandbox.unwrap())(stand_in).unwrap()
}

/// The messages that a twin took.
pub async fn texts(party: &Running) -> Vec<Value> {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/__received", party.page_url);
    let all: Value = client.get(url).send().await.unwrap().json().await.unwrap();
    all["texts"].as_array().unwrap().clone()
}
