//! What is asked of KeyPay, and what of it is signed: always with the first key.

use super::Settings;
use crate::{
    failure::Failure,
    payment::{Order, RefundOrder, national_platform::receipt_details, signing::hmac_sha256_hex},
};
use rules::folding::unaccented;
use serde_json::{Value, json};

pub(super) const PAY: &str = "PAY";
pub(super) const VERSION: &str = "3.0";
const NO_FEE: &str = "0";

/// The order. Refuses one that cannot be told truthfully.
pub(super) fn create(settings: &Settings, order: &Order) -> Result<Value, Failure> {
    order.check()?;
    let amount = order.amount.to_string();
    let signed = [NO_FEE, &settings.client_id, PAY, &amount, &order.reference, VERSION].join("|");
    Ok(json!({
        "client_id": settings.client_id,
        "transaction_id": order.reference,
        "trans_amount": order.amount,
        "addition_fee": 0,
        "command": PAY,
        "version": VERSION,
        "description": unaccented(&order.description),
        "locale": "vn",
        "country_code": "vi",
        "currency_code": "VND",
        "environment": settings.environment,
        "bill_info": receipt_details(order, &settings.service_suffix, settings.fee_kinds),
        "return_url": settings.return_url,
        "check_sum": hmac_sha256_hex(&signed, &settings.first_key),
    }))
}

/// How a payment stands.
pub(super) fn question(settings: &Settings, reference: &str) -> Value {
    let command = &settings.query_command;
    json!({
        "client_id": settings.client_id,
        "command": command,
        "transaction_id": reference,
        "check_sum": hmac_sha256_hex(&question_signed(settings, reference), &settings.first_key),
    })
}

/// What question and answer sign: for whom, what and about which payment.
pub(super) fn question_signed(settings: &Settings, reference: &str) -> String {
    [&settings.client_id, &settings.query_command, reference].join("|")
}

/// Money back. Our key stands before the reason, so that a person finds the refund in KeyPay's list.
pub(super) fn refund(settings: &Settings, command: &str, order: &RefundOrder) -> Value {
    let reason = unaccented(&format!("{} {}", order.key, order.reason)).replace('|', " ");
    let mut body = json!({
        "client_id": settings.client_id,
        "command": command,
        "transaction_id": order.reference,
        "amount": order.amount,
        "reason": reason,
    });
    let signed = hmac_sha256_hex(&refund_signed(&body), &settings.first_key);
    body = crate::loose_json::with(body, "check_sum", signed);
    body
}

/// What a refund and its answer sign.
pub(super) fn refund_signed(body: &Value) -> String {
    joined(body, &["amount", "client_id", "command", "reason", "transaction_id"])
}

/// How a refund stands.
pub(super) fn refund_detail(settings: &Settings, command: &str, refund_id: &str) -> Value {
    let body = json!({
        "client_id": settings.client_id, "command": command, "transaction_refund_code": refund_id,
    });
    let signed = hmac_sha256_hex(&refund_detail_signed(&body), &settings.first_key);
    crate::loose_json::with(body, "check_sum", signed)
}

/// What a question about a refund and its answer sign.
pub(super) fn refund_detail_signed(body: &Value) -> String {
    joined(body, &["client_id", "command", "transaction_refund_code"])
}

fn joined(body: &Value, names: &[&str]) -> String {
    let texts: Vec<String> = names.iter().map(|name| crate::loose_json::text(body, name)).collect();
    texts.join("|")
}
