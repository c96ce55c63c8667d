//! What an act brings with it: papers, results, and the rounds of asking for more.

use super::Door;
use super::acts::{Act, Outcome};
use super::application::{PaperIn, paper_violations};
use super::asking::Despite;
use super::consulting::closing;
use super::effects;
use super::own_key::own;
use super::sourcing::Bearer;
use crate::catalogue::Revised;
use crate::chronicle::entry::is_private;
use crate::columns::{from_json, json_of, key_of};
use crate::documents::Origin as Kept;
use crate::documents::lapsing::lapse_all;
use crate::error::Error;
use crate::files::{File, State};
use crate::jobs;
use crate::results::issuing::Issued;
use crate::tables::{decisions, dossiers::Model, papers, supplements};
use crate::warnings::rows::rows;
use crate::writing::Batch;
use rules::jobs::Job;
use rules::local_time::local_date;
use rules::papers::Origin;
use rules::refusal::Violation;
use rules::results::Validity;
use rules::status::Status;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

impl Door<'_> {
    /// Adds the rows that come with an act. Fails when they do not fit the procedure.
    pub(super) async fn attach(
        &self,
        batch: &mut Batch,
        before: &Model,
        after: &Model,
        act: &Act,
        revised: &Revised,
    ) -> Result<(), Error> {
        match act {
            Act::RequestSupplement { reason, components, despite } => {
                known(components, revised)?;
                self.not_held(before, components, despite, revised).await?;
                let round = self.last_round(before.id).await?.map_or(1, |r| r.round + 1);
                batch.insert(self.round(before, round, (reason, components, despite))?);
            }
            Act::AnswerSupplement { papers, .. } => {
                self.complete(before, papers).await?;
                let rows = self.supplement_papers(batch, before, papers, revised).await?;
                self.open_for_supplement(batch, after, revised, &rows).await?;
            }
            Act::Decide { outcome, number, result_code, file: Some(file), reason, validity } => {
                explained(*outcome, reason)?;
                let decided = (*outcome, number.trim(), result_code.as_str(), *file);
                self.result(batch, after, revised, decided, *validity).await?;
            }
            Act::Warn { warning } => {
                batch.insert_all(rows(after, warning, self.at));
                if warning.kind.is_written_to_the_applicant() {
                    let letter = Job::SendNotice { dossier: after.id, entry: after.entries };
                    batch.add_some(jobs::insert(vec![effects::caused(self, after, letter)], self.at)?);
                }
            }
            Act::Consult(question) => self.ask(batch, before, question).await?,
            Act::Advise(advice) => self.advise(batch, before, advice).await?,
            Act::Visit(report) => self.visited(batch, (before, after), report)?,
            Act::Correct { reason } => {
                self.revoke(batch, (before, after), reason).await?;
                self.drop_items(batch, before.id, Some(Origin::Result), reason).await?;
                self.let_go(before.id, Some(Kept::Result), reason).await?;
            }
            Act::Accept | Act::AcceptKeeping { .. } => self.open_at_reception(batch, after, revised).await?,
            Act::Withdraw { reason } | Act::Stop { reason } => {
                self.drop_items(batch, before.id, None, reason).await?;
                self.let_go(before.id, None, reason).await?;
            }
            Act::Return { proof } | Act::ReturnWithOriginals { proof } if proof.trim().is_empty() => {
                let (vi, en) = ("Phải ghi bằng chứng đã giao kết quả.", "The proof of hand-over is missing.");
                return Err(Error::Invalid(vec![said("/proof", "proof_missing", vi, en)]));
            }
            Act::Return { .. } | Act::ReturnWithOriginals { .. } => {
                let kept = Job::FileDocuments { dossier: after.id };
                batch.add_some(jobs::insert(vec![effects::caused(self, after, kept)], self.at)?);
            }
            _ => {}
        }
        closing(before, act, batch);
        Ok(())
    }

    /// What waits in the store for this dossier comes to no account.
    async fn let_go(&self, dossier: Uuid, origin: Option<Kept>, reason: &str) -> Result<(), Error> {
        lapse_all(self.tx, self.sealer, (dossier, origin), reason, self.at).await
    }

    /// Closes the open round of asking, with the due date before and after.
    pub(super) async fn settle_rounds(&self, after: &Model, act: &Act) -> Result<(), Error> {
        if !matches!(act, Act::AnswerSupplement { .. }) {
            return Ok(());
        }
        if let Some(round) = self.last_round(after.id).await? {
            let mut open = round.into_active_model();
            open.answered_by = Set((!is_private(self.by)).then(|| self.by.name.clone()));
            open.answered_at = Set(Some(self.at));
            open.due_after = Set(after.due_at);
            open.update(self.tx).await?;
        }
        Ok(())
    }

    async fn last_round(&self, dossier: Uuid) -> Result<Option<supplements::Model>, Error> {
        let rounds = supplements::Entity::find().filter(supplements::Column::DossierId.eq(dossier));
        Ok(rounds.order_by_desc(supplements::Column::Round).one(self.tx).await?)
    }

    fn round(
        &self,
        before: &Model,
        round: i32,
        (reason, components, despite): (&str, &[String], &[Despite]),
    ) -> Result<supplements::Model, Error> {
        let intake = before.status == Status::Submitted.key();
        Ok(supplements::Model {
            dossier_id: before.id,
            round,
            stage: if intake { "intake" } else { "processing" }.into(),
            reason_sealed: own(self.sealer, before)?
                .seal(&format!("supplement:{}:{round}", before.id), reason)?,
            components: json_of(&components)?,
            despite_sealed: self.causes(before, round, despite)?,
            requested_by: self.by.name.clone(),
            requested_at: self.at,
            due_before: before.due_at,
            answered_by: None,
            answered_at: None,
            due_after: None,
        })
    }

    /// Everything asked for is there; online with its file.
    async fn complete(&self, before: &Model, papers: &[PaperIn]) -> Result<(), Error> {
        let online = before.channel == "online";
        let asked = self.last_round(before.id).await?.map_or_else(|| "[]".into(), |round| round.components);
        let asked: Vec<String> = from_json("supplements.components", &asked)?;
        let there = |code: &String| papers.iter().any(|p| p.component == *code && p.is_there(online));
        let missing = asked.iter().filter(|code| !there(code));
        let wrong: Vec<Violation> = missing
            .map(|code| Violation {
                pointer: "/papers".into(),
                code: "component_missing",
                vi: format!("Chưa nộp giấy tờ đã yêu cầu: {code}."),
                en: format!("A paper that was asked for is missing: {code}."),
            })
            .collect();
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }

    async fn supplement_papers(
        &self,
        batch: &mut Batch,
        before: &Model,
        papers: &[PaperIn],
        revised: &Revised,
    ) -> Result<Vec<papers::Model>, Error> {
        let named: Vec<Uuid> = papers.iter().filter_map(|p| p.file).collect();
        let stored = self.own_files(&named).await?;
        let mut wrong = paper_violations(papers, &revised.content.components, &stored);
        let (shelf, at_a_desk) = (before.applicant_index.as_deref(), before.channel != "online");
        let bearer = Bearer { shelf, at_a_desk, unit: before.unit_id };
        let sourced = self.sourced(papers, &revised.content.components, bearer).await?;
        wrong.extend(sourced.wrong.iter().cloned());
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let round = self.last_round(before.id).await?.map_or(0, |r| r.round);
        self.add_papers(batch, (papers, &sourced), (before, "supplement", round), revised)
    }

    async fn result(
        &self,
        batch: &mut Batch,
        after: &Model,
        revised: &Revised,
        (outcome, number, code, file): (Outcome, &str, &str, Uuid),
        validity: Validity,
    ) -> Result<(), Error> {
        let stored = self.own_files(&[file]).await?;
        let kind = revised.content.results.iter().find(|r| r.code == code);
        let mut wrong = result_violations(kind.is_some(), number, stored.first());
        let day = local_date(self.at);
        let until = validity.until.or_else(|| kind?.valid_until(validity.from.unwrap_or(day)));
        wrong.extend(Validity { until, ..validity }.violation(day).filter(|_| outcome == Outcome::Granted));
        let (Some(kind), Some(stored)) = (kind.filter(|_| wrong.is_empty()), stored.first()) else {
            return Err(Error::Invalid(wrong));
        };
        let decision = Uuid::now_v7();
        if outcome == Outcome::Granted {
            let issued = Issued { decision, kind, number, file: stored, validity };
            self.issue_result(batch, after, &issued)?;
        }
        batch.insert(decisions::Model {
            id: decision,
            dossier_id: after.id,
            outcome: key_of(&outcome)?,
            number: number.into(),
            result_code: code.into(),
            file_id: file,
            signed_by: self.by.name.clone(),
            decided_at: self.at,
        });
        let paper = papers::Model {
            document_id: None,
            id: Uuid::now_v7(),
            dossier_id: after.id,
            file_id: Some(file),
            part: "result".into(),
            component: Some(code.into()),
            source: "new".into(),
            round: 0,
            name: kind.name.chars().take(400).collect(),
            created_at: self.at,
        };
        self.open_for_result(batch, after, &paper).await?;
        batch.insert(paper);
        Ok(())
    }
}

/// Longest number of a result, in characters.
const LONGEST_NUMBER: usize = 60;

/// Everything wrong with a result: its kind, its number, its file.
fn result_violations(known: bool, number: &str, file: Option<&File>) -> Vec<Violation> {
    let state = file.map(|file| file.state);
    let checks = [
        (known, "/result_code", "result_unknown", "Thủ tục không có loại kết quả này.", "No such result."),
        (file.is_some(), "/file", "file_unknown", "Không tìm thấy tệp kết quả.", "The file was not found."),
        (
            state != Some(State::Refused),
            "/file",
            "file_refused",
            "Tệp đã bị từ chối.",
            "The file was refused.",
        ),
        (
            !number.trim().is_empty(),
            "/number",
            "number_missing",
            "Chưa ghi số, ký hiệu.",
            "The number is missing.",
        ),
        (
            number.chars().count() <= LONGEST_NUMBER,
            "/number",
            "number_invalid",
            "Số, ký hiệu dài quá 60 ký tự.",
            "The number has over 60 characters.",
        ),
    ];
    let wrong = checks.into_iter().filter(|(holds, ..)| !holds);
    wrong.map(|(_, pointer, code, vi, en)| said(pointer, code, vi, en)).collect()
}

/// A refusal on the merits says why (NĐ 61/2018 Đ19.8; L-43).
fn explained(outcome: Outcome, reason: &str) -> Result<(), Error> {
    if outcome == Outcome::Granted || reason.chars().any(char::is_alphabetic) {
        return Ok(());
    }
    let (vi, en) =
        ("Từ chối giải quyết thì phải nêu lý do bằng lời.", "A refusal needs its reason in words.");
    Err(Error::Invalid(vec![said("/reason", "reason_missing", vi, en)]))
}

fn known(components: &[String], revised: &Revised) -> Result<(), Error> {
    let outside = components.iter().enumerate().filter(|(_, code)| revised.content.component(code).is_none());
    let wrong: Vec<Violation> = outside
        .map(|(n, code)| Violation {
            pointer: format!("/components/{n}"),
            code: "component_unknown",
            vi: format!("Không được yêu cầu “{code}”: ngoài thành phần hồ sơ đã công bố."),
            en: format!("“{code}” may not be asked for: it is outside the published list of papers."),
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
