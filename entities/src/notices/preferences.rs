//! What people wish about notices, and under which name it is kept.

use crate::columns::{from_json, from_key, json_of, key_of};
use crate::dossiers::vouched_id;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers;
use crate::tables::notice_preferences::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::notices::{NoticeChannel, Wishes};
use rules::refusal::Violation;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};

/// The name that notices of a signed-in person bear: the vouched id, else the account.
pub fn person_of(by: &Actor, sealer: &Sealer) -> String {
    vouched_id(by).map_or_else(|| by.subject.clone(), |id| by_index(&sealer.index("id", id)))
}

/// The names under which a signed-in person's wishes may be kept, the surer one first: under the account lies an
/// unsubscription that came before any wish.
pub fn own_names(by: &Actor, sealer: &Sealer) -> [String; 2] {
    [person_of(by, sealer), by.subject.clone()]
}

/// The names under which the wishes of a dossier's applicant may be kept, the surer one first.
pub fn names_of(dossier: &dossiers::Model) -> Vec<String> {
    let by_id = dossier.applicant_index.as_deref().map(by_index);
    by_id.into_iter().chain([dossier.owner.clone()]).collect()
}

fn by_index(index: &str) -> String {
    format!("id:{index}")
}

/// The wishes kept under the first of these names that has some; the usual ones otherwise.
pub async fn wishes<C: ConnectionTrait>(db: &C, names: &[String]) -> Result<Wishes, Error> {
    first(db, names).await?.as_ref().map_or_else(|| Ok(Wishes::default()), read)
}

/// The row of the first of these names that has one.
pub async fn first<C: ConnectionTrait>(db: &C, names: &[String]) -> Result<Option<Model>, Error> {
    let rows = Entity::find().filter(Column::Person.is_in(names)).all(db).await?;
    Ok(names.iter().find_map(|name| rows.iter().find(|row| row.person == *name)).cloned())
}

/// The row of a name, when there is one.
async fn find<C: ConnectionTrait>(db: &C, person: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(person.to_owned()).one(db).await?)
}

/// The wishes of a row.
pub fn read(row: &Model) -> Result<Wishes, Error> {
    Ok(Wishes {
        channels: from_json("notice_preferences.channels", &row.channels)?,
        language: row
            .language
            .as_deref()
            .map(|language| from_key("notice_preferences.language", language))
            .transpose()?,
        quiet_hours: row.quiet_hours,
        reminders: row.reminders,
    })
}

/// Keeps a person's own wishes under the surest of their names, whichever they were kept under; as [`keep`].
pub async fn keep_own(
    tx: &DatabaseTransaction,
    names: &[String],
    wishes: &Wishes,
    by: (Option<i32>, DateTime<Utc>),
) -> Result<Model, Error> {
    let surest = names.first().ok_or(Error::NotFound("person"))?;
    if let Some(row) = first(tx, names).await?
        && row.person != *surest
    {
        let moved = Entity::update_many().col_expr(Column::Person, Expr::value(surest.as_str()));
        moved.filter(Column::Person.eq(row.person)).exec(tx).await?;
    }
    keep(tx, surest, wishes, by).await
}

/// Keeps the wishes of a person; `seen` is the version the person saw, 0 when there was none. Fails as stale or invalid.
pub async fn keep(
    tx: &DatabaseTransaction,
    person: &str,
    wishes: &Wishes,
    (seen, at): (Option<i32>, DateTime<Utc>),
) -> Result<Model, Error> {
    sound(wishes)?;
    let before = find(tx, person).await?;
    let version = before.as_ref().map_or(0, |row| row.row_version);
    if seen.is_some_and(|seen| seen != version) {
        return Err(Error::Stale);
    }
    let row = Model {
        person: person.to_owned(),
        channels: json_of(&wishes.channels)?,
        language: wishes.language.as_ref().map(key_of).transpose()?,
        quiet_hours: wishes.quiet_hours,
        reminders: wishes.reminders,
        row_version: version + 1,
        updated_at: at,
    };
    match before {
        None => {
            Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
        }
        Some(_) => {
            row.clone().into_active_model().reset_all().update(tx).await?;
        }
    }
    Ok(row)
}

fn sound(wishes: &Wishes) -> Result<(), Error> {
    let twice = |(n, channel): (usize, &NoticeChannel)| wishes.channels.iter().take(n).any(|c| c == channel);
    let mut wrong = Vec::new();
    let mut said = |code, vi: &str, en: &str| {
        wrong.push(Violation { pointer: "/channels".into(), code, vi: vi.into(), en: en.into() });
    };
    if wishes.channels.iter().enumerate().any(twice) {
        said("channel_twice", "Một kênh chỉ kể một lần.", "A channel is named once.");
    }
    if wishes.channels.contains(&NoticeChannel::Inbox) {
        let (vi, en) = ("Hộp thư trong tài khoản luôn có mọi tin.", "The inbox always has everything.");
        said("channel_always_on", vi, en);
    }
    if wishes.channels.is_empty() {
        let (vi, en) = (
            "Phải giữ ít nhất một kênh: pháp luật buộc cơ quan báo tin cho ông/bà.",
            "Keep at least one channel: the law obliges the office to tell you.",
        );
        said("channels_missing", vi, en);
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}
