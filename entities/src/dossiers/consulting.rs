//! Asking another unit and answering it: the clock of the dossier runs on, the question has a day of its own (L-30).

use super::act::Act;
use super::consultations::{self, State};
use super::process::{Advice, AnswerBy, Question};
use super::{Door, deadline};
use crate::columns::json_of;
use crate::error::Error;
use crate::files;
use crate::tables::consultations::{Column, Entity, Model};
use crate::tables::{dossiers, papers};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use rules::control_slip::allotted_until;
use rules::lifecycle::ActKind;
use rules::local_time::local_date;
use rules::refusal::{Block, Refusal, Violation};
use rules::status::Status;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryTrait};
use uuid::Uuid;

/// Papers that one question shares.
const MOST_PAPERS: usize = 100;

impl Door<'_> {
    /// The question that an answer belongs to. Not found when it was not asked about this dossier.
    pub(super) async fn asked(&self, before: &dossiers::Model, advice: &Advice) -> Result<Model, Error> {
        let row = consultations::by_id(self.tx, advice.consultation).await?;
        Some(row).filter(|row| row.dossier_id == before.id).ok_or(Error::NotFound("consultation"))
    }

    /// Adds a question. Fails with every violation: the unit, the day, the papers.
    pub(super) async fn ask(
        &self,
        batch: &mut Batch,
        before: &dossiers::Model,
        question: &Question,
    ) -> Result<(), Error> {
        let due_at = self.answer_by(before, question.due).await?;
        let mut wrong = self.asked_violations(before, question.unit).await?;
        wrong.extend(due_at.is_none_or(|due| due <= self.at).then(wrong_due));
        wrong.extend(self.shared_violations(before, &question.papers).await?);
        let Some(due_at) = due_at.filter(|_| wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
        let id = Uuid::now_v7();
        batch.insert(Model {
            id,
            dossier_id: before.id,
            asking_unit_id: before.authority_id,
            unit_id: question.unit,
            state: State::Open.key().into(),
            question_sealed: self.sealer.seal(&consultations::question_of(id), question.words.trim())?,
            papers: json_of(&question.papers)?,
            asked_by: self.by.subject.clone(),
            asked_name: self.by.name.clone(),
            asked_at: self.at,
            due_at,
            answer_sealed: None,
            file_id: None,
            answered_by: None,
            answered_name: None,
            answered_at: None,
        });
        Ok(())
    }

    /// Keeps an answer. Refused when there is one already; fails when the file is not the person's own.
    pub(super) async fn advise(
        &self,
        batch: &mut Batch,
        before: &dossiers::Model,
        advice: &Advice,
    ) -> Result<(), Error> {
        let row = self.asked(before, advice).await?;
        if row.state != State::Open.key() {
            return Err(answered_already(before).into());
        }
        let named: Vec<Uuid> = advice.file.into_iter().collect();
        let stored = self.own_files(&named).await?;
        let readable = stored.iter().filter(|file| file.state != files::State::Refused).count();
        if readable < named.len() {
            let (vi, en) = ("Không tìm thấy tệp đã tải lên.", "The uploaded file was not found.");
            return Err(Error::Invalid(vec![said("/file", "file_unknown", vi, en)]));
        }
        let sealed = self.sealer.seal(&consultations::answer_of(row.id), advice.words.trim())?;
        let row = Entity::update_many().filter(Column::Id.eq(row.id));
        let row = row.col_expr(Column::State, Expr::value(State::Answered.key()));
        let row = row.col_expr(Column::AnswerSealed, Expr::value(sealed));
        let row = row.col_expr(Column::FileId, Expr::value(advice.file));
        let row = row.col_expr(Column::AnsweredBy, Expr::value(self.by.subject.clone()));
        let row = row.col_expr(Column::AnsweredName, Expr::value(self.by.name.clone()));
        batch.update(row.col_expr(Column::AnsweredAt, Expr::value(self.at)).into_query());
        Ok(())
    }

    /// None for a limit that is none.
    async fn answer_by(
        &self,
        before: &dossiers::Model,
        due: AnswerBy,
    ) -> Result<Option<DateTime<Utc>>, Error> {
        let limit = match due {
            AnswerBy::At(at) => return Ok(Some(at)),
            AnswerBy::Within(limit) if !limit.is_sound() => return Ok(None),
            AnswerBy::Within(limit) => limit,
        };
        let events = deadline::ticked(self.tx, before).await?;
        let terms = deadline::terms_at(self.tx, self.catalogue, before, &events, self.at).await?;
        let calendar = self.catalogue.calendar_version(self.tx, terms.calendar).await?;
        Ok(Some(allotted_until(limit, self.at, &calendar, &terms.hours)))
    }

    async fn asked_violations(&self, before: &dossiers::Model, unit: Uuid) -> Result<Vec<Violation>, Error> {
        let found = match self.catalogue.unit(self.tx, unit, self.at).await {
            Ok(found) => Some(found),
            Err(Error::NotFound(_)) => None,
            Err(other) => return Err(other),
        };
        let there = found.is_some_and(|unit| unit.exists_on(local_date(self.at)));
        let (vi, en) = ("Không có đơn vị này.", "There is no such unit.");
        let own = (
            "Không lấy ý kiến của chính đơn vị đang giải quyết.",
            "The unit that decides does not ask itself.",
        );
        Ok(match (there, unit == before.authority_id) {
            (_, true) => vec![said("/unit", "unit_is_own", own.0, own.1)],
            (false, _) => vec![said("/unit", "unit_unknown", vi, en)],
            _ => Vec::new(),
        })
    }

    /// Only papers of the dossier, and never its result, are shared.
    async fn shared_violations(
        &self,
        before: &dossiers::Model,
        named: &[Uuid],
    ) -> Result<Vec<Violation>, Error> {
        if named.len() > MOST_PAPERS {
            let (vi, en) = ("Tối đa 100 giấy tờ.", "At most 100 papers.");
            return Ok(vec![said("/papers", "too_many", vi, en)]);
        }
        let rows = papers::Entity::find()
            .filter(papers::Column::DossierId.eq(before.id))
            .filter(papers::Column::Part.is_in(["component", "supplement"]))
            .all(self.tx)
            .await?;
        let unknown = named.iter().enumerate().filter(|(_, id)| !rows.iter().any(|paper| paper.id == **id));
        let (vi, en) = ("Hồ sơ không có giấy tờ này.", "The dossier holds no such paper.");
        Ok(unknown.map(|(n, _)| said(&format!("/papers/{n}"), "paper_unknown", vi, en)).collect())
    }
}

/// The questions of a dossier that ends are closed: nobody need answer them any more.
pub(super) fn closing(before: &dossiers::Model, act: &Act, batch: &mut Batch) {
    if !matches!(act.kind(), ActKind::Decide | ActKind::Stop | ActKind::Withdraw) {
        return;
    }
    let open = Entity::update_many().filter(Column::DossierId.eq(before.id));
    let open = open.filter(Column::State.eq(State::Open.key()));
    batch.update(open.col_expr(Column::State, Expr::value(State::Closed.key())).into_query());
}

fn wrong_due() -> Violation {
    let (vi, en) = ("Thời hạn trả lời phải ở sau thời điểm hỏi.", "The answer is due after the question.");
    said("/due_at", "due_in_the_past", vi, en)
}

fn answered_already(before: &dossiers::Model) -> Refusal {
    let block = Block {
        code: "consultation_over",
        vi: "Nội dung này đã được trả lời hoặc không cần trả lời nữa.".into(),
        en: "This question has been answered already, or needs no answer any more.".into(),
        legal_basis: None,
    };
    Refusal {
        act: ActKind::Advise.key(),
        status: Status::from_key(&before.status),
        blocked_by: vec![block],
        allowed: Vec::new(),
    }
}

fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
