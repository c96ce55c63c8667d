//! What is sent to Viettel Post: orders, changes, questions for prices (wire.md §3.4).

use super::Settings;
use crate::{
    failure::Failure,
    loose_json::with,
    post::{
        Address, OrderNumber, Parcel, Shipment,
        places::{Place, number},
    },
};
use chrono::{DateTime, Utc};
use rules::local_time::local;
use serde_json::{Value, json};

/// Fails when an order cannot be told truthfully.
pub(super) fn must_be_sound(shipment: &Shipment) -> Result<(), Failure> {
    if shipment.order_number.trim().is_empty() || shipment.cod_amount < 0 {
        return Err(Failure::fail("the shipment has no order number or asks for less than nothing"));
    }
    Ok(())
}

/// A new order, dated when it is made. Places without a number of the carrier are left out.
pub(super) fn order(settings: &Settings, shipment: &Shipment, (service, at): (&str, DateTime<Utc>)) -> Value {
    let body = json!({
        "ORDER_NUMBER": shipment.order_number,
        "GROUPADDRESS_ID": settings.group_address_id,
        "CUS_ID": settings.customer_id,
        "DELIVERY_DATE": moment(at),
        "PRODUCT_NAME": shipment.contents,
        "PRODUCT_DESCRIPTION": shipment.description,
        "PRODUCT_QUANTITY": 1,
        "PRODUCT_WEIGHT": settings.parcel_grams,
        "PRODUCT_TYPE": GOODS,
        "ORDER_PAYMENT": 3,
        "ORDER_SERVICE": service,
        "ORDER_NOTE": shipment.description,
        "MONEY_COLLECTION": shipment.cod_amount,
    });
    let body = with_end(settings, body, "SENDER", &shipment.sender);
    with_end(settings, body, "RECEIVER", &shipment.receiver)
}

/// The wire has a type for goods and one for documents; clients in the field send goods.
const GOODS: &str = "HH";

/// `dd/MM/yyyy HH:mm:ss` in Vietnam, 24 hours.
fn moment(at: DateTime<Utc>) -> String {
    local(at).format("%d/%m/%Y %H:%M:%S").to_string()
}

fn with_end(settings: &Settings, body: Value, end: &str, address: &Address) -> Value {
    let field = |name: &str| format!("{end}_{name}");
    let body = with(body, &field("FULLNAME"), address.name.as_str());
    let body = with(body, &field("ADDRESS"), address.address.as_str());
    let body = with(body, &field("PHONE"), address.phone.as_str());
    let body = with(body, &field("EMAIL"), address.email.as_deref().unwrap_or_default());
    with_places(settings, body, end, address)
}

fn with_places(settings: &Settings, body: Value, end: &str, address: &Address) -> Value {
    let kinds = [
        ("PROVINCE", Place::Province, &settings.provinces),
        ("DISTRICT", Place::District, &settings.districts),
        ("WARD", Place::Ward, &settings.wards),
    ];
    kinds.into_iter().fold(body, |body, (name, place, known)| match number(address, place, known) {
        Some(number) => with(body, &format!("{end}_{name}"), number),
        None => body,
    })
}

/// The places of both ends that the carrier's own numbers are not known of, in words.
pub(super) fn left_out(settings: &Settings, shipment: &Shipment) -> Vec<String> {
    let ends = [("sender", &shipment.sender), ("receiver", &shipment.receiver)];
    let of = |(end, address): (&str, &Address)| {
        let lacks = |place, known| number(address, place, known).is_none();
        let (province, ward) = (&address.province_code, &address.commune_code);
        let said = |what: &str, code: &Option<String>| {
            format!("the {end}'s {what} ({})", code.as_deref().unwrap_or("unknown"))
        };
        let province = lacks(Place::Province, &settings.provinces).then(|| said("province", province));
        let ward = lacks(Place::Ward, &settings.wards).then(|| said("commune", ward));
        [province, ward]
    };
    ends.into_iter().flat_map(of).flatten().collect()
}

/// A cancellation: `TYPE` 4, by the carrier's own number.
pub(super) fn cancel(order: &OrderNumber, at: DateTime<Utc>) -> Result<Value, Failure> {
    let Some(theirs) = &order.theirs else {
        return Err(Failure::fail(
            "Viettel Post's own number of the order is not known, so it cannot be cancelled",
        ));
    };
    Ok(json!({"TYPE": 4, "ORDER_NUMBER": theirs, "NOTE": "", "DATE": moment(at)}))
}

/// The question for the services and prices of a carriage.
pub(super) fn price_of(settings: &Settings, shipment: &Shipment) -> Result<Value, Failure> {
    let (sender, receiver) = (shipment.sender.clone(), shipment.receiver.clone());
    let parcel = Parcel { weight_grams: settings.parcel_grams, sender, receiver };
    Ok(with(price(settings, &parcel)?, "MONEY_COLLECTION", shipment.cod_amount))
}

/// The question for a price; both provinces must have a number of the carrier.
pub(super) fn price(settings: &Settings, parcel: &Parcel) -> Result<Value, Failure> {
    let body = json!({
        "PRODUCT_TYPE": GOODS, "PRODUCT_WEIGHT": parcel.weight_grams, "PRODUCT_PRICE": 0, "MONEY_COLLECTION": 0,
        "TYPE": 1,
    });
    let body = end(settings, body, "SENDER", &parcel.sender)?;
    end(settings, body, "RECEIVER", &parcel.receiver)
}

fn end(settings: &Settings, body: Value, end: &str, address: &Address) -> Result<Value, Failure> {
    let Some(province) = number(address, Place::Province, &settings.provinces) else {
        let code = address.province_code.as_deref().unwrap_or("?");
        return Err(Failure::fail(format!("no Viettel Post number is known for province {code}")));
    };
    let body = with(body, &format!("{end}_PROVINCE"), province);
    Ok(match number(address, Place::District, &settings.districts) {
        Some(district) => with(body, &format!("{end}_DISTRICT"), district),
        None => body,
    })
}
