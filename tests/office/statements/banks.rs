//! The list of a bank, brought by the accountant.

use crate::openapi::promise;
use crate::payments::tally::asked;
use crate::payments::transfers::account;
use crate::support::commune::{
    Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, key, receipt_number, text,
};
use crate::support::house::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json as body};

/// A confirmed transfer under this number of the bank; gives the dossier.
async fn transferred(commune: &Commune, number: &str) -> Value {
    let dossier = asked(commune).await;
    let path = format!("/v1/dossiers/{}/transfer-claims", text(&dossier, "id"));
    let claim = json(commune.post(MAU, &path, &body!({"reference": "đã chuyển"})).await, 201).await;
    let path = format!("/v1/payments/{}/confirmation", text(&claim, "id"));
    let seen = body!({"bank_reference": number, "receipt_number": receipt_number()});
    json(commune.post(MONEY, &path, &seen).await, 201).await;
    dossier
}

async fn bring(commune: &Commune, who: &str, account: &Value, sheet: &str) -> Response {
    let columns = body!({"transaction": "Số GD", "amount": "Số tiền", "purpose": "Nội dung"});
    let body = body!({"account": account["id"], "day": "2026-03-10", "sheet": sheet, "columns": columns});
    commune.post(who, "/v1/statements", &body).await
}

#[tokio::test]
async fn f_03_the_bank_and_we_agree_or_the_difference_has_a_name() {
    let commune = Commune::open().await;
    let account = account(&commune, body!({})).await;
    transferred(&commune, "FT1").await;
    let wrong = transferred(&commune, "FT2").await;
    let by_reference = transferred(&commune, "FT3").await;
    transferred(&commune, "FT4").await;
    let sheet = format!(
        "Số GD,Số tiền,Nội dung\nFT1,12.000,x\nFT2,11.000,{}\nB-9,12000,\"TT HS {}, cảm ơn\"\nFT1,12000,x\n=1+1,500,la\n",
        text(&wrong, "code"),
        text(&by_reference, "code")
    );

    let statement =
        json(bring(&commune, MONEY, &account, &sheet.replace("12.000", "12000")).await, 201).await;

    promise::holds("Statement", &statement);
    assert_eq!((&statement["ours_count"], &statement["theirs_count"]), (&body!(4), &body!(5)));
    let path = format!("/v1/statements/{}/differences", text(&statement, "id"));
    let told = commune.read(MONEY, &path).await;
    promise::holds("StatementDifference", &told[0]);
    let kinds: Vec<_> = told.as_array().unwrap().iter().map(|row| text(row, "kind")).collect();
    assert_eq!(kinds, ["different_amount", "doubled", "only_theirs", "only_ours"]);
    assert_eq!((&told[0]["ours"], &told[0]["theirs"]), (&body!(12_000), &body!(11_000)));
    assert_eq!(told[3]["transaction_id"], "FT4");
    let sheet = commune.get(MONEY, &format!("/v1/statements/{}/sheet", text(&statement, "id"))).await;
    let sheet = sheet.text().await.unwrap();
    assert!(sheet.contains("only_theirs,,'=1+1,,500,open,"), "no formula: {sheet}");
}

#[tokio::test]
async fn a_difference_is_settled_in_words_by_finance_and_stays() {
    let commune = Commune::open().await;
    let account = account(&commune, body!({})).await;
    let statement =
        json(bring(&commune, MONEY, &account, "Số GD,Số tiền,Nội dung\nFT9,12000,x\n").await, 201).await;
    let listed = format!("/v1/statements/{}/differences", text(&statement, "id"));
    let difference = commune.read(HEAD, &listed).await[0].clone();
    let settle = async |who: &str, words: &str| {
        let path = format!("/v1/statement-differences/{}/settlement", text(&difference, "id"));
        let request = commune.ask_as(who, Method::POST, &path).header("idempotency-key", key());
        let request = request.header("if-match", format!("\"{}\"", difference["version"]));
        request.json(&body!({"words": words})).send().await.unwrap()
    };
    problem(settle(HEAD, "Được rồi").await, 409, "act_refused").await;
    problem(settle(NEIGHBOUR, "Được rồi").await, 404, "not_found").await;
    problem(settle(MONEY, " ").await, 422, "body_invalid").await;

    let settled = json(settle(MONEY, "Chuyển nhầm, đã trả lại.").await, 201).await;

    assert_eq!((text(&settled, "state"), text(&settled, "settled_name")), ("settled", "Lò Thị Thu"));
    problem(settle(MONEY, "Lần nữa").await, 412, "stale").await;
    assert_eq!(commune.read(MONEY, &listed).await[0], settled);
    assert_eq!(commune.read(MONEY, "/v1/statement-differences").await["items"], body!([]));
    let overseen = commune.read(INSPECTOR, &listed).await[0].clone();
    assert_eq!((&overseen["state"], &overseen["words"]), (&body!("settled"), &body!(null)));
    let sheet = format!("/v1/statements/{}/sheet", text(&statement, "id"));
    let words = async |who: &str| commune.get(who, &sheet).await.text().await.unwrap();
    assert!(words(MONEY).await.contains("Chuyển nhầm"));
    assert!(!words(INSPECTOR).await.contains("Chuyển nhầm"), "who oversees reads no words about people");
}

#[tokio::test]
async fn f_03_a_list_brought_again_takes_the_place_of_the_first() {
    let commune = Commune::open().await;
    let account = account(&commune, body!({})).await;
    let sheet = "Số GD,Số tiền,Nội dung\nFT9,12000,x\n";
    let first = json(bring(&commune, MONEY, &account, sheet).await, 201).await;

    let second = json(bring(&commune, MONEY, &account, sheet).await, 201).await;

    let open = commune.read(MONEY, "/v1/statement-differences").await;
    let open: Vec<_> = open["items"].as_array().unwrap().iter().map(|row| &row["statement"]).collect();
    assert_eq!(open, [&second["id"]]);
    let before = commune.read(MONEY, &format!("/v1/statements/{}/differences", text(&first, "id"))).await;
    assert_eq!(text(&before[0], "state"), "settled");
    assert!(text(&before[0], "words").contains("bảng kê khác"), "{before}");
    let listed = commune.read(MONEY, "/v1/statements").await;
    let replaced: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|row| row["replaced_at"].is_null()).collect();
    assert_eq!(replaced, [true, false]);
}

#[tokio::test]
async fn a_statement_is_brought_by_finance_of_the_unit_alone() {
    let commune = Commune::open().await;
    let account = account(&commune, body!({})).await;
    let sheet = "Số GD,Số tiền,Nội dung\nFT9,12000,x\n";

    problem(bring(&commune, DESK, &account, sheet).await, 404, "not_found").await;
    problem(bring(&commune, HEAD, &account, sheet).await, 403, "forbidden").await;
    let told = problem(bring(&commune, MONEY, &account, "a,b\n1,2\n").await, 422, "body_invalid").await;

    assert_eq!(told["errors"].as_array().unwrap().len(), 3);
    problem(commune.get(DESK, "/v1/statements").await, 403, "forbidden").await;
    assert_eq!(commune.read(MONEY, "/v1/statements").await["items"], body!([]));
}
