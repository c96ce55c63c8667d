//! Roads that count what passes over them, and stop everything at the n-th thing: there a process is killed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

/// Counts the pieces that one process sends and hears over all its roads.
#[derive(Clone)]
pub struct Tripwire(Arc<Inside>);

struct Inside {
    armed: Mutex<Armed>,
    halted: watch::Sender<bool>,
}

#[derive(Default)]
struct Armed {
    left: Option<u64>,
    tripped: Option<oneshot::Sender<()>>,
    passed: u64,
}

impl Tripwire {
    pub fn new() -> Self {
        Self(Arc::new(Inside { armed: Mutex::default(), halted: watch::channel(false).0 }))
    }

    /// From now on the `n`-th piece stops the traffic and is told of; pieces of this life are counted anew.
    pub fn arm(&self, n: u64) -> oneshot::Receiver<()> {
        let (tripped, told) = oneshot::channel();
        *self.0.armed.lock().unwrap() = Armed { left: Some(n), tripped: Some(tripped), passed: 0 };
        told
    }

    /// Lets everything pass again; what was held back at the halt is lost with its connection.
    pub fn release(&self) {
        *self.0.armed.lock().unwrap() = Armed::default();
        self.0.halted.send_replace(false);
    }

    /// Something happened. False when it must not pass, since the process is dead by now.
    pub async fn pass(&self) -> bool {
        let tripped = {
            let mut armed = self.0.armed.lock().unwrap();
            armed.passed += 1;
            armed.left = armed.left.map(|left| left.saturating_sub(1));
            (armed.left == Some(0)).then(|| armed.tripped.take()).flatten()
        };
        if let Some(tripped) = tripped {
            self.0.halted.send_replace(true);
            let _ = tripped.send(());
        }
        let mut halted = self.0.halted.subscribe();
        if !*halted.borrow_and_update() {
            return true;
        }
        let _ = halted.wait_for(|halted| !halted).await;
        false
    }
}

/// A road to a place that may move.
pub struct Counted {
    here: SocketAddr,
    there: watch::Sender<Option<SocketAddr>>,
    traffic: JoinHandle<()>,
}

impl Counted {
    /// A road whose traffic is counted; it leads nowhere until it is told.
    pub async fn open(wire: &Tripwire) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        let (there, told) = watch::channel(None);
        let traffic = tokio::spawn(carry(listener, told, wire.clone()));
        Self { here, there, traffic }
    }

    /// A road to `host:port`.
    pub async fn to(place: &str, wire: &Tripwire) -> Self {
        let road = Self::open(wire).await;
        road.lead(place);
        road
    }

    /// Leads to `host:port` from now on.
    pub fn lead(&self, place: &str) {
        self.there.send_replace(Some(place.parse().unwrap()));
    }

    /// `host:port` where it begins.
    pub fn place(&self) -> String {
        self.here.to_string()
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.traffic.abort();
    }
}

async fn carry(listener: TcpListener, there: watch::Receiver<Option<SocketAddr>>, wire: Tripwire) {
    loop {
        let (near, _) = listener.accept().await.unwrap();
        let (place, wire) = (*there.borrow(), wire.clone());
        tokio::spawn(async move {
            let Some(place) = place else { return };
            let Ok(far) = TcpStream::connect(place).await else { return };
            let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
            tokio::join!(copy(near_in, far_out, &wire), copy(far_in, near_out, &wire));
        });
    }
}

async fn copy(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, wire: &Tripwire) {
    let mut piece = vec![0; 16 << 10];
    while let Ok(length) = from.read(&mut piece).await {
        if length == 0 || !wire.pass().await || to.write_all(&piece[..length]).await.is_err() {
            break;
        }
    }
    let _ = to.shutdown().await;
}
