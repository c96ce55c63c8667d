//! A whole family: two at once, two in line, and the main dossier that waits for all four.

use super::{below, blocks, children, planned, received, settled};
use crate::journeys::stage::Stage;
use crate::support::commune::{DESK, MAU, NEIGHBOUR, text};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

fn each<'v>(list: &'v [Value], member: &str) -> Vec<&'v Value> {
    list.iter().map(|child| &child[member]).collect()
}

fn times(history: &[Value], act: &str) -> usize {
    history.iter().filter(|entry| entry["act"] == act).count()
}

#[tokio::test]
async fn l_31_the_main_dossier_waits_for_two_at_once_and_two_in_line() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    let mut parent = received(commune).await;
    for key in ["at-once-1", "at-once-2", "first", "second"] {
        parent = planned(commune, &parent, key).await.0;
    }
    let family = children(commune, MAU, &parent).await;
    assert_eq!(each(&family, "held"), [false, false, false, true]);
    assert_eq!(
        each(&family, "code"),
        ["H55.102-260310-0001", "H55.101-260310-0002", "H55.102-260310-0002", "H55.102-260310-0003"]
    );
    let forwarded = commune.done(DESK, &parent, "forwarding", body!({})).await;
    let decision = body!({
        "outcome": "granted", "number": "9/KQ", "result_code": "KQ-T02", "file": commune.paper(DESK).await,
    });
    let refused = commune.refused(DESK, &forwarded, "decision", decision.clone()).await;
    assert_eq!(blocks(&refused), ["children_open"]);

    settled(commune, NEIGHBOUR, &family[0]).await;
    settled(commune, DESK, &family[1]).await;
    settled(commune, NEIGHBOUR, &family[2]).await;
    stage.work(&mut done).await;
    let between = children(commune, MAU, &parent).await;
    assert_eq!(each(&between, "held"), [false; 4]);
    assert_eq!(each(&between, "status"), ["returned", "returned", "decided", "submitted"], "the fee is owed");
    settled(commune, NEIGHBOUR, &family[3]).await;
    stage.work(&mut done).await;

    let paid = commune.now(DESK, &family[2]).await;
    commune.done(DESK, &paid, "cash-payment", body!({"receipt_number": "BL 1"})).await;
    let now = commune.now(DESK, &parent).await;
    let decided = commune.done(DESK, &now, "decision", decision).await;
    stage.work(&mut done).await;
    assert_eq!(decided["status"], "decided");
    let papers = below(commune, MAU, &parent, "papers").await;
    assert_eq!(papers.iter().filter(|paper| paper["part"] == "child_result").count(), 4);
    let history = below(commune, DESK, &parent, "history").await;
    assert_eq!((times(&history, "open_child"), times(&history, "end_child")), (4, 4));
    for child in &family {
        let (lines, record) = stage.told(child).await;
        assert!(lines.is_empty() && record.is_empty(), "the portal hears of the main dossier alone");
    }
    let letters = stage.letters().await;
    let of_child =
        |letter: &&Value| family.iter().any(|child| text(letter, "text").contains(text(child, "code")));
    assert_eq!(letters.iter().filter(of_child).count(), 0, "nothing was wanted of the person");
}
