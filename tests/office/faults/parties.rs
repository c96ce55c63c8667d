//! Parties that answer nonsense, over the real wire: asked again, and every effect is there once.

use super::office::Office;
use super::traveller::Traveller;
use crate::processes::parties::Party;
use crate::processes::premises::Plan;
use crate::support::evidence;
use futures::future::join_all;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

/// What a party says instead of its answer.
const NONSENSE: [&[u8]; 7] = [
    b"\x00\x9f\xffq\x17\x03\x01 \xfe\xed\n\r\n\x80\x01",
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 26\r\nconnection: close\r\n\r\n<html>Xin vui long cho</ht",
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 17\r\nconnection: close\r\n\r\n{\"error_code\": \"0",
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\nconnection: close\r\n\r\n{\"error",
    b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: 4\r\nconnection: close\r\n\r\nnull",
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n",
    b"",
];

/// A twin answers sooner.
const QUIET: Duration = Duration::from_millis(250);

/// Place in the list of the answer that never ends.
const ENDLESS: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_effect_is_there_once_though_all_parties_talk_nonsense_half_of_the_time() {
    let (office, [api, worker]) = Office::open(Plan { party: 8, ..Plan::default() }).await;
    let parties = &office.premises.parties;
    let mut liars = Vec::new();
    for party in [&parties.portal, &parties.mail, &parties.post, &parties.payment] {
        liars.push(Liar::before(party).await);
    }
    for role in [&api, &worker] {
        role.roads.iter().zip(&liars).for_each(|(road, liar)| road.lead(&liar.place));
    }
    let _processes = [office.start(&api).await.unwrap(), office.start(&worker).await.unwrap()];

    let told = join_all((0..12).map(async |number| Traveller::new(&office, number).travel().await)).await;

    office.assert_whole(&told).await;
    let lies: Vec<usize> = liars.iter().map(|liar| liar.told.load(SeqCst)).collect();
    assert!(lies.iter().all(|lies| *lies > 0), "each party lied: {lies:?}");
    let lies = u64::try_from(lies.iter().sum::<usize>()).unwrap();
    evidence::keep("faults_parties", &[("nonsense_answers", lies), ("dossiers", 12), ("breaches", 0)]);
}

/// Stands before a party: the first connection and every second one after it are answered with nonsense, every second of
/// those after the party has done what it was asked. A connection that is quiet for a moment is ended, so that there
/// are many.
struct Liar {
    place: String,
    told: Arc<AtomicUsize>,
}

impl Liar {
    async fn before(party: &Party) -> Self {
        let there: SocketAddr = party.url().split_once("://").unwrap().1.parse().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let place = listener.local_addr().unwrap().to_string();
        let told = Arc::<AtomicUsize>::default();
        tokio::spawn(lie(listener, there, told.clone()));
        Self { place, told }
    }
}

async fn lie(listener: TcpListener, there: SocketAddr, told: Arc<AtomicUsize>) {
    for number in 0_usize.. {
        let (mut near, _) = listener.accept().await.unwrap();
        let told = told.clone();
        tokio::spawn(async move {
            let mut far = TcpStream::connect(there).await.unwrap();
            if number % 2 == 1 {
                let _ = carry(&mut near, &mut far).await;
                return;
            }
            let lie = told.fetch_add(1, SeqCst);
            let _ = answer(&mut near, &mut far, lie).await;
        });
    }
}

/// Carries both ways until nothing was said for [`QUIET`].
async fn carry(near: &mut TcpStream, far: &mut TcpStream) -> std::io::Result<()> {
    let (mut asked, mut said) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    loop {
        let (length, asks) = tokio::select! {
            length = near.read(&mut asked) => (length?, true),
            length = far.read(&mut said) => (length?, false),
            () = tokio::time::sleep_until(Instant::now() + QUIET) => return Ok(()),
        };
        match (length, asks) {
            (0, _) => return Ok(()),
            (length, true) => far.write_all(&asked[..length]).await?,
            (length, false) => near.write_all(&said[..length]).await?,
        }
    }
}

async fn answer(near: &mut TcpStream, far: &mut TcpStream, lie: usize) -> std::io::Result<()> {
    let mut asked = vec![0; 64 << 10];
    // A party that speaks first, as a mail server does, is not asked anything before it lies.
    let length =
        tokio::time::timeout(Duration::from_millis(200), near.read(&mut asked)).await.unwrap_or(Ok(0))?;
    if lie % 2 == 1 && length > 0 {
        far.write_all(&asked[..length]).await?;
        let _ = tokio::time::timeout(Duration::from_millis(500), far.read(&mut asked)).await;
    }
    let nonsense = lie % NONSENSE.len();
    near.write_all(NONSENSE[nonsense]).await?;
    if nonsense != ENDLESS {
        return Ok(());
    }
    loop {
        near.write_all(b"400\r\n").await?;
        near.write_all(&[b' '; 0x400]).await?;
        near.write_all(b"\r\n").await?;
    }
}
