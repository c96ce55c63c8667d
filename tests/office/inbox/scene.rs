//! A commune whose national portal speaks the real wire inwards, and gives the files that its messages point at.

use crate::support::clock;
use crate::support::commune::{CONTROLLER, Commune, platform};
use crate::support::house::json;
use crate::support::papers::PDF;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connectors::failure::Failure;
use connectors::portal::{
    AgencyLine, DossierRecord, Exchange, FieldLine, HeldThere, Interrupted, NationalPortal, PortalInbox,
    ProcedureLine, ProgressLine, PublishedProcedure, Pushed, Question, QuestionAnswer, Satisfaction,
    StatusTold,
};
use connectors::registry::{Connector, find};
use connectors::trip::Trip;
use connectors::wire::Wire;
use entities::dossiers::Door;
use entities::jobs;
use entities::payments::accounts::{Account, NewAccount};
use entities::people::{Held, assign};
use entities::tables::{dossiers, flags, portal_messages};
use reqwest::{Method, Response};
use rules::actor::{Actor, Assignment, Role};
use rules::jobs::Job;
use rules::local_time::local_date;
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder};
use serde_json::{Value, json as body};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use uuid::Uuid;
use workers::deeds::OfficeSettings;
use workers::{Attempt, Deeds, Hands, Outcome};

/// The key that the portal shows.
pub const KEY: &str = "khoa-chung-cua-cong";
/// The person who hands in at the portal.
pub const MAU_ID: &str = crate::support::commune::MAU_ID;

/// The commune and its portal.
pub struct Scene {
    pub commune: Commune,
    portal: Arc<Portal>,
}

/// Reads as the real connector reads, and fetches from what the test laid ready.
struct Portal {
    real: Arc<dyn NationalPortal>,
    files: Mutex<BTreeMap<String, Result<Vec<u8>, Failure>>>,
}

impl Scene {
    pub async fn open() -> Self {
        let portal = Arc::new(Portal { real: real(), files: Mutex::default() });
        let wires = platform("http://127.0.0.1:9").with("dvcqg", Connector::Portal(portal.clone()));
        let commune = Commune::open_with(clock::opening(), wires).await;
        let subject = commune.office.demo.as_ref().unwrap().subject_of(CONTROLLER);
        let held = Held {
            assignment: Assignment { role: Role::Administrator, unit: None },
            name: "Bùi Thị Kiểm".into(),
            title: "Quản trị".into(),
        };
        let tx = commune.database.begin().await.unwrap();
        assign(&tx, &subject, &held, clock::opening()).await.unwrap();
        tx.commit().await.unwrap();
        Self { commune, portal }
    }

    /// The unit takes money on an account of its own.
    pub async fn give_account(&self) {
        let by = Actor::office();
        let tx = self.commune.database.begin().await.unwrap();
        let office = &self.commune.office;
        let door = Door {
            tx: &tx,
            catalogue: &office.catalogue,
            sealer: &office.sealer,
            by: &by,
            at: clock::opening(),
            trace: None,
        };
        let account = Account {
            bank_bin: "970436".into(),
            bank_name: "Ngân hàng Thử".into(),
            number: "0011000000001".into(),
            holder: "UBND phường Đức Xuân".into(),
            ..Account::default()
        };
        let valid_from = local_date(clock::opening());
        door.record_account(&NewAccount { unit: self.commune.unit, account, valid_from }).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// What a caller hears, whoever it is.
    pub async fn call(&self, family: &str, key: Option<&str>, content: impl Into<reqwest::Body>) -> Response {
        let path = format!("/v1/callbacks/portals/dvcqg/{family}");
        let mut request = self.commune.ask(Method::POST, &path).body(content);
        if let Some(key) = key {
            request = request.header("x-security-key", key);
        }
        request.send().await.unwrap()
    }

    /// What the portal hears.
    pub async fn send(&self, family: &str, message: &Value) -> Value {
        json(self.call(family, Some(KEY), message.to_string()).await, 200).await
    }

    /// The portal sends a dossier, and it is taken.
    pub async fn taken(&self, message: &Value) -> dossiers::Model {
        let answer = self.send("mapped", message).await;
        assert_eq!(answer["error_code"], "0", "{answer}");
        let id = message["data"]["MaHoSoQG"].as_str().unwrap();
        self.dossiers().await.into_iter().find(|d| d.national_id.as_deref() == Some(id)).unwrap()
    }

    pub async fn dossiers(&self) -> Vec<dossiers::Model> {
        let all = dossiers::Entity::find().order_by_asc(dossiers::Column::Id);
        all.all(self.commune.database.reader()).await.unwrap()
    }

    /// The messages, oldest first.
    pub async fn messages(&self) -> Vec<portal_messages::Model> {
        let all = portal_messages::Entity::find().order_by_asc(portal_messages::Column::Id);
        all.all(self.commune.database.reader()).await.unwrap()
    }

    pub async fn verdicts(&self) -> Vec<String> {
        self.messages().await.into_iter().map(|message| message.verdict).collect()
    }

    /// Codes of the open flags, oldest first.
    pub async fn flags(&self) -> Vec<String> {
        let all = flags::Entity::find().order_by_asc(flags::Column::Id);
        let all = all.all(self.commune.database.reader()).await.unwrap();
        all.into_iter().filter(|flag| flag.settled_at.is_none()).map(|flag| flag.code).collect()
    }

    /// The papers of a dossier as its officers see them.
    pub async fn papers(&self, who: &str, dossier: Uuid) -> Vec<Value> {
        let papers = self.commune.read(who, &format!("/v1/dossiers/{dossier}/papers")).await;
        papers.as_array().unwrap().clone()
    }

    /// Lays a file ready behind a link.
    pub fn behind(&self, link: &str, file: Result<Vec<u8>, Failure>) {
        self.portal.files.lock().unwrap().insert(link.into(), file);
    }

    /// One attempt at each paper that is to be fetched.
    pub async fn fetch_papers(&self) -> Vec<Outcome> {
        self.fetch_papers_at(1).await
    }

    /// The same as the attempt of this number.
    pub async fn fetch_papers_at(&self, number: i32) -> Vec<Outcome> {
        let mut ended = Vec::new();
        let (last, at) = (number == jobs::MAX_ATTEMPTS, self.commune.clock.now());
        for job in self.fetches().await {
            let attempt = Attempt { id: Uuid::now_v7(), number, last, at, traceparent: None };
            ended.push(self.hands().run(job, attempt).await);
        }
        ended
    }

    async fn fetches(&self) -> Vec<Job> {
        let rows = jobs::row::Entity::find().order_by_asc(jobs::row::Column::Id);
        let rows = rows.all(self.commune.database.reader()).await.unwrap();
        let fetches = rows.iter().filter(|row| row.kind == "fetch_paper");
        fetches.map(|row| serde_json::from_str(&row.payload).unwrap()).collect()
    }

    fn hands(&self) -> Hands {
        let office = &self.commune.office;
        Hands {
            database: office.db.clone(),
            clock: office.clock.clone(),
            wake: office.wake.clone(),
            sealer: office.sealer.clone(),
            catalogue: office.catalogue.clone(),
            files: Arc::clone(&office.files),
            wires: office.wires.clone(),
            office: Arc::new(OfficeSettings::default()),
            digitising: Arc::default(),
        }
    }

    /// Rows of everything that a message could change, without the messages themselves.
    pub async fn counts(&self) -> Vec<u64> {
        use entities::tables::{history, papers, portal_papers, supplements, tax_notices, tax_receipts};
        let db = self.commune.database.reader();
        vec![
            dossiers::Entity::find().count(db).await.unwrap(),
            history::Entity::find().count(db).await.unwrap(),
            papers::Entity::find().count(db).await.unwrap(),
            portal_papers::Entity::find().count(db).await.unwrap(),
            supplements::Entity::find().count(db).await.unwrap(),
            tax_notices::Entity::find().count(db).await.unwrap(),
            tax_receipts::Entity::find().count(db).await.unwrap(),
            flags::Entity::find().count(db).await.unwrap(),
            jobs::row::Entity::find().count(db).await.unwrap(),
            entities::files::row::Entity::find().count(db).await.unwrap(),
        ]
    }
}

/// A whole dossier of the trial procedure with the fee-free steps, as the portal might send it.
pub fn dossier(national_id: &str) -> Value {
    body!({"isUpdating": false, "data": {
        "MaHoSoQG": national_id, "MaTTHC": "9.000002", "DonVi": "H55.101", "ChuHoSo": "Nguyễn Thị Mẫu",
        "SoDinhDanh": MAU_ID, "MaDoiTuong": "TECH-0001", "NgayNopHoSo": "20260310083000",
        "DienThoai": "0900000001", "Email": "mau@vidu.example", "DiaChi": "Tổ 5", "MaXa": "01840",
        "HinhThuc": "0", "TrichYeu": "Đề nghị thử nghiệm", "form": {"note": "thử"},
        "TaiLieuNop": [{"TenTepDinhKem": "giay-thu.pdf", "MaThanhPhanHoSo": "T2-01", "Base64": pdf()}],
    }})
}

/// Papers handed in later.
pub fn supplement(national_id: &str, papers: Value) -> Value {
    body!({"isUpdating": true, "data": {
        "MaHoSoQG": national_id, "MaTTHC": "9.000002", "ChuHoSo": "Nguyễn Thị Mẫu", "TaiLieuNop": papers,
    }})
}

/// A small PDF as base64.
pub fn pdf() -> String {
    STANDARD.encode(PDF)
}

fn real() -> Arc<dyn NationalPortal> {
    let entry = find("dvcqg").unwrap();
    match (entry.build)(settings_of("dvcqg"), Wire::default()).unwrap() {
        Connector::Portal(portal) => portal,
        other => panic!("{other:?} is no portal"),
    }
}

/// Settings of a connector of the portal that hears all families.
pub fn settings_of(key: &str) -> Value {
    let mut settings = (find(key).unwrap().example)("http://127.0.0.1:9");
    settings["inbox"] = body!({"key": KEY, "mapped": {
        "national_id": "/data/MaHoSoQG", "procedure_code": "/data/MaTTHC", "unit_code": "/data/DonVi",
        "applicant_name": "/data/ChuHoSo", "number": "/data/SoDinhDanh", "account": "/data/MaDoiTuong",
        "submitted_at": "/data/NgayNopHoSo", "phone": "/data/DienThoai", "email": "/data/Email",
        "address": "/data/DiaChi", "place_code": "/data/MaXa", "summary": "/data/TrichYeu",
        "returns_by_post": {"at": "/data/HinhThuc", "values": ["1"]},
        "organisation": {"at": "/data/LoaiDoiTuong", "values": ["2"]},
        "updating": {"at": "/isUpdating", "values": ["true"]},
        "form": "/data/form", "papers": "/data/TaiLieuNop",
    }});
    settings
}

#[async_trait]
impl NationalPortal for Portal {
    async fn push(&self, trip: &Trip, record: &DossierRecord, known: bool) -> Result<Pushed, Failure> {
        self.real.push(trip, record, known).await
    }

    async fn progress(&self, trip: &Trip, lines: &[ProgressLine]) -> Result<Vec<Exchange>, Interrupted> {
        self.real.progress(trip, lines).await
    }

    async fn look_up(&self, trip: &Trip, code: &str) -> Result<Option<HeldThere>, Failure> {
        self.real.look_up(trip, code).await
    }

    async fn tell_status(&self, trip: &Trip, told: &StatusTold) -> Result<Exchange, Failure> {
        self.real.tell_status(trip, told).await
    }

    async fn procedures(&self, trip: &Trip) -> Result<Vec<ProcedureLine>, Failure> {
        self.real.procedures(trip).await
    }

    async fn procedure(&self, trip: &Trip, code: &str) -> Result<Option<PublishedProcedure>, Failure> {
        self.real.procedure(trip, code).await
    }

    async fn agencies(&self, trip: &Trip) -> Result<Vec<AgencyLine>, Failure> {
        self.real.agencies(trip).await
    }

    async fn fields(&self, trip: &Trip) -> Result<Vec<FieldLine>, Failure> {
        self.real.fields(trip).await
    }

    async fn account_of(&self, trip: &Trip, number: &str) -> Result<Option<String>, Failure> {
        self.real.account_of(trip, number).await
    }

    async fn tell_satisfaction(&self, trip: &Trip, figures: &[Satisfaction]) -> Result<Exchange, Failure> {
        self.real.tell_satisfaction(trip, figures).await
    }

    async fn questions(&self, trip: &Trip) -> Result<Vec<Question>, Failure> {
        self.real.questions(trip).await
    }

    async fn answer_questions(&self, trip: &Trip, answers: &[QuestionAnswer]) -> Result<Exchange, Failure> {
        self.real.answer_questions(trip, answers).await
    }

    async fn fetch(&self, _: &Trip, link: &str) -> Result<Vec<u8>, Failure> {
        let files = self.files.lock().unwrap();
        files.get(link).cloned().unwrap_or_else(|| Err(Failure::retry("the portal does not answer")))
    }

    fn inbox(&self) -> &dyn PortalInbox {
        self.real.inbox()
    }
}
