//! Exemptions and reductions on a dossier: what is claimed, proved and frozen (F-05).

use crate::openapi::promise;
use crate::refunds::scene::trial;
use crate::support::commune::{Commune, DESK, MAU, MAU_ID, text};
use crate::support::house::problem;
use chrono::TimeDelta;
use entities::seeding::{importing, reading};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

async fn quote_of(commune: &Commune, dossier: &Value) -> Value {
    commune.read(MAU, &format!("/v1/dossiers/{}", text(dossier, "id"))).await["quote"].clone()
}

#[tokio::test]
async fn f_05_a_proved_claim_frees_of_the_charge_and_the_quote_says_why() {
    let commune = Commune::open().await;
    let mut poor = trial(&commune);
    poor["claims"] = body!(["tre_em", "ho_ngheo"]);
    poor["papers"].as_array_mut().unwrap().push(body!({"component": "T11-02"}));

    let dossier = commune.submit(MAU, poor, |_| {}).await;

    let quote = quote_of(&commune, &dossier).await;
    promise::holds("QuotedFees", &quote);
    assert_eq!(
        (&quote["le_phi"], &quote["phi"], &quote["total"]),
        (&body!(0), &body!(10_000), &body!(10_000))
    );
    let (line, given) = (&quote["lines"][0], &quote["lines"][0]["reliefs"][0]);
    assert_eq!((&line["full_amount"], &line["amount"]), (&body!(50_001), &body!(0)));
    assert_eq!(
        (text(given, "code"), text(given, "claim"), text(given, "legal_basis")),
        ("HN", "ho_ngheo", "Văn bản thử Đ2")
    );
    let not = &quote["not_given"][0];
    assert_eq!((text(not, "claim"), text(not, "why")), ("tre_em", "not_here"));
    assert_eq!((&dossier["fee_total"], text(&dossier, "fee_state")), (&body!(10_000), "owed"));
}

#[tokio::test]
async fn f_05_a_claim_without_its_paper_is_told_with_its_place() {
    let commune = Commune::open().await;
    let mut poor = trial(&commune);
    commune.attach(MAU, &mut poor).await;
    poor["claims"] = body!(["nguoi_cao_tuoi", "ho_ngheo"]);

    let missing = problem(commune.hand_in(MAU, &poor).await, 422, "body_invalid").await;
    poor["papers"].as_array_mut().unwrap().push(body!({"component": "T11-02"}));
    let unseen = problem(commune.hand_in(MAU, &poor).await, 422, "body_invalid").await;
    poor["claims"] = body!(["giau_co"]);
    let unknown = problem(commune.hand_in(MAU, &poor).await, 422, "body_invalid").await;

    for told in [&missing, &unseen] {
        let error = &told["errors"][0];
        assert_eq!((text(error, "pointer"), text(error, "code")), ("/claims/1", "evidence_missing"));
        assert!(text(error, "message").contains("Giấy chứng nhận hộ nghèo"), "{error}");
    }
    assert_eq!(unknown["errors"][0]["pointer"], "/claims/0");
}

#[tokio::test]
async fn f_05_a_relief_holds_at_its_own_unit_and_at_the_desk_a_paper_is_seen() {
    let commune = Commune::open().await;
    let mut here = trial(&commune);
    here["channel"] = body!("desk");
    here["claims"] = body!(["ho_ngheo"]);
    here["papers"] = body!([{"component": "T11-01"}, {"component": "T11-02"}]);
    let mut there = trial(&commune);
    there["unit"] = body!(commune.neighbour);
    there["claims"] = body!(["tre_em"]);

    let here = commune.submit(DESK, here, |_| {}).await;
    let there = commune.submit(MAU, there, |_| {}).await;

    assert_eq!((&here["fee_total"], &there["fee_total"]), (&body!(10_000), &body!(25_000 + 6_000)));
}

#[tokio::test]
async fn f_05_the_public_quote_and_the_dossier_say_the_same() {
    let commune = Commune::open().await;
    let mut poor = trial(&commune);
    poor["claims"] = body!(["ho_ngheo"]);
    poor["quantity"] = body!(3);
    poor["papers"].as_array_mut().unwrap().push(body!({"component": "T11-02"}));
    let path = format!(
        "/v1/procedures/9.000101/quote?channel=online&quantity=3&claims=ho_ngheo&unit={}",
        commune.unit
    );

    let told = commune.read(MAU, &path).await;
    let dossier = commune.submit(MAU, poor, |_| {}).await;

    promise::holds("Quote", &told);
    let quote = quote_of(&commune, &dossier).await;
    assert_eq!(quote["lines"], told["fees"]);
    for sum in ["phi", "le_phi", "total", "not_given"] {
        assert_eq!(quote[sum], told[sum], "{sum}");
    }
}

#[tokio::test]
async fn f_05_a_tariff_that_changes_later_does_not_change_what_is_owed() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, trial(&commune), |_| {}).await;
    let before = quote_of(&commune, &dossier).await;
    let all = include_str!("../support/trials.yaml");
    let (_, own) = all.split_once("  - national_code: \"9.000101\"").unwrap();
    let dearer = format!("procedures:\n  - national_code: \"9.000101\"{own}");
    let dearer = dearer.replace("amount: 50001", "amount: 90000").replace("2024-01-01", "2026-03-10");
    let seeds = reading::read_all(&[("dearer.yaml", &dearer)], &BTreeSet::new()).unwrap();
    let tx = commune.database.begin().await.unwrap();
    importing::import(&tx, &seeds).await.unwrap();
    tx.commit().await.unwrap();
    commune.office.catalogue.forget();
    commune.pass(TimeDelta::minutes(2));

    let next = commune.submit(MAU, trial(&commune), |_| {}).await;
    let paid = commune
        .done(DESK, &dossier, "cash-payment", body!({"receipt_number": "1", "le_phi_receipt_number": "1001"}))
        .await;

    assert_eq!(next["fee_total"], 45_000 + 10_000);
    assert_eq!(quote_of(&commune, &paid).await, before);
    let rows = commune.read(MAU, &format!("/v1/dossiers/{}/payments", text(&paid, "id"))).await;
    assert_eq!(rows[0]["amount"], 25_000 + 10_000);
}

#[tokio::test]
async fn f_05_nothing_is_owed_where_everything_is_forgiven() {
    let commune = Commune::open().await;
    let mut status = body!({
        "procedure": "1.004873", "unit": commune.unit, "channel": "desk", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu"}, "return_method": "desk", "claims": ["ho_ngheo"],
        "form": {
            "full_name": "Nguyễn Thị Mẫu", "personal_id": MAU_ID, "period_from": "2020-01-01",
            "period_to": "2026-03-10", "purpose": "marriage",
        },
    });
    let says = commune.read(MAU, "/v1/procedures/1.004873").await;
    let needed = says["components"].as_array().unwrap().iter().filter(|c| c["required"] == true);
    status["papers"] = needed.map(|c| body!({"component": c["code"]})).collect();

    let dossier = commune.submit(DESK, status, |_| {}).await;

    assert_eq!((&dossier["fee_total"], text(&dossier, "fee_state")), (&body!(0), "none"));
    commune.done(DESK, &dossier, "acceptance", body!({})).await;
}
