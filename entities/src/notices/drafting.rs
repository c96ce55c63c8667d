//! New words for an event: drafted, checked, written anew, and adopted from an instant on.

use super::state::TemplateState;
use super::templates::{find, language, words};
use crate::columns::{from_key, json_of};
use crate::error::Error;
use crate::tables::notice_templates::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::lang::Lang;
use rules::notices::{NoticeEvent, Wording, check};
use rules::refusal::{Block, Refusal, Violation};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};
use uuid::Uuid;

/// New words for an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The event.
    pub event: NoticeEvent,
    /// The language.
    pub language: Lang,
    /// The words; they name their channel.
    pub wording: Wording,
}

/// From when a draft is in force, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// Now when none is said; never in the past.
    pub in_force_from: Option<DateTime<Utc>>,
    /// Why, in words.
    pub reason: String,
}

/// Begins a version. Fails as invalid with everything that is wrong; `url` is the office's own address.
pub async fn begin(
    tx: &DatabaseTransaction,
    draft: &Draft,
    url: &str,
    (by, at): (&Actor, DateTime<Utc>),
) -> Result<Model, Error> {
    sound(draft, url)?;
    let (event, channel) = (draft.event.key(), draft.wording.channel().key());
    let row = Model {
        id: Uuid::now_v7(),
        event: event.into(),
        language: language(draft.language).into(),
        channel: channel.into(),
        version: last(tx, draft).await? + 1,
        state: TemplateState::Draft.key().into(),
        wording: json_of(&draft.wording)?,
        row_version: 1,
        created_at: at,
        created_by: by.subject.clone(),
        created_name: by.name.clone(),
        in_force_from: None,
        adopted_at: None,
        adopted_by: None,
        adopted_name: None,
        reason: None,
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    Ok(row)
}

/// Writes a draft anew. Fails as stale, as invalid, or refused when it is adopted or the draft is for something else.
pub async fn replace(
    tx: &DatabaseTransaction,
    (id, seen): (Uuid, Option<i32>),
    draft: &Draft,
    url: &str,
) -> Result<Model, Error> {
    let before = editable(tx, "replacement", id, seen).await?;
    let mut wrong = faults(draft, url);
    let key = (draft.event.key(), language(draft.language), draft.wording.channel().key());
    if (&*before.event, &*before.language, &*before.channel) != key {
        wrong.push(said(
            "/event",
            "template_fixed",
            "Sự kiện, ngôn ngữ và kênh của bản thảo không đổi được.",
            "Event, language and channel of a draft stay as they are.",
        ));
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let after = Model { wording: json_of(&draft.wording)?, row_version: before.row_version + 1, ..before };
    save(tx, after).await
}

/// Adopts a draft: it never changes again. Fails as stale, as invalid, or refused when it is adopted already.
pub async fn adopt(
    tx: &DatabaseTransaction,
    (id, seen): (Uuid, Option<i32>),
    adoption: &Adoption,
    url: &str,
    (by, at): (&Actor, DateTime<Utc>),
) -> Result<Model, Error> {
    let before = editable(tx, "adoption", id, seen).await?;
    let draft = Draft {
        event: from_key("notice_templates.event", &before.event)?,
        language: from_key("notice_templates.language", &before.language)?,
        wording: words(&before)?,
    };
    sound(&draft, url)?;
    let wrong = misfits(adoption, at);
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let after = Model {
        state: TemplateState::Adopted.key().into(),
        row_version: before.row_version + 1,
        in_force_from: Some(adoption.in_force_from.unwrap_or(at)),
        adopted_at: Some(at),
        adopted_by: Some(by.subject.clone()),
        adopted_name: Some(by.name.clone()),
        reason: Some(adoption.reason.trim().to_owned()),
        ..before
    };
    save(tx, after).await
}

fn sound(draft: &Draft, url: &str) -> Result<(), Error> {
    let wrong = faults(draft, url);
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// Everything wrong with a draft, by its place in the request.
pub fn faults(draft: &Draft, url: &str) -> Vec<Violation> {
    let wrong = check(draft.event, draft.language, &draft.wording, url).into_iter();
    wrong.map(|v| Violation { pointer: format!("/wording{}", v.pointer), ..v }).collect()
}

/// The last version of the same words.
async fn last<C: ConnectionTrait>(db: &C, draft: &Draft) -> Result<i32, Error> {
    let same = Entity::find()
        .filter(Column::Event.eq(draft.event.key()))
        .filter(Column::Language.eq(language(draft.language)))
        .filter(Column::Channel.eq(draft.wording.channel().key()))
        .order_by_desc(Column::Version);
    Ok(same.one(db).await?.map_or(0, |row| row.version))
}

/// The row of a draft as the editor saw it.
async fn editable(
    tx: &DatabaseTransaction,
    act: &'static str,
    id: Uuid,
    seen: Option<i32>,
) -> Result<Model, Error> {
    let row = find(tx, id).await?;
    if row.state == TemplateState::Adopted.key() {
        let block = Block {
            code: "template_adopted",
            vi: "Bản này đã được ban hành nên không đổi được; hãy soạn bản mới.".into(),
            en: "This version is adopted and never changes; draft a new one.".into(),
            legal_basis: None,
        };
        return Err(Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }.into());
    }
    if seen.is_some_and(|seen| seen != row.row_version) {
        return Err(Error::Stale);
    }
    Ok(row)
}

/// The version is the lock: of two editors with the same one, the second is stale.
async fn save(tx: &DatabaseTransaction, after: Model) -> Result<Model, Error> {
    let done = Entity::update_many()
        .set(after.clone().into_active_model().reset_all())
        .filter(Column::Id.eq(after.id))
        .filter(Column::RowVersion.eq(after.row_version - 1))
        .exec(tx)
        .await?;
    if done.rows_affected == 1 { Ok(after) } else { Err(Error::Stale) }
}

fn misfits(adoption: &Adoption, at: DateTime<Utc>) -> Vec<Violation> {
    let mut wrong = Vec::new();
    if adoption.in_force_from.is_some_and(|from| from < at) {
        let (vi, en) = ("Thời điểm có hiệu lực đã qua.", "It cannot be in force from the past.");
        wrong.push(said("/in_force_from", "in_the_past", vi, en));
    }
    let length = adoption.reason.trim().chars().count();
    if !(1..=1_000).contains(&length) || adoption.reason.contains('\0') {
        let (vi, en) = ("Phải nêu lý do, 1 đến 1.000 ký tự.", "Say why, in 1 to 1,000 characters.");
        wrong.push(said("/reason", "reason_missing", vi, en));
    }
    wrong
}

fn said(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
