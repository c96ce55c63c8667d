//! What the portal hands in later: it answers the open round of asking through the door, or is kept and flagged; nothing is overwritten.

use super::flags::NewFlag;
use super::messages::{cut, heard_before};
use super::{Comes, Told, applicant_there, finding};
use crate::dossiers::Door;
use crate::dossiers::acts::Act;
use crate::dossiers::application::PaperIn;
use crate::error::Error;
use crate::tables::dossiers::Model as Dossier;
use crate::tables::portal_papers::{Column, Entity, Model};
use crate::writing::Batch;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use uuid::Uuid;

/// What became of a supplement.
#[derive(Debug, Clone)]
pub enum Answering {
    /// The round of asking is answered.
    Answered(Box<Dossier>),
    /// It answers as soon as its papers are fetched.
    Waiting(Box<Dossier>),
    /// It answers nothing that was asked: kept beside the dossier, and flagged.
    Kept(Box<Dossier>),
    /// The same was told before.
    Known(Box<Dossier>),
    /// There is no such dossier yet.
    NoDossier,
}

impl Door<'_> {
    /// Takes what is handed in later for a dossier that came from the portal, written in this transaction.
    pub async fn take_supplement(&self, told: &Told, message: Uuid) -> Result<Answering, Error> {
        let Some(dossier) = finding::locked(self.tx, &told.national_id).await? else {
            return Ok(Answering::NoDossier);
        };
        if heard_before(self.tx, dossier.id, &told.fingerprint).await? {
            return Ok(Answering::Known(Box::new(dossier)));
        }
        let mut batch = Batch::default();
        let stored = told.stored(&dossier.owner);
        for paper in &told.papers {
            let Some(file) = self.came(&mut batch, &dossier, paper, &stored)? else { continue };
            let link = if let Comes::Behind(link) = &paper.comes { link.as_str() } else { "" };
            let row = self.coming(&dossier, message, ("supplement", None), paper, link)?;
            match file {
                None => self.fetch(&mut batch, &dossier, row)?,
                Some(_) => batch.insert(here(row, file)),
            }
        }
        self.flag_form(&mut batch, &dossier, told)?;
        let waits = told.papers.iter().any(|paper| matches!(paper.comes, Comes::Behind(_)));
        batch.write(self.tx).await?;
        if waits {
            return Ok(Answering::Waiting(Box::new(dossier)));
        }
        self.answer(&dossier, message, told.summary.as_deref().unwrap_or_default()).await
    }

    /// Answers with everything a message brought, once nothing of it is still coming.
    pub(super) async fn answer_when_all_came(&self, dossier: &Dossier, message: Uuid) -> Result<(), Error> {
        let rows = self.brought(message).await?;
        if rows.iter().all(|row| row.state != "coming") {
            self.answer(dossier, message, "").await?;
        }
        Ok(())
    }

    async fn answer(&self, dossier: &Dossier, message: Uuid, note: &str) -> Result<Answering, Error> {
        let rows = self.brought(message).await?;
        let named = rows.iter().filter(|row| row.file_id.is_some());
        let named = named.filter_map(|row| {
            Some(PaperIn { component: row.component.clone()?, file: row.file_id, ..PaperIn::default() })
        });
        let act = Act::AnswerSupplement { papers: named.collect(), note: cut(note, 2_000) };
        let by = applicant_there(&dossier.owner, &dossier.applicant_name);
        // A refusal comes before anything is written, so that the transaction goes on.
        match (Door { by: &by, ..*self }).act(dossier.id, None, &act).await {
            Ok(after) => {
                let mut batch = Batch::default();
                batch.insert_all(self.unnamed(dossier.id, &rows, |row| row.component.is_none()));
                batch.write(self.tx).await?;
                Ok(Answering::Answered(Box::new(after)))
            }
            Err(Error::Refused(refusal)) => {
                let words = refusal.blocked_by.iter().map(|block| (block.vi.as_str(), block.en.as_str()));
                self.keep_beside(dossier, &rows, words.collect()).await
            }
            Err(Error::Invalid(wrong)) => {
                let words = wrong.iter().map(|violation| (violation.vi.as_str(), violation.en.as_str()));
                self.keep_beside(dossier, &rows, words.collect()).await
            }
            Err(other) => Err(other),
        }
    }

    async fn keep_beside(
        &self,
        dossier: &Dossier,
        rows: &[Model],
        why: Vec<(&str, &str)>,
    ) -> Result<Answering, Error> {
        let (vi, en): (Vec<&str>, Vec<&str>) = why.into_iter().unzip();
        let vi = format!("Cổng gửi bổ sung nhưng chưa ghi nhận được: {}", vi.join(" "));
        let en = format!("The portal sent a supplement that could not be entered: {}", en.join(" "));
        let mut batch = Batch::default();
        batch.insert_all(self.unnamed(dossier.id, rows, |_| true));
        self.flag(&mut batch, dossier, NewFlag::new("supplement_kept", &vi, &en))?;
        batch.write(self.tx).await?;
        Ok(Answering::Kept(Box::new(dossier.clone())))
    }

    fn unnamed(
        &self,
        dossier: Uuid,
        rows: &[Model],
        which: impl Fn(&Model) -> bool,
    ) -> Vec<crate::tables::papers::Model> {
        let kept = rows.iter().filter(|row| which(row)).filter_map(|row| Some((row, row.file_id?)));
        kept.map(|(row, file)| self.beside(dossier, ("kept", row.component.as_deref()), &row.name, file))
            .collect()
    }

    async fn brought(&self, message: Uuid) -> Result<Vec<Model>, Error> {
        let rows = Entity::find().filter(Column::MessageId.eq(message)).filter(Column::Part.eq("supplement"));
        Ok(rows.order_by_asc(Column::Id).all(self.tx).await?)
    }

    /// A form that comes later replaces nothing; the desk reads it beside the one handed in.
    fn flag_form(&self, batch: &mut Batch, dossier: &Dossier, told: &Told) -> Result<(), Error> {
        let empty = match &told.form {
            Value::Null => true,
            Value::Object(members) => members.is_empty(),
            _ => false,
        };
        if empty {
            return Ok(());
        }
        let flag = NewFlag::new(
            "form_sent",
            "Cổng gửi kèm nội dung tờ khai; tờ khai đã nộp không bị thay.",
            "The portal sent a form as well; the one handed in was not changed.",
        );
        self.flag(batch, dossier, NewFlag { detail: Some(told.form.clone()), ..flag })
    }
}

/// A paper that came with its message has no link to fetch.
fn here(row: Model, file: Option<Uuid>) -> Model {
    Model { link_sealed: None, file_id: file, state: "here".into(), ended_at: Some(row.created_at), ..row }
}
