//! The end of a child: its main dossier is told, gets the result, and the next in line is called.

use super::family::{self, HELD};
use crate::digitisations::reading::open_of_dossier;
use crate::dossiers::acts::Act;
use crate::dossiers::standing::status;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::dossiers::{ActiveModel, Entity, Model};
use crate::tables::{history, papers};
use crate::writing::Batch;
use rules::children::{called, is_over};
use rules::status::Status;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect, Set};
use uuid::Uuid;

impl Door<'_> {
    /// Tells the main dossier what a child came to at its history `entry`; once, however often it is asked.
    ///
    /// The main dossier is held first, then its children, so that two ends of one family wait for each other.
    pub async fn tell_parent(&self, child: Uuid, entry: i32) -> Result<(), Error> {
        let Some(parent) = reading::by_id(self.tx, child).await?.parent_id else { return Ok(()) };
        let parent = self.kept(parent).await?;
        let child = self.kept(child).await?;
        if !is_over(status(&child)?) {
            return Ok(());
        }
        if child.told_entry.is_none_or(|told| told < entry) {
            self.tell(&parent, &child, entry).await?;
        }
        let digitised = open_of_dossier(self.tx, child.id).await?.is_empty();
        if child.status == Status::Decided.key() && child.fee_state != "owed" && digitised {
            self.act(child.id, None, &Act::Return { proof: parent.code.clone() }).await?;
        }
        Ok(())
    }

    async fn tell(&self, parent: &Model, child: &Model, entry: i32) -> Result<(), Error> {
        if !status(parent)?.is_final() {
            self.hand_up(parent, child).await?;
            let told = self.words(child, entry).await?;
            self.act(parent.id, None, &Act::EndChild { told }).await?;
            self.call_next(parent).await?;
        }
        let told = ActiveModel { told_entry: Set(Some(entry)), ..child.clone().into_active_model() };
        told.update(self.tx).await?;
        Ok(())
    }

    /// Takes back the open children of a dossier that ended without a result, with its words.
    pub async fn end_children(&self, dossier: Uuid, entry: i32) -> Result<(), Error> {
        let parent = self.kept(dossier).await?;
        let reason = self.words(&parent, entry).await?;
        for child in family::of(self.tx, parent.id).await? {
            if !is_over(status(&child)?) {
                self.act(child.id, None, &Act::Withdraw { reason: reason.clone() }).await?;
            }
        }
        Ok(())
    }

    async fn kept(&self, id: Uuid) -> Result<Model, Error> {
        let row = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        row.ok_or(Error::NotFound("dossier"))
    }

    /// What an entry led to and why, for the history of the other dossier.
    async fn words(&self, dossier: &Model, entry: i32) -> Result<String, Error> {
        let entry = history::Entity::find_by_id((dossier.id, entry)).one(self.tx).await?;
        let entry = entry.ok_or(Error::NotFound("history entry"))?;
        let to = Status::from_key(&entry.to_status).map_or_else(String::new, |to| to.name_vi().to_owned());
        let note =
            reading::note(self.sealer, dossier, &entry)?.map_or_else(String::new, |note| format!(": {note}"));
        Ok(format!("{} {to}{note}", dossier.code).chars().take(MOST).collect())
    }

    /// The result of a child becomes a paper of the main dossier.
    async fn hand_up(&self, parent: &Model, child: &Model) -> Result<(), Error> {
        let Some(decision) = reading::decision(self.tx, child.id).await? else { return Ok(()) };
        let revised = self.catalogue.revision(self.tx, child.revision_id).await?;
        let kind = revised.content.results.iter().find(|kind| kind.code == decision.result_code);
        let name = kind.map_or(decision.number.as_str(), |kind| kind.name.as_str());
        let mut batch = Batch::default();
        batch.insert(papers::Model {
            document_id: None,
            id: Uuid::now_v7(),
            dossier_id: parent.id,
            file_id: Some(decision.file_id),
            part: "child_result".into(),
            component: Some(decision.result_code.clone()),
            source: "new".into(),
            round: 0,
            name: format!("{name} ({})", child.code).chars().take(400).collect(),
            created_at: self.at,
        });
        batch.write(self.tx).await
    }

    /// Those whose turn has come stand in the queue of their unit; its hours to answer begin now (L-11).
    async fn call_next(&self, parent: &Model) -> Result<(), Error> {
        let children = family::of(self.tx, parent.id).await?;
        let siblings = children.iter().map(family::sibling).collect::<Result<Vec<_>, _>>()?;
        for id in called(&siblings) {
            let child = self.kept(id).await?;
            if child.turn == HELD {
                self.call(child).await?;
            }
        }
        Ok(())
    }

    async fn call(&self, child: Model) -> Result<(), Error> {
        let unit = self.catalogue.unit(self.tx, child.unit_id, self.at).await?;
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        let answer = rules::deadlines::answer_due(self.at, None, &calendar, &unit.hours).due;
        let version = child.version + 1;
        let mut row = child.into_active_model();
        row.turn = Set("agency".into());
        (row.act_by, row.answer_due_at) = (Set(answer), Set(Some(answer)));
        (row.version, row.updated_at) = (Set(version), Set(self.at));
        row.watch_at = Set(Some(self.at));
        row.update(self.tx).await?;
        Ok(())
    }
}

/// Characters of the words of an entry.
const MOST: usize = 4_000;
