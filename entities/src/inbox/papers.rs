//! Papers of the portal's messages: those that came with one, and those fetched later, for which the dossier waits visibly.

use super::flags::NewFlag;
use super::{Comes, Told, ToldPaper};
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::files::{self, File};
use crate::inbox::messages::cut;
use crate::jobs::{self, NewJob};
use crate::sealing::Sealer;
use crate::tables::dossiers::Model as Dossier;
use crate::tables::portal_papers::{Entity, Model};
use crate::tables::{papers, tax_receipts};
use crate::writing::Batch;
use rules::jobs::Job;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use uuid::Uuid;

/// How the fetching of a paper ended.
#[derive(Debug, Clone)]
pub enum Fetched {
    /// Its bytes are in the file store.
    Here(Box<File>),
    /// It will not come; why, in words.
    Failed(String),
}

/// A paper by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("portal paper"))
}

/// Where to fetch it; none for one that came with its message.
pub fn link(sealer: &Sealer, row: &Model) -> Result<Option<String>, Error> {
    row.link_sealed.as_ref().map(|sealed| sealer.open(&owner_of(row.id), sealed)).transpose()
}

impl Door<'_> {
    /// Adds the papers of a new dossier: rows of their own, files with their scan, jobs for what is to be fetched.
    pub(super) async fn first_papers(
        &self,
        batch: &mut Batch,
        dossier: &Dossier,
        told: &Told,
        (stored, message): (&[File], Uuid),
    ) -> Result<(), Error> {
        let revised = self.catalogue.revision(self.tx, dossier.revision_id).await?;
        for paper in &told.papers {
            let Some(file) = self.came(batch, dossier, paper, stored)? else { continue };
            let known = paper.component.as_deref().and_then(|code| revised.content.component(code));
            let row = papers::Model {
                document_id: None,
                id: Uuid::now_v7(),
                dossier_id: dossier.id,
                file_id: file,
                part: "component".into(),
                component: known.map(|component| component.code.clone()),
                source: "new".into(),
                round: 0,
                name: cut(known.map_or(&paper.name, |component| &component.name), 400),
                created_at: self.at,
            };
            if let Comes::Behind(link) = &paper.comes {
                let coming = self.coming(dossier, message, ("component", Some(row.id)), paper, link)?;
                self.fetch(batch, dossier, coming)?;
            }
            batch.insert(row);
        }
        Ok(())
    }

    /// Adds the file of a paper that came with the message; none for one that is not taken, which is flagged.
    pub(super) fn came(
        &self,
        batch: &mut Batch,
        dossier: &Dossier,
        paper: &ToldPaper,
        stored: &[File],
    ) -> Result<Option<Option<Uuid>>, Error> {
        match &paper.comes {
            Comes::Behind(_) => Ok(Some(None)),
            Comes::Refused(vi, en) => {
                self.flag(batch, dossier, NewFlag::new("paper_refused", vi, en))?;
                Ok(None)
            }
            Comes::Here(file) => {
                let kept = stored.iter().find(|kept| kept.id == file.id);
                kept.map(|kept| self.filed(batch, dossier, kept)).transpose()?;
                Ok(Some(kept.map(|kept| kept.id)))
            }
        }
    }

    fn filed(&self, batch: &mut Batch, dossier: &Dossier, file: &File) -> Result<(), Error> {
        batch.add(files::insert(file));
        let scan = NewJob {
            dossier: Some(dossier.id),
            traceparent: self.trace.map(Into::into),
            ..NewJob::new(Job::ScanFile { file: file.id }, self.at)
        };
        batch.add_some(jobs::insert(vec![scan], self.at)?);
        Ok(())
    }

    /// A paper that is to be fetched for `subject`.
    pub(super) fn coming(
        &self,
        dossier: &Dossier,
        message: Uuid,
        (part, subject): (&str, Option<Uuid>),
        paper: &ToldPaper,
        link: &str,
    ) -> Result<Model, Error> {
        let id = Uuid::now_v7();
        Ok(Model {
            id,
            message_id: message,
            dossier_id: dossier.id,
            part: part.into(),
            subject_id: subject,
            component: paper.component.as_deref().map(|code| cut(code, 60)),
            name: cut(&paper.name, 400),
            link_sealed: Some(self.sealer.seal(&owner_of(id), link)?),
            file_id: None,
            state: "coming".into(),
            trouble: None,
            created_at: self.at,
            ended_at: None,
        })
    }

    /// Adds a paper that is to be fetched with its job and the flag by which the desk sees that it is waited for.
    pub(super) fn fetch(&self, batch: &mut Batch, dossier: &Dossier, coming: Model) -> Result<(), Error> {
        let job = Job::FetchPaper { paper: coming.id, message: coming.message_id };
        let job = NewJob {
            dossier: Some(dossier.id),
            cause: Some(format!("portal_message:{}", coming.message_id)),
            traceparent: self.trace.map(Into::into),
            ..NewJob::new(job, self.at)
        };
        batch.add_some(jobs::insert(vec![job], self.at)?);
        let vi = format!("Đang lấy “{}” từ Cổng Dịch vụ công quốc gia.", coming.name);
        let en = format!("“{}” is being fetched from the national portal.", coming.name);
        let waits = NewFlag { subject: Some(coming.id), ..NewFlag::new("paper_coming", &vi, &en) };
        self.flag(batch, dossier, waits)?;
        batch.insert(coming);
        Ok(())
    }

    /// Notes how the fetching of a paper ended, and does what waited for it; once it is here, nothing more happens.
    pub async fn paper_came(&self, paper: Uuid, fetched: &Fetched) -> Result<(), Error> {
        let row = by_id(self.tx, paper).await?;
        if row.state == "here" {
            return Ok(());
        }
        let dossier = reading::by_id(self.tx, row.dossier_id).await?;
        let mut batch = Batch::default();
        let mut after = row.clone().into_active_model();
        after.ended_at = Set(Some(self.at));
        match fetched {
            Fetched::Here(file) => {
                let file = File { owner: dossier.owner.clone(), ..(**file).clone() };
                self.filed(&mut batch, &dossier, &file)?;
                after.state = Set("here".into());
                after.file_id = Set(Some(file.id));
                self.handed(&mut batch, &row, file.id).await?;
            }
            Fetched::Failed(why) => {
                after.state = Set("failed".into());
                after.trouble = Set(Some(cut(why, 500)));
                self.flag(&mut batch, &dossier, not_fetched(&row, why))?;
            }
        }
        after.update(self.tx).await?;
        batch.write(self.tx).await?;
        self.settle_flags_of(paper).await?;
        if row.part == "supplement" {
            self.answer_when_all_came(&dossier, row.message_id).await
        } else {
            Ok(())
        }
    }

    async fn handed(&self, batch: &mut Batch, row: &Model, file: Uuid) -> Result<(), Error> {
        let Some(subject) = row.subject_id else { return Ok(()) };
        if row.part == "tax_receipt" {
            let receipt = tax_receipts::Entity::update_many();
            let receipt = receipt.col_expr(tax_receipts::Column::FileId, Expr::value(file));
            receipt.filter(tax_receipts::Column::Id.eq(subject)).exec(self.tx).await?;
            batch.insert(self.beside(row.dossier_id, ("tax_receipt", None), &row.name, file));
            return Ok(());
        }
        let waiting = papers::Entity::update_many().col_expr(papers::Column::FileId, Expr::value(file));
        waiting.filter(papers::Column::Id.eq(subject)).exec(self.tx).await?;
        Ok(())
    }

    /// A paper of the dossier that answers no question and fills no component.
    pub(super) fn beside(
        &self,
        dossier: Uuid,
        (part, component): (&str, Option<&str>),
        name: &str,
        file: Uuid,
    ) -> papers::Model {
        papers::Model {
            document_id: None,
            id: Uuid::now_v7(),
            dossier_id: dossier,
            file_id: Some(file),
            part: part.into(),
            component: component.map(|code| cut(code, 60)),
            source: "new".into(),
            round: 0,
            name: cut(name, 400),
            created_at: self.at,
        }
    }
}

fn not_fetched(row: &Model, why: &str) -> NewFlag {
    let vi = format!("Không lấy được “{}” từ Cổng Dịch vụ công quốc gia: {why}", row.name);
    let en = format!("“{}” could not be fetched from the national portal: {why}", row.name);
    NewFlag::new("paper_not_fetched", &vi, &en)
}

fn owner_of(id: Uuid) -> String {
    format!("portal_paper:{id}")
}
