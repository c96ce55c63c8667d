//! The virus scanner: its twin, and the real clamd with signatures made by hand.

use crate::stage::{Stage, stage, stage_with, trip};
use connectors::registry::{Connector, find};
use connectors::scanner::{Verdict, VirusScanner, sandbox};
use connectors::wire::Wire;
use serde_json::json;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::{env, fs};

fn scanner(connector: &Connector) -> Arc<dyn VirusScanner> {
    match connector {
        Connector::Scanner(scanner) => Arc::clone(scanner),
        other => unreachable!("{other:?}"),
    }
}

async fn judged(stage: &Stage, bytes: &[u8]) -> Verdict {
    scanner(&stage.connector).scan(&trip(), bytes).await.unwrap()
}

fn infected(name: &str) -> Verdict {
    Verdict::Infected { name: name.to_owned() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_twin_knows_the_test_signature_and_a_mark_of_its_own() {
    let stage = stage("clamd");

    assert_eq!(judged(&stage, b"giay to").await, Verdict::Clean);
    assert_eq!(judged(&stage, b"").await, Verdict::Clean);
    assert_eq!(judged(&stage, sandbox::EICAR.as_bytes()).await, infected("Win.Test.EICAR_HDB-1"));
    assert_eq!(judged(&stage, sandbox::MARK.as_bytes()).await, infected("Motcua.Thu.Nghiem"));
    assert_eq!(judged(&stage, &vec![b'a'; 3 << 20]).await, Verdict::Clean);
    assert_eq!(scanner(&stage.connector).version(&trip()).await.unwrap(), sandbox::VERSION);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_large_was_not_looked_at_and_is_told_so() {
    let small = stage_with("clamd", json!({"largest_mb": 1}));
    assert_eq!(judged(&small, &vec![0; (1 << 20) + 1]).await, Verdict::TooLarge);
    assert_eq!(small.received().await["scans"], json!([]), "nothing was sent");

    let stage = stage("clamd");
    stage.magic("too_large").await;
    assert_eq!(judged(&stage, b"giay to").await, Verdict::TooLarge);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scanner_without_signatures_is_none() {
    let stage = stage("clamd");
    stage.magic("no_database").await;

    let words = scanner(&stage.connector).version(&trip()).await.unwrap_err();

    assert!(words.is_retry() && words.reason().contains("no database"), "{words}");
}

#[test]
fn an_address_of_another_form_is_refused() {
    let built = (find("clamd").unwrap().build)(json!({"address": "http://127.0.0.1:3310"}), Wire::default());

    assert!(built.unwrap_err().reason().contains("neither tcp"));
}

/// A clamd of its own; it ends with the test.
struct Real {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Drop for Real {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// The signature of the bytes `MOTCUA-MA-DOC-THU-NGHIEM`, anywhere in a file of any kind.
fn signature() -> String {
    let hex: String = sandbox::MARK.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("Motcua.Thu.Nghiem:0:*:{hex}\n")
}

/// Starts the program of this machine over a socket and over TCP, taking 1 MB at most, with these signatures.
fn real(signatures: Option<String>) -> Real {
    let places = ["/usr/sbin/clamd", "/usr/local/sbin/clamd"];
    let program = places.into_iter().find(|place| Path::new(place).is_file());
    let program = program.unwrap_or_else(|| unreachable!("clamd is missing: run scripts/packages.sh test"));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let folder = env::temp_dir().join(format!("motcua-clamd-{}-{port}", std::process::id()));
    fs::create_dir_all(folder.join("signatures")).unwrap();
    if let Some(signatures) = signatures {
        fs::write(folder.join("signatures/test.ndb"), signatures).unwrap();
    }
    let settings = format!(
        "Foreground yes\nLocalSocket {0}/clamd.ctl\nTCPSocket {port}\nTCPAddr 127.0.0.1\n\
         DatabaseDirectory {0}/signatures\nTemporaryDirectory {0}\nStreamMaxLength 1M\nLogFile {0}/clamd.log\n",
        folder.display()
    );
    fs::write(folder.join("clamd.conf"), settings).unwrap();
    let mut command = Command::new(program);
    command.arg("--config-file").arg(folder.join("clamd.conf")).stdout(Stdio::null()).stderr(Stdio::null());
    Real { child: command.spawn().unwrap(), folder, port }
}

fn at(address: &str) -> Arc<dyn VirusScanner> {
    scanner(&(find("clamd").unwrap().build)(json!({"address": address}), Wire::default()).unwrap())
}

/// Whether nothing listens there.
async fn is_unreachable(scanner: &dyn VirusScanner) -> bool {
    scanner.version(&trip()).await.is_err_and(|failure| failure.reason().contains("cannot be reached"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_real_clamd_is_understood_over_both_ways() {
    let mut real = real(Some(signature()));
    let socket = format!("unix:{}", real.folder.join("clamd.ctl").display());
    for address in [socket, format!("tcp://127.0.0.1:{}", real.port)] {
        let scanner = at(&address);
        while is_unreachable(&*scanner).await {
            assert!(real.child.try_wait().unwrap().is_none(), "clamd ended by itself");
            tokio::task::yield_now().await;
        }

        let bad = format!("truoc {} sau", sandbox::MARK);
        for _again in 0..3 {
            assert_eq!(scanner.scan(&trip(), b"giay to").await, Ok(Verdict::Clean), "{address}");
            let found = scanner.scan(&trip(), bad.as_bytes()).await;
            assert_eq!(found, Ok(infected("Motcua.Thu.Nghiem.UNOFFICIAL")), "{address}");
        }
        assert_eq!(scanner.scan(&trip(), b"").await, Ok(Verdict::Clean));
        assert_eq!(scanner.scan(&trip(), &vec![b'a'; 1 << 20]).await, Ok(Verdict::Clean));
        // It hangs up in the middle of what is too large.
        assert_eq!(scanner.scan(&trip(), &vec![b'a'; 9 << 20]).await, Ok(Verdict::TooLarge), "{address}");
        // Signatures of the house alone have neither number nor day: that is no scanner.
        let words = scanner.version(&trip()).await.unwrap_err();
        assert!(words.is_retry() && words.reason().contains("no database"), "{words}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_real_clamd_without_signatures_does_not_listen() {
    let mut real = real(None);
    let scanner = at(&format!("tcp://127.0.0.1:{}", real.port));

    let ended = real.child.wait().unwrap();

    assert!(!ended.success() && is_unreachable(&*scanner).await);
    assert!(scanner.scan(&trip(), b"giay to").await.unwrap_err().is_retry());
}
