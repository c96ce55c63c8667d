//! Gathers what a letter tells from the dossier as it stood at the entry.

use crate::deeds::past::Past;
use crate::hands::Hands;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_json;
use entities::dossiers::{deadline, reading};
use entities::shipments::brought;
use entities::tables::{consultations, dossiers};
use rules::fees::FeeLine;
use rules::lifecycle::ActKind;
use rules::status::Status;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Everything a letter may tell.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) procedure: String,
    pub(super) procedure_en: String,
    pub(super) agency: String,
    pub(super) contact: String,
    /// The person receiving or processing; none before the desk has looked.
    pub(super) who: Option<String>,
    pub(super) at: DateTime<Utc>,
    pub(super) submitted_at: DateTime<Utc>,
    pub(super) answer_due: Option<DateTime<Utc>>,
    pub(super) received_at: Option<DateTime<Utc>>,
    pub(super) due: Option<DateTime<Utc>>,
    /// The due date as it stood before the entry.
    pub(super) due_before: Option<DateTime<Utc>>,
    /// When papers were last asked for.
    pub(super) asked_at: Option<DateTime<Utc>>,
    pub(super) decided_at: Option<DateTime<Utc>>,
    pub(super) returned_at: Option<DateTime<Utc>>,
    /// The words given with the act, word for word.
    pub(super) reason: String,
    /// What proves a payout.
    pub(super) proof: String,
    /// Names of the papers asked for.
    pub(super) papers: Vec<String>,
    pub(super) fees: Vec<FeeLine>,
    /// Đồng.
    pub(super) amount: i64,
    pub(super) owed: bool,
    pub(super) result: Option<Issued>,
    pub(super) return_method: String,
    pub(super) secret: String,
    pub(super) url: String,
    pub(super) signature: String,
}

/// The issued result.
#[derive(Debug, Clone)]
pub(super) struct Issued {
    pub(super) name: String,
    pub(super) number: String,
    pub(super) signed_by: String,
    pub(super) granted: bool,
}

/// The facts of the entry of `past`.
pub(super) async fn facts(hands: &Hands, past: &Past) -> Result<Facts, Error> {
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
        who: who(hands, past, act)?,
        at: entry.at,
        submitted_at: dossier.submitted_at,
        answer_due: dossier.answer_due_at,
        received_at: past.when(ActKind::Accept),
        due: past.due,
        due_before: due_before(hands, past).await?,
        asked_at: past.when(ActKind::RequestSupplement),
        decided_at: past.valid_decision().map(|entry| entry.at),
        returned_at: past.when(ActKind::Return),
        reason: reason(hands, past, act)?.unwrap_or_default(),
        proof: String::new(),
        papers: papers(hands, past, act).await?,
        fees: past.quote.lines.clone(),
        amount: past.quote.total,
        owed,
        result: issued(hands, past).await?,
        return_method: way_home(hands, dossier).await?,
        secret: hands.sealer.lookup_secret(dossier.id),
        url: hands.office.public_url.clone(),
        signature: hands.office.mail_from_name.clone(),
    })
}

/// A result that the post does not bring after all waits at the desk.
async fn way_home(hands: &Hands, dossier: &dossiers::Model) -> Result<String, Error> {
    let by_post = dossier.return_method == "post" && dossier.status == Status::Decided.key();
    let waits = by_post && !brought(hands.database.reader(), dossier).await?;
    Ok(if waits { "desk".into() } else { dossier.return_method.clone() })
}

/// The officer of the last act that an officer did; an applicant's own act names nobody new (L-16).
fn who(hands: &Hands, past: &Past, act: ActKind) -> Result<Option<String>, Error> {
    let officer = past.history.iter().rev().find(|entry| !entry.actor_title.is_empty());
    let Some(officer) = officer.filter(|_| act != ActKind::Submit) else { return Ok(None) };
    let name = reading::actor_name(&hands.sealer, &past.dossier, officer)?;
    Ok(Some(format!("{name} ({})", officer.actor_title)))
}

/// The words given with the act; a reminder repeats those it reminds of.
fn reason(hands: &Hands, past: &Past, act: ActKind) -> Result<Option<String>, Error> {
    match act {
        ActKind::Warn => past.words(hands, ActKind::RequestSupplement),
        _ => reading::note(&hands.sealer, &past.dossier, &past.entry),
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

/// The question that was put at this entry, for the officers of the unit that is asked (L-30).
pub(super) async fn asked(hands: &Hands, past: &Past) -> Result<Option<consultations::Model>, Error> {
    let asked = consultations::Entity::find()
        .filter(consultations::Column::DossierId.eq(past.dossier.id))
        .filter(consultations::Column::AskedAt.eq(past.entry.at));
    Ok(asked.one(hands.database.reader()).await?)
}

/// The facts as the officers who are asked need them.
pub(super) async fn of_question(hands: &Hands, past: &Past, facts: Facts) -> Result<Facts, Error> {
    let Some(row) = asked(hands, past).await? else {
        return Ok(facts);
    };
    let db = hands.database.reader();
    let asking = hands.catalogue.unit(db, row.asking_unit_id, past.entry.at).await?;
    let reason = entities::dossiers::consultations::question(&hands.sealer, &row)?;
    Ok(Facts { agency: asking.row.name.clone(), reason, due: Some(row.due_at), ..facts })
}
