//! Officers: which roles a signed-in person holds at which units, and since when.

use crate::columns::{from_key, key_of};
use crate::error::Error;
use chrono::{DateTime, Utc};
use rules::actor::{Assignment, Role};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, QueryOrder, QuerySelect};

/// The table.
pub mod row {
    use sea_orm::entity::prelude::*;

    /// One role of one person.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "assignments")]
    pub struct Model {
        /// Key.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// `issuer|subject`.
        pub subject: String,
        /// Name for people to read.
        pub name: String,
        /// Title at the unit.
        pub title: String,
        /// Unit; none for the whole province.
        pub unit_id: Option<Uuid>,
        /// Key of the role.
        pub role: String,
        /// From when.
        pub valid_from: DateTimeUtc,
        /// Until when, exclusive.
        pub valid_to: Option<DateTimeUtc>,
    }

    /// No relations.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A role held now, with the name and title it is held under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Role and unit.
    pub assignment: Assignment,
    /// Name for people to read.
    pub name: String,
    /// Title at the unit.
    pub title: String,
}

/// Roles of `subject` at `at`.
pub async fn assignments_of(
    db: &impl ConnectionTrait,
    subject: &str,
    at: DateTime<Utc>,
) -> Result<Vec<Held>, Error> {
    use row::Column;
    let rows = row::Entity::find()
        .filter(Column::Subject.eq(subject))
        .filter(Column::ValidFrom.lte(at))
        .filter(Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gt(at)))
        .all(db)
        .await?;
    rows.into_iter().map(held).collect()
}

/// Gives `subject` a role from `at` on; gives the key of the assignment.
pub async fn assign(
    db: &impl ConnectionTrait,
    subject: &str,
    held: &Held,
    at: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let id = Uuid::now_v7();
    let row = row::ActiveModel {
        id: Set(id),
        subject: Set(subject.into()),
        name: Set(held.name.clone()),
        title: Set(held.title.clone()),
        unit_id: Set(held.assignment.unit),
        role: Set(key_of(&held.assignment.role)?),
        valid_from: Set(at),
        valid_to: Set(None),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(id)
}

/// Which assignments to list; newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only of this `issuer|subject`.
    pub subject: Option<String>,
    /// Only at this unit.
    pub unit: Option<Uuid>,
    /// Only given before this one: the last of the page before.
    pub before: Option<Uuid>,
}

/// At most `limit` assignments, ended ones among them, newest first.
pub async fn list(db: &impl ConnectionTrait, filter: &Filter, limit: u64) -> Result<Vec<row::Model>, Error> {
    use row::Column;
    let mut query = row::Entity::find().order_by_desc(Column::Id).limit(limit);
    if let Some(subject) = &filter.subject {
        query = query.filter(Column::Subject.eq(subject));
    }
    if let Some(unit) = filter.unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    if let Some(before) = filter.before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.all(db).await?)
}

/// One assignment; `NotFound` when there is none of this key.
pub async fn show(db: &impl ConnectionTrait, id: Uuid) -> Result<row::Model, Error> {
    row::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("assignment"))
}

/// Ends an assignment at `at`. False when it had ended before, or is not there.
pub async fn end(db: &impl ConnectionTrait, id: Uuid, at: DateTime<Utc>) -> Result<bool, Error> {
    use row::Column;
    let open = Condition::any().add(Column::ValidTo.is_null()).add(Column::ValidTo.gt(at));
    let ended = row::Entity::update_many()
        .col_expr(Column::ValidTo, sea_orm::sea_query::Expr::value(at))
        .filter(Column::Id.eq(id))
        .filter(open)
        .exec(db)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// The role of a stored row.
pub fn role_of(row: &row::Model) -> Result<Role, Error> {
    from_key("assignments.role", &row.role)
}

fn held(row: row::Model) -> Result<Held, Error> {
    let role = role_of(&row)?;
    Ok(Held { assignment: Assignment { role, unit: row.unit_id }, name: row.name, title: row.title })
}
