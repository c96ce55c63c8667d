//! Which version of the words is in force: the last one adopted, or what the program ships.

use super::shipped;
use super::state::TemplateState;
use crate::columns::from_json;
use crate::error::Error;
use crate::tables::notice_templates::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::lang::Lang;
use rules::notices::{NoticeChannel, NoticeEvent, Wording};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

/// The words in force for an event and for the frame of letters, at one instant.
#[derive(Debug, Clone)]
pub struct InForce(Vec<Model>);

/// Words and which version they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// 0 is what the program ships.
    pub version: i32,
    /// The words.
    pub wording: Wording,
}

impl InForce {
    /// The words of an event in a language for a channel; none when there are none, as for Zalo before the office has
    /// adopted its own.
    pub fn of(
        &self,
        event: NoticeEvent,
        lang: Lang,
        channel: NoticeChannel,
    ) -> Result<Option<Chosen>, Error> {
        let key = (event.key(), language(lang), channel.key());
        let adopted = self.0.iter().find(|row| (&*row.event, &*row.language, &*row.channel) == key);
        match adopted {
            Some(row) => Ok(Some(Chosen { version: row.version, wording: words(row)? })),
            None => {
                let shipped = shipped::wording(event, lang, channel)?;
                Ok(shipped.map(|wording| Chosen { version: 0, wording }))
            }
        }
    }
}

/// What is in force at `at` for an event.
pub async fn in_force<C: ConnectionTrait>(
    db: &C,
    event: NoticeEvent,
    at: DateTime<Utc>,
) -> Result<InForce, Error> {
    let rows = Entity::find()
        .filter(Column::Event.is_in([event.key(), NoticeEvent::Frame.key()]))
        .filter(Column::State.eq(TemplateState::Adopted.key()))
        .filter(Column::InForceFrom.lte(at))
        .order_by_desc(Column::InForceFrom)
        .order_by_desc(Column::Version);
    Ok(InForce(rows.all(db).await?))
}

/// Which versions to list; newest first.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only of this event.
    pub event: Option<NoticeEvent>,
    /// Only in this state.
    pub state: Option<TemplateState>,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// Versions that were begun here, newest first.
pub async fn list<C: ConnectionTrait>(db: &C, search: &Search) -> Result<Vec<Model>, Error> {
    Ok(query(search).all(db).await?)
}

/// The query of [`list`]; public so that the planner can be asked about it.
pub fn query(search: &Search) -> Select<Entity> {
    let mut query = Entity::find();
    if let Some(event) = search.event {
        query = query.filter(Column::Event.eq(event.key()));
    }
    if let Some(state) = search.state {
        query = query.filter(Column::State.eq(state.key()));
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(search.limit)
}

/// One version.
pub async fn find<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("template"))
}

/// The words of a row.
pub fn words(row: &Model) -> Result<Wording, Error> {
    from_json("notice_templates.wording", &row.wording)
}

/// `vi` or `en`, as stored.
pub fn language(lang: Lang) -> &'static str {
    lang.pick("vi", "en")
}
