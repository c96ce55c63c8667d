//! What a platform tells: believed only when it is signed, ours, and right; and never twice.

use super::tally::{Tally, asked, confirm, opened, tell, verdicts};
use crate::support::commune::{Commune, DESK, MAU, MONEY, text};
use crate::support::house::problem;
use reqwest::Method;
use serde_json::json as body;

#[tokio::test]
async fn genuine_news_settles_the_fee_and_moves_the_dossier_on() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let message = confirm(text(&payment, "reference"), &[]);

    let told = tell(&commune, message.to_string()).await;

    assert_eq!((&told["MaLoi"], &told["MaXacThuc"]), (&body!("00"), &message["MaXacThuc"]));
    let now = commune.now(MAU, &dossier).await;
    assert_eq!((text(&now, "status"), text(&now, "fee_state")), ("processing", "paid"));
    assert!(!now["due_at"].is_null(), "the clock goes on");
    let paid = commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(&dossier, "id"))).await;
    assert_eq!((text(&paid[0], "state"), text(&paid[0], "paid_at")), ("paid", "2026-03-10T02:00:00Z"));
    assert_eq!(verdicts(&commune).await, ["settled"]);
}

#[tokio::test]
async fn news_told_twice_is_heard_once() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let message = confirm(text(&payment, "reference"), &[]).to_string();
    tell(&commune, message.clone()).await;
    let before = Tally::of(&commune).await;
    for _ in 0..2 {
        assert_eq!(tell(&commune, message.clone()).await["MaLoi"], "00", "the platform may stop");
    }
    assert_eq!(Tally::of(&commune).await, before);
    assert_eq!(verdicts(&commune).await, ["settled", "repeated", "repeated"]);
}

#[tokio::test]
async fn ten_at_once_settle_once() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let message = confirm(text(&payment, "reference"), &[]).to_string();
    let answers = futures::future::join_all((0..10).map(|_| tell(&commune, message.clone()))).await;
    assert!(answers.iter().all(|answer| answer["MaLoi"] == "00"));
    let mut verdicts = verdicts(&commune).await;
    verdicts.sort();
    assert_eq!((verdicts.len(), verdicts[9].as_str(), verdicts[8].as_str()), (10, "settled", "repeated"));
}

#[tokio::test]
async fn what_is_not_genuine_changes_nothing_and_is_never_answered_as_good() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let reference = text(&payment, "reference");
    let good = confirm(reference, &[]);
    let mut forged = good.clone();
    forged["SoTien"] = body!("11000");
    let mut unsigned = good.clone();
    unsigned.as_object_mut().unwrap().remove("MaXacThuc");
    let half = good.to_string();
    let half = half[..half.len() / 2].to_owned();
    let before = Tally::of(&commune).await;
    let told: [(Vec<u8>, &str); 14] = [
        (forged.to_string().into(), "forged"),
        (confirm(reference, &[("MaDoiTac", "H01")]).to_string().into(), "wrong_partner"),
        (confirm(reference, &[("SoTien", "11000")]).to_string().into(), "wrong_amount"),
        (confirm(reference, &[("SoTien", "12001")]).to_string().into(), "wrong_amount"),
        (confirm(reference, &[("SoTien", "-12000")]).to_string().into(), "malformed"),
        (confirm(reference, &[("MaTienTe", "USD")]).to_string().into(), "wrong_currency"),
        (confirm(reference, &[("LoaiBanTin", "QUERY")]).to_string().into(), "wrong_kind"),
        (confirm("00000000000000000000", &[]).to_string().into(), "unknown_reference"),
        (confirm(&reference.to_lowercase(), &[]).to_string().into(), "unknown_reference"),
        (unsigned.to_string().into(), "malformed"),
        (half.into(), "malformed"),
        (vec![0xff, 0xfe, 0x00, 0x7b], "malformed"),
        (Vec::new(), "malformed"),
        (format!("{}{}", good, " ".repeat(70_000)).into(), "malformed"),
    ];
    let expected: Vec<_> = told.iter().map(|(_, verdict)| *verdict).collect();
    for (news, verdict) in told.clone() {
        let answer = tell(&commune, news).await;
        assert_eq!((&answer["MaLoi"], &answer["MoTaLoi"]), (&body!("99"), &body!(verdict)));
        assert_eq!(Tally::of(&commune).await, before, "{verdict}");
    }
    assert_eq!(verdicts(&commune).await, expected, "all are kept with the verdict on them");
    assert_eq!(tell(&commune, good.to_string()).await["MaLoi"], "00", "the true one is still good");
}

#[tokio::test]
async fn a_body_beyond_all_measure_is_not_read() {
    let commune = Commune::open().await;
    let request = commune.ask(Method::POST, super::tally::CALLBACK).body(vec![b'x'; 1 << 20]);
    problem(request.send().await.unwrap(), 413, "body_too_large").await;
    assert!(verdicts(&commune).await.is_empty());
}

#[tokio::test]
async fn an_unknown_platform_has_no_address() {
    let commune = Commune::open().await;
    let request = commune.ask(Method::POST, "/v1/callbacks/payments/nobody").body("{}");
    problem(request.send().await.unwrap(), 404, "platform_unknown").await;
}

#[tokio::test]
async fn a_failed_payment_leaves_the_fee_owed_and_another_may_be_opened() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let first = opened(&commune, &dossier).await;
    let failed = confirm(text(&first, "reference"), &[("MaLoi", "24"), ("MaGiaoDich", "")]).to_string();

    assert_eq!(tell(&commune, failed).await["MaLoi"], "00");

    assert_eq!(commune.now(MAU, &dossier).await["fee_state"], "owed");
    let second = opened(&commune, &dossier).await;
    assert_ne!(first["reference"], second["reference"]);
    tell(&commune, confirm(text(&second, "reference"), &[]).to_string()).await;
    assert_eq!(commune.now(MAU, &dossier).await["fee_state"], "paid");
    assert_eq!(verdicts(&commune).await, ["failed", "settled"]);
}

#[tokio::test]
async fn money_for_a_withdrawn_dossier_waits_to_be_paid_back() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let withdrawn = commune.done(MAU, &dossier, "withdrawal", body!({"reason": "Tôi đổi ý."})).await;
    let message = confirm(text(&payment, "reference"), &[]).to_string();

    assert_eq!(tell(&commune, message.clone()).await["MaLoi"], "00");

    let now = commune.now(MAU, &dossier).await;
    assert_eq!((&now["version"], text(&now, "status")), (&withdrawn["version"], "withdrawn"));
    let after = Tally::of(&commune).await;
    assert_eq!(after.payments[0].state, "refund_due");
    let failed = confirm(text(&payment, "reference"), &[("MaLoi", "24")]).to_string();
    for late in [message, failed] {
        tell(&commune, late).await;
        assert_eq!(Tally::of(&commune).await, after, "what is to be paid back stays so");
    }
    assert_eq!(verdicts(&commune).await, ["refund_due", "repeated", "repeated"]);
}

#[tokio::test]
async fn a_failure_told_after_success_changes_nothing() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    tell(&commune, confirm(text(&payment, "reference"), &[]).to_string()).await;
    let before = Tally::of(&commune).await;
    tell(&commune, confirm(text(&payment, "reference"), &[("MaLoi", "24")]).to_string()).await;
    assert_eq!(Tally::of(&commune).await, before);
    assert_eq!(verdicts(&commune).await, ["settled", "repeated"]);
}

#[tokio::test]
async fn a_fee_is_owed_once_however_it_is_paid() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let reference = text(&payment, "reference");
    commune.done(DESK, &dossier, "cash-payment", body!({"receipt_number": "1"})).await;
    let before = Tally::of(&commune).await;

    tell(&commune, confirm(reference, &[]).to_string()).await;

    let after = Tally::of(&commune).await;
    assert_eq!((&after.dossiers, after.history), (&before.dossiers, before.history));
    assert_eq!(after.payments[0].state, "refund_due");
}

#[tokio::test]
async fn a_second_transaction_of_one_payment_is_money_to_pay_back() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let reference = text(&payment, "reference");
    tell(&commune, confirm(reference, &[]).to_string()).await;
    let before = Tally::of(&commune).await;
    let other = confirm(reference, &[("MaGiaoDich", "GD000002")]).to_string();
    assert_eq!(tell(&commune, other).await["MaLoi"], "00");
    let after = Tally::of(&commune).await;
    assert_eq!((&after.dossiers, after.history, after.jobs), (&before.dossiers, before.history, before.jobs));
    let booked: Vec<_> =
        after.payments.iter().map(|p| (p.state.as_str(), p.transaction_id.as_deref())).collect();
    assert_eq!(booked, [("paid", Some("GD000001")), ("refund_due", Some("GD000002"))]);
    tell(&commune, confirm(reference, &[("MaGiaoDich", "GD000002")]).to_string()).await;
    assert_eq!(Tally::of(&commune).await, after);
    assert_eq!(verdicts(&commune).await, ["settled", "refund_due", "repeated"]);
}

#[tokio::test]
async fn a_transaction_booked_on_another_dossier_is_not_taken_and_not_forgotten() {
    let commune = Commune::open().await;
    let first = opened(&commune, &asked(&commune).await).await;
    let second = opened(&commune, &asked(&commune).await).await;
    tell(&commune, confirm(text(&first, "reference"), &[]).to_string()).await;
    let before = Tally::of(&commune).await;
    let told = tell(&commune, confirm(text(&second, "reference"), &[]).to_string()).await;
    assert_ne!(told["MaLoi"], "00", "the platform goes on telling");
    assert_eq!(Tally::of(&commune).await, before);
    assert_eq!(verdicts(&commune).await, ["settled", "foreign_transaction"]);
    let open = commune.read(MONEY, "/v1/statement-differences").await;
    let open = open["items"].as_array().unwrap();
    assert_eq!((open.len(), text(&open[0], "kind")), (1, "only_theirs"));
    assert_eq!((&open[0]["payment"], text(&open[0], "transaction_id")), (&second["id"], "GD000001"));
}

#[tokio::test]
async fn f_03_proven_money_of_another_sum_waits_once_for_the_accountant() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let payment = opened(&commune, &dossier).await;
    let reference = text(&payment, "reference");

    for (sum, number) in [("11000", "GD1"), ("11000", "GD1"), ("1000", "GD2")] {
        tell(&commune, confirm(reference, &[("SoTien", sum), ("MaGiaoDich", number)]).to_string()).await;
    }
    let mut forged = confirm(reference, &[("SoTien", "5"), ("MaGiaoDich", "GD3")]);
    forged["SoTien"] = body!("6");
    tell(&commune, forged.to_string()).await;

    let open = commune.read(MONEY, "/v1/statement-differences").await;
    let told = open["items"].as_array().unwrap().iter();
    let told: Vec<_> = told.map(|row| (text(row, "kind"), &row["ours"], &row["theirs"])).collect();
    let owed = body!(12_000);
    assert_eq!(
        told,
        [("different_amount", &owed, &body!(11_000)), ("different_amount", &owed, &body!(1_000))]
    );
}

#[tokio::test]
async fn a_payment_that_had_failed_and_is_paid_after_another_is_money_to_pay_back() {
    let commune = Commune::open().await;
    let dossier = asked(&commune).await;
    let first = opened(&commune, &dossier).await;
    tell(&commune, confirm(text(&first, "reference"), &[("MaLoi", "24")]).to_string()).await;
    let second = opened(&commune, &dossier).await;
    tell(&commune, confirm(text(&second, "reference"), &[("MaGiaoDich", "GD000002")]).to_string()).await;
    tell(&commune, confirm(text(&first, "reference"), &[("MaGiaoDich", "GD000003")]).to_string()).await;
    let states: Vec<_> = Tally::of(&commune).await.payments.into_iter().map(|p| p.state).collect();
    assert_eq!(states, ["refund_due", "paid"]);
    assert_eq!(verdicts(&commune).await, ["failed", "settled", "refund_due"]);
}
