//! Redis lost, flushed or cut, connections to PostgreSQL cut: slower for a while, nothing lost.

use super::scene::{PATIENCE, Scene, brisk, due, inspect, push};
use crate::support::servers;
use entities::jobs::Wake;
use entities::jobs::row::State;
use rules::jobs::Queue;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use workers::{WorkerSettings, relay};

#[tokio::test]
async fn without_redis_the_jobs_are_found_by_looking() {
    let scene = Scene::new().await;
    let relay = tokio::spawn(relaying(scene.wake.clone(), "redis://127.0.0.1:1/0".into()));
    let crew = scene.hire(brisk());

    scene.order([push(1, 1), inspect(1)]).await;
    scene.until_all(State::Done).await;

    crew.dismiss().await;
    relay.abort();
}

#[tokio::test]
async fn a_ring_reaches_another_process_and_is_not_heard_twice_at_home() {
    let Some(redis) = servers::redis_url() else { return };
    let (here, there) = (Wake::default(), Wake::default());
    let relays =
        [(&here, redis.clone()), (&there, redis)].map(|(w, url)| tokio::spawn(relaying(w.clone(), url)));

    heard(&here, &there).await;

    relays.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test]
async fn a_redis_flushed_and_cut_off_comes_back_and_loses_no_job() {
    let Some(redis) = servers::redis_url() else { return };
    let scene = Scene::new().await;
    let there = Wake::default();
    let line = Line::to(&redis).await;
    let relays = [&scene.wake, &there].map(|wake| tokio::spawn(relaying(wake.clone(), line.url.clone())));
    heard(&there, &scene.wake).await;
    let crew = scene.hire(WorkerSettings { poll_ms: 100, ..brisk() });

    flush(&redis).await;
    line.cut();
    scene.write(vec![due(inspect(1))]).await;
    there.ring(Queue::Heavy);
    scene.until_all(State::Done).await;
    line.mend();

    heard(&there, &scene.wake).await;
    crew.dismiss().await;
    relays.iter().for_each(tokio::task::JoinHandle::abort);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_cut_by_postgresql_cost_time_but_no_job() {
    let scene = Scene::new().await;
    if !servers::on_postgres() {
        return;
    }
    let crew = scene.hire(brisk());
    scene.order((0..10).flat_map(|d| (1..=4).map(move |e| push(d, e)))).await;
    scene.until(|rows| rows.iter().any(|row| row.state == State::Done)).await;

    cut_connections(&scene).await;

    let rows = scene.until_all_again(State::Done).await;
    assert_eq!(rows, 40);
    crew.dismiss().await;
}

/// Every connection of this database but the one that says so.
async fn cut_connections(scene: &Scene) {
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    scene.execute(cut).await;
}

async fn relaying(wake: Wake, url: String) {
    relay::run(wake, &url).await.unwrap();
}

/// Rings at one process until the other hears it: the relays may still be connecting.
async fn heard(from: &Wake, to: &Wake) {
    let mut again = tokio::time::interval(Duration::from_millis(50));
    let mut bell = to.listen(Queue::Party);
    let ringing = async {
        loop {
            again.tick().await;
            from.ring(Queue::Party);
        }
    };
    tokio::select! {
        heard = tokio::time::timeout(PATIENCE, bell.changed()) => heard.unwrap().unwrap(),
        () = ringing => {}
    }
}

async fn flush(redis: &str) {
    let mut server = TcpStream::connect(address(redis)).await.unwrap();
    server.write_all(b"SELECT 15\r\nFLUSHDB\r\n").await.unwrap();
    let mut answer = [0; 10];
    server.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"+OK\r\n+OK\r\n");
}

fn address(redis: &str) -> String {
    redis.trim_start_matches("redis://").split('/').next().unwrap().to_owned()
}

/// A line to a server that can be cut and mended.
struct Line {
    url: String,
    whole: watch::Sender<bool>,
}

impl Line {
    async fn to(redis: &str) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let url = format!("redis://{}/0", listener.local_addr().unwrap());
        let (whole, state) = watch::channel(true);
        let server = address(redis);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, server.clone(), state.clone()));
            }
        });
        Self { url, whole }
    }

    fn cut(&self) {
        self.whole.send_replace(false);
    }

    fn mend(&self) {
        self.whole.send_replace(true);
    }
}

async fn carry(mut client: TcpStream, server: String, mut whole: watch::Receiver<bool>) {
    let mut server = TcpStream::connect(server).await.unwrap();
    tokio::select! {
        _ = whole.wait_for(|whole| !whole) => {}
        _ = copy_bidirectional(&mut client, &mut server) => {}
    }
}
