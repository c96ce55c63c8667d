//! Procedures and their revisions in force.

use crate::error::Error;
use crate::tables::{procedure_revisions as revisions, procedures};
use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use uuid::Uuid;

/// What a list of procedures is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Words of the name or the code, any accents.
    pub words: String,
    /// Field code.
    pub field: Option<String>,
    /// Last national code of the page before.
    pub after: Option<String>,
    /// Rows wanted.
    pub limit: u64,
}

/// A procedure by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<procedures::Model, Error> {
    procedures::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("procedure"))
}

/// A procedure by national code.
pub async fn by_code<C: ConnectionTrait>(db: &C, national_code: &str) -> Result<procedures::Model, Error> {
    let found =
        procedures::Entity::find().filter(procedures::Column::NationalCode.eq(national_code)).one(db).await?;
    found.ok_or(Error::NotFound("procedure"))
}

/// Key of the revision of a national code in force on `day`; of several the one that began last.
pub async fn revision_in_force<C: ConnectionTrait>(
    db: &C,
    national_code: &str,
    day: NaiveDate,
) -> Result<Uuid, Error> {
    let procedure = by_code(db, national_code).await?;
    let found = revisions::Entity::find()
        .filter(revisions::Column::ProcedureId.eq(procedure.id))
        .filter(within(day))
        .order_by_desc(revisions::Column::ValidFrom)
        .order_by_desc(revisions::Column::Number)
        .one(db)
        .await?;
    Ok(found.ok_or(Error::NotFound("procedure"))?.id)
}

/// Procedures in force on `day` by national code; every word must occur in the name or the code.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    search: &Search,
    day: NaiveDate,
) -> Result<Vec<procedures::Model>, Error> {
    let mut query = procedures::Entity::find().filter(procedures::Column::Id.in_subquery(in_force(day)));
    if let Some(field) = &search.field {
        query = query.filter(procedures::Column::FieldCode.eq(field));
    }
    for word in
        rules::folding::fold(&search.words).replace(['%', '_'], "").split(' ').filter(|w| !w.is_empty())
    {
        let either = Condition::any()
            .add(procedures::Column::NameFolded.contains(word))
            .add(procedures::Column::NationalCode.contains(word));
        query = query.filter(either);
    }
    if let Some(after) = &search.after {
        query = query.filter(procedures::Column::NationalCode.gt(after));
    }
    Ok(query.order_by_asc(procedures::Column::NationalCode).limit(search.limit).all(db).await?)
}

fn within(day: NaiveDate) -> Condition {
    let open =
        Condition::any().add(revisions::Column::ValidTo.is_null()).add(revisions::Column::ValidTo.gte(day));
    Condition::all().add(revisions::Column::ValidFrom.lte(day)).add(open)
}

fn in_force(day: NaiveDate) -> SelectStatement {
    let select = revisions::Entity::find().select_only().column(revisions::Column::ProcedureId);
    select.filter(within(day)).into_query()
}
