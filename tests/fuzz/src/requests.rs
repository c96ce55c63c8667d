//! Whole requests at an office inside this process: whatever is asked, the answer is never a failure of ours.

use crate::text;
use actix_web::dev::Service;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::{rt, test, web};
use api::identity::Shown;
use api::identity::demo::{DemoAccount, DemoIssuer, DemoPerson};
use api::{ApiSettings, Limits, Office, Parts};
use connectors::wires::Wires;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::database::{Database, DatabaseSettings};
use entities::jobs::Wake;
use entities::keys::masters::Masters;
use entities::people::{Held, assign};
use entities::sealed_files::store::SealedStore;
use entities::sealing::Sealer;
use entities::seeding::{importing, shipped};
use migrations::Migrator;
use object_store::memory::InMemory;
use rules::actor::{Actor, Assignment, Role};
use sea_orm_migration::MigratorTrait;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

/// A citizen, and an officer with a role everywhere.
pub(crate) const CITIZEN: &str = "nguyen-van-an";
const ADMINISTRATOR: &str = "quan-tri";

type Answered = Pin<Box<dyn Future<Output = u16>>>;

/// The first line is method and address, the following ones are headers, and the body comes after an empty one. The
/// header `as: NAME` brings the token of a person.
pub(crate) fn answered(bytes: &[u8]) {
    let head_ends = bytes.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = head_ends.map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 2..]));
    let Some(head) = text(head) else { return };
    House::open(|house| {
        let Some(request) = house.request(head, body) else { return };
        let status = house.system.block_on((house.answer)(request));
        assert!(status < 500, "answered with {status}: {head}");
    });
}

/// An office and what is needed to ask it.
pub(crate) struct House {
    system: rt::SystemRunner,
    office: web::Data<Office>,
    answer: Box<dyn Fn(actix_http::Request) -> Answered>,
}

thread_local! {
    // Never taken down: a runtime that ends with its thread panics.
    static HOUSE: &'static House = Box::leak(Box::new(House::built()));
}

impl House {
    /// Lets something be done with the house of this thread, built once.
    pub(crate) fn open(act: impl FnOnce(&Self)) {
        HOUSE.with(|house| act(house));
    }

    fn built() -> Self {
        let system = rt::System::new();
        let (office, service) = system.block_on(async {
            let office = web::Data::new(opened().await);
            (office.clone(), Rc::new(test::init_service(api::app(office)).await))
        });
        let answer = move |request| {
            let service = service.clone();
            let answered: Answered = Box::pin(async move {
                match service.call(request).await {
                    Ok(answer) => answer.status().as_u16(),
                    Err(refused) => refused.as_response_error().status_code().as_u16(),
                }
            });
            answered
        };
        Self { system, office, answer: Box::new(answer) }
    }

    fn request(&self, head: &str, body: &[u8]) -> Option<actix_http::Request> {
        let mut lines = head.lines();
        let (method, address) = lines.next()?.split_once(' ')?;
        let address = address.parse::<Uri>().ok().filter(|uri| uri.path().starts_with('/'))?;
        let mut request =
            test::TestRequest::default().method(method.parse::<Method>().ok()?).uri(&address.to_string());
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let (name, value) = (name.trim(), value.trim());
            if name == "as" {
                let token = self.issuer().token(value, self.office.clock.now()).ok()?;
                request = request.insert_header(("authorization", format!("Bearer {token}")));
            } else if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
                request = request.append_header((name, value));
            }
        }
        Some(request.set_payload(body.to_vec()).to_request())
    }

    /// Who shows this, if it is good.
    pub(crate) fn verified(&self, shown: &Shown) -> Result<Actor, api::problems::Problem> {
        let at = self.office.clock.now();
        self.system.block_on(self.office.verifier.verify_shown(&self.office.db, None, shown, at))
    }

    /// Claims under the signature of the issuer this office believes.
    pub(crate) fn signed(&self, claims: &Value) -> String {
        self.issuer().signed(claims).expect("a token can be signed")
    }

    /// The claims of a good token of this person.
    pub(crate) fn claims_of(&self, person: &str) -> Value {
        let now = self.office.clock.now().timestamp();
        let issuer = self.issuer().settings().issuer;
        json!({"iss": issuer, "sub": person, "aud": "motcua", "motcua_demo": true, "loAs": "LoA2", "iat": now,
            "nbf": now, "exp": now + 3_600, "LoaiTaiKhoan": 1, "HoVaTen": "Nguyễn Văn An", "SoDinhDanh": "006199000001"})
    }

    fn issuer(&self) -> &DemoIssuer {
        self.office.demo.as_ref().expect("the issuer of the demo")
    }
}

/// An office on a database of its own, with the shipped catalogue.
async fn opened() -> Office {
    let folder = tempfile::tempdir().expect("a folder").keep();
    let url = format!("sqlite://{}/office.db", folder.display());
    let db = Database::connect(&DatabaseSettings { url, ..DatabaseSettings::default() })
        .await
        .expect("a database");
    Migrator::up(db.writer(), None).await.expect("migrations");
    let tx = db.begin().await.expect("a transaction");
    importing::import(&tx, &shipped::seeds().expect("the shipped catalogue")).await.expect("an import");
    tx.commit().await.expect("a commit");
    let people = vec![
        DemoPerson {
            key: CITIZEN.to_owned(),
            name: "Nguyễn Văn An".to_owned(),
            account: DemoAccount::Citizen { personal_id: "006199000001".to_owned() },
        },
        DemoPerson {
            key: ADMINISTRATOR.to_owned(),
            name: "Hà Thị Máy".to_owned(),
            account: DemoAccount::Officer,
        },
    ];
    let issuer = DemoIssuer::start(true, "http://office.test", people).expect("an issuer");
    let held = Held {
        assignment: Assignment { role: Role::Administrator, unit: None },
        name: "Hà Thị Máy".to_owned(),
        title: "Quản trị hệ thống".to_owned(),
    };
    let clock = Clock::system();
    assign(db.writer(), &issuer.subject_of(ADMINISTRATOR), &held, clock.now()).await.expect("a role");
    let settings = ApiSettings {
        demo: true,
        public_url: "http://office.test".to_owned(),
        cursor_secret: SecretString::from("a cursor secret of the fuzzers, long enough"),
        limits: Limits::none(),
        ..ApiSettings::default()
    };
    Office::open(settings, parts(db, clock).await, Some(issuer)).expect("an office")
}

async fn parts(db: Database, clock: Clock) -> Parts {
    let master = SecretString::from("a master secret of the fuzzers, long enough");
    let masters = Masters::new(&master, &[]).expect("a secret");
    let sealer = Sealer::unlock(&db, masters, clock.now()).await.expect("data keys");
    Parts {
        db,
        clock,
        files: Arc::new(SealedStore::over(Arc::new(InMemory::new()), sealer.clone())),
        catalogue: Catalogue::default(),
        wires: Wires::default(),
        sealer,
        wake: Wake::default(),
        metrics: None,
        redis: None,
        migrations: None,
    }
}
