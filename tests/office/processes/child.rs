//! One process of the program: started, asked to stop, or killed.

use super::binary::program;
use super::waiting::PATIENCE;
use std::fs::File;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// A running process; dropping it kills it.
pub struct Process {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// `motcua --config CONFIG COMMAND`, with what it logs added to `log`; waits for its first sentence.
    pub async fn start(command: &str, config: &Path, log: &Path) -> (Self, String) {
        let started = Self::try_start(command, config, log).await;
        started.unwrap_or_else(|| panic!("motcua {command} ended at its start"))
    }

    /// The same; none when it ends before its first sentence.
    pub async fn try_start(command: &str, config: &Path, log: &Path) -> Option<(Self, String)> {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut child = Command::new(program())
            .arg("--config")
            .arg(config)
            .arg(command)
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = timeout(PATIENCE, said.next_line()).await.expect("a first sentence").unwrap();
        Some((Self { child, said }, first?))
    }

    /// Its number at the system; none when it has ended and was waited for.
    pub fn number(&self) -> Option<u32> {
        self.child.id()
    }

    /// As `kill -9` does: at once, and it notices nothing.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// As `systemctl stop` does.
    pub async fn terminate(&self) {
        let process = self.child.id().expect("it still runs").to_string();
        assert!(Command::new("kill").args(["-TERM", &process]).status().await.unwrap().success());
    }

    /// How it ended.
    pub async fn end(mut self) -> ExitStatus {
        let ended = timeout(PATIENCE, self.child.wait()).await.expect("it ends").unwrap();
        drop(self.said);
        ended
    }
}
