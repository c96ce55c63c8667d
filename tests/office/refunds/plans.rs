//! Refunds and takings are read from their indices.

use crate::queries::plan;
use crate::support::database::TestDatabase;
use entities::payments::takings;
use entities::refunds::reading::{Search, query};
use rules::actor::{Actor, Assignment, Role};
use rules::fees::refunds::RefundState;
use uuid::Uuid;

fn officer(role: Role, unit: Option<Uuid>) -> Actor {
    Actor { assignments: vec![Assignment { role, unit }], ..Actor::office() }
}

#[tokio::test]
async fn no_list_of_refunds_is_scanned_or_sorted_by_hand() {
    let (db, unit) = (TestDatabase::fresh().await, Some(Uuid::now_v7()));
    let finance = officer(Role::Finance, unit);
    let inspector = officer(Role::Inspector, None);
    let search = || Search { limit: 51, ..Search::default() };
    for (what, by, search) in [
        ("unit", &finance, search()),
        ("unit, later page", &finance, Search { after: unit, ..search() }),
        ("unit, by state", &finance, Search { state: Some(RefundState::Proposed), ..search() }),
        ("province, by state", &inspector, Search { state: Some(RefundState::Approved), ..search() }),
        ("province, one unit", &inspector, Search { unit, ..search() }),
        ("province, later page", &inspector, Search { after: unit, ..search() }),
    ] {
        let plan = plan(&db, query(by, &search).unwrap()).await;

        assert!(
            plan.contains("refunds_") || plan.contains("PRIMARY KEY") || plan.contains("autoindex"),
            "{what} scans:\n{plan}"
        );
        assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{what} is sorted by hand:\n{plan}");
    }
}

#[tokio::test]
async fn f_03_the_takings_of_a_day_are_read_from_an_index() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 10).unwrap();

    let taken = plan(&db, takings::taken(unit, day)).await;
    let back = plan(&db, takings::given_back(unit, day)).await;

    assert!(taken.contains("payments_unit"), "{taken}");
    assert!(back.contains("refunds_"), "{back}");
}

#[tokio::test]
async fn no_list_of_receipts_claims_or_differences_is_scanned_or_sorted_by_hand() {
    use entities::payments::claiming;
    use entities::receipts::due;
    use entities::receipts::reading as receipts;
    use entities::statements::reading as statements;
    let (db, unit) = (TestDatabase::fresh().await, Some(Uuid::now_v7()));
    let (finance, inspector) = (officer(Role::Finance, unit), officer(Role::Inspector, None));
    let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 10);
    let search = || receipts::Search { limit: 51, ..receipts::Search::default() };
    let due = |day, after| plan(&db, due::query(&finance, &due::Search { unit, day, after, limit: 51 }));
    let later = Some((chrono::DateTime::UNIX_EPOCH, Uuid::now_v7()));
    let plans = [
        ("receipts of a unit", plan(&db, receipts::query(&finance, &search())).await),
        ("of a day", plan(&db, receipts::query(&finance, &receipts::Search { day, ..search() })).await),
        (
            "later page",
            plan(&db, receipts::query(&finance, &receipts::Search { after: unit, ..search() })).await,
        ),
        ("of the province", plan(&db, receipts::query(&inspector, &search())).await),
        ("money without a receipt", due(None, None).await),
        ("of a day too", due(day, None).await),
        ("and its later page", due(day, later).await),
        ("claims", plan(&db, claiming::query(&finance, None, 51)).await),
        ("claims, later page", plan(&db, claiming::query(&finance, unit, 51)).await),
        ("differences", plan(&db, statements::query(Uuid::now_v7())).await),
    ];

    for (what, plan) in plans {
        let indexed =
            ["receipts_", "payments_", "statement_differences_", "PRIMARY KEY", "autoindex", "_pkey"];
        assert!(indexed.iter().any(|name| plan.contains(name)), "{what} scans:\n{plan}");
        assert!(!plan.contains("TEMP B-TREE FOR ORDER BY"), "{what} is sorted by hand:\n{plan}");
    }
}
