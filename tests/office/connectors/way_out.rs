//! Calls that leave the house go where the settings say and nowhere else, however an address is written or answered.

use crate::support::evidence;
use connectors::failure::Failure;
use connectors::outgoing::{Ask, Body, Limits, Outgoing};
use connectors::trip::Trip;
use connectors::way_out::{Barred, Found, Way, WayOut, barred};
use connectors::wire::Wire;
use reqwest::Method;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Ways to write an address that a party of the world does not have.
const SPELLINGS: [(Barred, &str); 5] = [
    (
        Barred::Private,
        "127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.0.0.1. 1２7.0.0.1 \
         127。0。0。1 [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] 10.0.0.1 167772161 0xa.1 012.0.0.1 \
         172.16.0.1 192.168.1.1 3232235777 100.64.0.1 [::ffff:10.0.0.1] [fc00::1] [fd12:3456:789a::1]",
    ),
    (
        Barred::Never,
        "0.0.0.0 0 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 [::ffff:169.254.169.254] \
         [fe80::1] [fd00:ec2::254] 100.100.100.200 168.63.129.16 224.0.0.1 239.255.255.250 255.255.255.255 [ff02::1] \
         [::] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [2001::1] 192.0.2.1 198.18.0.1",
    ),
    (Barred::Login, "an@party.example an:b@party.example :b@party.example party.example@127.0.0.1"),
    (Barred::Port, "party.example:22 party.example:25 party.example:53 party.example:445 1.1.1.1:1"),
    (Barred::Unreadable, "1.2.3.4.5 256.1.1.1 [::1 party.example:99999 0x1ffffffff a%00b exa<mple"),
];

#[test]
fn no_spelling_of_an_inner_address_is_called() {
    let out = way(false).open().unwrap();
    let mut refused = 0;
    for (why, spellings) in SPELLINGS {
        for spelling in spellings.split_whitespace() {
            let said = out.request(Method::GET, &format!("https://{spelling}/latest/meta-data")).err();
            assert_eq!(said, Some(why), "{spelling}");
            refused += 1;
        }
    }
    for scheme in ["http", "ftp", "file", "gopher", "dict", "ldap", "jar", "data"] {
        assert!(out.request(Method::GET, &format!("{scheme}://party.example/")).is_err(), "{scheme}");
        refused += 1;
    }
    for good in [
        "https://party.example/a?b=c",
        "https://party.example:8443",
        "https://1.1.1.1",
        "https://[2606:4700::1]:443",
    ] {
        assert!(out.request(Method::GET, good).is_ok(), "{good}");
    }
    evidence::keep("way_out", &[("spellings_refused", refused), ("spellings_called", 0)]);
}

#[test]
fn what_is_allowed_in_a_private_network_is_no_more_than_that() {
    let out = way(true).open().unwrap();
    for good in [
        "http://127.0.0.1:1",
        "http://10.0.0.1",
        "http://[::1]:6379",
        "https://192.168.1.1",
        "http://party.example",
    ] {
        assert!(out.request(Method::GET, good).is_ok(), "{good}");
    }
    for bad in [
        "http://169.254.169.254",
        "http://[fd00:ec2::254]",
        "http://0.0.0.0",
        "http://224.0.0.1",
        "file:///etc/passwd",
    ] {
        assert!(out.request(Method::GET, bad).is_err(), "{bad}");
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_called() {
    let inside = Server::says("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for (found, why) in [
        ("127.0.0.1", Barred::Private),
        ("1.1.1.1 127.0.0.1", Barred::Private),
        ("::ffff:127.0.0.1", Barred::Private),
        ("169.254.169.254", Barred::Never),
        ("2606:4700::1 fd00:ec2::254", Barred::Never),
    ] {
        let (out, _) = named(false, &[found]);
        let request = out.request(Method::GET, &format!("https://party.example:{}/", inside.port())).unwrap();
        assert_eq!(barred(&request.send().await.unwrap_err()), Some(why), "{found}");
    }
    assert_eq!(inside.asked(), 0);
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_judged_each_time_a_line_is_opened_and_only_then() {
    let party = Server::says("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n").await;
    let (out, looked) = named(true, &["127.0.0.1", "169.254.169.254"]);
    let ask = async || {
        out.request(Method::GET, &format!("http://party.example:{}/", party.port())).unwrap().send().await
    };

    let first = ask().await.unwrap();

    assert_eq!(
        (first.status().as_u16(), looked.load(Ordering::SeqCst)),
        (200, 1),
        "looked up once, and called there"
    );
    assert_eq!(barred(&ask().await.unwrap_err()), Some(Barred::Never));
    assert_eq!((looked.load(Ordering::SeqCst), party.asked()), (2, 1));
}

#[tokio::test]
async fn no_answer_leads_elsewhere() {
    let inside = Server::says("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for status in ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"] {
        let to = format!("http://127.0.0.1:{}/secret", inside.port());
        let head = format!("HTTP/1.1 {status}\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
        let party = Server::says(&head).await;

        let failure = party.ask(Limits::default()).await.unwrap().taken().unwrap_err();

        assert!(matches!(&failure, Failure::Fail { .. }), "{failure}");
    }
    assert_eq!(inside.asked(), 0);
}

#[tokio::test]
async fn answers_without_end_are_cut_off_by_size_and_by_time() {
    let limits = Limits { answer_bytes: 65_536, answer_ms: 20_000, ..Limits::default() };
    let huge = Server::repeats("HTTP/1.1 200 OK\r\ncontent-length: 9000000000\r\n\r\n", 16_384, 0).await;
    let endless = Server::repeats("HTTP/1.1 200 OK\r\n\r\n", 16_384, 0).await;
    let head_without_end = Server::repeats("HTTP/1.1 200 OK\r\nx: ", 16_384, 0).await;
    for server in [&huge, &endless] {
        let failure = server.ask(limits.clone()).await.unwrap_err();
        assert!(failure.reason().contains("more than 65536 bytes"), "{failure}");
    }
    assert!(head_without_end.ask(limits).await.is_err());
    let dripping = Server::repeats("HTTP/1.1 200 OK\r\n\r\n", 1, 50).await;

    let late = dripping.ask(Limits { answer_ms: 400, ..Limits::default() }).await.unwrap_err();

    assert!(late.reason().contains("did not answer in time"), "{late}");
}

#[tokio::test]
async fn a_party_on_this_machine_is_called_only_where_its_section_allows_it() {
    let party = Server::says("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let out = Outgoing::new("the party", &Limits::default(), Wire::default()).unwrap();
    for (url, words) in [
        (format!("http://127.0.0.1:{}/", party.port()), "only https"),
        (format!("https://127.0.0.1:{}/", party.port()), "private network"),
        (format!("https://localhost:{}/", party.port()), "private network"),
    ] {
        let failure = out.send(&trip(), asking(&url)).await.unwrap_err();
        assert!(
            failure.reason().contains(words) && matches!(failure, Failure::Retry { undone: true, .. }),
            "{failure}"
        );
        assert!(!failure.reason().contains("127.0.0.1"), "{failure}");
    }
    assert_eq!(party.asked(), 0);
    assert_eq!(party.ask(Limits::default()).await.unwrap().status, 200);
}

fn way(private: bool) -> Way {
    let patience = Duration::from_secs(20);
    Way { private, ..Way::new(patience, patience) }
}

/// A way out on which every name leads to these addresses, one set after the other; and how often it was looked up.
fn named(private: bool, found: &[&str]) -> (WayOut, Arc<AtomicUsize>) {
    let looked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&looked);
    let sets: Vec<Vec<IpAddr>> =
        found.iter().map(|set| set.split(' ').map(|address| address.parse().unwrap()).collect()).collect();
    let lookup = Arc::new(move |_: String| {
        let set = sets[counted.fetch_add(1, Ordering::SeqCst).min(sets.len() - 1)].clone();
        let found: Found = Box::pin(async move { Ok(set) });
        found
    });
    (Way { lookup, ..way(private) }.open().unwrap(), looked)
}

fn trip() -> Trip {
    Trip::at(crate::support::clock::opening())
}

fn asking(url: &str) -> Ask<'_> {
    Ask { url, what: "anything", headers: Vec::new(), body: Body::Nothing }
}

/// A party that says the same to everybody.
struct Server {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Server {
    async fn says(answer: &str) -> Self {
        let answer = answer.to_owned();
        Self::serving(move |mut line: TcpStream| {
            let answer = answer.clone();
            async move {
                let _ = line.write_all(answer.as_bytes()).await;
            }
        })
        .await
    }

    /// Says the head, and then as many letters again and again, after so many milliseconds each time.
    async fn repeats(head: &str, letters: usize, pause: u64) -> Self {
        let head = head.to_owned();
        Self::serving(move |mut line: TcpStream| {
            let head = head.clone();
            async move {
                let mut beat = tokio::time::interval(Duration::from_millis(pause.max(1)));
                let mut sent = line.write_all(head.as_bytes()).await;
                while sent.is_ok() {
                    beat.tick().await;
                    sent = line.write_all(&vec![b'a'; letters]).await;
                }
            }
        })
        .await
    }

    async fn serving<F, G>(answer: F) -> Self
    where
        F: Fn(TcpStream) -> G + Send + 'static,
        G: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut line, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut request = [0; 4_096];
                let _ = line.read(&mut request).await;
                tokio::spawn(answer(line));
            }
        });
        Self { address, asked }
    }

    fn port(&self) -> u16 {
        self.address.port()
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    async fn ask(&self, limits: Limits) -> Result<connectors::outgoing::Answer, Failure> {
        let limits = Limits { allow_private: true, ..limits };
        let out = Outgoing::new("the party", &limits, Wire::default()).unwrap();
        out.send(&trip(), asking(&format!("http://{}/", self.address))).await
    }
}
