//! The code to be scanned: JSON whose members and lengths the wallet prescribes.

use super::Settings;
use crate::{failure::Failure, payment::Order};
use serde_json::json;

/// Longest `billcode` and `order_id`.
pub(super) const LONGEST: usize = 20;

/// What the code holds. Refuses an order that cannot be told truthfully or does not fit.
pub(super) fn content(settings: &Settings, order: &Order) -> Result<String, Failure> {
    order.check()?;
    let bill = bill(settings, order.amount);
    if bill.len() > LONGEST {
        return Err(Failure::fail("the bill code of ViettelPay has no room for this sum"));
    }
    let content = json!({
        "priority": settings.qr.priority,
        "version": settings.qr.version,
        "type": settings.qr.kind,
        "billcode": bill,
        "order_id": order.reference,
        "amount": order.amount,
        "merchant_code": settings.merchant_code,
    });
    Ok(content.to_string())
}

/// The bill code of a sum: the prefix of the settings and the sum itself.
fn bill(settings: &Settings, amount: i64) -> String {
    format!("{}{amount}", settings.bill_prefix)
}

/// The sum that a bill code of ours names.
pub(super) fn sum_of(settings: &Settings, bill: &str) -> Option<i64> {
    let digits = bill.strip_prefix(settings.bill_prefix.as_str())?;
    let plain = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}
