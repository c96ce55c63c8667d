//! An old paper of a person in the queue, its programs real or stood in for, and its jobs run one after the other.

use crate::deeds::fixture::{ID_NUMBER, Scene};
use entities::digitisations::Item;
use entities::documents::Owner;
use entities::files::State;
use entities::jobs::row::{Column, Entity, State as JobState};
use entities::jobs::{self, NewJob};
use entities::sealing::Sealer;
use entities::tables::{digitisation_stages, digitised_pages, documents};
use rules::jobs::Job;
use rules::papers::{ItemState, Origin, Stage, WaitsFor};
use rules::procedure::ApplicantKind;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder,
};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;
use workers::{DigitisingSettings, Outcome};

/// The office with one paper on its way.
pub struct Desk {
    pub scene: Scene,
    pub item: Uuid,
    pub file: Uuid,
}

impl Desk {
    /// With this file in quarantine and the paper waiting for it.
    pub async fn with(bytes: &[u8]) -> Self {
        Self::with_settings(bytes, |_| {}).await
    }

    /// With some settings changed. Nothing is drawn by lot unless a test asks for it.
    pub async fn with_settings(bytes: &[u8], change: impl FnOnce(&mut DigitisingSettings)) -> Self {
        let mut scene = Scene::open().await;
        let mut settings = DigitisingSettings { typed_twice_percent: 0, ..DigitisingSettings::default() };
        change(&mut settings);
        scene.hands.digitising = Arc::new(settings);
        let file = scene.file(&scene.officer(), "giay-to.pdf", bytes, State::Quarantined).await;
        let item = waiting(&scene.hands.sealer, scene.unit, file, scene.clock.now());
        let id = item.id;
        let db = scene.hands.database.writer();
        item.into_active_model().insert(db).await.unwrap();
        let scan = NewJob::new(Job::ScanFile { file }, scene.clock.now());
        let rows = jobs::insert(vec![scan], scene.clock.now()).unwrap().unwrap();
        db.execute(&rows).await.unwrap();
        Self { scene, item: id, file }
    }

    /// Runs the jobs of the paper, oldest first, until none is left or one does not end well.
    pub async fn work(&self) -> Outcome {
        while let Some((id, job)) = self.next().await {
            let ended = self.scene.run(job).await;
            if ended != Outcome::Done {
                return ended;
            }
            self.mark(id).await;
        }
        Outcome::Done
    }

    /// The oldest job that is not done.
    pub async fn next(&self) -> Option<(Uuid, Job)> {
        let open = Entity::find().filter(Column::State.eq(JobState::Ready)).order_by_asc(Column::Id);
        let row = open.one(self.scene.hands.database.reader()).await.unwrap()?;
        Some((row.id, serde_json::from_str(&row.payload).unwrap()))
    }

    async fn mark(&self, id: Uuid) {
        let done = Entity::update_many().col_expr(Column::State, Expr::value(JobState::Done));
        done.filter(Column::Id.eq(id)).exec(self.scene.hands.database.writer()).await.unwrap();
    }

    pub async fn item(&self) -> Item {
        entities::digitisations::find(self.scene.hands.database.reader(), self.item).await.unwrap()
    }

    /// Where the paper stands, and what is said of it.
    pub async fn standing(&self) -> (String, String, String) {
        let item = self.item().await;
        (item.stage, item.state, item.trouble.unwrap_or_default())
    }

    pub async fn pages(&self) -> Vec<digitised_pages::Model> {
        entities::digitisations::pages::of(self.scene.hands.database.reader(), self.item).await.unwrap()
    }

    pub async fn stages(&self) -> Vec<digitisation_stages::Model> {
        entities::digitisations::stages(self.scene.hands.database.reader(), self.item).await.unwrap()
    }

    pub async fn documents(&self) -> u64 {
        documents::Entity::find().count(self.scene.hands.database.reader()).await.unwrap()
    }
}

/// An old paper of the citizen, waiting for the inspection of its file.
pub fn waiting(sealer: &Sealer, unit: Uuid, file: Uuid, at: chrono::DateTime<chrono::Utc>) -> Item {
    let id = Uuid::now_v7();
    let owner = Owner::new(ApplicantKind::Citizen, "Trần Thị Mẫu", Some(ID_NUMBER));
    let owner = serde_json::to_string(&owner).unwrap();
    Item {
        id,
        unit_id: unit,
        tier: "commune".into(),
        origin: Origin::Backlog.key().into(),
        kind: "dossier".into(),
        ground: "plan".into(),
        name: "Giấy tờ cũ".into(),
        owner_sealed: Some(sealer.seal(&format!("digitisation_owner:{id}"), &owner).unwrap()),
        file_id: Some(file),
        stage: Stage::Inspect.key().into(),
        state: ItemState::Waiting.key().into(),
        waits_for: Some(WaitsFor::Inspection.key().into()),
        priority: 5,
        opened_at: at,
        updated_at: at,
        version: 1,
        ..Item::default()
    }
}

/// A folder with the real programs but for one, which a script stands in for, or nothing.
pub fn programs(stood_in: &str, script: Option<&str>) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("motcua_programs_{}", Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["tesseract", "pdftoppm", "pdfinfo", "pdfimages", "pdftotext"] {
        let real = Path::new("/usr/bin").join(name);
        if name != stood_in && real.is_file() {
            std::os::unix::fs::symlink(real, folder.join(name)).unwrap();
        }
    }
    if let Some(script) = script {
        let place = folder.join(stood_in);
        std::fs::write(&place, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

impl Desk {
    /// One attempt at the oldest job.
    pub async fn work_one(&self) -> Outcome {
        let (id, job) = self.next().await.expect("a job");
        let ended = self.scene.run(job).await;
        if ended == Outcome::Done {
            self.mark(id).await;
        }
        ended
    }

    /// Somebody stops the machine.
    pub async fn stop(&self) {
        use entities::tables::digitisations::{Column, Entity};
        let stopped =
            Entity::update_many().col_expr(Column::CancelledAt, Expr::value(self.scene.clock.now()));
        stopped.filter(Column::Id.eq(self.item)).exec(self.scene.hands.database.writer()).await.unwrap();
    }

    /// An officer puts another scan in the place of the first.
    pub async fn scan_again(&self, bytes: &[u8]) {
        let by = self.scene.officer();
        let file = self.scene.file(&by, "quet-lai.pdf", bytes, State::Quarantined).await;
        let tx = self.scene.hands.database.begin().await.unwrap();
        self.scene.door(&tx, &by).scan(self.item, None, file).await.unwrap();
        tx.commit().await.unwrap();
    }
}
