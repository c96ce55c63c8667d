//! Reading forms: who may, what they say, and the file once it is made.

use crate::chronicle::looks;
use crate::columns::from_json;
use crate::dossiers::parties;
use crate::erasing::blanks::NOBODY;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::forms::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::access::{Parties, Relation, Sight, Thing, sight_at, sight_of};
use rules::actor::Actor;
use rules::forms::{Content, FormKind};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// A form by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("form"))
}

/// The forms of a dossier in the order they were issued.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    Ok(query(dossier).all(db).await?)
}

/// The same as a query; public so that the planner can be asked about it.
pub fn query(dossier: Uuid) -> Select<Entity> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    rows.order_by_asc(Column::Entry).order_by_asc(Column::Kind)
}

/// The last form of a kind that was issued for a dossier.
pub async fn last<C: ConnectionTrait>(db: &C, dossier: Uuid, kind: FormKind) -> Result<Option<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier)).filter(Column::Kind.eq(kind.key()));
    Ok(rows.order_by_desc(Column::Entry).limit(1).one(db).await?)
}

/// Whether a person may read a form: the officers of its dossier read all, the person whom it is about what was
/// handed to them; a register is read at its unit. The look is gathered for the chronicle.
pub fn may_read(by: &Actor, sealer: &Sealer, form: &Model, dossier: Option<&dossiers::Model>) -> bool {
    let Some(dossier) = dossier else {
        return sight_at(by, Thing::PrintedForms, (Relation::Unit, form.unit_id)) == Sight::Full;
    };
    if dossier.owner == NOBODY {
        return false;
    }
    let parties = parties(dossier, by, sealer);
    let handed_out = FormKind::from_key(&form.kind).is_some_and(FormKind::is_for_the_applicant);
    let seen = sight_of(by, Thing::PrintedForms, Parties { mine: parties.mine && handed_out, ..parties });
    looks::seen(sealer, by, dossier, seen);
    seen == Sight::Full
}

/// Whether a person works on a dossier, which is more than being the one it is about.
pub fn works_on(by: &Actor, sealer: &Sealer, dossier: &dossiers::Model) -> bool {
    let parties = Parties { mine: false, ..parties(dossier, by, sealer) };
    sight_of(by, Thing::PrintedForms, parties) == Sight::Full
}

/// What a form says, opened.
pub fn content(sealer: &Sealer, form: &Model) -> Result<Content, Error> {
    from_json("forms.content", &sealer.open(&owner(form.id), &form.content_sealed)?)
}

/// Where the file of a SHA-256 (hex) is kept in the file store.
pub fn stored_at(sha256: &str) -> String {
    let first: String = sha256.chars().take(2).collect();
    format!("forms/sha256/{first}/{sha256}")
}

/// Records the file of a form; one that is recorded already stays.
pub async fn made<C: ConnectionTrait>(
    db: &C,
    form: Uuid,
    sha256: &str,
    size: i64,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Sha256, Expr::value(sha256))
        .col_expr(Column::Size, Expr::value(size))
        .col_expr(Column::MadeAt, Expr::value(at))
        .filter(Column::Id.eq(form))
        .filter(Column::Sha256.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// What the content is sealed for.
pub(super) fn owner(form: Uuid) -> String {
    format!("issued-form:{form}")
}
