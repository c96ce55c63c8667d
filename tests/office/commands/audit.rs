//! `motcua audit verify`, as the person at the terminal meets it.

use super::Desk;
use crate::chronicle::{handled, signed};
use crate::support::commune::Commune;
use crate::support::forced::forced;

#[tokio::test(flavor = "multi_thread")]
async fn s_10_an_audit_counts_what_holds_and_names_what_was_changed() {
    let commune = Commune::open().await;
    handled(&commune).await;
    signed(&commune).await;
    let desk = Desk::new(&commune.database.url(), "");

    let (holds, said) = desk.run(&["audit", "verify"]);
    assert!(holds && said.contains("2 history entries") && said.contains("ok everything holds"), "{said}");
    forced(&commune.database, "UPDATE chronicle SET role = 'citizen' WHERE kind = 'read'").await;
    let (holds, said) = desk.run(&["audit", "verify"]);
    assert!(!holds && said.contains(&format!("chain {}, link 2", commune.unit)), "{said}");
    let (holds, said) = desk.run(&["audit", "verify", "--from", "2100-01-01T00:00:00Z"]);

    assert!(holds && said.contains(" 0 links"), "behind the last checkpoint there is nothing: {said}");
}
