//! Settling a difference: a person says in words what came of it; the row stays.

use super::reading::{sees, words_of};
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::statement_differences::{Entity, Model};
use rules::actor::Role;
use rules::refusal::{Block, Refusal};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use uuid::Uuid;

impl Door<'_> {
    /// Settles a difference with words; by finance of the unit it concerns, or of any where that is not known.
    ///
    /// `expected` is the version the person saw. Fails as not found, stale, or refused with all blocks.
    pub async fn settle_difference(
        &self,
        id: Uuid,
        expected: Option<i32>,
        words: &str,
    ) -> Result<Model, Error> {
        let found = Entity::find_by_id(id).lock_exclusive().one(self.tx).await?;
        let found = found.filter(|row| row.unit_id.is_none_or(|unit| sees(self.by, unit)));
        let mut row = found.ok_or(Error::NotFound("difference"))?;
        if expected.is_some_and(|version| version != row.version) {
            return Err(Error::Stale);
        }
        let mine = match row.unit_id {
            Some(unit) => self.by.is_at(Role::Finance, unit),
            None => self.by.is(Role::Finance),
        };
        let mut blocked = Vec::new();
        if !mine {
            let (vi, en) =
                ("Chỉ kế toán được xử lý chênh lệch.", "Only finance of the unit settles a difference.");
            blocked.push(block("wrong_role", vi, en));
        }
        if row.state != "open" {
            blocked.push(block(
                "settled_before",
                "Chênh lệch đã được xử lý.",
                "It has been settled already.",
            ));
        }
        if !blocked.is_empty() {
            let act = "settle_difference";
            return Err(Refusal { act, status: None, blocked_by: blocked, allowed: Vec::new() }.into());
        }
        row.state = "settled".into();
        row.version += 1;
        row.words_sealed = Some(self.sealer.seal(&words_of(id), words.trim())?);
        row.settled_by = Some(self.by.subject.clone());
        row.settled_name = Some(self.by.name.clone());
        row.settled_at = Some(self.at);
        row.clone().into_active_model().reset_all().update(self.tx).await?;
        Ok(row)
    }
}

fn block(code: &'static str, vi: &str, en: &str) -> Block {
    Block { code, vi: vi.into(), en: en.into(), legal_basis: None }
}
