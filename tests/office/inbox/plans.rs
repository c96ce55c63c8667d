//! The lists of messages and flags are read from indices of their own.

use crate::queries::{assert_no_scan, plan};
use crate::support::database::TestDatabase;
use entities::inbox::{flags, messages};
use rules::actor::{Actor, Assignment, Role};
use sea_orm::QuerySelect;
use uuid::Uuid;

#[tokio::test]
async fn no_list_of_what_the_portal_sent_scans() {
    let (db, unit) = (TestDatabase::fresh().await, Uuid::now_v7());
    let by = Actor {
        assignments: vec![Assignment { role: Role::DeskOfficer, unit: Some(unit) }],
        ..Actor::office()
    };
    for settled_too in [false, true] {
        let search = flags::Search { settled_too, after: Some(unit), ..flags::Search::default() };
        let found = plan(&db, flags::query(&by, &search).limit(51)).await;

        assert_no_scan("flags", &found);
        assert!(found.contains("flags_"), "{found}");
    }
    for filter in [
        messages::Filter { verdict: Some("refused".into()), ..messages::Filter::default() },
        messages::Filter { family: Some("mapped".into()), before: Some(unit), ..messages::Filter::default() },
        messages::Filter { dossier: Some(unit), ..messages::Filter::default() },
    ] {
        let found = plan(&db, messages::query(&filter).limit(51)).await;

        assert_no_scan("messages", &found);
        assert!(found.contains("portal_messages_"), "{found}");
    }
}
