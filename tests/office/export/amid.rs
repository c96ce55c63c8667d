//! Everything is taken out while people hand in: what comes out is the office of one moment.

use super::{checked, count, desk_of, table, taken_out};
use crate::support::commune::{Commune, DESK, MAU};
use futures::future::join_all;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_amid_writes_is_the_office_of_one_moment() {
    let commune = Commune::open().await;
    for _ in 0..3 {
        commune.submit(MAU, commune.copies(), |_| {}).await;
    }
    let desk = Arc::new(desk_of(&commune).await);
    let folder = desk.0.join("handed-over");
    let (begun, taken) = (count(&commune.database, "dossiers").await, AtomicBool::new(false));

    let writing = join_all((0..3).map(|_| hand_in_until(&commune, &taken)));
    let out = async {
        let (there, into) = (desk.clone(), folder.clone());
        let said = tokio::task::spawn_blocking(move || taken_out(&there, &into).1).await.unwrap();
        taken.store(true, Ordering::SeqCst);
        (said, count(&commune.database, "dossiers").await)
    };
    let (_, (said, meanwhile)) = tokio::join!(writing, out);

    assert!(begun < meanwhile, "people handed in while it was taken out");
    let after = count(&commune.database, "dossiers").await;
    let dossiers = table(&folder, "dossiers");
    let there = u64::try_from(dossiers.len()).unwrap();
    assert!(begun <= there && there < after, "{begun} <= {there} < {after}: {said}");
    let (agrees, said) = checked(&folder);
    assert!(agrees, "counts, sums and links are of one moment: {said}");
    let mut entries: BTreeMap<String, i64> = BTreeMap::new();
    for entry in table(&folder, "history") {
        *entries.entry(entry["dossier_id"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    for dossier in &dossiers {
        assert_eq!(json!(entries[dossier["id"].as_str().unwrap()]), dossier["entries"], "{dossier}");
    }
}

/// Hands dossiers in and has them received until everything was taken out, and once more.
async fn hand_in_until(commune: &Commune, taken: &AtomicBool) {
    loop {
        let last = taken.load(Ordering::SeqCst);
        let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
        commune.done(DESK, &dossier, "acceptance", json!({})).await;
        if last {
            return;
        }
    }
}
