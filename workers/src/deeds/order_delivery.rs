//! Orders the carriage of papers or of the result, once a leg (wire.md §3.2).

use super::cancel_shipment;
use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use chrono::NaiveDate;
use connectors::failure::Failure;
use connectors::post::{Address, CarrierCodes, Leg, Shipment};
use connectors::trip::Trip;
use entities::Error;
use entities::columns::{from_json, from_key};
use entities::dossiers::applicant::Applicant;
use entities::dossiers::{originals, reading};
use entities::shipments::carriers;
use entities::shipments::ordering::{self, Begun, Taken};
use entities::tables::{dossiers, papers, shipments as row, units};
use rules::jobs::Queue;
use rules::local_time::local_date;
use rules::parties::PartyState;
use rules::post::{Way, promised};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::time::Duration;
use uuid::Uuid;

/// Does one attempt. That the carrier is being asked is written down before it is, so that nobody takes the result back
/// in between.
pub(super) async fn run(hands: &Hands, shipment: Uuid, attempt: &Attempt) -> Ended {
    let row = match begun(hands, shipment).await? {
        Begun::Nothing => return Ok(()),
        Begun::CallOff(row) => return cancel_shipment::call_off(hands, &row, attempt).await,
        Begun::NoWaybill(carrier) => return Err(Failure::wait(carrier, UNTIL_MORE, NO_WAYBILL).into()),
        Begun::Ask(row) => row,
    };
    let asked = ask(hands, &row, attempt).await;
    let tx = hands.database.begin().await?;
    let ended = match asked {
        Ok(taken) => {
            let at = hands.clock.now();
            ordering::ordered(&tx, &hands.sealer, shipment, taken, at).await.map_err(Trouble::from)
        }
        Err(trouble) => {
            match trouble.is_retry() {
                true => ordering::not_ordered(&tx, shipment).await?,
                false => {
                    let said = (shipment, &*trouble.told());
                    ordering::given_up(&tx, &hands.sealer, said, hands.clock.now()).await?
                }
            }
            Err(trouble)
        }
    };
    tx.commit().await?;
    hands.wake.ring(Queue::Party);
    ended
}

/// Adding waybills brings the order forward.
const UNTIL_MORE: Duration = Duration::from_secs(3_600);
const NO_WAYBILL: &str =
    "đã dùng hết mã vận đơn được cấp trước / all waybill numbers given out beforehand are used up";

async fn begun(hands: &Hands, shipment: Uuid) -> Result<Begun, Error> {
    let live =
        |key: &&String| hands.wires.lines.get(*key).is_none_or(|line| line.state() == PartyState::Live);
    let set_up: Vec<String> = hands.wires.carriers.keys().filter(live).cloned().collect();
    let tx = hands.database.begin().await?;
    let begun = ordering::begin(&tx, shipment, &set_up, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(begun)
}

async fn ask(hands: &Hands, row: &row::Model, attempt: &Attempt) -> Result<Taken, Trouble> {
    let order = order(hands, row).await?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let accepted = hands.wires.carrier(&row.carrier)?.order(&trip, &order).await?;
    Ok(Taken {
        remark: accepted.remark,
        carrier_number: accepted.carrier_number,
        cod_amount: order.cod_amount,
        expected_on: expected(hands, &order).await?,
    })
}

/// The day that public post promises (B-05), where both provinces are known.
async fn expected(hands: &Hands, order: &Shipment) -> Result<Option<NaiveDate>, Error> {
    let at = hands.clock.now();
    let (from, to) = (order.sender.province_code.as_deref(), order.receiver.province_code.as_deref());
    let calendar = hands.catalogue.calendar(hands.database.reader(), at).await?;
    Ok(Way::between(from, to).map(|way| promised(local_date(at), way, &calendar)))
}

async fn order(hands: &Hands, row: &row::Model) -> Result<Shipment, Trouble> {
    let db = hands.database.reader();
    let dossier = reading::by_id(db, row.dossier_id).await?;
    let revised = hands.catalogue.revision(db, dossier.revision_id).await?;
    let applicant = reading::applicant(&hands.sealer, &dossier)?;
    let leg: Leg = from_key("shipments.leg", &row.leg)?;
    let office = named(hands, &row.carrier, office(hands, &dossier).await?).await?;
    let home = named(hands, &row.carrier, home(hands, &applicant).await?).await?;
    let (sender, receiver) = match leg {
        Leg::Return => (office, home),
        Leg::Collection => (home, office),
    };
    Ok(Shipment {
        order_number: row.order_number.clone(),
        leg,
        cod_amount: row.cod_amount,
        sender,
        receiver,
        contents: match &row.contents {
            Some(named) => listed(&from_json::<Vec<String>>("shipments.contents", named)?),
            None => contents(hands, &dossier, leg).await?,
        },
        description: revised.content.name.chars().take(200).collect(),
        item_code: row.item_code.clone(),
    })
}

/// The address with what the office's table says the carrier calls its places.
async fn named(hands: &Hands, carrier: &str, address: Address) -> Result<Address, Error> {
    let (db, day) = (hands.database.reader(), local_date(hands.clock.now()));
    let known_as = CarrierCodes {
        province: carriers::called(db, carrier, ("province", address.province_code.as_deref()), day).await?,
        district: carriers::called(db, carrier, ("district", address.district_code.as_deref()), day).await?,
        ward: carriers::called(db, carrier, ("ward", address.commune_code.as_deref()), day).await?,
    };
    Ok(Address { known_as, ..address })
}

/// The papers inside, by name (TT 17/2017 Đ9).
async fn contents(hands: &Hands, dossier: &dossiers::Model, leg: Leg) -> Result<String, Error> {
    let part = match leg {
        Leg::Return => "result",
        Leg::Collection => "component",
    };
    let papers = reading::papers(hands.database.reader(), dossier.id).await?;
    // Originals that the desk kept for comparison travel home with the result (L-46).
    let kept = originals::of(dossier)?.filter(|_| leg == Leg::Return).map_or_else(Vec::new, |o| o.components);
    let home = |paper: &papers::Model| paper.component.as_ref().is_some_and(|code| kept.contains(code));
    let names: Vec<String> = papers
        .into_iter()
        .filter(|paper| paper.part == part || (paper.part == "component" && home(paper)))
        .map(|paper| paper.name)
        .collect();
    Ok(listed(&names))
}

fn listed(names: &[String]) -> String {
    let lines: Vec<String> = names.iter().map(|name| format!("01 {name}")).collect();
    lines.join("; ").chars().take(500).collect()
}

/// The unit's own name and desk; telephone and codes as the office's settings say.
async fn office(hands: &Hands, dossier: &dossiers::Model) -> Result<Address, Error> {
    let unit = hands.catalogue.unit(hands.database.reader(), dossier.unit_id, hands.clock.now()).await?;
    let sender = &hands.office.sender;
    Ok(Address {
        name: unit.row.name.clone(),
        address: unit.row.contact.clone().unwrap_or_else(|| sender.address.clone()),
        phone: sender.phone.clone(),
        email: None,
        province_code: Some(sender.province_code.clone()).filter(|code| !code.is_empty()),
        district_code: sender.district_code.clone(),
        commune_code: unit.row.place_code.clone(),
        ..Address::default()
    })
}

async fn home(hands: &Hands, applicant: &Applicant) -> Result<Address, Trouble> {
    let (Some(address), Some(phone)) = (&applicant.address, &applicant.phone) else {
        let words = "thiếu địa chỉ hoặc số điện thoại / the post needs an address and a telephone";
        return Err(Trouble::fail(words));
    };
    Ok(Address {
        name: applicant.name.clone(),
        address: address.one_line(),
        phone: phone.clone(),
        email: applicant.email.clone(),
        province_code: province(hands, address.commune_code.as_deref()).await?,
        commune_code: address.commune_code.clone(),
        ..Address::default()
    })
}

/// A commune that is one of ours lies in our province; of any other nothing is guessed.
async fn province(hands: &Hands, commune: Option<&str>) -> Result<Option<String>, Error> {
    let Some(commune) = commune else {
        return Ok(None);
    };
    let ours = units::Entity::find().filter(units::Column::PlaceCode.eq(commune));
    let found = ours.one(hands.database.reader()).await?;
    let code = found.map(|_| hands.office.sender.province_code.clone());
    Ok(code.filter(|code| !code.is_empty()))
}
