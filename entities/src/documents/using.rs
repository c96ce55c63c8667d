//! Who looked at a document or used it, and what for: written with every reading, read by the owner (R-J2).

use super::Model;
use crate::chronicle::looks;
use crate::digitisations::uses as openings;
use crate::error::Error;
use crate::tables::digitisation_uses;
use crate::tables::document_uses::{self, Column, Entity};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::refusal::Violation;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// What was done with documents.
#[derive(Debug, Clone, Copy)]
pub struct Use<'a> {
    /// `offered`, `read` or `reused`; filing, replacing and revoking write their own.
    pub kind: &'static str,
    /// The dossier it was for.
    pub dossier: Option<Uuid>,
    /// The unit of who did it.
    pub unit: Option<Uuid>,
    /// What for, in words.
    pub purpose: &'a str,
}

/// Characters of a purpose.
const LONGEST: usize = 400;

/// Writes one row for each of these documents; the looks are gathered for the chronicle.
pub async fn note<C: ConnectionTrait>(
    db: &C,
    by: &Actor,
    documents: &[Uuid],
    what: Use<'_>,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    if documents.is_empty() {
        return Ok(());
    }
    for document in documents {
        looks::opened(what.dossier, *document, what.purpose);
    }
    let rows = documents.iter().map(|id| row(by, *id, what, at).into_active_model());
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// The row of one use.
pub(crate) fn row(by: &Actor, document: Uuid, what: Use<'_>, at: DateTime<Utc>) -> document_uses::Model {
    document_uses::Model {
        id: Uuid::now_v7(),
        document_id: document,
        kind: what.kind.into(),
        dossier_id: what.dossier,
        unit_id: what.unit,
        by_subject: by.subject.clone(),
        by_name: by.name.chars().take(200).collect(),
        purpose: what.purpose.trim().chars().take(LONGEST).collect(),
        at,
    }
}

/// A purpose is said in words, in at most 400 characters (R-J2).
pub fn purpose(said: &str) -> Result<&str, Violation> {
    let said = said.trim();
    let words = said.chars().filter(|c| c.is_alphabetic()).count();
    if words >= 5 && said.chars().count() <= LONGEST {
        return Ok(said);
    }
    Err(Violation {
        pointer: "/purpose".into(),
        code: "purpose_missing",
        vi: "Hãy nêu mục đích sử dụng giấy tờ bằng lời, tối đa 400 ký tự; chủ giấy tờ sẽ đọc được.".into(),
        en: "Say in words what the paper is needed for, in at most 400 characters; its owner will read it."
            .into(),
    })
}

/// The uses of a document, newest first, below `before`; the looks of those who digitised it among them.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    document: &Model,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<document_uses::Model>, Error> {
    let mut rows = query(document.id, before, limit).all(db).await?;
    if let Some(digitisation) = document.digitisation_id {
        let opened = openings::query(digitisation, before, limit).all(db).await?;
        rows.extend(opened.into_iter().map(|look| opened_by(document, look)));
    }
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.id));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// A look at the pages or fields of a paper that was being digitised, as a use of what it became.
fn opened_by(document: &Model, look: digitisation_uses::Model) -> document_uses::Model {
    document_uses::Model {
        id: look.id,
        document_id: document.id,
        kind: "read".into(),
        dossier_id: document.dossier_id,
        unit_id: document.unit_id,
        by_subject: look.by_subject,
        by_name: look.by_name,
        purpose: look.purpose,
        at: look.at,
    }
}

/// The query of a list; public so that the planner can be asked about it.
pub fn query(document: Uuid, before: Option<Uuid>, limit: u64) -> sea_orm::Select<Entity> {
    let mut rows = Entity::find().filter(Column::DocumentId.eq(document));
    if let Some(before) = before {
        rows = rows.filter(Column::Id.lt(before));
    }
    rows.order_by_desc(Column::Id).limit(limit)
}
