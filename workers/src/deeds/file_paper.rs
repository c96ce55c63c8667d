//! Files a paper with its metadata in the store of its owner, and lets its dossier go on (D-05, D-11).

use super::ended::{Ended, Trouble as Ending};
use super::staging::{Desk, Halt, take_up};
use crate::deed::Attempt;
use crate::hands::Hands;
use digitising::trouble::Trouble;
use entities::digitisations::{self, fields};
use entities::documents::completing::REJECTION;
use entities::documents::{self, NewDocument};
use entities::dossiers::{Door, reading};
use rules::actor::Actor;
use rules::papers::{Origin, Signed, Stage};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, digitisation: Uuid, attempt: &Attempt) -> Ended {
    let Some(desk) = take_up(hands, digitisation, Stage::File, attempt).await? else { return Ok(()) };
    let ended = store(&desk).await;
    desk.end(ended).await
}

async fn store(desk: &Desk<'_>) -> Result<(), Halt> {
    let new = document(desk).await?;
    let (hands, item, office, at) = (desk.hands, &desk.item, Actor::office(), desk.attempt.at);
    let tx = desk.begin().await?;
    let report = json!({"fields": new.data.len(), "paper_type": new.paper_type});
    let kept = documents::file(&tx, &hands.sealer, &office, new, at).await?;
    let found = desk.found(report, ENGINE);
    digitisations::stage_done(&tx, item.id, found, Stage::Filed, at).await?;
    digitisations::filed(&tx, item.id, kept, at).await?;
    if let Some(dossier) = item.dossier_id {
        let trace = desk.attempt.traceparent.as_deref();
        let (catalogue, sealer) = (&hands.catalogue, &hands.sealer);
        let door = Door { tx: &tx, catalogue, sealer, by: &office, at, trace };
        door.paper_ended(dossier).await?;
    }
    tx.commit().await?;
    hands.wake.ring_all(rules::jobs::Queue::ALL);
    Ok(())
}

const ENGINE: &str = concat!("motcua ", env!("CARGO_PKG_VERSION"));

/// The metadata that D-11 asks for, as far as they are known.
async fn document(desk: &Desk<'_>) -> Result<NewDocument, Halt> {
    let (item, sealer, db) = (&desk.item, &desk.hands.sealer, desk.hands.database.reader());
    let file = desk.file().await?;
    let owner = digitisations::owner(db, sealer, item).await?.ok_or_else(nobodys)?;
    let data: BTreeMap<String, String> = fields::of(db, sealer, item.id)
        .await?
        .into_iter()
        .filter_map(|field| Some((field.row.name, field.settled.filter(|value| !value.is_empty())?)))
        .collect();
    let read = digitisations::stage(db, item.id, Stage::Recognise).await?;
    let (signature, signature_report) = signature(desk).await?;
    let day = |name: &str| data.get(name).and_then(|text| rules::papers::keying::day(text));
    Ok(NewDocument {
        number: data.get("number").cloned(),
        issuer_name: data.get("issuer").cloned(),
        issued_on: day("issued_on"),
        valid_until: day("valid_until").or(item.valid_until),
        dossier: item.dossier_id,
        digitisation: Some(item.id),
        unit: Some(item.unit_id),
        // It counts once its dossier is over; an old paper counts at once.
        pending: item.dossier_id.is_some(),
        rendition_sha256: read.and_then(|row| row.output_sha256),
        pages: item.pages.and_then(|pages| u16::try_from(pages).ok()).unwrap_or(0),
        signature,
        signature_report,
        scanned_by: item.scanned_by.clone(),
        scanned_at: item.scanned_by.as_ref().map(|_| file.created_at),
        data,
        ..NewDocument::new(owner, &paper_type(desk).await?, &item.name, origin(item), file.id)
    })
}

fn nobodys() -> Halt {
    Halt::Trouble(Trouble::Paper {
        code: "owner_unknown",
        vi: "Chưa biết giấy tờ này là của ai; hãy bỏ số hóa lượt này và nhập lại kèm chủ sở hữu.".into(),
        en: "Nobody has said whose paper this is: leave it out and enter it again with its owner.".into(),
    })
}

fn origin(item: &digitisations::Item) -> documents::Origin {
    match Origin::from_key(&item.origin) {
        Some(Origin::Result) => documents::Origin::Result,
        Some(Origin::Backlog) => documents::Origin::Backlog,
        _ => documents::Origin::Component,
    }
}

/// The type it is kept under: that of the result, unless it refuses, or of the paper; where nobody has named one, the code of the component.
async fn paper_type(desk: &Desk<'_>) -> Result<String, Halt> {
    let (item, db) = (&desk.item, desk.hands.database.reader());
    if let (Some(Origin::Result), Some(dossier), Some(code)) =
        (Origin::from_key(&item.origin), item.dossier_id, &item.component)
    {
        if reading::decision(db, dossier).await?.is_none_or(|decision| decision.outcome != "granted") {
            return Ok(REJECTION.to_owned());
        }
        let dossier = reading::by_id(db, dossier).await?;
        let revised = desk.hands.catalogue.revision(db, dossier.revision_id).await?;
        let kind = revised.content.results.iter().find(|kind| kind.code == *code);
        return Ok(kind.map_or(code.as_str(), |kind| kind.stored_as()).to_owned());
    }
    let named = item.paper_type.clone().or_else(|| item.component.clone());
    Ok(named.unwrap_or_else(|| OTHER.to_owned()))
}

/// A paper of which nobody has said what it is.
const OTHER: &str = "KHAC";

async fn signature(desk: &Desk<'_>) -> Result<(Signed, Option<String>), Halt> {
    let row = digitisations::stage(desk.hands.database.reader(), desk.item.id, Stage::Signatures).await?;
    let Some(row) = row else { return Ok((Signed::NotChecked, None)) };
    let report: Value = serde_json::from_str(&row.report).map_err(Ending::fail)?;
    let told = report.get("standing").and_then(Value::as_str).and_then(Signed::from_key);
    let standing =
        told.ok_or_else(|| Ending::fail("báo cáo chữ ký số hỏng / the report of signatures is damaged"))?;
    let opened = row.report_sealed.as_deref().map(|sealed| desk.open_report(sealed)).transpose()?;
    Ok((standing, opened))
}
