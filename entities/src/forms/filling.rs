//! What each form says of a dossier, taken from the rows of the moment.

use super::happened::{Happened, matter_of, name_of};
use super::slips;
use crate::columns::{from_json, from_key};
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::dossiers::Model;
use chrono::Datelike;
use rules::fees::{FeeKind, Quote};
use rules::forms::apology::Apology;
use rules::forms::receipt::Receipt;
use rules::forms::refusal::Refusal;
use rules::forms::stop_notice::StopNotice;
use rules::forms::supplement_request::SupplementRequest;
use rules::forms::{Body, FormKind, Matter, PaperLine, Signer};
use rules::local_time::local_date;
use rules::procedure::{Component, Revision};
use rules::status::Status;
use uuid::Uuid;

/// The body of a form; none where there is nothing to say, as a control slip of what was never received.
pub(super) async fn body(
    door: &Door<'_>,
    happened: &Happened<'_>,
    kind: FormKind,
) -> Result<Option<Body>, Error> {
    Ok(match kind {
        FormKind::Receipt => receipt(door, happened).await?.map(Body::Receipt),
        FormKind::SupplementRequest => {
            Some(Body::SupplementRequest(supplement_request(door, happened).await?))
        }
        FormKind::Refusal => Some(Body::Refusal(Refusal {
            matter: matter(door, happened)?,
            reason: happened.words.into(),
            officer: door.by.name.clone(),
        })),
        FormKind::Apology => apology(door, happened)?.map(Body::Apology),
        FormKind::StopNotice => Some(Body::StopNotice(stop_notice(door, happened)?)),
        FormKind::ControlSlip if happened.after.received_at.is_none() => None,
        FormKind::ControlSlip => {
            let slip = slips::of(door, happened.after, happened.revised, happened.before).await?;
            Some(Body::ControlSlip(slip))
        }
        FormKind::Register => None,
    })
}

/// Whose form it is: the desk's, or the agency's that decides.
pub(super) fn issuer(kind: FormKind, dossier: &Model) -> Uuid {
    if speaks_as_desk(kind) { dossier.unit_id } else { dossier.authority_id }
}

/// Apologies and stops are signed by the head of the agency (NĐ 61/2018 Đ19.9).
pub(super) fn speaks_as_desk(kind: FormKind) -> bool {
    !matches!(kind, FormKind::Apology | FormKind::StopNotice)
}

async fn receipt(door: &Door<'_>, happened: &Happened<'_>) -> Result<Option<Receipt>, Error> {
    let (dossier, content) = (happened.after, &happened.revised.content);
    let channel = from_key("dossiers.channel", &dossier.channel)?;
    let (Some(received_at), Some(terms)) = (dossier.received_at, content.terms(channel)) else {
        return Ok(None);
    };
    let quote: Quote = from_json("dossiers.quote", &dossier.quote)?;
    Ok(Some(Receipt {
        matter: matter(door, happened)?,
        secret: door.sealer.lookup_secret(dossier.id),
        papers: handed_in(door, dossier.id, content).await?,
        sets: 1,
        limit: terms.limit,
        received_at,
        due_at: dossier.due_at,
        authority: name_of(door, dossier.authority_id).await?,
        return_method: dossier.return_method.clone(),
        phi: quote.of_kind(FeeKind::Phi),
        le_phi: quote.of_kind(FeeKind::LePhi),
        book: local_date(door.at).year(),
        submitter: dossier.applicant_name.clone(),
        officer: door.by.name.clone(),
    }))
}

async fn supplement_request(door: &Door<'_>, happened: &Happened<'_>) -> Result<SupplementRequest, Error> {
    let unit = door.catalogue.unit(door.tx, happened.after.unit_id, door.at).await?;
    let asked = happened.components.iter().filter_map(|code| happened.revised.content.component(code));
    Ok(SupplementRequest {
        matter: matter(door, happened)?,
        papers: asked.map(line).collect(),
        reason: happened.words.into(),
        contact: unit.row.contact.clone().unwrap_or_default(),
        officer: door.by.name.clone(),
    })
}

/// None where a date is missing: the rules let nobody extend what is not due.
fn apology(door: &Door<'_>, happened: &Happened<'_>) -> Result<Option<Apology>, Error> {
    let (before, after) = (happened.before, happened.after);
    let (Some(received_at), Some(due_before), Some(due_after)) =
        (after.received_at, before.due_at, after.due_at)
    else {
        return Ok(None);
    };
    Ok(Some(Apology {
        matter: matter(door, happened)?,
        received_at,
        due_before,
        due_after,
        reason: happened.words.into(),
        signer: signer(door),
    }))
}

fn stop_notice(door: &Door<'_>, happened: &Happened<'_>) -> Result<StopNotice, Error> {
    let dossier = happened.before;
    let quote: Quote = from_json("dossiers.quote", &dossier.quote)?;
    let steps = &happened.revised.content.steps;
    let step = steps.iter().find(|step| Some(&step.key) == dossier.step.as_ref());
    let status = Status::from_key(&dossier.status).map_or("", Status::name_vi);
    Ok(StopNotice {
        matter: matter(door, happened)?,
        received_at: dossier.received_at,
        stage: step.map_or(status, |step| &step.name).into(),
        reason: happened.words.into(),
        phi: quote.of_kind(FeeKind::Phi),
        le_phi: quote.of_kind(FeeKind::LePhi),
        paid: dossier.fee_state == "paid",
        signer: signer(door),
    })
}

/// The dossier and its person, opened.
fn matter(door: &Door<'_>, happened: &Happened<'_>) -> Result<Matter, Error> {
    matter_of(door, happened.after, &happened.revised.content)
}

/// What came in so far, each component once.
async fn handed_in(door: &Door<'_>, dossier: Uuid, content: &Revision) -> Result<Vec<PaperLine>, Error> {
    let papers = reading::papers(door.tx, dossier).await?;
    let mut lines: Vec<PaperLine> = Vec::new();
    for paper in papers.into_iter().filter(|paper| paper.part != "result") {
        let component = paper.component.as_deref().and_then(|code| content.component(code));
        let known = component.map_or_else(|| PaperLine { name: paper.name, ..PaperLine::default() }, line);
        if !lines.iter().any(|line| line.name == known.name) {
            lines.push(known);
        }
    }
    Ok(lines)
}

fn line(component: &Component) -> PaperLine {
    PaperLine {
        name: component.name.clone(),
        originals: component.originals,
        certified: 0,
        copies: component.copies,
    }
}

fn signer(door: &Door<'_>) -> Signer {
    Signer { name: door.by.name.clone(), title: door.by.title.clone() }
}
