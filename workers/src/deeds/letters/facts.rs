//! Gathers what a letter tells from the dossier as it stood at the entry.

use super::words::{Facts, Issued};
use crate::deeds::past::Past;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_json;
use entities::dossiers::{deadline, reading};
use entities::warnings::reading::at_entry;
use rules::lifecycle::ActKind;
use rules::warnings::WarningKind;

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
        due_before: due_before(hands, past).await?,
        asked_at: past.when(ActKind::RequestSupplement),
        warning: warning(hands, past, act).await?,
        decided_at: past.valid_decision().map(|entry| entry.at),
        returned_at: past.when(ActKind::Return),
        reason: reason(hands, past, act)?.unwrap_or_default(),
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

/// The words given with the act; a reminder repeats those it reminds of.
fn reason(hands: &Hands, past: &Past, act: ActKind) -> Result<Option<String>, Error> {
    match act {
        ActKind::Warn => past.words(hands, ActKind::RequestSupplement),
        _ => reading::note(&hands.sealer, &past.entry),
    }
}

/// The due date as it stood before the entry (L-41, L-45).
async fn due_before(hands: &Hands, past: &Past) -> Result<Option<DateTime<Utc>>, Error> {
    let Some(before) = past.history.iter().rev().nth(1) else {
        return Ok(None);
    };
    let db = hands.database.reader();
    Ok(deadline::at_entry(db, &hands.catalogue, &past.dossier, before).await?.due)
}

/// What was warned of at the entry.
async fn warning(hands: &Hands, past: &Past, act: ActKind) -> Result<Option<WarningKind>, Error> {
    if act != ActKind::Warn {
        return Ok(None);
    }
    at_entry(hands.database.reader(), past.dossier.id, past.entry.seq).await
}

/// Names of the papers that the last round asks for, when the letter is about them.
async fn papers(hands: &Hands, past: &Past, act: ActKind) -> Result<Vec<String>, Error> {
    if !matches!(act, ActKind::RequestSupplement | ActKind::Warn) {
        return Ok(Vec::new());
    }
    let act = ActKind::RequestSupplement;
    let rounds = reading::supplements(hands.database.reader(), past.dossier.id).await?;
    let Some(round) = rounds.get(past.times(act).saturating_sub(1)) else {
        return Ok(Vec::new());
    };
    let codes: Vec<String> = from_json("supplements.components", &round.components)?;
    let named = codes.iter().filter_map(|code| past.revised.content.component(code));
    Ok(named.map(|component| component.name.clone()).collect())
}

async fn issued(hands: &Hands, past: &Past) -> Result<Option<Issued>, Error> {
    let decision = past.decision(hands).await?;
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
