//! Money taken before payments knew their unit and their phí is told as if they always had.

use super::tally::{asked, confirm, opened, tell};
use crate::refunds::scene::trial;
use crate::support::commune::{Commune, DESK, MAU, MONEY, text};
use migrations::Migrator;
use sea_orm_migration::MigratorTrait;
use serde_json::json as body;

#[tokio::test]
async fn f_01_f_03_money_taken_under_the_older_tables_is_told_by_kind_and_way() {
    let commune = Commune::open().await;
    let online = asked(&commune).await;
    let payment = opened(&commune, &online).await;
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    let cash = commune.submit(MAU, trial(&commune), |_| {}).await;
    commune
        .done(DESK, &cash, "cash-payment", body!({"receipt_number": "9", "le_phi_receipt_number": "10"}))
        .await;
    commune.submit(MAU, trial(&commune), |_| {}).await;
    let takings = format!("/v1/reports/takings?unit={}&day=2026-03-10", commune.unit);
    let before = commune.read(MONEY, &takings).await;
    let migrations = Migrator::migrations();
    let step = migrations.iter().position(|step| step.name() == "m07_refunds").unwrap();
    let back = u32::try_from(migrations.len() - step).unwrap();

    Migrator::down(commune.database.writer(), Some(back)).await.unwrap();
    Migrator::up(commune.database.writer(), None).await.unwrap();

    assert_eq!(commune.read(MONEY, &takings).await, before);
    assert_eq!((&before["taken"], &before["accounts"][1]["taken"]), (&body!(47_000), &body!(25_000)));
    let rows = commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(&cash, "id"))).await;
    let row = &rows[0];
    assert_eq!((text(row, "way"), &row["phi"], &row["le_phi"]), ("cash", &body!(10_000), &body!(25_000)));
}
