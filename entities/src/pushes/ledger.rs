//! The ledger of a dossier with the national portal: every exchange as it was, secrets masked, sealed.

use crate::columns::{from_key, key_of};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::portal_exchanges::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::lang::Lang;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Select,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What became of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The portal took it.
    Taken,
    /// Looked up and found there.
    Held,
    /// Looked up and not found there.
    Absent,
    /// Asked for something else than the dossier, and told.
    Answered,
    /// The portal said no.
    Refused,
    /// No answer came, or none that can be read.
    Unanswered,
    /// Said again at once: as an update, or under a new session.
    SaidAgain,
}

impl Verdict {
    /// The same in words.
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Taken => lang.pick("Cổng đã nhận.", "The portal took it."),
            Self::Held => lang.pick("Cổng đang giữ hồ sơ này.", "The portal holds this dossier."),
            Self::Absent => lang.pick("Cổng không có hồ sơ này.", "The portal does not hold this dossier."),
            Self::Answered => lang.pick("Cổng đã trả lời.", "The portal answered."),
            Self::Refused => lang.pick("Cổng từ chối.", "The portal refused."),
            Self::Unanswered => {
                lang.pick("Cổng không trả lời, hoặc trả lời không đọc được.", "No answer that can be read.")
            }
            Self::SaidAgain => lang.pick(
                "Chưa nhận ở lượt này; đã gửi lại ngay dưới dạng cập nhật hoặc với phiên mới.",
                "Not taken this time; said again at once, as an update or under a new session.",
            ),
        }
    }

    /// The verdict of a row.
    pub fn of(row: &Model) -> Result<Self, Error> {
        from_key("portal_exchanges.verdict", &row.verdict)
    }
}

/// One exchange about to be kept.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// The dossier; none for a look-up of one that is not here.
    pub dossier: Option<Uuid>,
    /// Newest history entry it tells of; none for a look-up.
    pub entry: Option<i32>,
    /// What was asked, in the wire's own name.
    pub service: &'a str,
    /// What became of it.
    pub verdict: Verdict,
    /// Why it was not taken; no personal data.
    pub words: Option<&'a str>,
    /// Asked, and answered or given up.
    pub times: (DateTime<Utc>, DateTime<Utc>),
    /// The request, secrets masked.
    pub request: &'a str,
    /// The answer, secrets masked.
    pub answer: Option<&'a str>,
}

/// The row of an exchange; what lets a file be fetched is taken out of its links.
pub fn row(sealer: &Sealer, exchange: &Exchange<'_>) -> Result<Model, Error> {
    let id = Uuid::now_v7();
    let answer = exchange.answer.map(|text| sealer.seal(&answer_of(id), &unsigned(text))).transpose()?;
    Ok(Model {
        id,
        dossier_id: exchange.dossier,
        entry: exchange.entry,
        service: exchange.service.chars().take(60).collect(),
        verdict: key_of(&exchange.verdict)?,
        words: exchange.words.map(|words| words.chars().filter(|c| *c != '\0').take(2_000).collect()),
        asked_at: exchange.times.0,
        ended_at: exchange.times.1,
        request_sealed: sealer.seal(&request_of(id), &unsigned(exchange.request))?,
        answer_sealed: answer,
    })
}

/// Adds rows to the ledger.
pub async fn keep<C: ConnectionTrait>(tx: &C, rows: Vec<Model>) -> Result<(), Error> {
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Of these dossiers, of which nothing was ever found, only the last look-up stays: each night brings another one.
pub async fn keep_last_look_ups<C: ConnectionTrait>(tx: &C, dossiers: &[Uuid]) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::DossierId.is_in(dossiers.iter().copied()))
        .filter(Column::Entry.is_null())
        .filter(Expr::cust(LOOKED_UP_AGAIN))
        .filter(Expr::cust(NEVER_FOUND))
        .exec(tx)
        .await?;
    Ok(())
}

const LOOKED_UP_AGAIN: &str = "EXISTS (SELECT 1 FROM portal_exchanges l \
     WHERE l.dossier_id = portal_exchanges.dossier_id AND l.entry IS NULL AND l.id > portal_exchanges.id)";

const NEVER_FOUND: &str =
    "NOT EXISTS (SELECT 1 FROM portal_findings f WHERE f.dossier_id = portal_exchanges.dossier_id)";

/// The exchanges of a dossier before `after`, newest first.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    dossier: Uuid,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    Ok(query(dossier, after, limit).all(db).await?)
}

/// The same as a query; public so that the planner can be asked about it.
pub fn query(dossier: Uuid, after: Option<Uuid>, limit: u64) -> Select<Entity> {
    let mut rows = Entity::find().filter(Column::DossierId.eq(dossier));
    if let Some(after) = after {
        rows = rows.filter(Column::Id.lt(after));
    }
    rows.order_by_desc(Column::Id).limit(limit)
}

/// Request and answer of a row, opened.
pub fn texts(sealer: &Sealer, row: &Model) -> Result<(String, Option<String>), Error> {
    let answer = row.answer_sealed.as_ref().map(|sealed| sealer.open(&answer_of(row.id), sealed));
    Ok((sealer.open(&request_of(row.id), &row.request_sealed)?, answer.transpose()?))
}

fn request_of(id: Uuid) -> String {
    format!("portal_request:{id}")
}

fn answer_of(id: Uuid) -> String {
    format!("portal_answer:{id}")
}

const SIGNED: &str = "signature=";

/// The text with the signatures of links masked: whoever reads the ledger reads files under their own name.
fn unsigned(text: &str) -> String {
    let mut parts = text.split(SIGNED);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, rest| {
        format!("{said}{SIGNED}***{}", rest.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_in_the_ledger_opens_no_file() {
        let text = r#"{"a":"https://x/shared?expires=1&signature=0aff","b":"signature=12"}"#;

        let kept = unsigned(text);

        assert_eq!(kept, r#"{"a":"https://x/shared?expires=1&signature=***","b":"signature=***"}"#);
    }
}
