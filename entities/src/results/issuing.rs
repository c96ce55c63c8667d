//! A granted dossier leaves a typed result with a code to check it by; one taken back makes room for the next (L-48).

use super::{Model, place};
use crate::columns::key_of;
use crate::dossiers::Door;
use crate::error::Error;
use crate::files::File;
use crate::tables::dossiers;
use crate::tables::results::{Column, Entity};
use crate::writing::Batch;
use rules::codes::verification_code;
use rules::local_time::local_date;
use rules::procedure::ResultKind;
use rules::results::{ResultState, Validity};
use sea_orm::sea_query::{Expr, ExprTrait, UpdateStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryTrait};
use uuid::Uuid;

/// What is issued.
pub(crate) struct Issued<'a> {
    /// Key of the decision.
    pub(crate) decision: Uuid,
    /// The kind of result.
    pub(crate) kind: &'a ResultKind,
    /// Số, ký hiệu.
    pub(crate) number: &'a str,
    /// The signed file.
    pub(crate) file: &'a File,
    /// The days asked for.
    pub(crate) validity: Validity,
}

impl Door<'_> {
    /// Adds the result of a decision, in the place of those of the dossier that were taken back before.
    pub(crate) fn issue_result(
        &self,
        batch: &mut Batch,
        dossier: &dossiers::Model,
        issued: &Issued<'_>,
    ) -> Result<(), Error> {
        let (id, day) = (Uuid::now_v7(), local_date(self.at));
        batch.update(in_the_place_of(dossier.id, id)?);
        let from = issued.validity.from.unwrap_or(day);
        batch.insert(Model {
            id,
            dossier_id: dossier.id,
            decision_id: issued.decision,
            unit_id: dossier.authority_id,
            result_code: issued.kind.code.clone(),
            name: issued.kind.name.chars().take(400).collect(),
            number_sealed: self.sealer.seal(&place(id, "number"), issued.number)?,
            issued_on: day,
            valid_from: Some(from),
            valid_until: issued.validity.until.or_else(|| issued.kind.valid_until(from)),
            owner: dossier.owner.clone(),
            owner_index: dossier.applicant_index.clone(),
            verification_code: verification_code(rand::random()),
            sha256: issued.file.sha256.clone(),
            file_id: issued.file.id,
            state: key_of(&ResultState::InForce)?,
            ended_at: None,
            ended_by: None,
            ended_basis_sealed: None,
            ended_reason_sealed: None,
            replaced_by: None,
            issued_at: self.at,
            version: 1,
        });
        Ok(())
    }

    /// Ends the result of a decision that is taken back; nothing where it was a refusal on the merits.
    pub(crate) async fn take_result_back(
        &self,
        batch: &mut Batch,
        decision: Uuid,
        reason: &str,
    ) -> Result<(), Error> {
        let in_force = key_of(&ResultState::InForce)?;
        let row = Entity::find().filter(Column::DecisionId.eq(decision)).filter(Column::State.eq(in_force));
        let Some(row) = row.one(self.tx).await? else { return Ok(()) };
        let ended = Entity::update_many()
            .filter(Column::Id.eq(row.id))
            .col_expr(Column::State, Expr::value(key_of(&ResultState::Replaced)?))
            .col_expr(Column::EndedAt, Expr::value(self.at))
            .col_expr(Column::EndedBy, Expr::value(self.by.name.clone()))
            .col_expr(
                Column::EndedBasisSealed,
                Expr::value(self.sealer.seal(&place(row.id, "basis"), CORRECTION)?),
            )
            .col_expr(
                Column::EndedReasonSealed,
                Expr::value(self.sealer.seal(&place(row.id, "ended"), reason.trim())?),
            )
            .col_expr(Column::Version, Expr::value(row.version + 1));
        batch.update(ended.into_query());
        Ok(())
    }
}

/// The article by which a wrong result is taken back.
const CORRECTION: &str = "NĐ 61/2018/NĐ-CP Đ21";

/// Those that were taken back and have no follower yet are followed by this one.
fn in_the_place_of(dossier: Uuid, new: Uuid) -> Result<UpdateStatement, Error> {
    let rows = Entity::update_many().filter(Column::DossierId.eq(dossier));
    let rows = rows.filter(Column::State.eq(key_of(&ResultState::Replaced)?));
    let rows = rows.filter(Column::ReplacedBy.is_null());
    let rows = rows.col_expr(Column::ReplacedBy, Expr::value(new));
    Ok(rows.col_expr(Column::Version, Expr::col(Column::Version).add(1)).into_query())
}
