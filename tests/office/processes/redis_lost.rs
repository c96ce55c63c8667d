//! A Redis that forgets, hangs and dies: workers find the jobs by looking.

use super::books::Books;
use super::premises::{Plan, Premises};
use super::waiting::until;
use super::walk::Walk;
use crate::support::servers;
use futures::future::join_all;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::process::{Child, Command};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_is_flushed_hangs_and_dies_loses_no_job_and_doubles_none() {
    if servers::redis_url().is_none() {
        return;
    }
    let mut redis = Redis::start().await;
    let office = Premises::open(Plan { redis: Some(redis.url()), ..Plan::default() }).await;
    let books = Books { database: &office.database, parties: &office.parties };
    let (api, _workers) = (office.api().await, [office.worker().await, office.worker().await]);
    let listen = async || redis.says("PUBSUB NUMSUB motcua:jobs", ":3\r\n").await.then_some(());
    until("the API and the workers listen", listen).await;
    let door = office.at(&api);
    let some = |from: usize| join_all((from..from + 4).map(|number| Walk::begin(&door, number)));
    let mut walks = some(0).await;
    books.settle().await;

    let (fresh, flushed) = futures::join!(some(4), redis.says("FLUSHALL", "+OK\r\n"));
    assert!(flushed);
    walks.extend(fresh);
    redis.hang().await;
    walks.extend(some(8).await);
    books.settle().await;
    redis.die().await;
    for _ in 0..3 {
        join_all(walks.iter_mut().map(|walk| walk.step(&door))).await;
    }
    books.settle().await;

    books.assert_whole().await;
    books.assert_said_once().await;
}

/// A server of this test alone, so that nobody else loses theirs; it listens on a socket in a folder of its own.
struct Redis {
    server: Child,
    folder: PathBuf,
}

impl Redis {
    async fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("mc_{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut command = Command::new("redis-server");
        command.args(["--port", "0", "--save", "", "--appendonly", "no", "--unixsocket"]);
        command.arg(socket(&folder)).arg("--dir").arg(&folder).arg("--logfile").arg(folder.join("log"));
        let redis = Self { server: command.kill_on_drop(true).spawn().unwrap(), folder };
        until("Redis answers", async || UnixStream::connect(socket(&redis.folder)).await.ok()).await;
        redis
    }

    fn url(&self) -> String {
        format!("unix://{}", socket(&self.folder).display())
    }

    /// Whether its answer ends so.
    async fn says(&self, asked: &str, end: &str) -> bool {
        let mut line = UnixStream::connect(socket(&self.folder)).await.unwrap();
        line.write_all(format!("{asked}\r\n").as_bytes()).await.unwrap();
        let mut answer = [0; 256];
        let length = line.read(&mut answer).await.unwrap();
        answer[..length].ends_with(end.as_bytes())
    }

    /// Takes connections and never answers.
    async fn hang(&self) {
        let process = self.server.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-STOP", &process]).status().await.unwrap().success());
    }

    async fn die(&mut self) {
        self.server.kill().await.unwrap();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("redis")
}
