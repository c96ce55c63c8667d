//! Lines that drip: each is cut off with the time it is given, and honest people are answered meanwhile.

use super::door::{parts, settings};
use crate::support::database::TestDatabase;
use crate::support::{clock, evidence};
use actix_web::web;
use api::{ApiSettings, Intake, Office};
use futures::future::join_all;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Lines of each kind.
const EACH: usize = 60;

/// How a line drips, and what it hears before it is cut off.
const KINDS: [(&str, &str, &str); 6] = [
    ("half a head", "GET /livez HTTP/1.1\r\nhost: a\r\nx-drip: ", "HTTP/1.1 408"),
    ("nothing", "", "HTTP/1.1 408"),
    (
        "a second head",
        "GET /livez HTTP/1.1\r\nhost: a\r\n\r\nGET /livez HTTP/1.1\r\nx-drip: ",
        "HTTP/1.1 200",
    ),
    (
        "a body",
        "POST /v1/lookups HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n",
        "body_too_slow",
    ),
    (
        "a form",
        "POST /v1/lookups/page HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9000\r\n\r\n",
        "body_too_slow",
    ),
    (
        "a body nobody reads",
        "POST /v1/dossiers HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n",
        "token_missing",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hundreds_of_dripping_lines_are_cut_off_while_honest_people_are_answered() {
    let office = Served::open().await;
    let lines = KINDS.iter().flat_map(|kind| std::iter::repeat_n(*kind, EACH));
    let dripping: Vec<_> =
        lines.map(|(name, head, heard)| tokio::spawn(drip(office.address, name, head, heard))).collect();
    let count = dripping.len();
    let mut ended = tokio::spawn(join_all(dripping));

    let mut answered = 0_u64;
    let results = loop {
        tokio::select! {
            results = &mut ended => break results.unwrap(),
            status = honest(office.address) => {
                assert_eq!(status, 200);
                answered += 1;
            }
        }
    };

    let kept: Vec<String> = results.into_iter().filter_map(|told| told.unwrap().err()).collect();
    assert!(kept.is_empty(), "{} lines: {:?}", kept.len(), kept.first());
    assert!(answered > 10, "{answered} honest requests were answered");
    let lines = u64::try_from(count).unwrap();
    evidence::keep(
        "slow_lines",
        &[("lines_dripped", lines), ("lines_kept", 0), ("honest_requests_failed", 0)],
    );
}

#[tokio::test]
async fn a_slow_but_honest_body_is_taken() {
    let office = Served::open().await;
    let mut line = TcpStream::connect(office.address).await.unwrap();
    let body = format!(r#"{{"code": "{}", "secret": "A"}}"#, "H".repeat(40));
    let head = format!(
        "POST /v1/lookups HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    line.write_all(head.as_bytes()).await.unwrap();

    let mut beat = tokio::time::interval(Duration::from_millis(40));
    for piece in body.as_bytes().chunks(16) {
        beat.tick().await;
        line.write_all(piece).await.unwrap();
    }

    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("look_up_failed"), "{answer}");
}

/// Drips a byte at each beat until the office cuts the line off; an error in words when it says something else.
async fn drip(address: SocketAddr, name: &str, head: &str, heard: &str) -> Result<(), String> {
    let mut line = TcpStream::connect(address).await.map_err(|e| format!("{name}: {e}"))?;
    line.write_all(head.as_bytes()).await.map_err(|e| format!("{name}: {e}"))?;
    let (mut said, mut piece) = (Vec::new(), [0; 1_024]);
    let mut beat = tokio::time::interval(Duration::from_millis(60));
    let dripping = async {
        loop {
            tokio::select! {
                read = line.read(&mut piece) => match read {
                    Ok(length @ 1..) => said.extend_from_slice(&piece[..length]),
                    Ok(0) | Err(_) => return,
                },
                _ = beat.tick() => if !head.is_empty() && line.write_all(b"a").await.is_err() { return },
            }
        }
    };
    let cut = tokio::time::timeout(Duration::from_secs(60), dripping).await;
    cut.map_err(|_| format!("{name}: the line is still open"))?;
    let said = String::from_utf8_lossy(&said);
    // Who is cut off while still sending may lose what was said last.
    if said.is_empty() || said.contains(heard) { Ok(()) } else { Err(format!("{name}: {said}")) }
}

async fn honest(address: SocketAddr) -> u16 {
    reqwest::Client::new().get(format!("http://{address}/livez")).send().await.unwrap().status().as_u16()
}

/// An office behind the real server, with little patience.
struct Served {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
    _serving: JoinHandle<std::io::Result<()>>,
    _database: TestDatabase,
}

impl Served {
    async fn open() -> Self {
        let (database, clock) = (TestDatabase::fresh().await, clock::standing());
        let intake =
            Intake { head_ms: 2_000, keep_alive_ms: 1_000, body_patience_ms: 1_500, ..Intake::default() };
        let settings = ApiSettings { intake, threads: 2, drain_seconds: 1, ..settings() };
        let office = Office::open(ApiSettings { demo: false, ..settings }, parts(&database, &clock), None);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (_stop, stopped) = oneshot::channel();
        let stop = async {
            let _ = stopped.await;
        };
        let _serving = tokio::spawn(api::serve(vec![listener], web::Data::new(office.unwrap()), stop));
        Self { address, _stop, _serving, _database: database }
    }
}
