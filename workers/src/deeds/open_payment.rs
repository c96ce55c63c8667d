//! Opens a payment at its platform and keeps the page's address (wire.md §2.1.1).

use super::ended::{Ended, Trouble};
use crate::deed::Attempt;
use crate::hands::Hands;
use connectors::payment::{Account, Order, OrderLine, Payer};
use connectors::trip::Trip;
use entities::columns::from_json;
use entities::dossiers::applicant::Applicant;
use entities::dossiers::reading;
use entities::payments::accounts::{self, split};
use entities::payments::{self, Page, payer as named};
use entities::tables::dossiers;
use entities::tables::payments::Model;
use rules::fees::Quote;
use rules::local_time::local_date;
use uuid::Uuid;

/// A person waits for the page; after so many attempts they are told to try another way.
const ATTEMPTS: i32 = 5;

/// What the payer reads then; why stands on the job, for administrators.
const NO_PAGE: &str = "nền tảng thanh toán chưa mở được trang; hãy thử lại sau, hoặc chọn cách nộp khác / \
     the payment platform could not open its page; try again later, or choose another way to pay";

/// Does one attempt.
pub(super) async fn run(hands: &Hands, payment: Uuid, attempt: &Attempt) -> Ended {
    let row = payments::by_id(hands.database.reader(), payment).await?;
    if row.state != "opening" {
        return Ok(());
    }
    match open(hands, &row, attempt).await {
        Ok(page) => keep(hands, payment, Ok(page)).await,
        Err(trouble) if trouble.is_retry() && attempt.number < ATTEMPTS => Err(trouble),
        Err(trouble) => {
            keep(hands, payment, Err(NO_PAGE)).await?;
            Err(Trouble::fail(trouble.reason()))
        }
    }
}

async fn open(hands: &Hands, row: &Model, attempt: &Attempt) -> Result<Page, Trouble> {
    let platform = hands.wires.platform(&row.platform)?;
    let order = order(hands, row).await?;
    let trip = Trip::at(attempt.at).traced(attempt.traceparent.clone());
    let opened = platform.open(&trip, &order).await?;
    if opened.pay_url.is_none() && opened.qr_content.is_none() {
        return Err(Trouble::fail("nền tảng không cho trang thanh toán / the platform gave no page"));
    }
    Ok(Page { pay_url: opened.pay_url, qr_content: opened.qr_content })
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
    let beneficiary = account(hands, row).await?;
    Ok(Order {
        reference: row.reference.clone(),
        amount: row.amount,
        description: format!("Nop phi, le phi ho so {}", dossier.code),
        dossier_code: dossier.code.clone(),
        procedure_code: revised.national_code.clone(),
        procedure_name: revised.content.name.clone(),
        unit_code: unit.code_on(local_date(row.opened_at)).to_owned(),
        unit_name: unit.row.name.clone(),
        payer: payer(hands, row, &dossier)?,
        fees: fees.collect(),
        beneficiary,
        client_ip: row.client_ip.clone().unwrap_or_default(),
    })
}

/// One account for the whole order: the wire has room for one. Where phí and lệ phí go apart, that of the only kind
/// owed, and else the office's own.
async fn account(hands: &Hands, row: &Model) -> Result<Account, Trouble> {
    let day = local_date(row.opened_at);
    let sums = (row.phi, row.amount - row.phi);
    let parts = split(hands.database.reader(), (row.unit_id, day), sums, None).await?;
    Ok(match parts.as_slice() {
        [(accounts::Account { number, bank_bin, holder, .. }, _)] => {
            Account { number: number.clone(), bank_code: bank_bin.clone(), holder: holder.clone() }
        }
        _ => {
            let office = &hands.office.beneficiary;
            Account {
                number: office.number.clone(),
                bank_code: office.bank_code.clone(),
                holder: office.holder.clone(),
            }
        }
    })
}

/// The person named as payer, else the applicant.
fn payer(hands: &Hands, row: &Model, dossier: &dossiers::Model) -> Result<Payer, Trouble> {
    let Some(sealed) = &row.payer_sealed else {
        return Ok(applicant(reading::applicant(&hands.sealer, dossier)?));
    };
    let payer = named::opened(&hands.sealer, row.id, sealed)?;
    Ok(Payer {
        name: payer.name,
        identity_number: payer.identity_number,
        address: payer.address,
        ..Payer::default()
    })
}

fn applicant(applicant: Applicant) -> Payer {
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

async fn keep(hands: &Hands, payment: Uuid, page: Result<Page, &str>) -> Ended {
    let tx = hands.database.begin().await?;
    payments::opened(&tx, payment, page).await?;
    tx.commit().await?;
    Ok(())
}
