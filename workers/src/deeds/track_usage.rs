//! Tells the national monitor of online services that something happened to a dossier (law.md §7.7, wire.md §1.12).

use super::ended::{Ended, Trouble};
use super::past::Past;
use super::portal_account;
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::monitor::{Carried, Usage, UsagePayment, UsageUser};
use connectors::trip::Trip;
use entities::dossiers::reading;
use entities::payments::desk::PaymentWay;
use entities::tables::shipments;
use rules::lifecycle::ActKind;
use rules::procedure::Level;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// Does one attempt. What is told is how the dossier stood at the entry, whenever it is told.
pub(super) async fn run(hands: &Hands, (dossier, entry): (Uuid, i32), attempt: &Attempt) -> Ended {
    let past = Past::at(hands, dossier, entry).await?;
    let usage = usage(hands, &past).await?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    hands.wires.monitor()?.track(&trip, &usage).await?;
    Ok(())
}

async fn usage(hands: &Hands, past: &Past) -> Result<Usage, Trouble> {
    let dossier = &past.dossier;
    let account = portal_account::on_record(hands, past).await?;
    let number = past.applicant.id_number.clone().filter(|number| !number.is_empty());
    Ok(Usage {
        code: dossier.code.clone(),
        procedure_code: past.revised.national_code.clone(),
        procedure_name: past.revised.content.name.clone(),
        status: past.status()?,
        online: dossier.channel == "online",
        whole: past.revised.content.level == Level::ToanTrinh,
        payment: payment(hands, past).await?,
        from_portal: dossier.system_of_record != "local",
        carried: carried(hands, dossier.id).await?,
        user: number.map(|number| UsageUser {
            number,
            account,
            place_code: past.applicant.address.as_ref().and_then(|address| address.commune_code.clone()),
        }),
    })
}

async fn payment(hands: &Hands, past: &Past) -> Result<UsagePayment, Trouble> {
    if past.last(ActKind::RecordPayment).is_none() {
        return Ok(UsagePayment::None);
    }
    let payments = reading::payments(hands.database.reader(), past.dossier.id).await?;
    let online =
        payments.iter().any(|p| p.state == "paid" && PaymentWay::of(&p.platform) == PaymentWay::Platform);
    Ok(if online { UsagePayment::Online } else { UsagePayment::Direct })
}

async fn carried(hands: &Hands, dossier: Uuid) -> Result<Carried, Trouble> {
    let rows = shipments::Entity::find().filter(shipments::Column::DossierId.eq(dossier));
    let rows = rows.all(hands.database.reader()).await.map_err(entities::Error::from)?;
    Ok(match rows.first().map(|row| row.carrier.as_str()) {
        None => Carried::Nobody,
        Some(carrier) if carrier.starts_with("vnpost") => Carried::NationalPost,
        Some(_) => Carried::Other,
    })
}
