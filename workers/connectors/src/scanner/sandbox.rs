//! clamd's twin: speaks its protocol, knows the test signature of EICAR and a mark of its own, and keeps what it judged.

use super::talk;
use crate::{
    notebook::Notebook,
    sandbox::{Running, StandIn, server, until_stopped, wait},
    sandbox_page::Face,
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io,
    net::TcpListener as StdListener,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

/// What can be made to happen: the next file is infected, the next is too large, the next question finds no signatures.
pub const MAGIC: [&str; 3] = ["infected", "too_large", "no_database"];
/// A file that holds this is infected, as with every scanner of the world (the test file of EICAR).
pub const EICAR: &str = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
/// A file that holds this is infected here only.
pub const MARK: &str = "MOTCUA-MA-DOC-THU-NGHIEM";
/// What it says of itself.
pub const VERSION: &str = "ClamAV 1.4.6/27456/Fri Nov 20 08:41:12 2026";
const LARGEST: usize = 25 << 20;

#[derive(Clone)]
struct Twin {
    notebook: Notebook,
    /// Verdicts by length and beginning of what was judged, with how often.
    scans: Arc<Mutex<BTreeMap<String, u32>>>,
}

/// Starts the twin; the page listens on `page`, or on a free port of loopback.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let twin = Twin { notebook: Notebook::new(stand_in.late), scans: Arc::default() };
    let shown = Arc::clone(&twin.scans);
    let face = Face {
        title: "Máy quét mã độc clamd (thử nghiệm)",
        magic: &MAGIC,
        notebook: twin.notebook.clone(),
        holdings: Arc::new(move || json!({"scans": listed(&shown)})),
    };
    let page = stand_in.page.map_or_else(|| StdListener::bind("127.0.0.1:0"), Ok)?;
    let page_url = format!("http://{}", page.local_addr()?);
    let url = format!("tcp://{}", stand_in.listener.local_addr()?);
    let server = server(page, face, |_| {})?;
    let (mut running, stopped) = Running::new(url, page_url);
    let handle = server.handle();
    running.keep(tokio::spawn(until_stopped(server, handle, stopped.clone())));
    stand_in.listener.set_nonblocking(true)?;
    running.keep(tokio::spawn(listen(TcpListener::from_std(stand_in.listener)?, twin, stopped)));
    Ok(running)
}

/// Settings that fit the twin at an address.
pub fn example(url: &str) -> Value {
    json!({"address": url})
}

fn listed(scans: &Mutex<BTreeMap<String, u32>>) -> Vec<Value> {
    let scans = scans.lock().unwrap_or_else(PoisonError::into_inner);
    scans.iter().map(|(verdict, times)| json!({"verdict": verdict, "times": times})).collect()
}

async fn listen(listener: TcpListener, twin: Twin, mut stopped: watch::Receiver<bool>) {
    let mut talks = JoinSet::new();
    loop {
        tokio::select! {
            () = wait(&mut stopped) => return,
            Some(_ended) = talks.join_next() => {}
            Ok((stream, _)) = listener.accept() => {
                talks.spawn(hold(twin.clone(), stream));
            }
        }
    }
}

// A caller that hangs up ends the talk.
async fn hold(twin: Twin, mut stream: TcpStream) {
    let _ended = twin.answer(&mut stream).await;
}

impl Twin {
    async fn answer(&self, stream: &mut TcpStream) -> io::Result<()> {
        if self.notebook.is_down() {
            return Ok(());
        }
        let said = match command(stream).await?.as_slice() {
            question if question == talk::VERSION => self.version(),
            question if question == talk::INSTREAM => self.judged(&received(stream).await?),
            _ => "UNKNOWN COMMAND".to_owned(),
        };
        let mood = self.notebook.take(&["garbage", "oversized", "error", "busy", "slow"]);
        let said = match mood.as_deref() {
            Some("garbage") => "<html>".to_owned(),
            Some("oversized") => "9".repeat(1 << 20),
            Some("error") => "stream: Can't allocate memory ERROR".to_owned(),
            Some("busy") => return Ok(()),
            Some(_slow) => {
                tokio::time::sleep(self.notebook.late()).await;
                said
            }
            None => said,
        };
        stream.write_all(format!("{said}\0").as_bytes()).await
    }

    fn version(&self) -> String {
        let bare = self.notebook.take(&["no_database"]).is_some();
        if bare { "ClamAV 1.4.6".to_owned() } else { VERSION.to_owned() }
    }

    fn judged(&self, bytes: &[u8]) -> String {
        let holds = |mark: &str| bytes.windows(mark.len()).any(|window| window == mark.as_bytes());
        let magic = self.notebook.take(&["infected", "too_large"]);
        let verdict = match magic.as_deref() {
            Some("too_large") => TOO_LARGE.to_owned(),
            Some(_infected) => found("Motcua.Thu.Nghiem"),
            None if bytes.len() > LARGEST => TOO_LARGE.to_owned(),
            None if holds(EICAR) => found("Win.Test.EICAR_HDB-1"),
            None if holds(MARK) => found("Motcua.Thu.Nghiem"),
            None => "stream: OK".to_owned(),
        };
        let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(8)).unwrap_or_default()).into_owned();
        let line = format!("{} B, {head:?}: {verdict}", bytes.len());
        let mut scans = self.scans.lock().unwrap_or_else(PoisonError::into_inner);
        let times = scans.entry(line).or_default();
        *times = times.saturating_add(1);
        verdict
    }
}

const TOO_LARGE: &str = "INSTREAM size limit exceeded. ERROR";

fn found(name: &str) -> String {
    format!("stream: {name} FOUND")
}

async fn command(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut command = Vec::new();
    while command.last() != Some(&0) && command.len() < 32 {
        command.push(stream.read_u8().await?);
    }
    Ok(command)
}

async fn received(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let length = stream.read_u32().await?;
        if length == 0 || all.len() > LARGEST {
            return Ok(all);
        }
        let mut chunk = (&mut *stream).take(length.into());
        chunk.read_to_end(&mut all).await?;
    }
}
