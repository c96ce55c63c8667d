//! One commune at work: an office over real HTTP with everybody at their desks, and a neighbour.

use super::clock;
use super::database::TestDatabase;
use super::house::{LINK_SECRET, json, problem};
use super::keys;
use super::papers::{Application, PDF};
use actix_web::dev::ServerHandle;
use actix_web::{HttpServer, web};
use api::identity::demo::{DemoAccount, DemoIssuer, DemoPerson};
use api::{ApiSettings, Limits, Office, Parts, PortalRoute, PortalSettings};
use chrono::{DateTime, TimeDelta, Utc};
use connectors::registry::find;
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::catalogue::{Catalogue, units};
use entities::clock::Clock;
use entities::law::LawSettings;
use entities::people::{Held, assign};
use entities::sealing::Sealer;
use entities::seeding::{Seeds, importing, reading, shipped};
use object_store::ObjectStore;
use object_store::memory::InMemory;
use reqwest::{Method, RequestBuilder, Response};
use rules::actor::{Assignment, Role};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use uuid::Uuid;

pub const MAU: &str = "nguyen-thi-mau";
pub const MAU_ID: &str = "006199000001";
pub const THU: &str = "tran-van-thu";
pub const DESK: &str = "hoang-van-cua";
pub const SECOND_DESK: &str = "ha-thi-quay";
pub const CASE: &str = "trieu-thi-ly";
pub const SECOND_CASE: &str = "ma-van-ly";
pub const HEAD: &str = "nong-van-duyet";
pub const MONEY: &str = "lo-thi-thu";
pub const POSTMAN: &str = "ma-van-thu";
pub const NEIGHBOUR: &str = "vi-van-ben";
pub const INSPECTOR: &str = "be-van-tra";
pub const CONTROLLER: &str = "bui-thi-kiem";
pub const COMPANY: &str = "cong-ty-vi-du";
pub const COMPANY_TAX: &str = "4700000001";
pub const CITIZENS: [(&str, &str, &str); 2] =
    [(MAU, "Nguyễn Thị Mẫu", MAU_ID), (THU, "Trần Văn Thử", "006099000002")];
pub const OFFICERS: [(&str, &str, Role); 10] = [
    (DESK, "Hoàng Văn Cửa", Role::DeskOfficer),
    (SECOND_DESK, "Hà Thị Quầy", Role::DeskOfficer),
    (CASE, "Triệu Thị Lý", Role::CaseOfficer),
    (SECOND_CASE, "Mã Văn Lý", Role::CaseOfficer),
    (HEAD, "Nông Văn Duyệt", Role::Approver),
    (MONEY, "Lò Thị Thu", Role::Finance),
    (POSTMAN, "Mã Văn Thư", Role::PostalClerk),
    (NEIGHBOUR, "Vi Văn Bên", Role::DeskOfficer),
    (INSPECTOR, "Bế Văn Tra", Role::Inspector),
    (CONTROLLER, "Bùi Thị Kiểm", Role::ProcedureController),
];

/// The commune, its neighbour, and the way to ask it.
pub struct Commune {
    pub office: web::Data<Office>,
    pub clock: Clock,
    pub database: TestDatabase,
    pub unit: Uuid,
    pub neighbour: Uuid,
    pub url: String,
    /// The files as they lie in the store.
    pub raw: Arc<dyn ObjectStore>,
    client: reqwest::Client,
    server: ServerHandle,
}

impl Commune {
    /// On an ordinary Tuesday morning, with a payment platform that nobody calls.
    pub async fn open() -> Self {
        Self::open_with(clock::opening(), platform("http://127.0.0.1:9")).await
    }

    /// On a day of the test's own.
    pub async fn open_at(at: DateTime<Utc>) -> Self {
        Self::open_with(at, platform("http://127.0.0.1:9")).await
    }

    /// In an office that has chosen so, on a day of the test's own.
    pub async fn open_under(at: DateTime<Utc>, law: LawSettings) -> Self {
        Self::open_as(at, platform("http://127.0.0.1:9"), law).await
    }

    /// With a platform of the test's own.
    pub async fn open_with(at: DateTime<Utc>, wires: Wires) -> Self {
        Self::open_as(at, wires, LawSettings::default()).await
    }

    async fn open_as(at: DateTime<Utc>, wires: Wires, law: LawSettings) -> Self {
        let (database, clock) = (TestDatabase::fresh().await, Clock::standing_at(at));
        let issuer = DemoIssuer::start(true, "http://office.test", people()).unwrap();
        furnish(&database, &issuer, at).await;
        let unit = units::by_code(database.reader(), "H55.101").await.unwrap().row.id;
        let neighbour = units::by_code(database.reader(), "H55.102").await.unwrap().row.id;
        let catalogue = Catalogue::under(law);
        let (raw, sealer) = (Arc::new(InMemory::new()), keys::unlocked(&database, &clock).await);
        let parts = Parts { catalogue, ..parts(&database, &clock, wires, (raw.clone(), sealer)) };
        let office = web::Data::new(Office::open(settings(), parts, Some(issuer)).unwrap());
        Self::serving(office, clock, (database, raw), [unit, neighbour])
    }

    /// Another process of the same office, with these keys; the one database and the one store are shared.
    pub async fn second(&self, sealer: Sealer) -> Self {
        let (database, clock) = (self.database.beside().await, self.clock.clone());
        let issuer = DemoIssuer::start(true, "http://office.test", people()).unwrap();
        let parts = parts(&database, &clock, Wires::default(), (Arc::clone(&self.raw), sealer));
        let office = web::Data::new(Office::open(settings(), parts, Some(issuer)).unwrap());
        Self::serving(office, clock, (database, Arc::clone(&self.raw)), [self.unit, self.neighbour])
    }

    fn serving(
        office: web::Data<Office>,
        clock: Clock,
        (database, raw): (TestDatabase, Arc<dyn ObjectStore>),
        [unit, neighbour]: [Uuid; 2],
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let served = office.clone();
        let server = HttpServer::new(move || api::app(served.clone())).workers(2).disable_signals();
        // As long as in an office: on a busy machine a client would else take a line up again as the server ends it.
        let server = server.keep_alive(Duration::from_secs(75));
        let server = server.listen(listener).unwrap().run();
        let handle = server.handle();
        tokio::spawn(server);
        let client =
            reqwest::Client::builder().no_proxy().pool_idle_timeout(Duration::from_secs(30)).build().unwrap();
        Self { office, clock, database, unit, neighbour, url, raw, client, server: handle }
    }

    /// A request nobody has signed.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// A request signed by one of the people.
    pub fn ask_as(&self, who: &str, method: Method, path: &str) -> RequestBuilder {
        let token = self.office.demo.as_ref().unwrap().token(who, self.clock.now()).unwrap();
        self.ask(method, path).bearer_auth(token)
    }

    /// What somebody reads at `path`, whatever it is.
    pub async fn get(&self, who: &str, path: &str) -> Response {
        self.ask_as(who, Method::GET, path).send().await.unwrap()
    }

    /// What somebody reads at `path`; the answer must be 200.
    pub async fn read(&self, who: &str, path: &str) -> Value {
        json(self.get(who, path).await, 200).await
    }

    /// Somebody posts under a new key.
    pub async fn post(&self, who: &str, path: &str, body: &Value) -> Response {
        self.ask_as(who, Method::POST, path).header("idempotency-key", key()).json(body).send().await.unwrap()
    }

    /// Uploads a small PDF and gives its key.
    pub async fn paper(&self, who: &str) -> Value {
        let body = [
            "--giay\r\nContent-Disposition: form-data; name=\"file\"; filename=\"giay-to.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\n",
            PDF,
            "\r\n--giay--\r\n",
        ];
        let request = self.ask_as(who, Method::POST, "/v1/uploads").header("idempotency-key", key());
        let request = request.header("content-type", "multipart/form-data; boundary=giay");
        json(request.body(body.concat()).send().await.unwrap(), 201).await["id"].clone()
    }

    /// What is answered to an application.
    pub async fn hand_in(&self, who: &str, application: &Application) -> Response {
        self.post(who, "/v1/dossiers", application).await
    }

    /// An application with its papers uploaded, changed, handed in and taken; gives the dossier's line.
    pub async fn submit(
        &self,
        who: &str,
        mut application: Application,
        change: impl FnOnce(&mut Value),
    ) -> Value {
        self.attach(who, &mut application).await;
        change(&mut application);
        json(self.hand_in(who, &application).await, 201).await
    }

    /// Uploads a file for each paper that has none; a paper at the desk needs none.
    pub async fn attach(&self, who: &str, application: &mut Application) {
        if application["channel"] == "online" {
            for paper in application["papers"].as_array_mut().unwrap() {
                paper["file"] = self.paper(who).await;
            }
        }
    }

    /// Somebody tries an act on a dossier as they saw it.
    pub async fn act(&self, who: &str, dossier: &Value, act: &str, body: &Value) -> Response {
        let path = format!("/v1/dossiers/{}/{act}", text(dossier, "id"));
        let request = self.ask_as(who, Method::POST, &path).header("idempotency-key", key());
        request.header("if-match", format!("\"{}\"", dossier["version"])).json(body).send().await.unwrap()
    }

    /// Somebody asks what an act would do; a dry run needs no key.
    pub async fn dry(&self, who: &str, dossier: &Value, act: &str, body: &Value) -> Response {
        let path = format!("/v1/dossiers/{}/{act}", text(dossier, "id"));
        let request = self.ask_as(who, Method::POST, &path).header("prefer", "dry-run");
        request.header("if-match", format!("\"{}\"", dossier["version"])).json(body).send().await.unwrap()
    }

    /// Somebody does an act; gives the dossier after it.
    pub async fn done(&self, who: &str, dossier: &Value, act: &str, body: Value) -> Value {
        json(self.act(who, dossier, act, &body).await, 201).await["dossier"].clone()
    }

    /// Somebody is refused an act; gives the problem.
    pub async fn refused(&self, who: &str, dossier: &Value, act: &str, body: Value) -> Value {
        problem(self.act(who, dossier, act, &body).await, 409, "act_refused").await
    }

    /// The dossier as it stands, as its line.
    pub async fn now(&self, who: &str, dossier: &Value) -> Value {
        self.read(who, &format!("/v1/dossiers/{}", text(dossier, "id"))).await
    }

    /// Received and handed on until the approver has it, for a procedure with the usual three steps.
    pub async fn brought_to_the_head(&self, dossier: &Value) -> Value {
        let mut dossier = self.done(DESK, dossier, "acceptance", json!({})).await;
        for who in [DESK, DESK, CASE] {
            dossier = self.done(who, &dossier, "forwarding", json!({})).await;
        }
        dossier
    }

    /// A decision by the head with a result file.
    pub async fn decision(&self, result: &str) -> Value {
        let file = self.paper(HEAD).await;
        json!({"outcome": "granted", "number": "12/CT", "result_code": result, "file": file})
    }

    /// Moves the clock.
    pub fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }
}

impl Drop for Commune {
    fn drop(&mut self) {
        // The order to stop is given at once; nobody needs to wait for it.
        drop(self.server.stop(false));
    }
}

/// A text member.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// An instant member.
pub fn time(value: &Value, name: &str) -> DateTime<Utc> {
    text(value, name).parse().unwrap()
}

/// A key nobody has used.
pub fn key() -> String {
    Uuid::now_v7().to_string()
}

/// The number of a receipt written by hand, which no other receipt of this run has.
pub fn receipt_number() -> String {
    static LAST: AtomicU32 = AtomicU32::new(1_000);
    LAST.fetch_add(1, Ordering::Relaxed).to_string()
}

/// The office's payment platform, whose twin is at `url`.
pub fn platform(url: &str) -> Wires {
    let entry = find("national_platform").unwrap();
    let platform = (entry.build)((entry.example)(url), Wire::default()).unwrap();
    Wires::default().with("national_platform", platform)
}

async fn furnish(database: &TestDatabase, issuer: &DemoIssuer, at: DateTime<Utc>) {
    static SEEDS: OnceLock<Seeds> = OnceLock::new();
    let tx = database.begin().await.unwrap();
    importing::import(&tx, SEEDS.get_or_init(seeds)).await.unwrap();
    for (person, name, role) in OFFICERS {
        let code = if person == NEIGHBOUR { "H55.102" } else { "H55.101" };
        let unit = units::by_code(&tx, code).await.unwrap().row.id;
        let unit = (!matches!(role, Role::Inspector | Role::ProcedureController)).then_some(unit);
        let held = Held {
            assignment: Assignment { role, unit },
            name: name.into(),
            title: format!("Chức danh của {name}"),
        };
        assign(&tx, &issuer.subject_of(person), &held, at - TimeDelta::days(1)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn seeds() -> Seeds {
    let wanted = ["calendar.yaml", "procedures/certification.yaml", "procedures/civil-status.yaml"];
    let shipped = shipped::FILES.iter().filter(|(name, _)| wanted.contains(name)).copied();
    let files: Vec<_> = shipped.chain([("trials.yaml", include_str!("trials.yaml"))]).collect();
    reading::read_all(&files, &BTreeSet::new()).unwrap()
}

fn parts(
    database: &TestDatabase,
    clock: &Clock,
    wires: Wires,
    (raw, sealer): (Arc<dyn ObjectStore>, Sealer),
) -> Parts {
    Parts {
        db: entities::database::Database::clone(database),
        clock: clock.clone(),
        files: keys::sealed(&raw, &sealer),
        catalogue: Catalogue::default(),
        wires,
        sealer,
        wake: entities::jobs::Wake::default(),
        metrics: None,
        redis: None,
        migrations: None,
    }
}

fn settings() -> ApiSettings {
    ApiSettings {
        demo: true,
        cursor_secret: SecretString::from("a cursor secret of the tests, long enough"),
        link_secret: SecretString::from(LINK_SECRET),
        roles_seconds: 0,
        limits: Limits::none(),
        portal: PortalSettings { routes: vec![to_the_neighbour()], message_limit_bytes: 1 << 20 },
        ..ApiSettings::default()
    }
}

/// Where the portal names no unit, what is asked for from next door goes next door.
fn to_the_neighbour() -> PortalRoute {
    PortalRoute { procedure: "9.000002".into(), place: "01843".into(), unit: "H55.102".into() }
}

fn people() -> Vec<DemoPerson> {
    let person = |key: &str, name: &str, account| DemoPerson { key: key.into(), name: name.into(), account };
    let citizens =
        CITIZENS.map(|(key, name, id)| person(key, name, DemoAccount::Citizen { personal_id: id.into() }));
    let officers = OFFICERS.map(|(key, name, _)| person(key, name, DemoAccount::Officer));
    let account = DemoAccount::Organisation { tax_code: COMPANY_TAX.into() };
    let company = person(COMPANY, "Công ty TNHH Ví Dụ", account);
    citizens.into_iter().chain(officers).chain([company]).collect()
}
