//! The sweep of warnings and their list read their own indices, in order.

use super::{actor, assert_no_scan, plan};
use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use entities::warnings::reading::{Search, WarningState, queries};
use entities::warnings::sweeping;
use rules::actor::Role;
use rules::warnings::WarningKind;
use uuid::Uuid;

#[tokio::test]
async fn the_sweep_reads_only_what_is_to_be_looked_at() {
    let (db, clock) = (TestDatabase::fresh().await, standing());
    for after in [None, Some((clock.now(), Uuid::now_v7()))] {
        let plan = plan(&db, sweeping::query(clock.now(), after)).await;

        assert_no_scan("the sweep", &plan);
        assert!(plan.contains("dossiers_watch"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "sorted by hand:\n{plan}");
    }
}

#[tokio::test]
async fn a_list_of_warnings_walks_the_index_of_each_name() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    let by = actor(Role::CaseOfficer, Some(unit));
    let search = || Search { limit: 51, ..Search::default() };
    for search in [
        search(),
        Search { state: Some(WarningState::Open), after: Some(unit), ..search() },
        Search { state: Some(WarningState::Seen), unit: Some(unit), ..search() },
        Search { kind: Some(WarningKind::Late), ..search() },
    ] {
        let queries = queries(&by, &search);
        assert_eq!(queries.len(), 2, "the officer's own name and the role at the unit");
        for query in queries {
            let plan = plan(&db, query).await;

            assert_no_scan("warnings", &plan);
            assert!(plan.contains("warnings_addressee") || plan.contains("warnings_open"), "{plan}");
            assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "sorted by hand:\n{plan}");
        }
    }
}
