//! Opens a payment at its platform and keeps the page's address (wire.md §2.1.1).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::payment::{Account, Order, OrderLine, Payer};
use connectors::trip::Trip;
use entities::columns::from_json;
use entities::dossiers::applicant::Applicant;
use entities::dossiers::reading;
use entities::payments;
use entities::tables::payments::Model;
use rules::fees::Quote;
use rules::local_time::local_date;
use uuid::Uuid;

/// A person waits for the page; after so many attempts they are told to try another way.
const ATTEMPTS: i32 = 5;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, payment: Uuid, attempt: &Attempt) -> Ended {
    let row = payments::by_id(hands.database.reader(), payment).await?;
    if row.state != "opening" {
        return Ok(());
    }
    match open(hands, &row, attempt).await {
        Ok(page) => keep(hands, payment, Ok(&page)).await,
        Err(trouble) if trouble.is_retry() && attempt.number < ATTEMPTS => Err(trouble),
        Err(trouble) => {
            keep(hands, payment, Err(trouble.reason())).await?;
            Err(Trouble::fail(trouble.reason()))
        }
    }
}

async fn open(hands: &Hands, row: &Model, attempt: &Attempt) -> Result<String, Trouble> {
    let platform = hands.wires.platform(&row.platform)?;
    let order = order(hands, row).await?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let opened = platform.open(&trip, &order).await?;
    opened
        .pay_url
        .ok_or_else(|| Trouble::fail("nền tảng không cho trang thanh toán / the platform gave no page"))
}

async fn order(hands: &Hands, row: &Model) -> Result<Order, Trouble> {
    let db = hands.database.reader();
    let dossier = reading::by_id(db, row.dossier_id).await?;
    let revised = hands.catalogue.revision(db, dossier.revision_id).await?;
    let unit = hands.catalogue.unit(db, dossier.authority_id, hands.clock.now()).await?;
    let quote: Quote = from_json("dossiers.quote", &dossier.quote)?;
    let asked = quote.lines.into_iter().filter(|line| line.amount > 0);
    let fees = asked.map(|line| OrderLine {
        kind: line.kind,
        code: line.code,
        name: line.name,
        amount: line.amount,
    });
    let account = &hands.office.beneficiary;
    Ok(Order {
        reference: row.reference.clone(),
        amount: row.amount,
        description: format!("Nop phi, le phi ho so {}", dossier.code),
        dossier_code: dossier.code.clone(),
        procedure_code: revised.national_code.clone(),
        procedure_name: revised.content.name.clone(),
        unit_code: unit.code_on(local_date(row.opened_at)).to_owned(),
        unit_name: unit.row.name.clone(),
        payer: payer(reading::applicant(&hands.sealer, &dossier)?),
        fees: fees.collect(),
        beneficiary: Account {
            number: account.number.clone(),
            bank_code: account.bank_code.clone(),
            holder: account.holder.clone(),
        },
        client_ip: row.client_ip.clone().unwrap_or_default(),
    })
}

fn payer(applicant: Applicant) -> Payer {
    let address = applicant.address.unwrap_or_default();
    let said = |text: String| Some(text).filter(|text| !text.is_empty());
    Payer {
        name: applicant.name,
        identity_number: applicant.id_number,
        address: said(address.one_line()),
        district: address.district.and_then(said),
        province: said(address.province),
    }
}

async fn keep(hands: &Hands, payment: Uuid, page: Result<&str, &str>) -> Ended {
    let tx = hands.database.begin().await?;
    payments::opened(&tx, payment, page).await?;
    tx.commit().await?;
    Ok(())
}
