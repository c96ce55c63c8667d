//! Minutes of mixed journeys with faults among them, for `make soak`: nothing is lost, and memory stays flat.

use super::office::Office;
use super::traveller::{Told, Traveller};
use crate::processes::child::Process;
use crate::processes::premises::Plan;
use crate::processes::waiting::beat;
use crate::support::servers::environment;
use crate::support::{evidence, servers};
use futures::future::join_all;
use serde_json::json;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;
use tokio::time::Instant;

/// Clients at once; each rests a moment between two dossiers, so that a small machine is busy and not choked.
const CLIENTS: usize = 3;
const REST: Duration = Duration::from_millis(500);

/// Jobs that the workers may lag behind before a client begins another dossier.
const ENOUGH: u64 = 150;

/// How often something falls, and how long a party is away.
const EVERY: Duration = Duration::from_secs(10);
const AWAY: Duration = Duration::from_secs(3);

/// How often memory is looked at.
const LOOK: Duration = Duration::from_secs(10);

/// What the last third of the looks may have above the second third: a tenth, and some megabytes of noise.
const TENTH: u64 = 10;
const NOISE_KB: u64 = 12 << 10;

/// `MOTCUA_SOAK_MINUTES` says how long; without it there is nothing to do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_stays_flat_through_minutes_of_journeys_and_faults() {
    let Some(minutes) = environment("MOTCUA_SOAK_MINUTES") else { return };
    let until = Instant::now() + Duration::from_secs(60 * minutes.parse::<u64>().unwrap());
    let (office, [api, worker]) = Office::open(Plan { lease_ms: 5_000, ..Plan::default() }).await;
    let processes = [office.start(&api).await.unwrap(), office.start(&worker).await.unwrap()];
    let next = AtomicUsize::new(0);

    let clients = join_all((0..CLIENTS).map(|_| keep_travelling(&office, &next, until)));
    let (told, looks, faults) = tokio::join!(clients, look(&processes, until), trouble(&office, until));

    let told: Vec<Told> = told.into_iter().flatten().collect();
    office.assert_whole(&told).await;
    for (process, looks) in ["api", "worker"].into_iter().zip(&looks) {
        let (second, last) = (third(looks, 1), third(looks, 2));
        println!("{process}: {second} kB in the second third, {last} kB in the last");
        assert!(last <= second + second / TENTH + NOISE_KB, "the {process} grows: {looks:?}");
    }
    let figures = [
        ("minutes", minutes.parse().unwrap()),
        ("dossiers", u64::try_from(told.len()).unwrap()),
        ("faults", faults),
        ("api_second_third_kb", third(&looks[0], 1)),
        ("api_last_third_kb", third(&looks[0], 2)),
        ("worker_second_third_kb", third(&looks[1], 1)),
        ("worker_last_third_kb", third(&looks[1], 2)),
        ("breaches", 0),
    ];
    println!("soak on {}: {figures:?}", if servers::on_postgres() { "PostgreSQL" } else { "SQLite" });
    evidence::keep("soak", &figures);
}

async fn keep_travelling(office: &Office, next: &AtomicUsize, until: Instant) -> Vec<Told> {
    let (mut told, mut beat) = (Vec::new(), beat(REST));
    while Instant::now() < until {
        beat.tick().await;
        if office.books().open().await > ENOUGH {
            continue;
        }
        told.push(Traveller::new(office, next.fetch_add(1, SeqCst)).travel().await);
    }
    told
}

/// Resident memory of both in kB, at every look.
async fn look(processes: &[Process; 2], until: Instant) -> [Vec<u64>; 2] {
    let (mut looks, mut beat, began) = ([Vec::new(), Vec::new()], beat(LOOK), Instant::now());
    while Instant::now() < until {
        beat.tick().await;
        let now = processes.each_ref().map(resident);
        println!("{:4} s: api {} kB, worker {} kB", began.elapsed().as_secs(), now[0], now[1]);
        looks.iter_mut().zip(now).for_each(|(all, one)| all.push(one));
    }
    looks
}

fn resident(process: &Process) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.number().unwrap())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The middle value of a third of the looks.
fn third(looks: &[u64], which: usize) -> u64 {
    let size = looks.len() / 3;
    let mut some = looks[which * size..(which + 1) * size].to_vec();
    some.sort_unstable();
    some[some.len() / 2]
}

/// Every few seconds another worker is started and killed, or a party is down for a while; gives how often.
async fn trouble(office: &Office, until: Instant) -> u64 {
    let (mut faults, mut often, mut again) = (0, beat(EVERY), beat(AWAY));
    often.tick().await;
    while Instant::now() + Duration::from_secs(20) < until {
        often.tick().await;
        let parties = &office.premises.parties;
        let party = [&parties.portal, &parties.mail, &parties.post][usize::try_from(faults % 3).unwrap()];
        if faults % 2 == 0 {
            office.premises.worker().await.kill().await;
        } else {
            party.press("/__magic", &json!({"next": "down"})).await;
            again.reset();
            again.tick().await;
            party.press("/__magic", &json!({"next": "up"})).await;
        }
        faults += 1;
    }
    faults
}
