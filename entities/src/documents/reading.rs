//! Who reads a document: its owner, and the units on a dossier that needs it; to others it does not exist.

use super::using::{Use, note};
use super::{LAPSED, Model, PENDING, by_id, is_shelved};
use crate::catalogue::Revised;
use crate::dossiers::standing::status;
use crate::dossiers::{self, parties, vouched_id};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::documents::{Column, Entity};
use crate::tables::{dossiers as dossier_rows, papers};
use chrono::{DateTime, Utc};
use rules::access::{Relation, Sight, Thing, sight, sight_at};
use rules::actor::Actor;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// The shelf of a person, as far as their sign-in vouches for it; what an account says of itself opens nothing.
pub fn shelf(sealer: &Sealer, by: &Actor) -> Option<String> {
    vouched_id(by).map(|id| sealer.index("id", id))
}

/// Somebody has looked at the applicant: their sign-in vouches for the number, or an officer saw them at a desk.
pub fn is_vouched_for(dossier: &dossier_rows::Model) -> bool {
    dossier.identity_verified || dossier.channel == "desk"
}

/// The shelf that the officers of a dossier may look at for it: its applicant's. None for what somebody handed in online
/// under a number that their sign-in does not vouch for, so that nobody's papers are opened by a stranger's dossier.
pub fn shelf_of(dossier: &dossier_rows::Model) -> Option<&str> {
    let known = dossier.identity_verified || dossier.channel != "online";
    dossier.applicant_index.as_deref().filter(|_| known)
}

/// A document of the person's own.
pub async fn mine<C: ConnectionTrait>(db: &C, sealer: &Sealer, by: &Actor, id: Uuid) -> Result<Model, Error> {
    let document = by_id(db, id).await?;
    let own = shelf(sealer, by).is_some_and(|shelf| shelf == document.owner_index);
    if own && is_shelved(&document) {
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
    rows = rows.filter(Column::State.is_not_in([PENDING, LAPSED]));
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
    let places = [(Relation::Unit, dossier.unit_id), (Relation::Competent, dossier.authority_id)];
    let seen = |place: &(Relation, Uuid)| sight_at(by, Thing::StoredDocuments, *place) == Sight::Full;
    places.into_iter().find(seen).map(|(_, unit)| unit)
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
    let needed = shelf_of(dossier) == Some(document.owner_index.as_str())
        && is_shelved(&document)
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

/// The unit of a dossier at which a person works, in whatever role.
fn unit_of(by: &Actor, dossier: &dossier_rows::Model) -> Option<Uuid> {
    let there = |unit: &Uuid| by.assignments.iter().any(|held| held.unit == Some(*unit));
    [dossier.unit_id, dossier.authority_id].into_iter().find(there)
}

/// Documents on a shelf with these very bytes, of whatever type.
pub(crate) async fn of_bytes<C: ConnectionTrait>(
    db: &C,
    shelf: &str,
    sha256: &str,
) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::OwnerIndex.eq(shelf)).filter(Column::Sha256.eq(sha256)).all(db).await?)
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
    let mut holders = holders.all(db).await?;
    holders.retain(|d| sight(by, parties(d, by, sealer)) != Sight::None);
    holders.sort_by_key(|d| unit_of(by, d).is_none());
    let dossier = holders.into_iter().next();
    let unit = dossier.as_ref().and_then(|dossier| unit_of(by, dossier));
    let purpose = dossier.as_ref().map_or_else(
        || "Xem tệp của giấy tờ".to_owned(),
        |dossier| format!("Xem giấy tờ của hồ sơ {}", dossier.code),
    );
    let look = Use { kind: "read", dossier: dossier.map(|d| d.id), unit, purpose: &purpose };
    note(db, by, &foreign, look, at).await
}
