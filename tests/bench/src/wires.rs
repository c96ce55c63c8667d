//! What a worker tells the national portal and the mail server in a second, over real HTTP and SMTP, with the office's
//! own ledger and sealing in between; both parties are twins in this process and cost it processor time.

use crate::asked::Asked;
use crate::office::{Engine, Office, value};
use crate::people::Issuer;
use crate::submits::Crowd;
use connectors::registry;
use connectors::sandbox::{Running, StandIn};
use entities::clock::Clock;
use entities::database::Database;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many a second of one kind of job.
pub struct Rates {
    /// Records with their progress line, two calls each.
    pub pushes: f64,
    /// Letters handed over.
    pub notices: f64,
    /// Jobs of either kind that were done.
    pub jobs: i64,
}

/// Submissions without a worker, then a worker with the parties at home.
pub async fn measure(asked: &Asked, engine: Engine, issuer: &Issuer, count: u64) -> Rates {
    let name = format!("bench_wires_{}", engine.name().to_lowercase());
    let (portal, mail) = (party("dvcqg"), party("smtp"));
    let at_home = json!({"dvcqg": settings("dvcqg", &portal), "smtp": settings("smtp", &mail)});
    let office = Office::found_reaching(asked, &name, engine, issuer, &at_home).await;
    let api = office.open().await;
    let crowd = Crowd::gather(&office, issuer, Clock::system().now()).await;
    for _ in 0..count {
        crowd.submit_one().await;
    }
    drop(api);
    let db = office.database().await;
    let begun = Instant::now();
    let worker = office.start("worker");
    let (mut pushed, mut told) = (None, None);
    while pushed.is_none() || told.is_none() {
        tokio::time::timeout(Duration::from_millis(50), std::future::pending::<()>()).await.unwrap_err();
        if pushed.is_none() && left(&db, &["push_to_portal"]).await == 0 {
            pushed = Some(begun.elapsed().as_secs_f64());
        }
        if told.is_none() && left(&db, &["send_notice", "hand_notice"]).await == 0 {
            told = Some(begun.elapsed().as_secs_f64());
        }
    }
    drop(worker);
    let (pushes, notices) = (done(&db, "push_to_portal").await, done(&db, "hand_notice").await);
    db.close().await.unwrap();
    let rate = |number: i64, seconds: Option<f64>| number as f64 / seconds.unwrap();
    Rates { pushes: rate(pushes, pushed), notices: rate(notices, told), jobs: pushes + notices }
}

fn party(key: &str) -> Running {
    let stand_in = StandIn {
        listener: TcpListener::bind("127.0.0.1:0").unwrap(),
        clock: Arc::new(|| Clock::system().now()),
        callback_url: None,
        late: Duration::from_secs(1),
        page: Some(TcpListener::bind("127.0.0.1:0").unwrap()),
    };
    (registry::find(key).unwrap().sandbox.unwrap())(stand_in).unwrap()
}

fn settings(key: &str, running: &Running) -> Value {
    (registry::find(key).unwrap().example)(&running.url)
}

async fn left(db: &Database, kinds: &[&str]) -> i64 {
    let kinds = kinds.iter().map(|kind| format!("'{kind}'")).collect::<Vec<_>>().join(", ");
    value(db, &format!("SELECT count(*) FROM jobs WHERE kind IN ({kinds}) AND state IN ('ready', 'running')"))
        .await
}

async fn done(db: &Database, kind: &str) -> i64 {
    value(db, &format!("SELECT count(*) FROM jobs WHERE kind = '{kind}' AND state = 'done'")).await
}
