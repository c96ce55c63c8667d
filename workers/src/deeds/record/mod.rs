//! The record of a dossier for the national portal, as it stood at one entry: what is not known stays absent.

mod money;
mod papers;
mod progress;
mod rounds;

pub(super) use progress::{line, status};

use super::past::Past;
use super::portal_account;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use connectors::portal::{DossierRecord, Owner, OwnerKind, ResultLine};
use entities::Error;
use entities::columns::from_key;
use entities::forms::reading as forms;
use papers::Papers;
use rules::forms::FormKind;
use rules::lifecycle::ActKind;
use rules::procedure::ApplicantKind;

/// The record at the entry of `past`; links in it are good from `at` on for as long as the settings say.
pub(super) async fn record(hands: &Hands, past: &Past, at: DateTime<Utc>) -> Result<DossierRecord, Error> {
    let (dossier, content) = (&past.dossier, &past.revised.content);
    let papers = Papers::of(hands, past, at).await?;
    let settled = money::settled(hands, past).await?;
    Ok(DossierRecord {
        code: dossier.code.clone(),
        procedure_code: past.revised.national_code.clone(),
        procedure_name: content.name.clone(),
        field_code: content.field.code.clone(),
        field_name: content.field.name.clone(),
        channel: from_key("dossiers.channel", &dossier.channel)?,
        receipt_number: receipt(hands, past).await?,
        owner: owner(hands, past).await?,
        summary: dossier.summary.clone(),
        other_information: None,
        status: past.status()?,
        submitted_at: Some(dossier.submitted_at),
        received_at: past.when(ActKind::Accept),
        due_at: past.due,
        finished_at: past.valid_decision().map(|entry| entry.at),
        returned_at: past.when(ActKind::Return),
        return_note: past.words(hands, ActKind::Return)?,
        refused_at: past.when(ActKind::Refuse).or_else(|| past.when(ActKind::Stop)),
        returns_by_post: dossier.return_method == "post",
        unit_name: past.authority.row.name.clone(),
        note: past.words(hands, ActKind::Refuse)?.or(past.words(hands, ActKind::Stop)?),
        born_at_portal: dossier.system_of_record != "local",
        verified_by_vneid: (dossier.identity_verified && hands.office.by_vneid(&dossier.owner))
            .then_some(true),
        payment: money::payment(past, &settled),
        databases: papers.databases(hands),
        fees: money::fees(hands, past, &settled),
        // Papers outside the published list are not taken in (L-07), so there is none to tell of.
        other_papers: Vec::new(),
        supplements: rounds::supplements(hands, past, &papers).await?,
        results: results(hands, past, &papers).await?,
        papers: papers.submitted(),
    })
}

/// Number of the receipt that was handed out by then (Mẫu 01), as it is printed on it.
async fn receipt(hands: &Hands, past: &Past) -> Result<Option<String>, Error> {
    let issued = forms::of_dossier(hands.database.reader(), past.dossier.id).await?;
    let by_then =
        |kind: &str, entry: Option<i32>| kind == FormKind::Receipt.key() && entry <= Some(past.entry.seq);
    let Some(form) = issued.iter().rfind(|form| by_then(&form.kind, form.entry) && form.number > 0) else {
        return Ok(None);
    };
    let printed = forms::content(&hands.sealer, form)?.sheet().number;
    Ok(Some(printed.trim_start_matches("Số: ").to_owned()))
}

/// An identity number that is not known stays unknown (law.md X-02).
async fn owner(hands: &Hands, past: &Past) -> Result<Owner, Error> {
    let applicant = &past.applicant;
    let kind: ApplicantKind = from_key("dossiers.applicant_kind", &past.dossier.applicant_kind)?;
    Ok(Owner {
        name: applicant.name.clone(),
        kind: match kind {
            ApplicantKind::Citizen => OwnerKind::Citizen,
            ApplicantKind::Enterprise => OwnerKind::Enterprise,
            ApplicantKind::StateBody => OwnerKind::Agency,
            ApplicantKind::Organisation => OwnerKind::Other,
        },
        account: portal_account::on_record(hands, past).await?,
        document_number: applicant.id_number.clone(),
        identity_numbers: applicant.id_number.iter().cloned().collect(),
        email: applicant.email.clone(),
        fax: None,
        phone: applicant.phone.clone(),
    })
}

/// The issued result, once it is issued; a submitted paper never stands in for it (law.md X-04).
async fn results(hands: &Hands, past: &Past, papers: &Papers) -> Result<Vec<ResultLine>, Error> {
    let decision = past.decision(hands).await?;
    let lines = decision.into_iter().map(|decision| {
        let kind = past.revised.content.results.iter().find(|kind| kind.code == decision.result_code);
        ResultLine {
            name: kind.map_or_else(|| decision.number.clone(), |kind| kind.name.clone()),
            component_code: None,
            file_id: decision.file_id.to_string(),
            link: papers.result_link(decision.file_id),
            result_code: Some(decision.result_code),
        }
    });
    Ok(lines.collect())
}
