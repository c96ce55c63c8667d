//! What is sent to VNPost: orders, cancellations, tracking queries, prices (wire.md §3.2).

use super::Settings;
use crate::{
    failure::Failure,
    loose_json::with,
    post::{
        Address, Parcel, Shipment,
        places::{Place, number},
    },
};
use serde_json::{Value, json};

/// A new order. A province without a VNPost number is left out.
pub(super) fn order(settings: &Settings, shipment: &Shipment) -> Result<Value, Failure> {
    if shipment.order_number.trim().is_empty() || shipment.cod_amount < 0 {
        return Err(Failure::fail("the shipment has no order number or asks for less than nothing"));
    }
    let body = json!({
        "CustomerCode": settings.customer_code,
        "OrderNumber": shipment.order_number,
        "CODAmount": shipment.cod_amount,
        "SenderDesc": shipment.contents,
        "Description": shipment.description,
    });
    let body = match settings.flags.get(&shipment.leg) {
        Some(flag) => with(body, "FlagConfig", *flag),
        None => body,
    };
    let body = with_end(settings, body, "Sender", &shipment.sender);
    let body = with_end(settings, body, "Receiver", &shipment.receiver);
    Ok(match &shipment.item_code {
        Some(code) => with(body, "ItemCode", code.as_str()),
        None => body,
    })
}

fn with_end(settings: &Settings, body: Value, end: &str, address: &Address) -> Value {
    let field = |name: &str| format!("{end}{name}");
    let body = with(body, &field("Name"), address.name.as_str());
    let body = with(body, &field("Address"), address.address.as_str());
    let body = with(body, &field("Tel"), address.phone.as_str());
    let body = with(body, &field("Email"), address.email.as_deref().unwrap_or_default());
    let (province, district) = places(settings, address);
    let numbers = [("Province", province), ("District", district)];
    numbers.into_iter().fold(body, |body, (name, number)| match number {
        Some(number) => with(body, &field(name), number),
        None => body,
    })
}

fn places(settings: &Settings, address: &Address) -> (Option<i64>, Option<i64>) {
    let numbers = |place| match place {
        Place::Province => &settings.provinces,
        Place::District | Place::Ward => &settings.districts,
    };
    let found = |place| number(address, place, numbers(place));
    (found(Place::Province), found(Place::District))
}

/// The codes of both ends that the carrier's own numbers are not known of, in words.
pub(super) fn left_out(settings: &Settings, shipment: &Shipment) -> Vec<String> {
    let ends = [("sender", &shipment.sender), ("receiver", &shipment.receiver)];
    let province = |(end, address): (&str, &Address)| {
        let code = address.province_code.as_deref().unwrap_or("unknown");
        places(settings, address).0.is_none().then(|| format!("the {end}'s province ({code})"))
    };
    ends.into_iter().filter_map(province).collect()
}

/// A cancellation.
pub(super) fn cancel(settings: &Settings, order_number: &str) -> Value {
    json!({"CustomerCode": settings.customer_code, "OrderNumber": order_number})
}

/// The query of the tracking list; the first one starts at 24 zeros. Refuses a cursor that is no object id.
pub(super) fn tracking(settings: &Settings, cursor: Option<&str>) -> Result<String, Failure> {
    let last = cursor.unwrap_or("000000000000000000000000");
    if last.len() != 24 || !last.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Failure::fail("the cursor of the tracking list is not one that the post gave"));
    }
    let join = if settings.paths.tracking.contains('?') { '&' } else { '?' };
    Ok(format!("{join}pagesize={}&lastId={last}", page_size(settings)))
}

/// The page size in force, 1 to 1000.
pub(super) fn page_size(settings: &Settings) -> u16 {
    settings.page_size.clamp(1, 1000)
}

/// The question for a price; both provinces must have a VNPost number.
pub(super) fn price(settings: &Settings, parcel: &Parcel) -> Result<Value, Failure> {
    let (sender, receiver) = (end(settings, &parcel.sender)?, end(settings, &parcel.receiver)?);
    Ok(json!({
        "weight": parcel.weight_grams, "mainSrv": "HCC", "isreturn": 1, "sender": sender, "receiver": receiver,
    }))
}

fn end(settings: &Settings, address: &Address) -> Result<Value, Failure> {
    let (province, district) = places(settings, address);
    let Some(province) = province else {
        let code = address.province_code.as_deref().unwrap_or("?");
        return Err(Failure::fail(format!("the settings hold no VNPost number for province {code}")));
    };
    let body = json!({"provCode": province});
    Ok(match district {
        Some(district) => with(body, "distCode", district),
        None => body,
    })
}
