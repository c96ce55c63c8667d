//! The road to a party: closed, nobody gets through and what is on it is cut off.

use std::net::SocketAddr;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// An open or a closed road.
pub struct Road {
    here: SocketAddr,
    there: SocketAddr,
    traffic: Option<JoinHandle<()>>,
}

impl Road {
    /// An open road to `http://…`.
    pub async fn to(url: &str) -> Self {
        let there = url.trim_start_matches("http://").parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        Self { here, there, traffic: Some(tokio::spawn(carry(listener, there))) }
    }

    /// Where it begins.
    pub fn url(&self) -> String {
        format!("http://{}", self.here)
    }

    /// Whoever knocks is refused from now on.
    pub async fn close(&mut self) {
        if let Some(traffic) = self.traffic.take() {
            traffic.abort();
            let _ = traffic.await;
        }
    }

    /// At the same place as before.
    pub async fn open(&mut self) {
        let listener = TcpListener::bind(self.here).await.unwrap();
        self.traffic = Some(tokio::spawn(carry(listener, self.there)));
    }
}

async fn carry(listener: TcpListener, there: SocketAddr) {
    let mut under_way = JoinSet::new();
    loop {
        let (mut near, _) = listener.accept().await.unwrap();
        under_way.spawn(async move {
            let mut far = TcpStream::connect(there).await.unwrap();
            let _ = copy_bidirectional(&mut near, &mut far).await;
        });
    }
}
