//! The first journey: certified copies asked for online, paid, made, and carried home.

use super::super::twins::PAYMENT;
use super::caller::{Caller, text};
use super::papers;
use crate::commands::tell;
use serde_json::{Value, json};

const CITIZEN: &str = "nguyen-thi-mau";
const DESK: &str = "can-bo-mot-cua";
const CASE: &str = "can-bo-thu-ly";
const HEAD: &str = "lanh-dao";

/// Tells it.
pub(crate) async fn tell_it(caller: &Caller) -> Result<(), String> {
    let dossier = submit_copies(caller, CITIZEN, "post").await?;
    caller.act(DESK, &dossier, "acceptance", json!({})).await?;
    let deadline = caller.get(CITIZEN, &format!("/v1/dossiers/{dossier}/deadline")).await?;
    tell(&format!("    hẹn trả / due {}", text(&deadline, "due")?));
    for step in deadline.get("derivation").and_then(Value::as_array).into_iter().flatten() {
        tell(&format!("      {}", text(step.get("words").unwrap_or(&Value::Null), "vi")?));
    }
    caller.act(DESK, &dossier, "forwarding", json!({"note": "Đủ giấy tờ."})).await?;
    caller.act(DESK, &dossier, "forwarding", json!({"note": "Đã quét."})).await?;
    caller.act(CASE, &dossier, "claim", json!({})).await?;
    caller.act(CASE, &dossier, "payment-request", json!({})).await?;
    pay(caller, CITIZEN, &dossier, "pays").await?;
    caller.stands(CITIZEN, &dossier, "processing").await?;
    tell("  nền tảng TT      báo đã thu qua CONFIRM có chữ ký → 4");
    decide(caller, &dossier).await?;
    let seen = caller
        .wait(CITIZEN, &format!("/v1/dossiers/{dossier}"), |d| d.get("status_code") == Some(&json!(9)))
        .await?;
    deliver(caller, &text(&seen, "code")?).await?;
    papers::see_to(caller, DESK, &dossier).await?;
    caller.stands(CITIZEN, &dossier, "returned").await?;
    tell("  bưu điện         báo đã phát → 10 Đã trả kết quả");
    Ok(())
}

/// Uploads two papers and hands in certified copies for oneself.
pub(crate) async fn submit_copies(caller: &Caller, who: &str, back: &str) -> Result<String, String> {
    let (first, second) = (caller.paper(who, "bang.pdf").await?, caller.paper(who, "ban-sao.pdf").await?);
    let (name, number) = match who {
        CITIZEN => ("Nguyễn Thị Mẫu", "006199000001"),
        _ => ("Trần Văn Thử", "006099000002"),
    };
    let dossier = caller
        .post(who, "/v1/dossiers", json!({
            "procedure": "2.000815", "unit": caller.unit, "channel": "online", "applicant_kind": "citizen",
            "applicant": {
                "name": name, "id_number": number, "phone": "0200000001",
                "email": "mau@vidu.example",
                "address": {"line": "Thôn Thử", "commune": "Chợ Đồn", "province": "Thái Nguyên"}
            },
            "form": {
                "document_name": "Bằng tốt nghiệp", "issuer": "Trường THPT Thử Nghiệm", "issued_on": "2019-06-30",
                "pages": 2, "copies": 3, "electronic": false
            },
            "papers": [{"component": "CC-01", "file": first}, {"component": "CC-02", "file": second}],
            "return_method": back, "quantity": 6
        }))
        .await?;
    let (code, fee) = (text(&dossier, "code")?, dossier.get("fee_total").cloned().unwrap_or_default());
    tell(&format!("  {who:<16} nộp hồ sơ            → 1 Mới đăng ký: {code}, phí {fee} đồng"));
    text(&dossier, "id")
}

/// Opens a payment, waits for the platform's page, and presses a button on it.
pub(crate) async fn pay(caller: &Caller, who: &str, dossier: &str, magic: &str) -> Result<String, String> {
    let path = format!("/v1/dossiers/{dossier}/payments");
    let payment = caller.post(who, &path, json!({"platform": PAYMENT})).await?;
    let reference = text(&payment, "reference")?;
    let pending = |list: &Value| {
        let ours =
            list.as_array().into_iter().flatten().find(|p| p.get("reference") == payment.get("reference"));
        ours.is_some_and(|p| p.get("pay_url").is_some())
    };
    caller.wait(who, &path, pending).await?;
    tell(&format!("  {who:<16} mở trang thanh toán, bấm “{magic}”"));
    caller.press(&format!("{}/pay/{reference}/{magic}", caller.payment), json!({})).await?;
    Ok(reference)
}

/// From the case officer's desk to the signed result.
pub(crate) async fn decide(caller: &Caller, dossier: &str) -> Result<(), String> {
    caller.act(CASE, dossier, "forwarding", json!({"note": "Trình ký."})).await?;
    let result = caller.paper(HEAD, "ket-qua.pdf").await?;
    let shown = caller.get(HEAD, &format!("/v1/dossiers/{dossier}")).await?;
    let procedure = caller.get(HEAD, &format!("/v1/procedures/{}", text(&shown, "procedure")?)).await?;
    let kind = procedure.pointer("/results/0/code").or_else(|| procedure.pointer("/revision/results/0/code"));
    let kind = kind.and_then(Value::as_str).ok_or("the procedure names no result")?;
    let body = json!({"outcome": "granted", "number": "15/2026/CT", "result_code": kind, "file": result});
    caller.act(HEAD, dossier, "decision", body).await?;
    Ok(())
}

async fn deliver(caller: &Caller, code: &str) -> Result<(), String> {
    let taken = format!("{}/__received", caller.post);
    let mut beat = tokio::time::interval(std::time::Duration::from_millis(100));
    for _ in 0..300 {
        beat.tick().await;
        if caller.read(&taken).await?.to_string().contains(code) {
            return caller
                .press(&format!("{}/__advance/{code}", caller.post), json!({"to": "delivered"}))
                .await;
        }
    }
    Err("the post received no order".into())
}
