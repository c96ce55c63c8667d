//! The platform's voucher of a payment, for the payer and for finance.

use super::tally::{asked, confirm, opened, tell};
use crate::refunds::scene::payments;
use crate::support::commune::{Commune, DESK, MAU, MONEY, THU, text};
use entities::dossiers::Door;
use entities::files::{self, File};
use rules::actor::Actor;
use serde_json::Value;
use uuid::Uuid;

/// The voucher has come.
async fn drawn_up(commune: &Commune, payment: &Value) {
    let tx = commune.office.db.begin().await.unwrap();
    let (catalogue, sealer, at) = (&commune.office.catalogue, &commune.office.sealer, commune.clock.now());
    let by = Actor::office();
    let door = Door { tx: &tx, catalogue, sealer, by: &by, at, trace: None };
    let named = files::quarantined("Chứng từ.pdf", "", at);
    let file = File { sha256: "00".repeat(32), media_type: "application/pdf".into(), ..named };
    let id: Uuid = text(payment, "id").parse().unwrap();
    door.voucher_came(id, file).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn f_18_payer_and_finance_read_the_voucher_and_strangers_do_not() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    assert!(payments(&commune, &dossier).await[0]["voucher"].is_null());

    drawn_up(&commune, &payment).await;
    drawn_up(&commune, &payment).await;

    let shown = payments(&commune, &dossier).await[0].clone();
    let path = format!("/v1/files/{}", text(&shown, "voucher"));
    for who in [MAU, MONEY, DESK] {
        assert_eq!(text(&commune.read(who, &path).await, "state"), "quarantined", "{who}");
    }
    assert_eq!(commune.get(THU, &path).await.status(), 404);
    let list = format!("/v1/dossiers/{}/papers", text(&dossier, "id"));
    let papers = commune.read(MONEY, &list).await;
    let kept = papers.as_array().unwrap().iter().filter(|paper| paper["part"] == "voucher").count();
    assert_eq!(kept, 1);
}
