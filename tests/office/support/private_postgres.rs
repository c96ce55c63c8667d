//! A PostgreSQL server of one test alone, which may be struck down without harm to others.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::process::Command;
use uuid::Uuid;

/// Listens on a socket in a folder of its own; dropping it stops it and removes its data.
pub struct PrivatePostgres {
    folder: PathBuf,
    as_root: bool,
    programs: PathBuf,
}

impl PrivatePostgres {
    /// A new cluster that keeps what it has committed when it falls.
    pub async fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("mc_{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).unwrap();
        let server = Self { as_root: is_root().await, folder, programs: programs() };
        if server.as_root {
            run(Command::new("chown").arg("postgres").arg(&server.folder)).await;
        }
        let cluster = ["-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "--auth=trust", "--no-sync"];
        run(server.program("initdb").args(cluster)).await;
        run(server.control(&["start"])).await;
        server
    }

    /// For a connection as its superuser.
    pub fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.folder.display())
    }

    /// Strikes it down as a loss of power would and brings it back; returns when it answers again.
    pub async fn restart(&self) {
        run(self.control(&["-m", "immediate", "restart"])).await;
    }

    fn control(&self, order: &[&str]) -> Command {
        let mut command = self.program("pg_ctl");
        let socket = format!("-c fsync=off -c listen_addresses='' -k {}", self.folder.display());
        command.arg("-l").arg(self.folder.join("log")).args(["-w", "-o", &socket]).args(order);
        command
    }

    /// One of its programs on its data; PostgreSQL refuses to run as root.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if self.as_root {
            let mut lent = Command::new("runuser");
            lent.args(["-u", "postgres", "--"]).arg(program);
            lent
        } else {
            Command::new(program)
        };
        command.arg("-D").arg(self.folder.join("data")).current_dir("/");
        command
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.args(["-m", "immediate", "-w", "stop"]).stdout(Stdio::null()).stderr(Stdio::null());
        let _ = stop.as_std_mut().status();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn run(mut command: impl std::borrow::BorrowMut<Command>) {
    // The server would hold a pipe open for as long as it lives.
    let command = command.borrow_mut().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit());
    let ended = command.status().await.unwrap();
    assert!(ended.success(), "{command:?}: {ended}");
}

async fn is_root() -> bool {
    Command::new("id").arg("-u").output().await.unwrap().stdout == b"0\n"
}

/// The folder of the newest programs; empty when they are to be found by the name alone.
fn programs() -> PathBuf {
    let installed = Path::new("/usr/lib/postgresql").read_dir().into_iter().flatten().flatten();
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = installed.map(|entry| entry.path()).max_by_key(version).map(|path| path.join("bin"));
    let places = newest.into_iter().chain([PathBuf::from("/usr/local/pgsql/bin")]);
    places.into_iter().find(|place| place.join("initdb").is_file()).unwrap_or_default()
}
