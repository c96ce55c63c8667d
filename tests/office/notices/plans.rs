//! What is read of notices is read from an index.

use crate::queries::plan;
use crate::support::clock::standing;
use crate::support::database::TestDatabase;
use chrono::TimeDelta;
use entities::notices::{inbox, speed};
use entities::sealing::Sealer;
use secrecy::SecretString;
use uuid::Uuid;

#[tokio::test]
async fn neither_the_inbox_nor_the_speed_scans_the_table() {
    let db = TestDatabase::fresh().await;
    let sealer = Sealer::new(&SecretString::from("một khóa dài chỉ dùng trong thử nghiệm")).unwrap();
    let by = super::scene::controller();

    for query in inbox::queries(&sealer, &by, (Some(Uuid::now_v7()), 51)) {
        let plan = plan(&db, query).await;
        assert!(plan.contains("notices_addressee") || plan.contains("notices_person"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "sorted by hand:\n{plan}");
    }
    let now = standing().now();
    let plan = plan(&db, speed::query(now - TimeDelta::days(1), now)).await;
    assert!(plan.contains("notices_handed"), "{plan}");
}
