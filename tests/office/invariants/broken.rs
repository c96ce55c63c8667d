//! Each invariant is broken once by hand and found by its name: a check that cannot fail would be worth nothing.

use super::busy::busy;
use super::{ASKED, keeping, seals, statements};
use crate::support::forced::triggers_off;
use entities::files::stored_at;
use object_store::path::Path;
use object_store::{ObjectStoreExt, PutPayload};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait};

/// What breaks which; the statements stand in the order of `ALWAYS`, `AT_REST` and `ASKED`.
const ORDERS: &[&str] = &[
    "UPDATE jobs SET lease_owner = 'ai do', lease_until = created_at WHERE kind = 'send_notice'",
    "UPDATE jobs SET finished_at = NULL WHERE kind = 'send_notice'",
    "DELETE FROM history WHERE seq = 2",
    "UPDATE history SET from_status = 'refused' WHERE seq = 3",
    "UPDATE dossiers SET clock_events = clock_events + 1",
    "UPDATE clock_events SET entry = 99 WHERE seq = 1",
    "UPDATE payments SET amount = amount - 1 WHERE state = 'paid'",
    "UPDATE dossiers SET rounds = rounds + 1",
    "DELETE FROM handovers WHERE seq = 1",
    "DELETE FROM results; DELETE FROM decisions",
    "UPDATE shipments SET order_number = 'X'",
    "UPDATE papers SET file_id = dossier_id",
    "UPDATE uploads SET file_id = id",
    "UPDATE jobs SET dossier_id = id WHERE dossier_id IS NOT NULL",
    "UPDATE notices SET entry = 99",
    "UPDATE portal_pushes SET entry = entry + 100",
    "UPDATE receipts SET amount = amount + 1",
    "UPDATE jobs SET state = 'ready', finished_at = NULL WHERE kind = 'send_notice'",
    "UPDATE jobs SET state = 'dead' WHERE kind = 'send_notice'",
    "UPDATE notices SET state = 'handing'",
    "UPDATE forms SET sha256 = NULL",
    "UPDATE shipments SET ordered_at = NULL",
    "UPDATE shipments SET in_flight = TRUE",
    "UPDATE files SET state = 'quarantined'",
    "UPDATE payments SET state = 'opening'",
    "UPDATE code_series SET last = last + 1",
    "UPDATE dossiers SET status = 'processing'",
    "UPDATE dossiers SET due_at = submitted_at",
    "UPDATE chronicle SET what = 'withdraw' WHERE what = 'accept'",
    "DELETE FROM chronicle_links",
    "DELETE FROM notices WHERE entry = 1",
    "UPDATE portal_pushes SET told_at = NULL WHERE entry = 1",
    "DELETE FROM forms",
    "UPDATE dossiers SET form_sealed = applicant_sealed",
    "UPDATE files SET sha256 = 'ab'",
    "UPDATE forms SET sha256 = 'ab'",
];

#[tokio::test]
async fn every_invariant_finds_the_row_that_breaks_it() {
    let (stage, kept) = busy().await;
    assert_eq!(kept.breaches_at_rest().await, Vec::<String>::new(), "nothing is broken yet");

    let asked = statements::ALWAYS.iter().chain(statements::AT_REST).map(|(name, _)| *name).chain(ASKED);
    let names: Vec<&str> = asked.collect();
    assert_eq!(names.len(), ORDERS.len());
    for (name, order) in names.into_iter().zip(ORDERS) {
        let tx = stage.commune.database.begin().await.unwrap();
        triggers_off(&tx).await;
        keys_off(&tx).await;
        let touched = tx.execute_unprepared(order).await.unwrap_or_else(|e| panic!("{order}: {e}"));
        assert!(touched.rows_affected() > 0, "{order}");

        let found = kept.at_rest(&tx).await;

        assert!(found.iter().any(|words| words.starts_with(name)), "{order} is not {name}: {found:#?}");
        tx.rollback().await.unwrap();
    }
    assert_eq!(kept.breaches_at_rest().await, Vec::<String>::new(), "all of it was taken back");
}

#[tokio::test]
async fn a_file_whose_bytes_were_changed_or_lost_and_one_that_nobody_knows_are_found() {
    let (stage, kept) = busy().await;
    let file = entities::files::row::Entity::find().one(kept.database.reader()).await.unwrap().unwrap();
    let place = Path::from(stored_at(&file.sha256));
    let bytes = kept.files.get(&place).await.unwrap().bytes().await.unwrap();
    let lost = format!("{}: {place}", keeping::KEPT);

    kept.files.put(&place, PutPayload::from_static(b"another")).await.unwrap();
    assert_eq!(kept.breaches().await, std::slice::from_ref(&lost));
    stage.commune.raw.put(&place, PutPayload::from_bytes(bytes.clone())).await.unwrap();
    assert_eq!(kept.breaches().await, std::slice::from_ref(&lost), "nobody sealed it");
    kept.files.delete(&place).await.unwrap();
    assert_eq!(kept.breaches().await, [lost]);
    kept.files.put(&place, PutPayload::from_bytes(bytes)).await.unwrap();
    kept.files.put(&Path::from("uploads/abc/0-9"), PutPayload::from_static(b"a part")).await.unwrap();

    assert_eq!(kept.breaches_at_rest().await, [format!("{}: uploads/abc/0-9", keeping::WRITTEN_DOWN)]);
}

#[tokio::test]
async fn a_dossier_that_lost_its_own_key_or_has_anothers_is_found() {
    let (stage, kept) = busy().await;
    let other = "(SELECT max(o.key_wrapped) FROM dossiers o)";
    for order in [
        "UPDATE dossiers SET key_wrapped = NULL".to_owned(),
        format!("UPDATE dossiers SET key_wrapped = {other}"),
    ] {
        let tx = stage.commune.database.begin().await.unwrap();
        tx.execute_unprepared(&order).await.unwrap();

        let found = kept.at_any_moment(&tx).await;

        assert!(found.iter().any(|words| words.starts_with(seals::OPENS)), "{order}: {found:#?}");
        tx.rollback().await.unwrap();
    }
}

/// Foreign keys would refuse some of it.
async fn keys_off(tx: &DatabaseTransaction) {
    let order = match tx.get_database_backend() {
        DbBackend::Postgres => "SET LOCAL session_replication_role = replica",
        _ => "PRAGMA defer_foreign_keys = ON",
    };
    tx.execute_unprepared(order).await.unwrap();
}
