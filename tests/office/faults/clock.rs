//! The clock of a machine jumps, forward by days and back by an hour, between the steps of a dossier.

use crate::invariants;
use crate::invariants::busy::{bring_through, kept};
use crate::journeys::stage::Stage;
use crate::support::evidence;
use chrono::TimeDelta;
use std::collections::BTreeSet;

#[tokio::test]
async fn every_fold_holds_though_the_clock_jumped_two_days_ahead_and_an_hour_back() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let jumps = [TimeDelta::days(2), TimeDelta::hours(-1), TimeDelta::minutes(5)];

    for first in 0..jumps.len() {
        let turned = [&jumps[first..], &jumps[..first]].concat();
        bring_through(&stage, &mut done, &turned).await;
    }

    let kept = kept(&stage.commune).await;
    assert_eq!(kept.breaches_at_rest().await, Vec::<String>::new());
    evidence::keep("faults_clock", &[("jumps", 21), ("invariants", invariants::count()), ("breaches", 0)]);
}
