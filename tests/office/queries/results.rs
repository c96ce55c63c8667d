//! Lists of results and of their links walk indices of their own.

use super::{actor, plan};
use crate::support::database::TestDatabase;
use entities::results::{linking, reading};
use rules::actor::Role;
use uuid::Uuid;

#[tokio::test]
async fn ones_own_results_are_read_from_the_index_of_each_name() {
    let (db, sealer, by) = (TestDatabase::fresh().await, super::sealer(), actor(Role::Citizen, None));
    for before in [None, Some(Uuid::now_v7())] {
        let queries = reading::queries(&sealer, &by, before, 51);
        assert_eq!(queries.len(), 2, "what was handed in, and what is in the vouched name");
        for query in queries {
            let plan = plan(&db, query).await;

            assert!(plan.contains("results_owner"), "another index:\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "sorted by hand:\n{plan}");
        }
    }
}

#[tokio::test]
async fn the_links_of_a_result_are_read_in_order() {
    let db = TestDatabase::fresh().await;
    for before in [None, Some(Uuid::now_v7())] {
        let plan = plan(&db, linking::query(Uuid::now_v7(), before, 51)).await;

        assert!(plan.contains("result_links_result"), "another index:\n{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "sorted by hand:\n{plan}");
    }
}
