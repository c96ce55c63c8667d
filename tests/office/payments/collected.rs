//! What the post collects on its round, and the bill that the portal's payment page asks for.

use super::tally::asked;
use crate::support::commune::{Commune, DESK, MAU, MONEY, text};
use entities::dossiers::{Door, reading};
use entities::payments::bill::bill;
use entities::payments::collecting::Collected;
use rules::actor::Actor;
use serde_json::{Value, json as body};
use uuid::Uuid;

async fn collected(commune: &Commune, dossier: &Value, amount: i64, proof: &str) -> Collected {
    let tx = commune.office.db.begin().await.unwrap();
    let by = Actor::office();
    let (catalogue, sealer, at) = (&commune.office.catalogue, &commune.office.sealer, commune.clock.now());
    let door = Door { tx: &tx, catalogue, sealer, by: &by, at, trace: None };
    let id: Uuid = text(dossier, "id").parse().unwrap();
    let told = door.cod_collected(id, amount, proof).await.unwrap();
    tx.commit().await.unwrap();
    told
}

#[tokio::test]
async fn f_04_the_fee_collected_by_the_post_is_booked_once() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;

    let first = collected(&commune, &dossier, 12_000, "VN123").await;
    let again = collected(&commune, &dossier, 12_000, "VN123").await;

    assert!(matches!(first, Collected::Booked(_)), "{first:?}");
    assert_eq!(again, Collected::Repeated);
    let rows = commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(&dossier, "id"))).await;
    assert_eq!((text(&rows[0], "way"), text(&rows[0], "state")), ("post", "paid"));
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(text(&commune.now(MAU, &dossier).await, "fee_state"), "paid");
}

#[tokio::test]
async fn another_sum_books_nothing_and_is_kept_for_the_accountant() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;

    let less = collected(&commune, &dossier, 11_000, "VN123").await;
    let again = collected(&commune, &dossier, 11_000, "VN123").await;
    commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": "2"})).await;
    let late = collected(&commune, &dossier, 12_000, "VN124").await;

    assert!(matches!(&less, Collected::Kept { en, .. } if en.contains("11000")), "{less:?}");
    assert_eq!(again, Collected::Repeated);
    assert!(matches!(late, Collected::Kept { .. }));
    let open = commune.read(MONEY, "/v1/statement-differences").await;
    let kinds: Vec<_> = open["items"].as_array().unwrap().iter().map(|row| text(row, "kind")).collect();
    assert_eq!(kinds, ["different_amount", "only_theirs"]);
}

#[tokio::test]
async fn f_01_a_bill_tells_what_is_owed_line_by_line_and_ends_with_the_payment() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, crate::refunds::scene::trial(&commune), |_| {}).await;
    let told = async || {
        let db = commune.database.reader();
        let row = reading::by_id(db, text(&dossier, "id").parse().unwrap()).await.unwrap();
        let known = (&commune.office.catalogue, &commune.office.sealer);
        bill(db, known, &row, None, commune.clock.now()).await.unwrap()
    };

    let owed = told().await.unwrap();

    let lines: Vec<i64> = owed.lines.iter().map(|line| line.amount).collect();
    assert_eq!((owed.amount, lines.iter().sum::<i64>(), lines.len()), (35_000, 35_000, 2));
    assert_eq!(
        (owed.dossier_code.as_str(), owed.payer.name.as_str()),
        (text(&dossier, "code"), "Nguyễn Thị Mẫu")
    );
    assert_eq!((owed.unit_code.as_str(), owed.payer.identity_number), ("H55.101", None), "X-02");
    let numbers = body!({"receipt_number": "2", "le_phi_receipt_number": "3"});
    commune.done(DESK, &dossier, "cash-payment", numbers).await;
    assert_eq!(told().await, None);
}
