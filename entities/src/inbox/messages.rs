//! The portal's messages, kept raw and sealed with the verdict on them, those of strangers too.

use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::portal_messages::{Column, Entity, Model};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

/// Verdict on a caller that could not prove to be the portal.
pub const NOT_ADMITTED: &str = "not_admitted";

/// Verdicts on messages that had their effect, or had it before.
pub const GOOD: &[&str] = &["taken", "known", "known_other", "answered", "waiting", "kept"];

/// Bytes kept of a message whose caller is not believed.
const KEPT_OF_A_STRANGER: usize = 4_096;

/// Messages of strangers kept in an hour; more of them tell nothing new.
const STRANGERS_AN_HOUR: u64 = 1_000;

/// A message as it came in.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a> {
    /// Key under which it is kept.
    pub id: Uuid,
    /// Connector key.
    pub connector: &'a str,
    /// Family, as the address names it.
    pub family: &'a str,
    /// Its bytes.
    pub body: &'a [u8],
    /// Who tries it again, when it was kept before.
    pub again: Option<&'a str>,
}

/// What became of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Key of the verdict.
    pub verdict: &'static str,
    /// Why, in words without any value of the message.
    pub words: Option<String>,
    /// The portal's key of the dossier, where it could be read.
    pub national_id: Option<String>,
    /// The dossier.
    pub dossier: Option<Uuid>,
    /// Blind index of what it says.
    pub fingerprint: Option<String>,
}

/// Keeps a message with its verdict; one that was kept before gets the new verdict.
pub async fn keep<C: ConnectionTrait>(
    tx: &C,
    sealer: &Sealer,
    raw: &Raw<'_>,
    judged: &Judged,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    if let Some(name) = raw.again {
        return judge_again(tx, (raw.id, name), judged, at).await;
    }
    if judged.verdict == NOT_ADMITTED && crowded(tx, at).await? {
        return Ok(());
    }
    let row = row(sealer, raw, judged, at)?;
    Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

fn row(sealer: &Sealer, raw: &Raw<'_>, judged: &Judged, at: DateTime<Utc>) -> Result<Model, Error> {
    let strange = [NOT_ADMITTED, "too_large"].contains(&judged.verdict);
    let most = if strange { KEPT_OF_A_STRANGER } else { usize::MAX };
    let kept = raw.body.get(..most).unwrap_or(raw.body);
    let (encoding, text) = match std::str::from_utf8(kept) {
        Ok(text) => ("text", text.to_owned()),
        Err(_) => ("base64", STANDARD.encode(kept)),
    };
    Ok(Model {
        id: raw.id,
        connector: cut(raw.connector, 40),
        family: cut(raw.family, 60),
        verdict: judged.verdict.into(),
        words: judged.words.as_deref().map(|words| cut(words, 500)),
        national_id: judged.national_id.as_deref().map(|id| cut(id, 100)),
        dossier_id: judged.dossier,
        fingerprint: judged.fingerprint.clone(),
        size: i64::try_from(raw.body.len()).unwrap_or(i64::MAX),
        whole: kept.len() == raw.body.len() && judged.verdict != "too_large",
        encoding: encoding.into(),
        body_sealed: sealer.seal(&owner_of(raw.id), &text)?,
        at,
        replays: 0,
        replayed_name: None,
        replayed_at: None,
    })
}

async fn judge_again<C: ConnectionTrait>(
    tx: &C,
    (id, name): (Uuid, &str),
    judged: &Judged,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let words = judged.words.as_deref().map(|words| cut(words, 500));
    Entity::update_many()
        .col_expr(Column::Verdict, Expr::value(judged.verdict))
        .col_expr(Column::Words, Expr::value(words))
        .col_expr(Column::NationalId, Expr::value(judged.national_id.as_deref().map(|id| cut(id, 100))))
        .col_expr(Column::DossierId, Expr::value(judged.dossier))
        .col_expr(Column::Fingerprint, Expr::value(judged.fingerprint.clone()))
        .col_expr(Column::Replays, Expr::col(Column::Replays).add(1))
        .col_expr(Column::ReplayedName, Expr::value(cut(name, 255)))
        .col_expr(Column::ReplayedAt, Expr::value(at))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// So many strangers called within the hour that another one is not kept.
async fn crowded<C: ConnectionTrait>(tx: &C, at: DateTime<Utc>) -> Result<bool, Error> {
    let strangers = Entity::find().filter(Column::Verdict.eq(NOT_ADMITTED)).order_by_desc(Column::Id);
    let oldest = strangers.offset(STRANGERS_AN_HOUR - 1).limit(1).one(tx).await?;
    Ok(oldest.is_some_and(|row| row.at > at - TimeDelta::hours(1)))
}

/// The same was told about this dossier before, and had its effect.
pub(super) async fn heard_before<C: ConnectionTrait>(
    tx: &C,
    dossier: Uuid,
    fingerprint: &str,
) -> Result<bool, Error> {
    let same = Entity::find().filter(Column::Fingerprint.eq(fingerprint));
    let same = same.filter(Column::DossierId.eq(dossier)).filter(Column::Verdict.is_in(GOOD.iter().copied()));
    Ok(same.one(tx).await?.is_some())
}

/// Which messages to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only with this verdict.
    pub verdict: Option<String>,
    /// Only of this family.
    pub family: Option<String>,
    /// Only about this dossier.
    pub dossier: Option<Uuid>,
    /// Only before this one: the last of the page before.
    pub before: Option<Uuid>,
}

/// The messages of a filter, newest first.
pub fn query(filter: &Filter) -> Select<Entity> {
    let mut query = Entity::find().order_by_desc(Column::Id);
    if let Some(verdict) = &filter.verdict {
        query = query.filter(Column::Verdict.eq(verdict));
    }
    if let Some(family) = &filter.family {
        query = query.filter(Column::Family.eq(family));
    }
    if let Some(dossier) = filter.dossier {
        query = query.filter(Column::DossierId.eq(dossier));
    }
    if let Some(before) = filter.before {
        query = query.filter(Column::Id.lt(before));
    }
    query
}

/// A message by key.
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("portal message"))
}

/// The raw message, opened.
pub fn body(sealer: &Sealer, row: &Model) -> Result<Vec<u8>, Error> {
    let text = sealer.open(&owner_of(row.id), &row.body_sealed)?;
    match row.encoding.as_str() {
        "base64" => STANDARD.decode(text).map_err(|e| Error::damaged("portal_messages.body", e)),
        _ => Ok(text.into_bytes()),
    }
}

/// A message may be tried again: it is here as a whole, was believed, and had no effect.
pub fn may_be_replayed(row: &Model) -> bool {
    let without_effect = [NOT_ADMITTED, "looked_up", "bill", "nothing_due"];
    row.whole && !GOOD.contains(&row.verdict.as_str()) && !without_effect.contains(&row.verdict.as_str())
}

/// Forgets what strangers sent before `before`, at most `limit` of it. Tells how many.
pub async fn forget<C: ConnectionTrait>(db: &C, before: DateTime<Utc>, limit: u64) -> Result<u64, Error> {
    let old = Entity::find().filter(Column::Verdict.eq(NOT_ADMITTED)).filter(Column::At.lt(before));
    let old = old.order_by_asc(Column::Id).limit(limit).all(db).await?;
    let ids: Vec<Uuid> = old.iter().map(|row| row.id).collect();
    Ok(Entity::delete_many().filter(Column::Id.is_in(ids)).exec(db).await?.rows_affected)
}

fn owner_of(id: Uuid) -> String {
    format!("portal_message:{id}")
}

/// No database keeps a null character in text.
pub(super) fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|c| *c != '\0').take(most).collect()
}
