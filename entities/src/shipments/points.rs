//! What the clerks of a postal point carry today.

use crate::columns::from_json;
use crate::dossiers::reading;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::shipments::{Column, Entity, Model};
use crate::tables::{dossiers, papers};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// What a list of a point is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// The postal point.
    pub point: Uuid,
    /// Those that came to their end since then; without it those that are still to be carried.
    pub closed_since: Option<DateTime<Utc>>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// The shipments of a postal point that were ordered, oldest first.
pub async fn list<C: ConnectionTrait>(db: &C, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(search).all(db).await?)
}

/// The query of [`list`].
pub fn query(search: &Search) -> Select<Entity> {
    let of_point = Entity::find().filter(Column::PointId.eq(search.point));
    let mut query = match search.closed_since {
        Some(since) => of_point.filter(Column::ClosedAt.gte(since)),
        None => of_point.filter(Column::ClosedAt.is_null()),
    };
    if let Some(after) = search.after {
        query = query.filter(Column::Id.gt(after));
    }
    query.filter(Column::OrderedAt.is_not_null()).order_by_asc(Column::Id).limit(search.limit)
}

/// What a postman needs, and nothing else of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The shipment.
    pub shipment: Model,
    /// Mã số hồ sơ.
    pub code: String,
    /// The person at home.
    pub name: String,
    /// Where they live, in one line.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// How many papers.
    pub papers: usize,
}

/// What a postman needs of these shipments, in their order.
pub async fn items<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    rows: Vec<Model>,
) -> Result<Vec<Item>, Error> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.dossier_id).collect();
    let found = dossiers::Entity::find().filter(dossiers::Column::Id.is_in(ids.clone())).all(db).await?;
    let results = papers::Entity::find()
        .filter(papers::Column::DossierId.is_in(ids))
        .filter(papers::Column::Part.eq("result"))
        .all(db)
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for shipment in rows {
        let dossier = found.iter().find(|dossier| dossier.id == shipment.dossier_id);
        let dossier = dossier.ok_or(Error::NotFound("dossier"))?;
        let person = reading::applicant(sealer, dossier)?;
        let papers = match &shipment.contents {
            Some(named) => from_json::<Vec<String>>("shipments.contents", named)?.len(),
            None => results.iter().filter(|paper| paper.dossier_id == dossier.id).count(),
        };
        items.push(Item {
            code: dossier.code.clone(),
            name: person.name,
            address: person.address.map(|address| address.one_line()).unwrap_or_default(),
            phone: person.phone.unwrap_or_default(),
            papers,
            shipment,
        });
    }
    Ok(items)
}
