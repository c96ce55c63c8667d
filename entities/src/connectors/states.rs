//! Whether a party is used: said by an administrator, with a reason, and never forgotten.

use crate::columns::{from_key, key_of};
use crate::error::Error;
use crate::tables::connector_changes;
use crate::tables::connectors::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::parties::PartyState;
use rules::refusal::Violation;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A change of state, as it is kept.
pub type Change = connector_changes::Model;

/// What an administrator says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewState {
    /// The state from now on.
    pub state: PartyState,
    /// Why.
    pub reason: String,
}

/// Characters of a reason.
const LONGEST_REASON: usize = 500;

/// What was said of all parties and of their data services, by key.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().order_by_asc(Column::Key).all(db).await?)
}

/// What is said of a party and of those of its data services that do not follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Of the party.
    pub state: PartyState,
    /// Of its data services, by the wire's own name.
    pub services: BTreeMap<String, PartyState>,
}

/// A party that is set up is live until somebody says otherwise.
impl Default for Said {
    fn default() -> Self {
        Self { state: PartyState::Live, services: BTreeMap::new() }
    }
}

/// What is said of the parties, by connector key.
pub async fn said(db: &impl ConnectionTrait) -> Result<BTreeMap<String, Said>, Error> {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for row in all(db).await? {
        let state = state_of(&row)?;
        match row.key.split_once('/') {
            None => said.entry(row.key).or_default().state = state,
            Some((key, service)) => {
                said.entry(key.to_owned()).or_default().services.insert(service.to_owned(), state);
            }
        }
    }
    Ok(said)
}

/// What was said of one; none when nobody has said anything.
pub async fn of(db: &impl ConnectionTrait, key: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(key).one(db).await?)
}

/// The state that a row says.
pub fn state_of(row: &Model) -> Result<PartyState, Error> {
    from_key("connectors.state", &row.state)
}

/// Says at `at` that `key` is in a state, and keeps who said so and why.
///
/// `seen` is the version that the administrator saw, 0 when there was none; fails as stale when there is another by now,
/// and invalid without a reason.
pub async fn change(
    tx: &DatabaseTransaction,
    key: &str,
    told: &NewState,
    seen: Option<i32>,
    (by, at): (&Actor, DateTime<Utc>),
) -> Result<Model, Error> {
    let reason = reason(&told.reason)?;
    let before = of(tx, key).await?;
    let version = before.as_ref().map_or(0, |row| row.version);
    if seen.is_some_and(|seen| seen != version) {
        return Err(Error::Stale);
    }
    let state = key_of(&told.state)?;
    let row = Model {
        key: key.to_owned(),
        state: state.clone(),
        since: at,
        by: by.subject.clone(),
        by_name: by.name.clone(),
        reason: reason.clone(),
        version: version + 1,
    };
    write(tx, &row, version).await?;
    let change = connector_changes::Model {
        id: Uuid::now_v7(),
        key: key.to_owned(),
        from_state: before.map(|row| row.state),
        to_state: state,
        at,
        by: by.subject.clone(),
        by_name: by.name.clone(),
        reason,
    };
    connector_changes::Entity::insert(change.into_active_model()).exec_without_returning(tx).await?;
    Ok(row)
}

/// The newest changes of a connector and of those of its data services of which something was said, at most `limit`.
pub async fn changes(db: &impl ConnectionTrait, keys: Vec<&str>, limit: u64) -> Result<Vec<Change>, Error> {
    use connector_changes::{Column, Entity};
    let rows = Entity::find().filter(Column::Key.is_in(keys)).order_by_desc(Column::Id).limit(limit);
    Ok(rows.all(db).await?)
}

fn reason(told: &str) -> Result<String, Error> {
    let reason = told.trim();
    let plain = !reason.chars().any(char::is_control);
    if plain && (1..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Ok(reason.to_owned());
    }
    Err(Error::Invalid(vec![Violation {
        pointer: "/reason".into(),
        code: "reason_missing",
        vi: "Phải nêu lý do, 1 đến 500 ký tự.".into(),
        en: "Say why, in 1 to 500 characters.".into(),
    }]))
}

/// Two administrators at the same moment: the second finds another version, or the key taken.
async fn write(tx: &DatabaseTransaction, row: &Model, version: i32) -> Result<(), Error> {
    if version == 0 {
        let written = Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await;
        return match written.map_err(Error::from) {
            Err(error) if error.is_duplicate() => Err(Error::Stale),
            other => other.map(|_| ()),
        };
    }
    let changed = row.clone().into_active_model().reset_all();
    let update = Entity::update_many().set(changed).filter(Column::Key.eq(&row.key));
    let written = update.filter(Column::Version.eq(version)).exec(tx).await?;
    if written.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}
