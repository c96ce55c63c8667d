//! `kill -9` of the API and of the worker at counted points of many journeys: nothing is lost, nothing is doubled.

use super::office::{Office, Role};
use super::traveller::{Told, Traveller};
use crate::invariants;
use crate::processes::premises::Plan;
use crate::support::evidence;
use crate::support::servers::{environment, on_postgres};
use futures::future::join_all;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

/// Deaths in one office, unless `MOTCUA_KILLS` asks for more.
const KILLS: usize = 102;

/// Offices that live, die and work beside each other.
const OFFICES: usize = 2;

/// Clients under way at once.
const CLIENTS: usize = 3;

/// More lives of one process than these, and hardly any of them came to its point.
const MOST_LIVES: usize = 3_000;

/// A life that did not come to its point by then is ended where it stands.
const QUIET: Duration = Duration::from_secs(4);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn api_and_worker_killed_at_two_hundred_points_of_the_journeys_lose_and_double_nothing() {
    let kills = environment("MOTCUA_KILLS").map_or(KILLS, |told| told.parse().unwrap());
    let series = join_all((0..OFFICES).map(|seed| live(seed, kills))).await;

    let sum = |of: fn(&Series) -> usize| u64::try_from(series.iter().map(of).sum::<usize>()).unwrap();
    let (points, dossiers) = (sum(|s| s.api + s.worker), sum(|s| s.dossiers));
    assert!(points >= u64::try_from(OFFICES * kills * 9 / 10).unwrap(), "{series:?}");
    assert!(series.iter().all(|s| s.api > 0 && s.worker > 0), "{series:?}");
    let figures = [
        ("points", points),
        ("api", sum(|s| s.api)),
        ("worker", sum(|s| s.worker)),
        ("lives", sum(|s| s.lives)),
        ("dossiers", dossiers),
        ("told_again", sum(|s| s.told_again)),
        ("invariants", invariants::count()),
        ("breaches", 0),
    ];
    eprintln!("kill points: {figures:?}");
    evidence::keep("kill_points", &figures);
}

/// What came of one office.
#[derive(Debug, Default)]
struct Series {
    api: usize,
    worker: usize,
    lives: usize,
    dossiers: usize,
    told_again: usize,
}

/// What the deaths and the clients of one office share.
struct Course {
    /// Deaths still to come.
    left: AtomicUsize,
    /// No client begins another dossier.
    enough: AtomicBool,
    next: AtomicUsize,
}

async fn live(seed: usize, kills: usize) -> Series {
    let plan = Plan { lease_ms: 1_000, ..Plan::default() };
    let (office, [api, worker]) = Office::open(plan).await;
    let course = Course { left: kills.into(), enough: false.into(), next: 0.into() };
    let clients = join_all((0..CLIENTS).map(|_| keep_handing_in(&office, &course)));

    let (told, api, worker) = tokio::join!(
        clients,
        die_and_rise(&office, &api, &course, seed),
        die_and_rise(&office, &worker, &course, seed + 7),
    );

    let told: Vec<Told> = told.into_iter().flatten().collect();
    office.assert_whole(&told).await;
    let told_again = usize::try_from(office.books().said_again().await).unwrap();
    let lives = api.lives + worker.lives;
    Series { api: api.deaths, worker: worker.deaths, lives, dossiers: told.len(), told_again }
}

async fn keep_handing_in(office: &Office, course: &Course) -> Vec<Told> {
    let mut told = Vec::new();
    while !course.enough.load(SeqCst) {
        told.push(Traveller::new(office, course.next.fetch_add(1, SeqCst)).travel().await);
    }
    told
}

/// How a process fared, and the one that lives on.
struct Fate {
    deaths: usize,
    lives: usize,
    _alive: crate::processes::child::Process,
}

/// Starts a process, kills it at the next point, looks whether all holds, and again; the last life goes on.
async fn die_and_rise(office: &Office, role: &Role, course: &Course, seed: usize) -> Fate {
    let (mut deaths, mut lives) = (0, 0);
    loop {
        let dies = take_one(&course.left);
        lives += 1;
        assert!(lives < MOST_LIVES, "the machine is too slow for {} to come to its points", role.command);
        let process = office.start(role).await.expect("nothing stands in the way of a start");
        if !dies {
            course.enough.store(true, SeqCst);
            return Fate { deaths, lives, _alive: process };
        }
        let tripped = role.wire.arm(point(seed, lives));
        let counted = tokio::time::timeout(QUIET, tripped).await.is_ok();
        process.kill().await;
        role.wire.release();
        deaths += usize::from(counted);
        // A death at no counted point is none of those that were asked for, as long as there is something to count.
        if !counted && !course.enough.load(SeqCst) {
            course.left.fetch_add(1, SeqCst);
        }
        assert_eq!(
            office.breaches().await,
            Vec::<String>::new(),
            "after death {deaths} of the {}",
            role.command
        );
    }
}

fn take_one(left: &AtomicUsize) -> bool {
    left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok()
}

/// After how many pieces the life ends: spread over all lengths, each office by its own steps.
fn point(seed: usize, life: usize) -> u64 {
    let step = (seed * 13 + life * 29) % SPAN;
    let pieces = if on_postgres() { step * step * step / 400 } else { step };
    u64::try_from(1 + pieces).unwrap()
}

/// Among how many pieces the points are spread. On PostgreSQL every statement goes to and fro twice the first time, and a
/// new worker takes up several jobs at once: some lives are twenty times as long there, or no job ever came to its end.
const SPAN: usize = 97;
