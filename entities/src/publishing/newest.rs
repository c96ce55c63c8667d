//! The newest revision of a procedure, on which a draft is based.

use crate::catalogue::procedures::by_code;
use crate::error::Error;
use crate::tables::procedure_revisions;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// The newest of all, also of a day to come: nobody adopts over what another has prepared.
pub(super) async fn newest<C: ConnectionTrait>(
    db: &C,
    code: &str,
) -> Result<Option<procedure_revisions::Model>, Error> {
    let procedure = match by_code(db, code).await {
        Ok(procedure) => procedure,
        Err(Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let rows = procedure_revisions::Entity::find();
    let rows = rows.filter(procedure_revisions::Column::ProcedureId.eq(procedure.id));
    Ok(rows.order_by_desc(procedure_revisions::Column::Number).one(db).await?)
}
