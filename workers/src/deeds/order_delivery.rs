//! Orders the carriage of papers or of the result, once a leg (wire.md §3.2).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::post::{Address, Leg, Shipment};
use connectors::trip::Trip;
use entities::Error;
use entities::columns::from_key;
use entities::dossiers::applicant::Applicant;
use entities::dossiers::{originals, reading};
use entities::shipments;
use entities::tables::{dossiers, papers, shipments as row, units};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, shipment: Uuid, attempt: &Attempt) -> Ended {
    let row = shipments::by_id(hands.database.reader(), shipment).await?;
    if row.ordered_at.is_some() || row.state == "cancelled" {
        return Ok(());
    }
    let order = order(hands, &row).await?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let accepted = hands.wires.carrier(&row.carrier)?.order(&trip, &order).await?;
    let tx = hands.database.begin().await?;
    shipments::ordered(&tx, shipment, accepted.remark, hands.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

async fn order(hands: &Hands, row: &row::Model) -> Result<Shipment, Trouble> {
    let db = hands.database.reader();
    let dossier = reading::by_id(db, row.dossier_id).await?;
    let revised = hands.catalogue.revision(db, dossier.revision_id).await?;
    let applicant = reading::applicant(&hands.sealer, &dossier)?;
    let leg: Leg = from_key("shipments.leg", &row.leg)?;
    let (office, home) = (office(hands, &dossier).await?, home(hands, &applicant).await?);
    let (sender, receiver) = match leg {
        Leg::Return => (office, home),
        Leg::Collection => (home, office),
    };
    // The postman collects what is still owed when the result is handed over.
    let owed = leg == Leg::Return && dossier.fee_state == "owed";
    Ok(Shipment {
        order_number: row.order_number.clone(),
        leg,
        cod_amount: if owed { dossier.fee_total } else { 0 },
        sender,
        receiver,
        contents: contents(hands, &dossier, leg).await?,
        description: revised.content.name.chars().take(200).collect(),
        item_code: None,
    })
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
        .map(|paper| format!("01 {}", paper.name))
        .collect();
    Ok(names.join("; ").chars().take(500).collect())
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
        district_code: None,
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
