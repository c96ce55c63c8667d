//! The second journey: what happens when something does not go well.

use super::caller::{Caller, text};
use super::happy::{decide, pay, submit_copies};
use super::papers;
use crate::commands::tell;
use serde_json::{Value, json};

const CITIZEN: &str = "tran-van-thu";
const DESK: &str = "can-bo-mot-cua";
const CASE: &str = "can-bo-thu-ly";

/// Tells it.
pub(crate) async fn tell_it(caller: &Caller) -> Result<(), String> {
    tell(" a) từ chối tiếp nhận");
    let refused = submit_copies(caller, CITIZEN, "desk").await?;
    let reason = json!({"reason": "Bản chính bị tẩy xóa nên không chứng thực được."});
    caller.act(DESK, &refused, "refusal", reason).await?;
    tell(" b) bổ sung rồi rút hồ sơ");
    supplement_and_withdraw(caller).await?;
    tell(" c) thanh toán không thành, tin giả, sai số tiền, rồi thành");
    failing_payments(caller).await?;
    tell(" d) người nộp không bổ sung: dừng giải quyết");
    let stopped = submit_copies(caller, CITIZEN, "desk").await?;
    caller
        .act(
            DESK,
            &stopped,
            "supplement-request",
            json!({"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]}),
        )
        .await?;
    caller.act(DESK, &stopped, "stop", json!({"reason": "Quá hạn bổ sung đã hẹn."})).await?;
    Ok(())
}

async fn supplement_and_withdraw(caller: &Caller) -> Result<(), String> {
    let dossier = submit_copies(caller, CITIZEN, "desk").await?;
    let asked = json!({"reason": "Ảnh chụp bị mờ, đề nghị chụp lại.", "components": ["CC-02"]});
    caller.act(DESK, &dossier, "supplement-request", asked).await?;
    let again = caller.paper(CITIZEN, "chup-lai.pdf").await?;
    let answer = json!({"papers": [{"component": "CC-02", "file": again}], "note": "Tôi gửi lại ảnh rõ."});
    caller.act(CITIZEN, &dossier, "supplement", answer).await?;
    caller.act(DESK, &dossier, "acceptance", json!({})).await?;
    caller.act(CITIZEN, &dossier, "withdrawal", json!({"reason": "Tôi không cần nữa."})).await?;
    Ok(())
}

async fn failing_payments(caller: &Caller) -> Result<(), String> {
    let dossier = submit_copies(caller, CITIZEN, "electronic").await?;
    for (who, act) in
        [(DESK, "acceptance"), (DESK, "forwarding"), (DESK, "forwarding"), (CASE, "payment-request")]
    {
        caller.act(who, &dossier, act, json!({})).await?;
    }
    for magic in ["forged", "refuses"] {
        pay(caller, CITIZEN, &dossier, magic).await?;
    }
    let path = format!("/v1/dossiers/{dossier}/payments");
    let failed = |list: &Value| {
        list.as_array().into_iter().flatten().any(|p| p.get("state") == Some(&json!("failed")))
    };
    caller.wait(CITIZEN, &path, failed).await?;
    pay(caller, CITIZEN, &dossier, "wrong_amount").await?;
    let still = caller.get(CITIZEN, &format!("/v1/dossiers/{dossier}")).await?;
    tell(&format!("    vẫn là “{}”: không tin nào ở trên được ghi là đã nộp", text(&still, "status_name")?));
    pay(caller, CITIZEN, &dossier, "pays_twice").await?;
    caller.stands(CITIZEN, &dossier, "processing").await?;
    tell("  nền tảng TT      báo hai lần, ghi một lần → 4");
    decide(caller, &dossier).await?;
    papers::see_to(caller, DESK, &dossier).await?;
    caller
        .act(DESK, &dossier, "return", json!({"proof": "Người nộp đã nhận bản điện tử trong tài khoản."}))
        .await?;
    Ok(())
}
