//! An issuer of the tests: keys that can be changed, a key set served over HTTP that can fall silent.

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use api::identity::demo::DemoIssuer;
use api::identity::{IssuerKind, IssuerSettings};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// A key set on a port of its own.
pub struct KeyServer {
    pub uri: String,
    pub asked: Arc<AtomicUsize>,
    pub silent: Arc<AtomicBool>,
    gate: Arc<Semaphore>,
    knock: Arc<Notify>,
    set: Arc<Mutex<Value>>,
    server: ServerHandle,
}

impl KeyServer {
    /// Serves the keys of `signer`.
    pub fn of(signer: &DemoIssuer) -> Self {
        let (asked, silent) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (set, gate) = (Arc::new(Mutex::new(json!(signer.keys()))), Arc::new(Semaphore::new(1)));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let uri = format!("http://{}/jwks", listener.local_addr().unwrap());
        let knock = Arc::new(Notify::new());
        let knocked = Arc::clone(&knock);
        let seen = (Arc::clone(&asked), Arc::clone(&silent), Arc::clone(&set), Arc::clone(&gate));
        let server = HttpServer::new(move || {
            let ((asked, silent, set, gate), knock) = (seen.clone(), Arc::clone(&knocked));
            App::new().route(
                "/jwks",
                web::get().to(move || {
                    asked.fetch_add(1, Ordering::SeqCst);
                    knock.notify_one();
                    let answer = match silent.load(Ordering::SeqCst) {
                        true => HttpResponse::BadGateway().finish(),
                        false => HttpResponse::Ok().json(&*set.lock().unwrap()),
                    };
                    let gate = Arc::clone(&gate);
                    async move {
                        drop(gate.acquire().await.unwrap());
                        answer
                    }
                }),
            )
        });
        let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { uri, asked, silent, gate, knock, set, server: handle }
    }

    /// Waits until the keys have been asked for so many times.
    pub async fn asked_for(&self, times: usize) {
        while self.asked.load(Ordering::SeqCst) < times {
            self.knock.notified().await;
        }
    }

    /// Answers nobody until what is given back is dropped.
    pub async fn shut(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.gate).acquire_owned().await.unwrap()
    }

    /// Serves other keys from now on.
    pub fn rotate_to(&self, signer: &DemoIssuer) {
        *self.set.lock().unwrap() = json!(signer.keys());
    }
}

impl Drop for KeyServer {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

/// A signer with a fresh key; its claims are what the test writes.
pub fn signer() -> DemoIssuer {
    DemoIssuer::start(true, "http://signer.test", Vec::new()).unwrap()
}

/// Settings of a national issuer whose keys are given.
pub fn national(signer: &DemoIssuer) -> IssuerSettings {
    IssuerSettings {
        issuer: "https://sso.national.test".into(),
        kind: IssuerKind::NationalSso,
        audiences: vec!["motcua".into(), "motcua-mobile".into()],
        min_assurance: 2,
        ..signer.settings()
    }
}

/// Claims of a citizen at the national issuer, good for an hour from `at` (seconds).
pub fn citizen(at: i64) -> Value {
    json!({
        "iss": "https://sso.national.test", "sub": "tech-1", "aud": ["motcua"], "nbf": at, "exp": at + 3_600,
        "LoaiTaiKhoan": 1, "HoVaTen": "Phạm Văn Dũng", "SoDinhDanh": "006088000009", "loAs": "LoA2",
    })
}

/// `claims` with some members replaced; `null` removes one.
pub fn with(mut claims: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => claims.as_object_mut().unwrap().remove(name),
            other => claims.as_object_mut().unwrap().insert(name.clone(), other.clone()),
        };
    }
    claims
}
