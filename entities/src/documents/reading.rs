//! Who reads a document: its owner, and the units on a dossier that needs it; to others it does not exist.

use super::using::{Use, note};
use super::{Model, by_id};
use crate::catalogue::Revised;
use crate::dossiers::standing::status;
use crate::dossiers::{self, vouched_id};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::documents::{Column, Entity};
use crate::tables::{dossiers as dossier_rows, papers};
use chrono::{DateTime, Utc};
use rules::actor::{Actor, Role};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// Roles that need the papers of a dossier.
const READERS: [Role; 3] = [Role::DeskOfficer, Role::CaseOfficer, Role::Approver];

/// The shelf of a person, as far as their sign-in vouches for it; what an account says of itself opens nothing.
pub fn shelf(sealer: &Sealer, by: &Actor) -> Option<String> {
    vouched_id(by).map(|id| sealer.index("id", id))
}

/// A document of the person's own.
pub async fn mine<C: ConnectionTrait>(db: &C, sealer: &Sealer, by: &Actor, id: Uuid) -> Result<Model, Error> {
    let document = by_id(db, id).await?;
    if shelf(sealer, by).is_some_and(|shelf| shelf == document.owner_index) {
        return Ok(document);
    }
    Err(Error::NotFound("document"))
}

/// The documents of the person, newest first, below `before`; only of a type when one is named.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    (paper_type, before): (Option<&str>, Option<Uuid>),
    limit: u64,
) -> Result<Vec<Model>, Error> {
    let Some(shelf) = shelf(sealer, by) else { return Ok(Vec::new()) };
    Ok(query(&shelf, (paper_type, before), limit).all(db).await?)
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(shelf: &str, (paper_type, before): (Option<&str>, Option<Uuid>), limit: u64) -> Select<Entity> {
    let mut rows = Entity::find().filter(Column::OwnerIndex.eq(shelf));
    if let Some(paper_type) = paper_type {
        rows = rows.filter(Column::PaperType.eq(paper_type));
    }
    if let Some(before) = before {
        rows = rows.filter(Column::Id.lt(before));
    }
    rows.order_by_desc(Column::Id).limit(limit)
}

/// The unit for which an officer works on a dossier; none for everybody else, those who only oversee among them.
pub fn working_unit(by: &Actor, dossier: &dossier_rows::Model) -> Option<Uuid> {
    let there = |unit: Uuid| READERS.iter().any(|role| by.is_at(*role, unit));
    [dossier.unit_id, dossier.authority_id].into_iter().find(|unit| there(*unit))
}

/// It still needs papers.
pub fn is_open(dossier: &dossier_rows::Model) -> bool {
    status(dossier).is_ok_and(|status| !status.is_final())
}

/// A document that a dossier needs: of its applicant and of a type it asks for while it is open, or one that stands for
/// a paper of it. For an officer of its units, whose unit comes with it.
pub async fn for_dossier<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    (dossier, revised): (&dossier_rows::Model, &Revised),
    id: Uuid,
) -> Result<(Model, Uuid), Error> {
    let unit = working_unit(by, dossier).ok_or(Error::NotFound("document"))?;
    let document = by_id(db, id).await?;
    let asked_for = |paper_type: &str| {
        revised.content.components.iter().any(|c| c.paper_type.as_deref() == Some(paper_type))
    };
    let needed = dossier.applicant_index.as_ref() == Some(&document.owner_index)
        && asked_for(&document.paper_type)
        && is_open(dossier);
    if needed || stands_in(db, dossier.id, id).await? {
        return Ok((document, unit));
    }
    Err(Error::NotFound("document"))
}

async fn stands_in<C: ConnectionTrait>(db: &C, dossier: Uuid, document: Uuid) -> Result<bool, Error> {
    let papers = dossiers::reading::papers(db, dossier).await?;
    Ok(papers.iter().any(|paper: &papers::Model| paper.document_id == Some(document)))
}

/// Documents that lie in this file.
pub async fn in_file<C: ConnectionTrait>(db: &C, file: Uuid) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::FileId.eq(file)).all(db).await?)
}

/// Notes that an officer read a document as the file of a paper of a dossier: it is seen there without being asked for
/// in the store, and its owner is told all the same.
pub async fn seen_in_file<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    file: Uuid,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let documents = in_file(db, file).await?;
    let own = shelf(sealer, by);
    let foreign: Vec<Uuid> =
        documents.iter().filter(|d| own.as_ref() != Some(&d.owner_index)).map(|d| d.id).collect();
    if foreign.is_empty() {
        return Ok(());
    }
    let papers = papers::Entity::find().filter(papers::Column::FileId.eq(file)).all(db).await?;
    let holders = dossier_rows::Entity::find()
        .filter(dossier_rows::Column::Id.is_in(papers.iter().map(|paper| paper.dossier_id)));
    let seen = holders.all(db).await?.into_iter().find_map(|d| Some((working_unit(by, &d)?, d)));
    let (unit, dossier) = seen.map_or((None, None), |(unit, dossier)| (Some(unit), Some(dossier)));
    let purpose = dossier.as_ref().map_or_else(
        || "Xem tệp của giấy tờ".to_owned(),
        |dossier| format!("Xem giấy tờ của hồ sơ {}", dossier.code),
    );
    let look = Use { kind: "read", dossier: dossier.map(|d| d.id), unit, purpose: &purpose };
    note(db, by, &foreign, look, at).await
}
