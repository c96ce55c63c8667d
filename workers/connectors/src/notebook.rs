//! What a sandbox remembers about its callers, and what it is told to do next.

use actix_web::HttpRequest;
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// Everything a sandbox remembers about its callers. Clones share it.
#[derive(Clone)]
pub(crate) struct Notebook(Arc<Mutex<Pages>>);

#[derive(Default)]
struct Pages {
    requests: Vec<Value>,
    next: VecDeque<String>,
    down: bool,
    late: Duration,
}

impl fmt::Debug for Notebook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notebook").finish_non_exhaustive()
    }
}

impl Notebook {
    pub(crate) fn new(late: Duration) -> Self {
        Self(Arc::new(Mutex::new(Pages { late, ..Pages::default() })))
    }

    fn open(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets what happens next: `down` until `up`, anything else once.
    pub(crate) fn set(&self, next: &str) {
        let mut pages = self.open();
        match next {
            "down" => pages.down = true,
            "up" => pages.down = false,
            other => pages.next.push_back(other.to_owned()),
        }
    }

    /// Takes the next magic when it is one of these.
    pub(crate) fn take(&self, known: &[&str]) -> Option<String> {
        let mut pages = self.open();
        let wanted = pages.next.front().is_some_and(|next| known.contains(&next.as_str()));
        if wanted { pages.next.pop_front() } else { None }
    }

    pub(crate) fn late(&self) -> Duration {
        self.open().late
    }

    pub(crate) fn is_down(&self) -> bool {
        self.open().down
    }

    pub(crate) fn requests(&self) -> Vec<Value> {
        self.open().requests.clone()
    }

    /// Notes a request: method, path, the headers that matter on these wires, and the body.
    pub(crate) fn note(&self, request: &HttpRequest, body: &[u8]) {
        let header =
            |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let body = serde_json::from_slice(body).unwrap_or_else(|_| json!(String::from_utf8_lossy(body)));
        let line = json!({
            "method": request.method().as_str(), "path": request.path(), "query": request.query_string(),
            "dstcode": header("dstcode"), "traceparent": header("traceparent"),
            "body": crate::recording::masked(&body),
        });
        self.open().requests.push(line);
    }
}
