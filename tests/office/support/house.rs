//! A seeded office that answers over real HTTP on a port of its own, with officers to ask it.

use super::clock;
use super::database::TestDatabase;
use super::keys;
use actix_web::dev::ServerHandle;
use actix_web::{HttpServer, web};
use api::identity::demo::{DemoAccount, DemoIssuer, DemoPerson};
use api::{ApiSettings, Limits, Office, Parts};
use connectors::wires::Wires;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::law::LawSettings;
use entities::people::{Held, assign};
use entities::sealed_files::store::SealedStore;
use object_store::memory::InMemory;
use reqwest::{Method, RequestBuilder, Response};
use rules::actor::{Assignment, Role};
use secrecy::SecretString;
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Arc;

/// Key of a citizen.
pub const CITIZEN: &str = "nguyen-van-an";
/// Key of the administrator.
pub const ADMINISTRATOR: &str = "quan-tri-mau";
/// Key of the controller of procedures.
pub const CONTROLLER: &str = "kiem-soat-mau";

/// Signs the links of letters.
pub const LINK_SECRET: &str = "một khóa ký đường dẫn chỉ dùng trong thử nghiệm";

/// A seeded office with its door open.
pub struct House {
    pub office: web::Data<Office>,
    pub clock: Clock,
    pub database: TestDatabase,
    pub url: String,
    client: reqwest::Client,
    server: ServerHandle,
}

impl House {
    /// With the shipped catalogue, on a Tuesday morning.
    pub async fn open() -> Self {
        Self::open_with(Wires::default()).await
    }

    /// With parties of the test's own.
    pub async fn open_with(wires: Wires) -> Self {
        Self::open_as(clock::standing(), wires, LawSettings::default()).await
    }

    /// On a clock that its parties share, in an office that has chosen so.
    pub async fn open_as(clock: Clock, wires: Wires, law: LawSettings) -> Self {
        let database = TestDatabase::seeded().await;
        let issuer = DemoIssuer::start(true, "http://office.test", people()).unwrap();
        furnish(&database, &issuer).await;
        let catalogue = Catalogue::under(law);
        let parts = Parts { wires, catalogue, ..parts(&database, &clock).await };
        let office = web::Data::new(Office::open(settings(), parts, Some(issuer)).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let served = office.clone();
        let server = HttpServer::new(move || api::app(served.clone())).workers(1).disable_signals();
        let server = server.listen(listener).unwrap().run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { office, clock, database, url, client: reqwest::Client::new(), server: handle }
    }

    /// A request nobody has signed.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// A request signed by a demo person.
    pub fn ask_as(&self, person: &str, method: Method, path: &str) -> RequestBuilder {
        let token = self.office.demo.as_ref().unwrap().token(person, self.clock.now()).unwrap();
        self.ask(method, path).bearer_auth(token)
    }

    /// What a person reads at `path`.
    pub async fn read_as(&self, person: &str, path: &str) -> Response {
        self.ask_as(person, Method::GET, path).send().await.unwrap()
    }

    /// What anybody reads at `path`; the answer must be 200.
    pub async fn read(&self, path: &str) -> Value {
        json(self.ask(Method::GET, path).send().await.unwrap(), 200).await
    }

    /// What anybody hears who asks for `path` in vain.
    pub async fn refused(&self, path: &str, status: u16, code: &str) -> Value {
        problem(self.ask(Method::GET, path).send().await.unwrap(), status, code).await
    }

    /// A person does something under a key.
    pub async fn act_as(&self, person: &str, path: &str, key: &str, body: &Value) -> Response {
        let request = self.ask_as(person, Method::POST, path).header("idempotency-key", key);
        request.json(body).send().await.unwrap()
    }

    /// All items of a list, page by page as its links lead.
    pub async fn walk(&self, first: &str) -> Vec<Value> {
        let (mut path, mut items) = (first.to_owned(), Vec::new());
        loop {
            let answer = self.ask_as(ADMINISTRATOR, Method::GET, &path).send().await.unwrap();
            let link = answer.headers().get("link").map(|l| l.to_str().unwrap().to_owned());
            let page = json(answer, 200).await;
            items.extend(page["items"].as_array().unwrap().clone());
            let Some(link) = link else { return items };
            path = link.trim_start_matches('<').split_once('>').unwrap().0.to_owned();
            assert!(path.ends_with(page["next"].as_str().unwrap()));
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // The order to stop is given at once; nobody needs to wait for it.
        drop(self.server.stop(false));
    }
}

/// The body of an answer with this status.
pub async fn json(response: Response, status: u16) -> Value {
    let told = response.status().as_u16();
    let body = response.text().await.unwrap();
    assert_eq!(told, status, "{body}");
    serde_json::from_str(&body).unwrap()
}

/// The problem document of an answer with this status and code.
pub async fn problem(response: Response, status: u16, code: &str) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let document = json(response, status).await;
    assert_eq!(document["code"], code, "{document}");
    document
}

async fn furnish(database: &TestDatabase, issuer: &DemoIssuer) {
    let tx = database.begin().await.unwrap();
    for (person, role) in [(ADMINISTRATOR, Role::Administrator), (CONTROLLER, Role::ProcedureController)] {
        let assignment = Assignment { role, unit: None };
        let held = Held { assignment, name: "Người mẫu".into(), title: "Chuyên viên".into() };
        assign(&tx, &issuer.subject_of(person), &held, clock::opening()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn parts(database: &TestDatabase, clock: &Clock) -> Parts {
    let (sealer, raw) = (keys::unlocked(database, clock).await, Arc::new(InMemory::new()));
    Parts {
        db: entities::database::Database::clone(database),
        clock: clock.clone(),
        files: Arc::new(SealedStore::over(raw, sealer.clone())),
        catalogue: Catalogue::default(),
        wires: Wires::default(),
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
        ..ApiSettings::default()
    }
}

fn people() -> Vec<DemoPerson> {
    let person = |key: &str, account| DemoPerson { key: key.into(), name: "Người mẫu".into(), account };
    vec![
        person(CITIZEN, DemoAccount::Citizen { personal_id: "006099000001".into() }),
        person(ADMINISTRATOR, DemoAccount::Officer),
        person(CONTROLLER, DemoAccount::Officer),
    ]
}
