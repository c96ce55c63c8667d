//! An office that answers over real HTTP on a port of its own, with people of the demo to ask it.

use super::probes;
use crate::support::clock;
use crate::support::database::TestDatabase;
use actix_web::dev::ServerHandle;
use actix_web::{HttpServer, web};
use api::identity::IssuerSettings;
use api::identity::demo::{DemoAccount, DemoIssuer, DemoPerson};
use api::{ApiSettings, Limits, Office, Parts};
use connectors::wires::Wires;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::jobs::Wake;
use entities::sealing::Sealer;
use object_store::memory::InMemory;
use reqwest::{Method, RequestBuilder, Response};
use secrecy::SecretString;
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Arc;

/// An office with its door open.
pub struct Door {
    pub url: String,
    pub office: web::Data<Office>,
    pub clock: Clock,
    // Held, because dropping it removes the data.
    _database: TestDatabase,
    client: reqwest::Client,
    server: ServerHandle,
}

impl Door {
    /// The demo's settings.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// With settings of the test's own.
    pub async fn open_with(change: impl FnOnce(&mut ApiSettings)) -> Self {
        let mut settings = settings();
        change(&mut settings);
        let database = TestDatabase::fresh().await;
        let clock = clock::standing();
        let issuer = settings.demo.then(|| DemoIssuer::start(true, "http://office.test", people()).unwrap());
        let parts = parts(&database, &clock);
        Self::serve(Office::open(settings, parts, issuer).unwrap(), database)
    }

    /// An office the test has opened itself.
    pub fn serve(office: Office, database: TestDatabase) -> Self {
        let clock = office.clock.clone();
        let office = web::Data::new(office);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let served = office.clone();
        let server = HttpServer::new(move || api::app(served.clone()).configure(probes::table))
            .workers(2)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { url, office, clock, _database: database, client: reqwest::Client::new(), server: handle }
    }

    /// A token of a demo person.
    pub fn token(&self, person: &str) -> String {
        self.office.demo.as_ref().unwrap().token(person, self.clock.now()).unwrap()
    }

    /// A request nobody has signed.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// A request of Nguyễn Văn An, a citizen.
    pub fn as_citizen(&self, method: Method, path: &str) -> RequestBuilder {
        self.ask(method, path).bearer_auth(self.token("nguyen-van-an"))
    }

    /// A GET nobody has signed.
    pub async fn get(&self, path: &str) -> Response {
        self.ask(Method::GET, path).send().await.unwrap()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        // The order to stop is given at once; nobody needs to wait for it.
        drop(self.server.stop(false));
    }
}

/// What `Office::open` needs besides settings.
pub fn parts(database: &TestDatabase, clock: &Clock) -> Parts {
    Parts {
        db: entities::database::Database::clone(database),
        clock: clock.clone(),
        files: Arc::new(InMemory::new()),
        catalogue: Catalogue::default(),
        wires: Wires::default(),
        sealer: Sealer::new(&SecretString::from("a master secret of the tests, long enough")).unwrap(),
        wake: Wake::default(),
        metrics: None,
        redis: None,
        migrations: None,
    }
}

/// Settings of a small demo.
pub fn settings() -> ApiSettings {
    ApiSettings {
        demo: true,
        cursor_secret: SecretString::from("a cursor secret of the tests, long enough"),
        json_limit_bytes: 64 << 10,
        file_limit_bytes: 256 << 10,
        part_limit_bytes: 16 << 10,
        roles_seconds: 0,
        signatures_seconds: 0,
        issuers: Vec::<IssuerSettings>::new(),
        limits: Limits::none(),
        ..ApiSettings::default()
    }
}

/// The answer as JSON, after its status and `code` were checked.
pub async fn problem(response: Response, status: u16, code: &str) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json", "{}", response.status());
    let told = response.status().as_u16();
    let document: Value = response.json().await.unwrap();
    assert_eq!((told, document["code"].as_str().unwrap()), (status, code), "{document}");
    assert_eq!(document["status"], status);
    assert_eq!(document["type"], format!("/problems/{code}"));
    document
}

/// The address with a value of the right form for each of its variables.
pub fn filled(path: &str) -> String {
    let fill = |part: &str| match part {
        "{queue}" => "mine".to_owned(),
        "{version}" => "1".to_owned(),
        id if id.starts_with('{') => "019a0000-0000-7000-8000-000000000002".to_owned(),
        plain => plain.to_owned(),
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

pub fn people() -> Vec<DemoPerson> {
    let person = |key: &str, name: &str, account| DemoPerson { key: key.into(), name: name.into(), account };
    vec![
        person("nguyen-van-an", "Nguyễn Văn An", DemoAccount::Citizen { personal_id: "006099000001".into() }),
        person("tran-thi-binh", "Trần Thị Bình", DemoAccount::Citizen { personal_id: "006199000002".into() }),
        person(
            "cong-ty-hoa-sen",
            "Công ty Hoa Sen Mẫu",
            DemoAccount::Organisation { tax_code: "4700000001".into() },
        ),
        person("le-thi-cuc", "Lê Thị Cúc", DemoAccount::Officer),
        person(
            "bo-phan-tich-hop",
            "Bộ phận tích hợp",
            DemoAccount::Machine { scope: "dossiers:read files:read".into() },
        ),
    ]
}
