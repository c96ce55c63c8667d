//! The e-document store (kho dữ liệu điện tử của tổ chức, cá nhân): a paper is kept once for its owner (D-05, R-J1).

pub mod completing;
mod filing;
pub mod knowing;
pub mod lapsing;
mod new_document;
pub mod offering;
mod owner;
pub mod reading;
pub mod renewing;
pub mod replacing;
pub mod using;

pub use crate::tables::documents::Model;
pub use filing::file;
pub use new_document::{NewDocument, Origin};
pub use owner::{IdType, Owner, code};

use crate::columns::from_json;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::documents::{Column, Entity};
use crate::tables::papers;
use chrono::NaiveDate;
use rules::papers::Signed;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// State of a document that counts.
pub const IN_FORCE: &str = "in_force";

/// State of a document whose dossier is not over: kept, on nobody's shelf, and of no account yet.
pub const PENDING: &str = "pending";

/// State of a document that came to no account, because its dossier ended otherwise.
pub const LAPSED: &str = "lapsed";

/// Signatures that tell against their paper: nobody is offered it, and nobody is spared another one for it.
const SPOILING: [Signed; 3] = [Signed::Broken, Signed::Changed, Signed::Revoked];

/// A document by key; who may see it is asked elsewhere.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("document"))
}

/// The documents that stand for papers.
pub async fn of_papers<C: ConnectionTrait>(db: &C, rows: &[papers::Model]) -> Result<Vec<Model>, Error> {
    let named: Vec<Uuid> = rows.iter().filter_map(|paper| paper.document_id).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find().filter(Column::Id.is_in(named)).all(db).await?)
}

/// All versions of a document, oldest first.
pub async fn versions<C: ConnectionTrait>(db: &C, lineage: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::LineageId.eq(lineage));
    Ok(rows.order_by_asc(Column::Version).all(db).await?)
}

/// Documents of these types that an owner has and that count on a local day, newest first.
pub async fn valid<C: ConnectionTrait>(
    db: &C,
    owner_index: &str,
    types: &[&str],
    day: NaiveDate,
) -> Result<Vec<Model>, Error> {
    if types.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::OwnerIndex.eq(owner_index));
    let rows = rows.filter(Column::PaperType.is_in(types.iter().copied())).filter(on(day));
    Ok(rows.order_by_desc(Column::Id).limit(MOST_OFFERED).all(db).await?)
}

/// It stands on the shelf of its owner, or did.
pub fn is_shelved(document: &Model) -> bool {
    ![PENDING, LAPSED].contains(&document.state.as_str())
}

/// Its digital signature tells against it.
pub fn is_spoilt(document: &Model) -> bool {
    SPOILING.iter().any(|signed| signed.key() == document.signature)
}

/// The document counts on this local day: neither replaced nor revoked, within its days, and no signature against it.
pub fn is_valid(document: &Model, day: NaiveDate) -> bool {
    document.state == IN_FORCE
        && !is_spoilt(document)
        && document.valid_from.is_none_or(|from| from <= day)
        && document.valid_until.is_none_or(|until| day <= until)
}

/// [`is_valid`] as a condition of a query.
fn on(day: NaiveDate) -> Condition {
    Condition::all()
        .add(Column::State.eq(IN_FORCE))
        .add(Column::Signature.is_not_in(SPOILING.map(Signed::key)))
        .add(Condition::any().add(Column::ValidFrom.is_null()).add(Column::ValidFrom.lte(day)))
        .add(Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gte(day)))
}

/// Whom the document is kept for, opened.
pub fn owner(sealer: &Sealer, document: &Model) -> Result<Owner, Error> {
    from_json("documents.owner", &sealer.open(&place(document.id, "owner"), &document.owner_sealed)?)
}

/// Its number and sign, opened.
pub fn number(sealer: &Sealer, document: &Model) -> Result<Option<String>, Error> {
    opened(sealer, document.id, "number", document.number_sealed.as_deref())
}

/// The checked fields, opened; none where nothing was read on it.
pub fn data(sealer: &Sealer, document: &Model) -> Result<BTreeMap<String, String>, Error> {
    let text = opened(sealer, document.id, "data", document.data_sealed.as_deref())?;
    text.map_or_else(|| Ok(BTreeMap::new()), |text| from_json("documents.data", &text))
}

/// The report of the signature check, opened, as it was filed.
pub fn signature_report(sealer: &Sealer, document: &Model) -> Result<Option<String>, Error> {
    opened(sealer, document.id, "signature", document.signature_report_sealed.as_deref())
}

/// Why it was replaced or revoked, opened.
pub fn ended_reason(sealer: &Sealer, document: &Model) -> Result<Option<String>, Error> {
    opened(sealer, document.id, "ended", document.ended_reason_sealed.as_deref())
}

fn opened(sealer: &Sealer, id: Uuid, column: &str, sealed: Option<&str>) -> Result<Option<String>, Error> {
    sealed.map(|sealed| sealer.open(&place(id, column), sealed)).transpose()
}

/// Where a sealed text of a document belongs; it cannot be opened anywhere else.
fn place(id: Uuid, column: &str) -> String {
    format!("document:{id}:{column}")
}

/// Documents looked at for one offer: nobody has more of the few types that a procedure asks for.
const MOST_OFFERED: u64 = 200;
