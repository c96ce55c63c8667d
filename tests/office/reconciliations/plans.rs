//! The walk, the ledger and the lists of the comparison read their own indices, in order.

use crate::queries::{assert_no_scan, plan};
use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use entities::pushes::ledger;
use entities::reconciliations::comparing::Kind;
use entities::reconciliations::findings::{self, Search};
use entities::reconciliations::{self, sent, walking};
use entities::tables::portal_reconciliations::Model;
use uuid::Uuid;

fn run(phase: &str, reached: Option<Uuid>) -> Model {
    let at = standing().now();
    Model {
        id: Uuid::now_v7(),
        state: "running".into(),
        since: Some(at),
        asked_by: None,
        asked_name: None,
        started_at: at,
        ended_at: None,
        parts: 1,
        looked_at: 0,
        passed_over: 0,
        phase: phase.into(),
        reached,
        reached_at: reached.map(|_| at),
    }
}

#[tokio::test]
async fn each_half_of_the_walk_reads_its_own_index() {
    let db = TestDatabase::fresh().await;
    for (phase, index) in [("live", "dossiers_live"), ("ended", "dossiers_ended")] {
        for reached in [None, Some(Uuid::now_v7())] {
            let plan = plan(&db, walking::query(&run(phase, reached)).unwrap()).await;

            assert_no_scan(phase, &plan);
            assert!(plan.contains(index), "{phase}:\n{plan}");
            assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{phase} is sorted by hand:\n{plan}");
        }
    }
}

#[tokio::test]
async fn the_ledger_and_the_findings_are_read_from_their_indices() {
    let (db, id) = (TestDatabase::fresh().await, Uuid::now_v7());
    let search = Search { kind: Some(Kind::MissingThere), repaired: Some(false), after: Some(id), limit: 51 };

    let ledger = plan(&db, ledger::query(id, Some(id), 51)).await;
    let findings = plan(&db, findings::query(id, &search).unwrap()).await;
    let runs = plan(&db, reconciliations::query(Some(id), 51)).await;
    let unborn = plan(&db, sent::query(&run("sent", Some(id)))).await;

    assert!(ledger.contains("portal_exchanges_dossier"), "{ledger}");
    assert!(findings.contains("portal_findings_"), "{findings}");
    assert!(unborn.contains("portal_messages_dossier"), "{unborn}");
    assert!(!unborn.contains("TEMP B-TREE FOR ORDER BY"), "{unborn}");
    assert!(!runs.contains("TEMP B-TREE") && !runs.contains("Seq Scan"), "{runs}");
}
