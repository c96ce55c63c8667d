//! Two processes count one budget over Redis; while it is gone each counts its own, and the office goes on.

use super::door::{parts, people, settings};
use crate::processes::waiting::until;
use crate::support::database::TestDatabase;
use crate::support::log::Log;
use crate::support::private_redis::PrivateRedis;
use crate::support::{clock, evidence, servers};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::test::{TestRequest, init_service};
use actix_web::web;
use api::identity::demo::DemoIssuer;
use api::{ApiSettings, Limits, Office, Parts};
use chrono::TimeDelta;
use entities::clock::Clock;
use std::net::{IpAddr, Ipv4Addr};

const READ: &str = "/openapi.json";
const GONE: &str = "Redis does not count requests";
const BACK: &str = "Redis counts requests again";

/// One process on this thread, so that its log is heard here; it is asked as a person or a stranger, from the address
/// with a number.
macro_rules! served {
    ($scene:expr) => {{
        let office = $scene.office();
        let app = init_service(api::app(office.clone())).await;
        async move |person: Option<&str>, address: u32| {
            told(&app.call(request(&office, person, address).to_request()).await.unwrap())
        }
    }};
}

#[tokio::test]
async fn two_processes_share_one_budget() {
    let Some(scene) = Scene::open(3).await else { return };
    let (here, there) = (served!(scene), served!(scene));
    let left = [
        here(Some("an"), 1).await.left(),
        there(Some("an"), 2).await.left(),
        here(Some("an"), 3).await.left(),
    ];

    let refused = [there(Some("an"), 4).await, here(Some("an"), 5).await];

    assert_eq!(left, [2, 1, 0]);
    assert!(refused.iter().all(|told| told.status == 429 && told.wait == Some(20)), "{refused:?}");
    assert_eq!(there(Some("binh"), 1).await.left(), 2);
    assert_eq!([here(None, 9).await.left(), there(None, 9).await.left()], [2, 1]);
    scene.clock.advance(TimeDelta::seconds(20));
    assert_eq!([there(Some("an"), 1).await.status, here(Some("an"), 1).await.status], [200, 429]);
}

#[tokio::test]
async fn a_redis_that_is_flushed_forgets_the_budgets_and_nothing_falls() {
    let Some(scene) = Scene::open(3).await else { return };
    let (log, here, there) = (Log::kept(), served!(scene), served!(scene));
    for left in [2, 1] {
        assert_eq!(here(None, 1).await.left(), left);
    }

    assert!(scene.redis.says("FLUSHALL", "+OK\r\n").await);
    assert!(scene.redis.says("SCRIPT FLUSH", "+OK\r\n").await);

    assert_eq!([there(None, 1).await.left(), here(None, 1).await.left()], [2, 1]);
    assert!(!log.text().contains(GONE), "{}", log.text());
}

#[tokio::test]
async fn a_redis_that_dies_and_comes_back_is_told_of_once_each_time() {
    let Some(mut scene) = Scene::open(4).await else { return };
    let (log, here, there) = (Log::kept(), served!(scene), served!(scene));
    let left = [here(None, 1).await.left(), here(None, 1).await.left(), there(None, 1).await.left()];
    assert_eq!(left, [3, 2, 1]);

    scene.redis.die().await;

    let alone = [
        here(None, 1).await,
        here(None, 1).await,
        here(None, 1).await,
        there(None, 1).await,
        there(None, 1).await,
    ];
    let told: Vec<(u16, i64)> = alone.iter().map(|told| (told.status, told.left())).collect();
    let known = [(200, 1), (200, 0), (429, 0), (200, 0), (429, 0)];
    assert_eq!(told, known, "each goes on from what it was told last");
    assert_eq!(log.text().matches(GONE).count(), 2, "once by each process: {}", log.text());
    scene.redis.start_again().await;
    let again = async || (log.text().matches(BACK).count() == 2).then_some(());
    until("both processes have found it again", again).await;
    let shared = [here(None, 2).await.left(), there(None, 2).await.left()];
    assert_eq!(shared, [3, 2]);
    assert_eq!(log.text().matches(GONE).count(), 2);
}

#[tokio::test]
async fn a_redis_that_hangs_holds_nobody_up() {
    let Some(scene) = Scene::open_patient(600, 40).await else { return };
    let (log, here) = (Log::kept(), served!(scene));
    let _ = here(None, 1).await;

    scene.redis.hang().await;

    let began = std::time::Instant::now();
    for _ in 0..100 {
        assert_eq!(here(None, 1).await.status, 200);
    }
    // One waits for forty milliseconds; if all did, it would be four seconds.
    assert!(began.elapsed().as_millis() < 3_000, "{:?}", began.elapsed());
    assert!(log.text().contains(GONE));
}

#[tokio::test]
async fn a_thousand_strangers_leave_nothing_behind_that_tells_of_them() {
    let Some(scene) = Scene::open(2).await else { return };
    let (here, there) = (served!(scene), served!(scene));
    for n in 0..1_000 {
        let told = if n % 2 == 0 { here(None, n).await } else { there(None, n).await };
        assert_eq!((told.status, told.left()), (200, 1));
    }

    assert_eq!(there(None, 0).await.left(), 0, "who has asked is known");
    let mut line = scene.client().get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<String> = redis::cmd("KEYS").arg("*").query_async(&mut line).await.unwrap();
    assert_eq!(keys.len(), 1_000);
    for key in &keys {
        let rest: i64 = redis::cmd("PTTL").arg(key).query_async(&mut line).await.unwrap();
        assert!((1..=61_000).contains(&rest), "{key} is kept for {rest} ms");
        let hidden = key.strip_prefix("motcua:budget:reads:").unwrap();
        assert!(hidden.len() == 32 && hidden.chars().all(|c| c.is_ascii_hexdigit()), "{key}");
    }
    evidence::keep("shared_limits", &[("strangers", 1_000), ("left_without_expiry", 0)]);
}

/// A Redis, a clock, and what the processes are opened with.
struct Scene {
    redis: PrivateRedis,
    clock: Clock,
    database: TestDatabase,
    limits: Limits,
}

impl Scene {
    async fn open(reads_per_minute: u32) -> Option<Self> {
        Self::open_patient(reads_per_minute, 10_000).await
    }

    async fn open_patient(reads_per_minute: u32, redis_patience_ms: u64) -> Option<Self> {
        servers::redis_url()?;
        let limits = Limits { reads_per_minute, redis_patience_ms, ..Limits::none() };
        let (redis, database) = (PrivateRedis::start().await, TestDatabase::fresh().await);
        Some(Self { redis, clock: clock::standing(), database, limits })
    }

    fn client(&self) -> redis::Client {
        redis::Client::open(self.redis.url()).unwrap()
    }

    fn office(&self) -> web::Data<Office> {
        let settings = ApiSettings { limits: self.limits.clone(), ..settings() };
        let parts = Parts { redis: Some(self.client()), ..parts(&self.database, &self.clock) };
        let issuer = DemoIssuer::start(true, "http://office.test", people()).unwrap();
        web::Data::new(Office::open(settings, parts, Some(issuer)).unwrap())
    }
}

/// What one answer says.
#[derive(Debug)]
struct Told {
    status: u16,
    wait: Option<i64>,
    budget: String,
}

impl Told {
    fn left(&self) -> i64 {
        let (_, rest) = self.budget.split_once(";r=").unwrap();
        rest.split(';').next().unwrap().parse().unwrap()
    }
}

fn request(office: &Office, person: Option<&str>, address: u32) -> TestRequest {
    let peer = (IpAddr::from(Ipv4Addr::from_bits(0x0a00_0000 + address)), 40_000).into();
    let request = TestRequest::get().uri(READ).peer_addr(peer);
    let Some(person) = person else { return request };
    let key = if person == "an" { "nguyen-van-an" } else { "tran-thi-binh" };
    let token = office.demo.as_ref().unwrap().token(key, office.clock.now()).unwrap();
    request.insert_header(("authorization", format!("Bearer {token}")))
}

fn told<B>(answer: &ServiceResponse<B>) -> Told {
    let field = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let wait = field("retry-after").map(|text| text.parse().unwrap());
    Told { status: answer.status().as_u16(), wait, budget: field("ratelimit").unwrap() }
}
