//! Revoking a result that was handed over: by an approver of the unit that issued it, with basis and reason (R-J5).

use super::{Model, kept, place, reading};
use crate::columns::key_of;
use crate::documents::{self, replacing};
use crate::dossiers::Door;
use crate::dossiers::reading as dossier_reading;
use crate::error::Error;
use crate::jobs::{self, NewJob};
use crate::tables::results::{Column, Entity};
use rules::actor::Role;
use rules::jobs::Job;
use rules::refusal::Violation;
use rules::results::{ResultState, revocation};
use rules::status::Status;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Why a result is revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// The decision or article that orders it.
    pub basis: String,
    /// Why, in words.
    pub reason: String,
}

impl Door<'_> {
    /// Takes a result out of force for good, and with it the document that the store keeps of it.
    ///
    /// `expected` is the version the person saw. Fails as not found, stale, invalid with all violations, or refused with
    /// all blocks.
    pub async fn revoke_result(
        &self,
        id: Uuid,
        expected: Option<i32>,
        revoked: &Revocation,
    ) -> Result<Model, Error> {
        reading::find(self.tx, self.sealer, self.by, id).await?;
        let before = Entity::find().filter(Column::Id.eq(id)).lock_exclusive().one(self.tx).await?;
        let before = before.ok_or(Error::NotFound("result"))?;
        if expected.is_some_and(|version| version != before.version) {
            return Err(Error::Stale);
        }
        explained(revoked)?;
        let dossier = dossier_reading::by_id(self.tx, before.dossier_id).await?;
        let approver = self.by.is_at(Role::Approver, before.unit_id);
        revocation(kept(&before)?, Status::from_key(&dossier.status), approver)?;
        let mut after = before.clone();
        after.state = key_of(&ResultState::Revoked)?;
        after.ended_at = Some(self.at);
        after.ended_by = Some(self.by.name.clone());
        after.ended_basis_sealed = Some(self.sealer.seal(&place(id, "basis"), revoked.basis.trim())?);
        after.ended_reason_sealed = Some(self.sealer.seal(&place(id, "ended"), revoked.reason.trim())?);
        after.version += 1;
        after.clone().into_active_model().reset_all().update(self.tx).await?;
        self.revoke_in_the_store(&after, &revoked.reason).await?;
        self.tell_of_revocation(&after).await?;
        Ok(after)
    }

    /// The store must not offer what its unit took out of force, in whatever version it lies there, nor what waits there
    /// for the filing that follows the hand-over.
    async fn revoke_in_the_store(&self, row: &Model, reason: &str) -> Result<(), Error> {
        let mut kept = documents::reading::in_file(self.tx, row.file_id).await?;
        kept.retain(|document| document.origin == "result" && document.dossier_id == Some(row.dossier_id));
        if let Some(shelf) = &row.owner_index {
            // Its owner may have handed the same bytes in again.
            kept.extend(documents::reading::of_bytes(self.tx, shelf, &row.sha256).await?);
        }
        let lineages: BTreeSet<Uuid> = kept.iter().map(|document| document.lineage_id).collect();
        for lineage in lineages {
            for version in documents::versions(self.tx, lineage).await? {
                let (tx, sealer, by) = (self.tx, self.sealer, self.by);
                replacing::revoke_with_result(tx, sealer, by, (version.id, reason), self.at).await?;
            }
        }
        Ok(())
    }

    async fn tell_of_revocation(&self, row: &Model) -> Result<(), Error> {
        let job = NewJob {
            cause: Some(format!("result:{}", row.id)),
            unique_key: Some(format!("revocation-told:{}", row.id)),
            traceparent: self.trace.map(Into::into),
            ..NewJob::new(Job::TellRevocation { dossier: row.dossier_id, result: row.id }, self.at)
        };
        if let Some(rows) = jobs::insert(vec![job], self.at)? {
            self.tx.execute(&rows).await?;
        }
        Ok(())
    }
}

/// Longest basis and longest reason, in characters.
const LONGEST: [usize; 2] = [400, 4_000];

fn explained(revoked: &Revocation) -> Result<(), Error> {
    let [basis, reason] = LONGEST;
    let said =
        |text: &str, most: usize| text.chars().any(char::is_alphabetic) && text.chars().count() <= most;
    let checks = [
        (
            said(&revoked.basis, basis),
            "/basis",
            "basis_missing",
            "Phải ghi căn cứ thu hồi (quyết định, điều khoản), tối đa 400 ký tự.",
            "Name the basis of the revocation (decision, article), in at most 400 characters.",
        ),
        (
            said(&revoked.reason, reason),
            "/reason",
            "reason_missing",
            "Phải nêu lý do thu hồi bằng lời, tối đa 4.000 ký tự.",
            "Say why it is revoked, in words, in at most 4,000 characters.",
        ),
    ];
    let wrong: Vec<Violation> = checks
        .into_iter()
        .filter(|(holds, ..)| !holds)
        .map(|(_, pointer, code, vi, en)| Violation {
            pointer: pointer.into(),
            code,
            vi: vi.into(),
            en: en.into(),
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}
