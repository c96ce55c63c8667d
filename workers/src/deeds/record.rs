//! The record of a dossier for the national portal, as it stood at one entry: what is not known stays absent.

use super::past::Past;
use crate::hands::Hands;
use chrono::{DateTime, TimeDelta, Utc};
use connectors::portal::{
    DossierRecord, FeeAsked, FeePayment, Owner, OwnerKind, PaperLine, ProgressLine, ResultLine, Reuse,
    SupplementRound,
};
use entities::Error;
use entities::columns::from_key;
use entities::dossiers::reading;
use entities::files::{self, File, State};
use entities::links;
use entities::tables::papers;
use rules::lifecycle::ActKind;
use rules::procedure::ApplicantKind;
use uuid::Uuid;

/// Connector key of the national payment platform; only money through it is told as such (law.md X-06).
const NATIONAL: &str = "national_platform";

/// The record at the entry of `past`; links in it are good from `at` on for as long as the settings say.
pub(super) async fn record(hands: &Hands, past: &Past, at: DateTime<Utc>) -> Result<DossierRecord, Error> {
    let (dossier, content) = (&past.dossier, &past.revised.content);
    let papers = Papers::of(hands, past, at).await?;
    Ok(DossierRecord {
        code: dossier.code.clone(),
        procedure_code: past.revised.national_code.clone(),
        procedure_name: content.name.clone(),
        field_code: content.field.code.clone(),
        field_name: content.field.name.clone(),
        channel: from_key("dossiers.channel", &dossier.channel)?,
        receipt_number: None,
        owner: owner(past)?,
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
        verified_by_vneid: dossier.identity_verified.then_some(true),
        payment: payment(hands, past).await?,
        databases: Vec::new(),
        fees: fees(past),
        other_papers: Vec::new(),
        supplements: supplements(hands, past, &papers).await?,
        results: results(hands, past, &papers).await?,
        papers: papers.lines("component", 0),
    })
}

/// What was done at the entry, by whom, and why when a reason was given.
pub(super) fn progress(hands: &Hands, past: &Past) -> Result<ProgressLine, Error> {
    let (entry, act) = (&past.entry, past.act()?);
    let spoken = [
        ActKind::Refuse,
        ActKind::RequestSupplement,
        ActKind::Withdraw,
        ActKind::Stop,
        ActKind::Decide,
        ActKind::Correct,
    ];
    let reason = reading::note(&hands.sealer, entry)?.filter(|_| spoken.contains(&act));
    let done = capitalised(act.name_vi()) + &onward(past, act);
    Ok(ProgressLine {
        code: past.dossier.code.clone(),
        officer: entry.actor_name.clone(),
        title: Some(entry.actor_title.clone()).filter(|title| !title.is_empty()),
        done_at: entry.at,
        department: Some(past.authority.row.name.clone()),
        content: reason.map_or_else(|| done.clone(), |reason| format!("{done}: {reason}")),
        status: past.status()?,
        started_at: None,
        due_at: None,
    })
}

/// Where a forwarding leads: without it two within a second would be the same line on the wire.
fn onward(past: &Past, act: ActKind) -> String {
    let step = past.revised.content.steps.iter().find(|step| Some(&step.key) == past.entry.step.as_ref());
    step.filter(|_| act == ActKind::Forward).map_or_else(String::new, |step| format!(": {}", step.name))
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// An identity number that is not known stays unknown (law.md X-02).
fn owner(past: &Past) -> Result<Owner, Error> {
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
        account: applicant.tech_id.clone(),
        document_number: applicant.id_number.clone(),
        identity_numbers: applicant.id_number.iter().cloned().collect(),
        email: applicant.email.clone(),
        fax: None,
        phone: applicant.phone.clone(),
    })
}

/// How the fee stood by then: the proof of the recorded payment says which way the money came.
async fn payment(hands: &Hands, past: &Past) -> Result<FeePayment, Error> {
    if past.quote.total == 0 {
        return Ok(FeePayment::NothingDue);
    }
    if past.last(ActKind::RecordPayment).is_none() {
        return Ok(FeePayment::Unpaid);
    }
    let proof = past.words(hands, ActKind::RecordPayment)?;
    let payments = reading::payments(hands.database.reader(), past.dossier.id).await?;
    let online = payments.iter().find(|p| p.state == "paid" && Some(&p.reference) == proof.as_ref());
    Ok(match online {
        Some(payment) if payment.platform == NATIONAL => FeePayment::NationalPlatform,
        Some(_) => FeePayment::OtherGateway,
        None => FeePayment::Offline,
    })
}

fn fees(past: &Past) -> Vec<FeeAsked> {
    let asked = past.quote.lines.iter().map(|line| FeeAsked {
        name: line.name.clone(),
        code: Some(line.code.clone()),
        collected_by: None,
        amount: line.amount,
        kind: line.kind,
    });
    asked.collect()
}

/// Rounds asked by then; the answer of a round belongs to it only when it was in by then.
async fn supplements(hands: &Hands, past: &Past, papers: &Papers) -> Result<Vec<SupplementRound>, Error> {
    let rounds = reading::supplements(hands.database.reader(), past.dossier.id).await?;
    let answered = past.times(ActKind::AnswerSupplement);
    let asked = rounds.into_iter().take(past.times(ActKind::RequestSupplement)).enumerate();
    asked
        .map(|(index, row)| {
            let done = index < answered;
            Ok(SupplementRound {
                number: i64::from(row.round),
                asked_for: reading::supplement_reason(&hands.sealer, &row)?,
                papers: if done { papers.lines("supplement", row.round) } else { Vec::new() },
                asked_by: row.requested_by,
                asked_at: row.requested_at,
                // The system itself takes an answer; no officer is named who did not.
                taken_by: None,
                taken_note: None,
                taken_at: row.answered_at.filter(|_| done),
                fees: Vec::new(),
                due_before: row.due_before,
                due_after: row.due_after.filter(|_| done),
            })
        })
        .collect()
}

/// The issued result, once it is issued; a submitted paper never stands in for it (law.md X-04).
async fn results(hands: &Hands, past: &Past, papers: &Papers) -> Result<Vec<ResultLine>, Error> {
    let decision = past.decision(hands).await?;
    let owed = past.dossier.fee_state == "owed";
    let lines = decision.into_iter().map(|decision| {
        let kind = past.revised.content.results.iter().find(|kind| kind.code == decision.result_code);
        ResultLine {
            name: kind.map_or_else(|| decision.number.clone(), |kind| kind.name.clone()),
            component_code: None,
            file_id: decision.file_id.to_string(),
            // What is owed is paid before the result is handed over, here as at the desk.
            link: if owed { None } else { papers.link(decision.file_id) },
            result_code: Some(decision.result_code),
        }
    });
    Ok(lines.collect())
}

/// The papers of a dossier with the files they are in, and how those are reached.
struct Papers {
    rows: Vec<papers::Model>,
    files: Vec<File>,
    address: String,
    secret: secrecy::SecretString,
    links_end: DateTime<Utc>,
}

impl Papers {
    async fn of(hands: &Hands, past: &Past, at: DateTime<Utc>) -> Result<Self, Error> {
        let db = hands.database.reader();
        let rows = reading::papers(db, past.dossier.id).await?;
        let ids: Vec<Uuid> = rows.iter().filter_map(|paper| paper.file_id).collect();
        Ok(Self {
            files: files::find_all(db, &ids).await?,
            rows,
            address: hands.office.public_url.clone(),
            secret: hands.office.link_secret.clone(),
            links_end: at + TimeDelta::days(i64::from(hands.office.link_days)),
        })
    }

    fn lines(&self, part: &str, round: i32) -> Vec<PaperLine> {
        let wanted = self.rows.iter().filter(|paper| paper.part == part && paper.round == round);
        wanted.map(|paper| self.line(paper)).collect()
    }

    /// Digitised is a fact of this paper alone: its file was found readable (law.md X-03).
    fn line(&self, paper: &papers::Model) -> PaperLine {
        let file = self.file(paper.file_id);
        PaperLine {
            file_id: paper.file_id.unwrap_or(paper.id).to_string(),
            file_name: file.map_or_else(|| paper.name.clone(), |file| file.name.clone()),
            withdrawn: false,
            component_code: paper.component.clone(),
            link: paper.file_id.and_then(|id| self.link(id)),
            digitised: file.is_some_and(|file| file.state == State::Clean),
            reuse: Reuse::No,
            from_national_store: false,
        }
    }

    fn file(&self, id: Option<Uuid>) -> Option<&File> {
        self.files.iter().find(|file| Some(file.id) == id)
    }

    /// None for a file that was kept back.
    fn link(&self, id: Uuid) -> Option<String> {
        self.file(Some(id)).filter(|file| file.state != State::Refused)?;
        let signed = links::sign(&self.secret, id, self.links_end);
        Some(format!("{}/v1/files/{id}/shared?{signed}", self.address))
    }
}
