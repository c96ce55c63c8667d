//! The one call to PayGov, and its checksum: a plain SHA-256 over values without anything between them.

use super::{REQUEST_SIGNS, Settings};
use crate::{
    failure::Failure,
    payment::{Order, signing::sha256_hex},
};
use rules::folding::unaccented;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

/// The order. Refuses one that cannot be told truthfully.
pub(super) fn order(settings: &Settings, order: &Order) -> Result<Value, Failure> {
    order.check()?;
    let mut body = json!({
        "partnerCode": settings.partner_code,
        "accessKey": settings.access_key.expose_secret(),
        "serviceCode": settings.service_code,
        "returnUrl": settings.return_url,
        "orderId": format!("{}-{}-01", order.unit_code, order.dossier_code),
        "amount": order.amount,
        "orderInfo": unaccented(&order.description),
        "requestCode": order.reference,
        "ipAddress": order.client_ip,
    });
    let extras = [
        ("beneficiaryCode", settings.beneficiary_code.clone()),
        ("accountPay", settings.send_account.then(|| order.beneficiary.number.clone())),
    ];
    if let Some(members) = body.as_object_mut() {
        members.extend(extras.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
    }
    let checksum = checksum(settings, &REQUEST_SIGNS, |name| crate::loose_json::text(&body, name));
    Ok(crate::loose_json::with(body, "checksum", checksum))
}

/// The checksum over names in an order; what is no member of the message comes from the settings.
pub(super) fn checksum<N: AsRef<str>>(
    settings: &Settings,
    names: &[N],
    member: impl Fn(&str) -> String,
) -> String {
    let value = |name: &N| match name.as_ref() {
        "secretKey" => settings.secret.expose_secret().to_owned(),
        "accessKey" => settings.access_key.expose_secret().to_owned(),
        "partnerCode" => settings.partner_code.clone(),
        name => member(name),
    };
    sha256_hex(&names.iter().map(value).collect::<String>())
}
