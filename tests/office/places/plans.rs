//! Places, codes of units and downtimes are read from their indices.

use crate::queries::plan;
use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use entities::catalogue::units;
use entities::{downtimes, places};
use rules::codes::PlaceLevel;
use rules::local_time::local_date;
use uuid::Uuid;

#[track_caller]
fn assert_walked(what: &str, plan: &str) {
    let walked = plan.lines().all(|line| !line.contains("Seq Scan") && !line.contains("TEMP B-TREE"));
    let scans = plan.lines().any(|line| line.contains("SCAN") && !line.contains("INDEX"));
    assert!(walked && !scans, "{what}:\n{plan}");
}

#[tokio::test]
async fn no_list_of_places_is_scanned_or_sorted_by_hand() {
    let (db, day) = (TestDatabase::seeded().await, local_date(standing().now()));
    let search = || places::Search { limit: 51, ..places::Search::default() };
    for (what, search) in [
        ("all", search()),
        ("later page", places::Search { after: Some("01840".into()), ..search() }),
        ("of a level", places::Search { level: Some(PlaceLevel::Commune), ..search() }),
        ("inside another", places::Search { parent: Some("19".into()), ..search() }),
    ] {
        assert_walked(what, &plan(&db, places::query(&search, day).unwrap()).await);
    }
}

#[tokio::test]
async fn c_06_a_unit_is_found_by_its_code_in_an_index() {
    let (db, day) = (TestDatabase::seeded().await, local_date(standing().now()));
    let search = units::Search { code: Some("000.01.40.H55".into()), limit: 2, ..units::Search::default() };

    let found = plan(&db, units::query(&search, day).unwrap()).await;

    assert!(found.contains("unit_codes_code") || found.contains("unit_codes_pkey"), "{found}");
}

#[tokio::test]
async fn l_17_downtimes_are_walked_from_the_next_one_on() {
    let (db, clock) = (TestDatabase::fresh().await, standing());
    for after in [None, Some((clock.now(), Uuid::now_v7()))] {
        assert_walked("downtimes", &plan(&db, downtimes::query(clock.now(), after, 51)).await);
    }
}
