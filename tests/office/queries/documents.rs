//! The lists of the e-document store, and what is counted and known from dossiers.

use super::{assert_no_scan, plan};
use crate::support::clock;
use crate::support::database::TestDatabase;
use chrono::TimeDelta;
use entities::digitisations::uses;
use entities::documents::{knowing, reading, using};
use entities::reports::reuse;
use rules::past::Period;
use uuid::Uuid;

#[tokio::test]
async fn no_list_of_documents_scans_a_table() {
    let (db, id) = (TestDatabase::fresh().await, Uuid::now_v7());
    for paper_type in [None, Some("CCCD")] {
        for before in [None, Some(id)] {
            assert_no_scan("documents", &plan(&db, reading::query("shelf", (paper_type, before), 51)).await);
            assert_no_scan("uses", &plan(&db, using::query(id, before, 51)).await);
            assert_no_scan("looks", &plan(&db, uses::query(id, before, 51)).await);
        }
    }
    assert_no_scan("the last dossier of a person", &plan(&db, knowing::query("shelf")).await);
    let until = clock::opening();
    let period = Period { from: until - TimeDelta::days(90), until };
    for after in [None, Some((until, id))] {
        assert_no_scan("decided dossiers", &plan(&db, reuse::query(id, period, after)).await);
    }
}
