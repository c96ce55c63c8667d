//! The chronicle is read along its indices, however long it is.

use super::{actor, assert_no_scan, plan, sealer};
use crate::support::database::TestDatabase;
use entities::chronicle::chaining::unlinked;
use entities::chronicle::reading::{Search, about_me_queries, query};
use rules::actor::Role;
use uuid::Uuid;

fn assert_walks(what: &str, plan: &str, index: &str) {
    assert_no_scan(what, plan);
    assert!(plan.contains(index), "{what}:\n{plan}");
    assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "sorted by hand:\n{plan}");
}

#[tokio::test]
async fn a_persons_log_walks_the_index_of_the_account_and_that_of_the_number() {
    let (db, by) = (TestDatabase::fresh().await, actor(Role::Citizen, None));
    for before in [None, Some(Uuid::now_v7())] {
        let queries = about_me_queries(&sealer(), &by, before, 51);

        assert_eq!(queries.len(), 2);
        for (query, index) in queries.into_iter().zip(["chronicle_account", "chronicle_owner"]) {
            assert_walks("the access log", &plan(&db, query).await, index);
        }
    }
}

#[tokio::test]
async fn an_inspector_finds_by_unit_and_by_dossier_along_an_index() {
    let (db, key) = (TestDatabase::fresh().await, Some(Uuid::now_v7()));
    let search = || Search { limit: 51, before: key, ..Search::default() };
    for (search, index) in [
        (Search { unit: key, ..search() }, "chronicle_unit"),
        (Search { dossier: key, ..search() }, "chronicle_dossier"),
    ] {
        assert_walks("the chronicle", &plan(&db, query(&sealer(), &search)).await, index);
    }
}

#[tokio::test]
async fn what_is_to_be_linked_is_found_among_the_newest_alone() {
    let db = TestDatabase::fresh().await;

    let plan = plan(&db, unlinked(Uuid::now_v7(), 500)).await;

    assert_no_scan("entries to be linked", &plan);
    assert!(plan.contains("chronicle_links_entry"), "{plan}");
}
