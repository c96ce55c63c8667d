//! The third journey: a paper dossier that the postman brought, worked on at the desk, paid in cash.

use super::caller::{Caller, text};
use super::happy::decide;
use super::papers;
use crate::commands::tell;
use serde_json::json;

const DESK: &str = "can-bo-mot-cua";
const CASE: &str = "can-bo-thu-ly";

/// Tells it.
pub(crate) async fn tell_it(caller: &Caller) -> Result<(), String> {
    let dossier = caller
        .post(DESK, "/v1/dossiers", json!({
            "procedure": "2.000815", "unit": caller.unit, "channel": "post", "applicant_kind": "citizen",
            "applicant": {"name": "Lường Thị Ví", "phone": "0200000003", "email": "vi@vidu.example"},
            "form": {
                "document_name": "Giấy khai sinh", "issuer": "UBND xã Thử Nghiệm", "issued_on": "2001-02-03",
                "pages": 1, "copies": 2, "electronic": false
            },
            "papers": [{"component": "CC-01"}, {"component": "CC-02"}],
            "return_method": "desk", "quantity": 2
        }))
        .await?;
    let id = text(&dossier, "id")?;
    tell(&format!("  {DESK:<16} mở túi thư, nhập hồ sơ → 1 {}", text(&dossier, "code")?));
    caller.act(DESK, &id, "acceptance", json!({})).await?;
    caller.act(DESK, &id, "forwarding", json!({})).await?;
    caller.act(DESK, &id, "forwarding", json!({})).await?;
    let taken = caller.post(CASE, "/v1/queues/unclaimed/next", json!({})).await?;
    tell(&format!("  {CASE:<16} lấy hồ sơ kế tiếp: {}", text(&taken, "code")?));
    decide(caller, &id).await?;
    let number = of_the_book(&text(&dossier, "code")?);
    caller.act(DESK, &id, "cash-payment", json!({"receipt_number": number})).await?;
    papers::see_to(caller, DESK, &id).await?;
    caller.act(DESK, &id, "return", json!({"proof": "Bà Ví đã ký nhận tại quầy."})).await?;
    Ok(())
}

/// A number of the printed book that no other dossier of the year has: month, day and number of the code.
fn of_the_book(code: &str) -> String {
    let digits: Vec<char> = code.chars().filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(8)).collect()
}
