//! An office with one commune, its people, and the twins of all outside parties over real loopback HTTP.

use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use crate::support::keys;
use chrono::TimeDelta;
use connectors::recording::Recording;
use connectors::registry::{Connector, find};
use connectors::sandbox::{Running, StandIn};
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::catalogue::{Catalogue, units};
use entities::clock::Clock;
use entities::dossiers::Door;
use entities::dossiers::acts::{Act, Outcome as Decision};
use entities::dossiers::application::{Application, PaperIn, ReturnMethod};
use entities::files::{self, File, State};
use entities::jobs::{self, Wake};
use entities::seeding::{importing, reading, shipped};
use entities::tables::dossiers::Model as Dossier;
use entities::writing::Batch;
use object_store::ObjectStore;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use rules::actor::{Actor, Assignment, Role};
use rules::jobs::Job;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;
use workers::deeds::OfficeSettings;
use workers::{Attempt, Deeds, Hands, Outcome};

/// The office, its hands, and the parties they reach.
pub struct Scene {
    pub hands: Hands,
    pub clock: Clock,
    pub unit: Uuid,
    pub calls: Recording,
    pub payment: Party,
    pub post: Party,
    pub portal: Party,
    pub mail: Party,
    _database: TestDatabase,
}

/// A paper without anything special about it.
pub const PLAIN: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n\
    2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n\
    3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj\n\
    trailer << /Root 1 0 R >>\n%%EOF\n";
pub const ID_NUMBER: &str = "019190000001";

impl Scene {
    pub async fn open() -> Self {
        Self::with(json!({})).await
    }

    /// With some settings of the carrier changed.
    pub async fn with(carrier: Value) -> Self {
        let (database, clock, calls) = (TestDatabase::fresh().await, standing(), Recording::default());
        furnish(&database).await;
        let (payment, platform) = party("national_platform", &clock, &calls, json!({}));
        let (post, carrier) = party("vnpost_hcc", &clock, &calls, carrier);
        let (portal, national) = party("dvcqg", &clock, &calls, json!({}));
        let (mail, mailer) = party("smtp", &clock, &calls, json!({}));
        let wires = Wires::default().with("national_platform", platform).with("vnpost_hcc", carrier);
        let wires = wires.with("dvcqg", national).with("smtp", mailer);
        let unit = units::by_code(database.reader(), "H55.101").await.unwrap().row.id;
        let sealer = keys::unlocked(&database, &clock).await;
        let raw: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let hands = Hands {
            database: database.clone(),
            clock: clock.clone(),
            wake: Wake::default(),
            files: keys::sealed(&raw, &sealer),
            sealer,
            catalogue: Catalogue::default(),
            wires,
            office: Arc::new(office()),
            digitising: Arc::default(),
        };
        Self { hands, clock, unit, calls, payment, post, portal, mail, _database: database }
    }

    pub fn citizen(&self) -> Actor {
        person("người dân", "Trần Thị Mẫu", "", &[Role::Citizen], None)
    }

    /// Holds every role of the unit, so that the tests need not change chairs.
    pub fn officer(&self) -> Actor {
        let roles = [Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Finance];
        person("cán bộ", "Nguyễn Văn Thử", "Công chức tư pháp", &roles, Some(self.unit))
    }

    pub async fn submit(&self) -> Dossier {
        self.submit_as(|_| {}).await
    }

    /// A certified copy asked for online, to be carried home by post, five pages for 10,000 đồng.
    pub async fn submit_as(&self, change: impl FnOnce(&mut Application)) -> Dossier {
        let by = self.citizen();
        let papers = ["CC-01", "CC-02"].map(|component| (component, format!("{component}.pdf")));
        let mut application = application(self.unit);
        for (component, name) in papers {
            let file = self.file(&by, &name, PLAIN, State::Clean).await;
            application.papers.push(PaperIn {
                component: component.into(),
                file: Some(file),
                ..PaperIn::default()
            });
        }
        change(&mut application);
        let tx = self.hands.database.begin().await.unwrap();
        let handed_in = self.door(&tx, &by).submit(&application).await.unwrap();
        handed_in.rows.write(&tx).await.unwrap();
        tx.commit().await.unwrap();
        handed_in.dossier
    }

    pub async fn act(&self, by: &Actor, dossier: Uuid, act: Act) -> Dossier {
        let tx = self.hands.database.begin().await.unwrap();
        let after = self.door(&tx, by).act(dossier, None, &act).await.unwrap();
        tx.commit().await.unwrap();
        after
    }

    /// Received, through all steps, and decided with a result file.
    pub async fn decide(&self, dossier: Uuid) -> Dossier {
        let by = self.officer();
        self.act(&by, dossier, Act::Accept).await;
        for _ in 0..3 {
            self.act(&by, dossier, Act::Forward { note: String::new() }).await;
        }
        let file = self.file(&by, "ket-qua.pdf", PLAIN, State::Clean).await;
        let decided = Act::Decide {
            outcome: Decision::Granted,
            number: "12/CT".into(),
            result_code: "KQ-CC-01".into(),
            file: Some(file),
            reason: String::new(),
            validity: rules::results::Validity::default(),
        };
        self.act(&by, dossier, decided).await
    }

    pub fn door<'a>(&'a self, tx: &'a sea_orm::DatabaseTransaction, by: &'a Actor) -> Door<'a> {
        let (catalogue, sealer) = (&self.hands.catalogue, &self.hands.sealer);
        Door { tx, catalogue, sealer, by, at: self.clock.now(), trace: None }
    }

    /// A file with its bytes in the store.
    pub async fn file(&self, by: &Actor, name: &str, bytes: &[u8], state: State) -> Uuid {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let stored = Path::from(files::stored_at(&sha256));
        self.hands.files.put(&stored, PutPayload::from(bytes.to_vec())).await.unwrap();
        let fresh = files::quarantined(name, &by.subject, self.clock.now());
        let size = i64::try_from(bytes.len()).unwrap();
        let file = File { sha256, size, media_type: "application/pdf".into(), state, ..fresh };
        let tx = self.hands.database.begin().await.unwrap();
        let mut batch = Batch::default();
        batch.add(files::insert(&file));
        batch.write(&tx).await.unwrap();
        tx.commit().await.unwrap();
        file.id
    }

    /// One attempt at a job.
    pub async fn run(&self, job: Job) -> Outcome {
        self.attempt(job, 1).await
    }

    pub async fn attempt(&self, job: Job, number: i32) -> Outcome {
        let last = number >= entities::jobs::MAX_ATTEMPTS;
        let attempt = Attempt { id: Uuid::now_v7(), number, last, at: self.clock.now(), traceparent: None };
        self.hands.run(job, attempt).await
    }

    /// Pushes every entry, as late as this.
    pub async fn push_all(&self, dossier: &Dossier) {
        for entry in 1..=dossier.entries {
            assert_eq!(self.run(Job::PushToPortal { dossier: dossier.id, entry }).await, Outcome::Done);
        }
    }

    /// Kinds of the jobs in the ledger, in the order of writing.
    pub async fn jobs(&self, kind: &str) -> Vec<Job> {
        let rows = jobs::row::Entity::find().order_by_asc(jobs::row::Column::Id);
        let rows = rows.all(self.hands.database.reader()).await.unwrap();
        let of_kind = rows.iter().filter(|row| row.kind == kind);
        of_kind.map(|row| serde_json::from_str(&row.payload).unwrap()).collect()
    }

    pub fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }
}

/// A twin and the way to look into it.
pub struct Party {
    running: Running,
    client: reqwest::Client,
}

impl Party {
    /// Address of its wire.
    pub fn url(&self) -> &str {
        &self.running.url
    }

    pub async fn received(&self) -> Value {
        let url = format!("{}/__received", self.running.page_url);
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    pub async fn magic(&self, next: &str) {
        self.press("/__magic", json!({ "next": next })).await;
    }

    pub async fn press(&self, path: &str, body: Value) -> Value {
        let request = self.client.post(format!("{}{path}", self.running.page_url)).json(&body);
        request.header("accept", "application/json").send().await.unwrap().json().await.unwrap()
    }
}

/// A twin and the adapter that speaks to it.
pub fn party(key: &str, clock: &Clock, calls: &Recording, changed: Value) -> (Party, Connector) {
    let entry = find(key).unwrap();
    let clock = clock.clone();
    let stand_in = StandIn {
        listener: TcpListener::bind("127.0.0.1:0").unwrap(),
        clock: Arc::new(move || clock.now()),
        callback_url: None,
        late: Duration::from_millis(1),
        page: None,
    };
    let running = (entry.sandbox.unwrap())(stand_in).unwrap();
    let mut settings = (entry.example)(&running.url);
    settings.as_object_mut().unwrap().extend(changed.as_object().unwrap().clone());
    let connector = (entry.build)(settings, Wire::recorded(calls.clone())).unwrap();
    (Party { running, client: reqwest::Client::builder().no_proxy().build().unwrap() }, connector)
}

/// One ward of the shipped catalogue is enough, and quicker than all of them.
const UNITS: &str = r#"
units:
  - code: "H55"
    old_code: "000.00.00.H55"
    name: "Ủy ban nhân dân tỉnh Thái Nguyên"
    tier: province
    place_code: "19"
    office_hours: ["07:30-11:30", "13:30-17:00"]
    valid_from: "2025-07-01"
    receives: false
  - code: "H55.101"
    old_code: "000.01.40.H55"
    name: "Ủy ban nhân dân phường Đức Xuân"
    tier: commune
    parent: "H55"
    place_code: "01840"
    office_hours: ["07:30-11:30", "13:30-17:00"]
    valid_from: "2025-07-01"
    contact: "Bộ phận Một cửa, Ủy ban nhân dân phường Đức Xuân"
"#;

async fn furnish(database: &TestDatabase) {
    let wanted = ["calendar.yaml", "procedures/certification.yaml"];
    let mut files: Vec<_> =
        shipped::FILES.iter().filter(|(name, _)| wanted.contains(name)).copied().collect();
    files.push(("units.yaml", UNITS));
    let seeds = reading::read_all(&files, &BTreeSet::new()).unwrap();
    let tx = database.begin().await.unwrap();
    importing::import(&tx, &seeds).await.unwrap();
    tx.commit().await.unwrap();
}

fn office() -> OfficeSettings {
    serde_json::from_value(json!({
        "public_url": "https://motcua.example",
        "mail_from_name": "Bộ phận Một cửa tỉnh Thái Nguyên",
        "beneficiary": {"number": "0011000000001", "bank_code": "VCB", "holder": "UBND phường Đức Xuân"},
        "sender": {"name": "Một cửa", "address": "Tổ 1", "phone": "02090000001", "province_code": "06"},
        "vneid_issuers": ["thử nghiệm"],
        "link_secret": "một khóa ký đường dẫn chỉ dùng trong thử nghiệm",
    }))
    .unwrap()
}

fn person(subject: &str, name: &str, title: &str, roles: &[Role], unit: Option<Uuid>) -> Actor {
    Actor {
        subject: format!("thử nghiệm|{subject}"),
        name: name.into(),
        title: title.into(),
        national_id: roles.contains(&Role::Citizen).then(|| ID_NUMBER.into()),
        assignments: roles.iter().map(|role| Assignment { role: *role, unit }).collect(),
        scopes: Vec::new(),
        assurance: 2,
        as_of: None,
    }
}

/// What is asked for; the papers are still to be added.
pub fn application(unit: Uuid) -> Application {
    serde_json::from_value(json!({
        "procedure": "2.000815",
        "unit": unit,
        "channel": "online",
        "applicant_kind": "citizen",
        "applicant": {
            "name": "Trần Thị Mẫu",
            "id_number": ID_NUMBER,
            "phone": "0900000001",
            "email": "mau@nguoidan.example",
            "address": {
                "line": "Tổ 5", "commune_code": "01840", "commune": "phường Đức Xuân", "province": "tỉnh Thái Nguyên",
            },
        },
        "form": {
            "document_name": "Bằng tốt nghiệp", "issuer": "Trường mẫu", "issued_on": "2020-06-01",
            "pages": 5, "copies": 1, "electronic": false,
        },
        "return_method": "post",
        "quantity": 5,
    }))
    .map(|application: Application| Application { return_method: ReturnMethod::Post, ..application })
    .unwrap()
}
