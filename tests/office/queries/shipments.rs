//! What a postal point carries is read from its own indices, in order.

use super::{actor, assert_no_scan, plan};
use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use entities::shipments::points::{Search, query};
use entities::shipments::refused_events;
use rules::actor::Role;
use uuid::Uuid;

#[tokio::test]
async fn the_list_of_a_postal_point_walks_its_index() {
    let (db, clock, point) = (TestDatabase::fresh().await, standing(), Uuid::now_v7());
    let search = Search { point, closed_since: None, after: Some(point), limit: 51 };

    let open = plan(&db, query(&search)).await;
    let done = plan(&db, query(&Search { closed_since: Some(clock.now()), after: None, ..search })).await;

    assert_no_scan("what is to be carried", &open);
    assert_no_scan("what was carried today", &done);
    assert!(open.contains("shipments_point_closed"), "{open}");
    assert!(done.contains("shipments_point_closed"), "{done}");
    assert!(!open.contains("TEMP B-TREE FOR ORDER BY"), "sorted by hand:\n{open}");
}

#[tokio::test]
async fn what_could_not_be_taken_is_read_from_the_index_of_what_waits() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    for by in [actor(Role::Administrator, None), actor(Role::PostalClerk, Some(unit))] {
        for after in [None, Some(unit)] {
            let search = refused_events::Search { settled: false, after, limit: 51 };

            let plan = plan(&db, refused_events::query(&by, &search)).await;

            assert_no_scan("refused events", &plan);
            assert!(plan.contains("refused_sightings_"), "{plan}");
        }
    }
}
