//! Ten times as many people as usual for some seconds: afterwards the office answers as before, and nobody is lost.

use super::office::Office;
use super::traveller::{Told, Traveller};
use crate::processes::premises::Plan;
use crate::processes::waiting::beat;
use crate::support::evidence;
use futures::future::join_all;
use reqwest::Method;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

/// People at once in usual times, and at most while all come together.
const USUAL: usize = 2;
const CROWD: usize = 10 * USUAL;

/// How long each time lasts.
const LASTS: Duration = Duration::from_secs(3);

/// A machine that tests share with others is not measured more finely.
const FLOOR: Duration = Duration::from_millis(150);

/// By then everything is as before.
const RECOVERED: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_times_the_usual_crowd_is_forgotten_ten_seconds_after_it_left() {
    let (office, [api, worker]) = Office::open(Plan::default()).await;
    let _processes = [office.start(&api).await.unwrap(), office.start(&worker).await.unwrap()];
    let first = Traveller::new(&office, 0);
    let papers = [first.paper("giay-1").await, first.paper("giay-2").await];
    let crowd = Crowd { office: &office, papers, next: 0.into() };

    let (mut told, before) = tokio::join!(crowd.comes(USUAL), crowd.usual_wait());
    let steady = told.len();
    told.extend(crowd.comes(CROWD).await);
    let burst = told.len() - steady;
    let left = Instant::now();
    let wanted = FLOOR.max(before * 2);
    while crowd.median().await > wanted {
        assert!(left.elapsed() < RECOVERED, "not below {wanted:?} again");
    }
    let recovered = left.elapsed();

    assert!(recovered < RECOVERED, "{recovered:?}");
    office.assert_whole(&told).await;
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap();
    let figures = [
        ("steady_dossiers", u64::try_from(steady).unwrap()),
        ("burst_dossiers", u64::try_from(burst).unwrap()),
        ("usual_wait_ms", millis(before)),
        ("recovered_ms", millis(recovered)),
        ("lost", 0),
    ];
    eprintln!("burst: {figures:?}");
    evidence::keep("burst", &figures);
}

/// People who hand in the same two papers.
struct Crowd<'a> {
    office: &'a Office,
    papers: [Uuid; 2],
    next: AtomicUsize,
}

impl Crowd<'_> {
    /// So many at once, each handing in one dossier after the other, until the time is over.
    async fn comes(&self, people: usize) -> Vec<Told> {
        let until = Instant::now() + LASTS;
        let each = (0..people).map(async |_| {
            let mut told = Vec::new();
            while Instant::now() < until {
                let person = Traveller::again(self.office, 0, self.next.fetch_add(1, SeqCst));
                let (id, code) = person.hand_in_with(&self.papers).await;
                told.push(Told { id, code, end: "submitted" });
            }
            told
        });
        join_all(each).await.into_iter().flatten().collect()
    }

    /// How long an ordinary question takes in usual times.
    async fn usual_wait(&self) -> Duration {
        sleep_until(Instant::now() + LASTS / 3).await;
        self.median().await
    }

    /// The median of eleven ordinary questions, one after the other.
    async fn median(&self) -> Duration {
        let (mut waits, mut beat) = (Vec::new(), beat(Duration::from_millis(20)));
        for _ in 0..11 {
            beat.tick().await;
            let asked = Instant::now();
            let token = self.office.premises.officer().token;
            let answer =
                self.office.request(Method::GET, "/v1/dossiers").bearer_auth(token).send().await.unwrap();
            assert_eq!(answer.status(), 200);
            answer.bytes().await.unwrap();
            waits.push(asked.elapsed());
        }
        waits.sort_unstable();
        waits[waits.len() / 2]
    }
}
