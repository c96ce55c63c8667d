//! A Redis of one test alone, that can be flushed, made to hang, killed and started again.

use crate::processes::waiting::until;
use std::path::{Path, PathBuf};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::process::{Child, Command};
use uuid::Uuid;

/// A server of this test alone, so that nobody else loses theirs; it listens on a socket in a folder of its own.
pub struct PrivateRedis {
    server: Child,
    folder: PathBuf,
}

impl PrivateRedis {
    pub async fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("mc_{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let redis = Self { server: served(&folder), folder };
        redis.answers().await;
        redis
    }

    /// An empty one at the same place.
    pub async fn start_again(&mut self) {
        let _ = std::fs::remove_file(socket(&self.folder));
        self.server = served(&self.folder);
        self.answers().await;
    }

    async fn answers(&self) {
        until("Redis answers", async || UnixStream::connect(socket(&self.folder)).await.ok()).await;
    }

    pub fn url(&self) -> String {
        format!("unix://{}", socket(&self.folder).display())
    }

    /// Whether its answer ends so.
    pub async fn says(&self, asked: &str, end: &str) -> bool {
        let mut line = UnixStream::connect(socket(&self.folder)).await.unwrap();
        line.write_all(format!("{asked}\r\n").as_bytes()).await.unwrap();
        let mut answer = [0; 256];
        let length = line.read(&mut answer).await.unwrap();
        answer[..length].ends_with(end.as_bytes())
    }

    /// Takes connections and never answers.
    pub async fn hang(&self) {
        let process = self.server.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-STOP", &process]).status().await.unwrap().success());
    }

    pub async fn die(&mut self) {
        self.server.kill().await.unwrap();
    }
}

impl Drop for PrivateRedis {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn served(folder: &Path) -> Child {
    let mut command = Command::new("redis-server");
    command.args(["--port", "0", "--save", "", "--appendonly", "no", "--unixsocket"]);
    command.arg(socket(folder)).arg("--dir").arg(folder).arg("--logfile").arg(folder.join("log"));
    command.kill_on_drop(true).spawn().unwrap()
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("redis")
}
