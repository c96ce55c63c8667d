//! What a postal point carries is read from its own indices, in order.

use super::{assert_no_scan, plan};
use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use entities::shipments::points::{Search, query};
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
