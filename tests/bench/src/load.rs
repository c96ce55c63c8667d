//! The load: connections kept alive, each asking again as soon as it is answered, every answer checked.

use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a run of requests or transactions came to.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// A second.
    pub rate: f64,
    /// Milliseconds that half of them took at most.
    pub p50: f64,
    /// Milliseconds that 99 of 100 took at most.
    pub p99: f64,
}

impl Measured {
    /// From the microseconds of each, over so many seconds.
    pub fn of(mut micros: Vec<u64>, seconds: f64) -> Self {
        assert!(!micros.is_empty(), "nothing was measured");
        micros.sort_unstable();
        let at = |share: usize| micros[(micros.len() - 1) * share / 100] as f64 / 1000.0;
        Self { rate: micros.len() as f64 / seconds, p50: at(50), p99: at(99) }
    }
}

/// Makes the request number `n` of connection `c`, head and body.
pub type Request = Arc<dyn Fn(usize, u64) -> Vec<u8> + Send + Sync>;

/// Not measured at the beginning: pools fill and plans are made.
const WARM_UP: Duration = Duration::from_millis(700);

/// Asks over `connections` at once for so many seconds; each answer must have `status`.
pub async fn ask(address: &str, connections: usize, seconds: u64, status: u16, request: Request) -> Measured {
    let address = address.to_owned();
    // A thread of its own: the load should cost as few context switches as wrk does.
    let asked = tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let until = Instant::now() + WARM_UP + Duration::from_secs(seconds);
        let all = (0..connections).map(|c| one(address.clone(), c, until, seconds, status, request.clone()));
        runtime.block_on(futures::future::join_all(all))
    });
    Measured::of(asked.await.unwrap().concat(), seconds as f64)
}

async fn one(
    address: String,
    c: usize,
    until: Instant,
    seconds: u64,
    status: u16,
    request: Request,
) -> Vec<u64> {
    let mut connection = Connection::open(&address).await;
    let from = until - Duration::from_secs(seconds);
    let mut micros = Vec::new();
    for n in 0.. {
        let bytes = request(c, n);
        let begun = Instant::now();
        if begun >= until {
            break;
        }
        let told = connection.ask(&bytes).await;
        assert_eq!(told, status, "{}", connection.body());
        if begun >= from {
            micros.push(u64::try_from(begun.elapsed().as_micros()).unwrap());
        }
    }
    micros
}

/// One connection of HTTP/1.1.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    body: std::ops::Range<usize>,
}

impl Connection {
    /// To `host:port`.
    pub async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: Vec::with_capacity(64 << 10), body: 0..0 }
    }

    /// Sends a request and reads its answer; gives the status.
    pub async fn ask(&mut self, request: &[u8]) -> u16 {
        self.stream.write_all(request).await.unwrap();
        self.buffer.clear();
        let head = loop {
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            self.more().await;
        };
        let text = std::str::from_utf8(&self.buffer[..head]).unwrap().to_ascii_lowercase();
        let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.map_or(0, |value| value.trim().parse().unwrap());
        self.body = head + 4..head + 4 + length;
        while self.buffer.len() < self.body.end {
            self.more().await;
        }
        text[9..12].parse().unwrap()
    }

    /// The body of the last answer.
    pub fn body(&self) -> &str {
        std::str::from_utf8(&self.buffer[self.body.clone()]).unwrap()
    }

    async fn more(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
        assert!(read > 0, "the connection was closed");
    }
}

/// A request without a body.
pub fn get(path: &str, token: &str, more: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: bench.test\r\nAuthorization: Bearer {token}\r\n{more}\r\n")
        .into_bytes()
}

/// A request with a body under a key.
pub fn post(path: &str, token: &str, key: &str, kind: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench.test\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n\
         Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
