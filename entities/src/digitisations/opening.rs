//! What opens an item: a reception, a supplement, a result, an entry of a batch (D-01, D-02, R-C2).

use super::next_job::first_look;
use super::people::{self, Hand};
use super::{Item, reading};
use crate::catalogue::Revised;
use crate::dossiers::Door;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::{dossiers, papers};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use rules::local_time::local_date;
use rules::papers::{ItemState, Origin, PaperKind, Stage, WaitsFor};
use rules::procedure::{Component, Tier};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

/// The unit that must see to a dossier's papers.
#[derive(Debug, Clone, Copy)]
struct Desk {
    unit: Uuid,
    tier: Tier,
}

impl Door<'_> {
    /// Opens an item for every paper of a dossier just received that the law and the unit's date ask for (D-01, D-03).
    pub(crate) async fn open_at_reception(
        &self,
        batch: &mut Batch,
        dossier: &dossiers::Model,
        revised: &Revised,
    ) -> Result<(), Error> {
        let Some(desk) = self.digitising_desk(dossier).await? else { return Ok(()) };
        let rows = papers::Entity::find().filter(papers::Column::DossierId.eq(dossier.id));
        let rows = rows.filter(papers::Column::Part.is_in(["component", "supplement"]));
        let rows = rows.order_by_asc(papers::Column::Id).all(self.tx).await?;
        self.open_for_papers((batch, desk), dossier, revised, &newest(rows)).await
    }

    /// The same for what is handed in after the reception; what it stands in the place of is not scanned any more.
    pub(crate) async fn open_for_supplement(
        &self,
        batch: &mut Batch,
        dossier: &dossiers::Model,
        revised: &Revised,
        papers: &[papers::Model],
    ) -> Result<(), Error> {
        if dossier.received_at.is_none() {
            return Ok(());
        }
        let replaced = |item: &Item| {
            item.stage == Stage::Scan.key() && papers.iter().any(|paper| paper.component == item.component)
        };
        let open = reading::open_of_dossier(self.tx, dossier.id).await?;
        for item in open.iter().filter(|item| replaced(item)) {
            people::drop_in(batch, item, REPLACED, &Hand::of(self))?;
        }
        let Some(desk) = self.digitising_desk(dossier).await? else { return Ok(()) };
        self.open_for_papers((batch, desk), dossier, revised, papers).await
    }

    /// Ends the open items of a dossier, or those of one origin, for the reason of the act that ends them.
    pub(crate) async fn drop_items(
        &self,
        batch: &mut Batch,
        dossier: Uuid,
        origin: Option<Origin>,
        reason: &str,
    ) -> Result<(), Error> {
        let open = reading::open_of_dossier(self.tx, dossier).await?;
        let meant = |item: &&Item| origin.is_none_or(|origin| item.origin == origin.key());
        for item in open.iter().filter(meant) {
            people::drop_in(batch, item, reason, &Hand::of(self))?;
        }
        Ok(())
    }

    /// Opens an item for each of these papers that the law asks for.
    async fn open_for_papers(
        &self,
        (batch, desk): (&mut Batch, Desk),
        dossier: &dossiers::Model,
        revised: &Revised,
        papers: &[papers::Model],
    ) -> Result<(), Error> {
        for paper in papers {
            let known = paper.component.as_deref().and_then(|code| revised.content.component(code));
            let Some(ground) = known.and_then(|known| asked(dossier, known, paper)) else { continue };
            let mut item = self.item(desk, Origin::Intake, ground);
            item.paper_type = known.and_then(|known| known.paper_type.clone());
            self.add(batch, of_paper(item, dossier, paper)).await?;
        }
        Ok(())
    }

    /// Opens an item for the result of a dossier (D-02).
    pub(crate) async fn open_for_result(
        &self,
        batch: &mut Batch,
        dossier: &dossiers::Model,
        paper: &papers::Model,
    ) -> Result<(), Error> {
        let Some(desk) = self.digitising_desk(dossier).await? else { return Ok(()) };
        let mut item = self.item(desk, Origin::Result, "result");
        let content = &self.catalogue.revision(self.tx, dossier.revision_id).await?.content;
        let kind = content.results.iter().find(|kind| Some(&kind.code) == paper.component.as_ref());
        item.paper_type = kind.map(|kind| kind.stored_as().to_owned());
        self.add(batch, of_paper(item, dossier, paper)).await
    }

    /// The unit whose roadmap counts, when it asks for the papers of the day of reception; a postal point receives
    /// for the competent unit.
    async fn digitising_desk(&self, dossier: &dossiers::Model) -> Result<Option<Desk>, Error> {
        let Some(received) = dossier.received_at else { return Ok(None) };
        let mut unit = self.catalogue.unit(self.tx, dossier.unit_id, self.at).await?;
        if unit.tier == Tier::PostalPoint {
            unit = self.catalogue.unit(self.tx, dossier.authority_id, self.at).await?;
        }
        let roadmap = self.catalogue.roadmap(self.tx, self.at).await?;
        let desk = Desk { unit: unit.row.id, tier: unit.tier };
        Ok(roadmap.asks(desk.tier, local_date(received)).then_some(desk))
    }

    fn item(&self, desk: Desk, origin: Origin, ground: &str) -> Item {
        let kind = if origin == Origin::Result { PaperKind::Result } else { PaperKind::Dossier };
        Item {
            id: Uuid::now_v7(),
            unit_id: desk.unit,
            tier: desk.tier.key().into(),
            origin: origin.key().into(),
            kind: kind.key().into(),
            ground: ground.into(),
            priority: origin.priority(),
            opened_at: self.at,
            updated_at: self.at,
            version: 1,
            // Nothing has been done about it yet.
            ..Item::default()
        }
    }

    async fn add(&self, batch: &mut Batch, item: Item) -> Result<(), Error> {
        let looking = first_look(self.tx, &item, self.at).await?;
        let looking = looking.map(|job| NewJob { traceparent: self.trace.map(Into::into), ..job });
        batch.insert(item);
        batch.add_some(jobs::insert(looking.into_iter().collect(), self.at)?);
        Ok(())
    }
}

/// Opens an item for an old paper of a batch; with a file it goes on to the inspection (R-C2).
pub(super) async fn open_old(
    (tx, batch): (&DatabaseTransaction, &mut Batch),
    item: Item,
    at: DateTime<Utc>,
) -> Result<Item, Error> {
    let item = standing(Item { priority: Origin::Backlog.priority(), ..item });
    let looking = first_look(tx, &item, at).await?;
    batch.insert(item.clone());
    batch.add_some(jobs::insert(looking.into_iter().collect(), at)?);
    Ok(item)
}

/// Why a paper that was not scanned yet is left out.
const REPLACED: &str = "Đã được thay bằng giấy tờ bổ sung. / Replaced by what was handed in later.";

/// Of each component only what was handed in last.
fn newest(papers: Vec<papers::Model>) -> Vec<papers::Model> {
    let mut last: HashMap<Option<String>, i32> = HashMap::new();
    for paper in &papers {
        let round = last.entry(paper.component.clone()).or_default();
        *round = paper.round.max(*round);
    }
    papers.into_iter().filter(|paper| last.get(&paper.component) == Some(&paper.round)).collect()
}

/// Why a paper is digitised; none when it is not. What the office holds already is not asked for again (D-04); what
/// was handed in as a file has nothing to be scanned and goes on only when the store has a place for its type.
fn asked(dossier: &dossiers::Model, known: &Component, paper: &papers::Model) -> Option<&'static str> {
    let held = paper.source != "new" || paper.document_id.is_some();
    let for_the_store =
        dossier.channel != "online" || (known.paper_type.is_some() && paper.file_id.is_some());
    known.digitise.key().filter(|_| !held && for_the_store)
}

fn of_paper(item: Item, dossier: &dossiers::Model, paper: &papers::Model) -> Item {
    standing(Item {
        dossier_id: Some(dossier.id),
        paper_id: Some(paper.id),
        component: paper.component.clone(),
        name: paper.name.clone(),
        file_id: paper.file_id,
        ..item
    })
}

/// Where an item begins: at the scanner, or with its file at the inspection.
fn standing(item: Item) -> Item {
    let (stage, waits_for) = match item.file_id {
        Some(_) => (Stage::Inspect, WaitsFor::Inspection),
        None => (Stage::Scan, WaitsFor::Scanner),
    };
    Item {
        stage: stage.key().into(),
        state: ItemState::Waiting.key().into(),
        waits_for: Some(waits_for.key().into()),
        ..item
    }
}
