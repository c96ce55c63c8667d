//! No report scans the table: the planner is asked about each of its queries.

use crate::queries::{assert_no_scan, plan};
use crate::support::clock::opening;
use crate::support::database::TestDatabase;
use chrono::TimeDelta;
use entities::reports::{forecast, tallies};
use rules::forecast::Measured;
use rules::local_time::local_date;
use rules::past::Period;
use uuid::Uuid;

#[tokio::test]
async fn no_query_of_a_report_scans_the_table() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    let period = Period { from: opening() - TimeDelta::days(90), until: opening() };
    let measured = Measured { first: local_date(period.from), last: local_date(opening()), days: 60 };

    for (what, query, index) in [
        ("a page of a tally", tallies::query(unit, period, None), "dossiers_"),
        ("a later page of a tally", tallies::query(unit, period, Some(unit)), "dossiers_"),
        ("the queue", forecast::waiting(unit), "dossiers_queue"),
        ("what lies with applicants", forecast::with_the_applicant(unit), "dossiers_with_applicant"),
        ("the results of some days", forecast::decided(unit, measured), "dossiers_decided"),
    ] {
        let plan = plan(&db, query).await;

        assert_no_scan(what, &plan);
        assert!(plan.contains(index), "{what} uses another index:\n{plan}");
        assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{what} is sorted by hand:\n{plan}");
    }
}
