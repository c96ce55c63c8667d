//! Gathers what a letter tells from the dossier as it stood at the entry.

use super::words::{Facts, Issued};
use crate::deeds::past::Past;
use crate::hands::Hands;
use entities::Error;
use entities::columns::from_json;
use entities::dossiers::reading;
use rules::lifecycle::ActKind;

/// The facts of the entry of `past`.
pub(in crate::deeds) async fn facts(hands: &Hands, past: &Past) -> Result<Facts, Error> {
    let (dossier, entry, content) = (&past.dossier, &past.entry, &past.revised.content);
    let (act, unit) = (past.act()?, &past.authority.row);
    let owed = past.quote.total > 0 && past.last(ActKind::RecordPayment).is_none();
    Ok(Facts {
        code: dossier.code.clone(),
        name: past.applicant.name.clone(),
        procedure: content.name.clone(),
        procedure_en: content.name_en.clone(),
        agency: unit.name.clone(),
        contact: unit.contact.clone().unwrap_or_default(),
        who: who(past, act),
        at: entry.at,
        submitted_at: dossier.submitted_at,
        answer_due: dossier.answer_due_at,
        received_at: past.when(ActKind::Accept),
        due: past.due,
        decided_at: past.when(ActKind::Decide),
        returned_at: past.when(ActKind::Return),
        reason: reading::note(&hands.sealer, entry)?.unwrap_or_default(),
        papers: papers(hands, past, act).await?,
        fees: past.quote.lines.clone(),
        amount: past.quote.total,
        owed,
        result: issued(hands, past).await?,
        return_method: dossier.return_method.clone(),
        secret: hands.sealer.lookup_secret(dossier.id),
        url: hands.office.public_url.clone(),
        signature: hands.office.mail_from_name.clone(),
    })
}

/// The officer of the last act that an officer did; an applicant's own act names nobody new (L-16).
fn who(past: &Past, act: ActKind) -> Option<String> {
    let officer = past.history.iter().rev().find(|entry| !entry.actor_title.is_empty());
    officer.filter(|_| act != ActKind::Submit).map(|o| format!("{} ({})", o.actor_name, o.actor_title))
}

/// Names of the papers that this round asks for.
async fn papers(hands: &Hands, past: &Past, act: ActKind) -> Result<Vec<String>, Error> {
    if act != ActKind::RequestSupplement {
        return Ok(Vec::new());
    }
    let rounds = reading::supplements(hands.database.reader(), past.dossier.id).await?;
    let Some(round) = rounds.get(past.times(act).saturating_sub(1)) else {
        return Ok(Vec::new());
    };
    let codes: Vec<String> = from_json("supplements.components", &round.components)?;
    let named = codes.iter().filter_map(|code| past.revised.content.component(code));
    Ok(named.map(|component| component.name.clone()).collect())
}

async fn issued(hands: &Hands, past: &Past) -> Result<Option<Issued>, Error> {
    if past.last(ActKind::Decide).is_none() {
        return Ok(None);
    }
    let decision = reading::decision(hands.database.reader(), past.dossier.id).await?;
    Ok(decision.map(|decision| {
        let kind = past.revised.content.results.iter().find(|kind| kind.code == decision.result_code);
        Issued {
            name: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
            number: decision.number,
            signed_by: decision.signed_by,
            granted: decision.outcome == "granted",
        }
    }))
}
