//! How far papers are digitised, used again and left with their owners: the facts behind three indicators of QĐ 766 (D-13).

use crate::error::Error;
use crate::tables::dossiers::{Column, Entity, Model};
use crate::tables::{document_uses, documents, papers};
use rules::past::Period;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Dossiers counted for the indicators; all of them, also those that could not be digitised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reuse {
    /// Decided within the period.
    pub decided: u64,
    /// With a file in their papers and a result file (indicator 4.2).
    pub digitised: u64,
    /// With a paper that was taken from the store, a database or VNeID (indicator 4.3).
    pub reused: u64,
    /// With a document in the store of their owner (indicator 4.4).
    pub stored: u64,
}

/// Dossiers a page; what is held in memory at a time.
const PAGE: u64 = 500;

/// Counts the dossiers that a unit decided within a period.
pub async fn reuse<C: ConnectionTrait>(db: &C, unit: Uuid, period: Period) -> Result<Reuse, Error> {
    let (mut counted, mut after) = (Reuse::default(), None);
    loop {
        let page = query(unit, period, after).all(db).await?;
        let Some(last) = page.last() else { return Ok(counted) };
        after = last.decided_at.map(|at| (at, last.id));
        add(db, &mut counted, &page).await?;
    }
}

/// The query of a page; public so that the planner can be asked about it.
pub fn query(
    unit: Uuid,
    period: Period,
    after: Option<(chrono::DateTime<chrono::Utc>, Uuid)>,
) -> Select<Entity> {
    let from = after.map_or(period.from, |(at, _)| at);
    let mut rows = Entity::find()
        .filter(Column::AuthorityId.eq(unit))
        .filter(Column::DecidedAt.gte(from))
        .filter(Column::DecidedAt.lte(period.until));
    if let Some((at, id)) = after {
        rows = rows.filter(Column::DecidedAt.gt(at).or(Column::Id.gt(id)));
    }
    rows.order_by_asc(Column::DecidedAt).order_by_asc(Column::Id).limit(PAGE)
}

async fn add<C: ConnectionTrait>(db: &C, counted: &mut Reuse, page: &[Model]) -> Result<(), Error> {
    let ids: Vec<Uuid> = page.iter().map(|dossier| dossier.id).collect();
    let rows = papers::Entity::find().filter(papers::Column::DossierId.is_in(ids.iter().copied()));
    let papers = rows.all(db).await?;
    let stored = stored(db, page).await?;
    let that = |holds: &dyn Fn(&papers::Model) -> bool| -> BTreeSet<Uuid> {
        papers.iter().filter(|paper| holds(paper)).map(|paper| paper.dossier_id).collect()
    };
    let handed_in = that(&|paper| is_handed_in(paper) && paper.file_id.is_some());
    let results = that(&|paper| paper.part == "result" && paper.file_id.is_some());
    let reused = that(&|paper| is_handed_in(paper) && paper.source != "new");
    for id in ids {
        counted.decided += 1;
        counted.digitised += u64::from(handed_in.contains(&id) && results.contains(&id));
        counted.reused += u64::from(reused.contains(&id));
        counted.stored += u64::from(stored.contains(&id));
    }
    Ok(())
}

/// Dossiers out of which something was filed on the shelf of their applicant; what was there before counts for them all.
async fn stored<C: ConnectionTrait>(db: &C, page: &[Model]) -> Result<BTreeSet<Uuid>, Error> {
    use document_uses::{Column, Entity};
    let ids = page.iter().map(|dossier| dossier.id);
    let filed = Entity::find().filter(Column::DossierId.is_in(ids)).filter(Column::Kind.eq("filed"));
    let filed: Vec<(Option<Uuid>, Uuid)> =
        filed.select_only().columns([Column::DossierId, Column::DocumentId]).into_tuple().all(db).await?;
    let kept = documents::Entity::find()
        .filter(documents::Column::Id.is_in(filed.iter().map(|(_, document)| *document)));
    let shelves: Vec<(Uuid, String)> = kept
        .select_only()
        .columns([documents::Column::Id, documents::Column::OwnerIndex])
        .into_tuple()
        .all(db)
        .await?;
    let shelves: BTreeMap<Uuid, String> = shelves.into_iter().collect();
    let own = |dossier: &&Model| {
        let there = |document: &Uuid| {
            shelves.get(document).is_some_and(|shelf| dossier.applicant_index.as_ref() == Some(shelf))
        };
        filed.iter().any(|(from, document)| *from == Some(dossier.id) && there(document))
    };
    Ok(page.iter().filter(own).map(|dossier| dossier.id).collect())
}

fn is_handed_in(paper: &papers::Model) -> bool {
    ["component", "supplement"].contains(&paper.part.as_str())
}
