//! Taking a wrong result back: the decision is kept aside for ever, its paper is marked revoked, and a new one is made (L-48).

use super::{Door, reading};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::corrections::{Column, Entity, Model};
use crate::tables::{decisions, dossiers, papers, shipments};
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QueryTrait,
};
use uuid::Uuid;

/// States in which the post has nothing of ours in its hands.
const NOT_UNDER_WAY: [&str; 4] = ["cancelled", "not_ordered", "returning", "returned_to_agency"];

/// States in which nobody has picked the result up.
const AT_THE_DESK: [&str; 2] = ["created", "awaiting_collection"];

/// The results that were taken back, in order.
pub async fn of_dossier<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<Model>, Error> {
    let rows = Entity::find().filter(Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(Column::Seq).all(db).await?)
}

/// Why a result was taken back, opened.
pub fn reason(sealer: &Sealer, row: &Model) -> Result<String, Error> {
    sealer.open(&reason_of(row.dossier_id, row.seq), &row.reason_sealed)
}

/// The decision that stood after so many corrections; one that was taken back later reads as it did.
pub async fn decision_after<C: ConnectionTrait>(
    db: &C,
    dossier: Uuid,
    corrections: usize,
) -> Result<Option<decisions::Model>, Error> {
    let seq = i32::try_from(corrections).unwrap_or(i32::MAX).saturating_add(1);
    let Some(row) = Entity::find_by_id((dossier, seq)).one(db).await? else {
        return reading::decision(db, dossier).await;
    };
    Ok(Some(decisions::Model {
        id: Uuid::nil(),
        dossier_id: row.dossier_id,
        outcome: row.outcome,
        number: row.number,
        result_code: row.result_code,
        file_id: row.file_id,
        signed_by: row.signed_by,
        decided_at: row.decided_at,
    }))
}

/// The carrier has, or is being asked to take, the result: only an order that it never took can be dropped from here.
pub async fn in_the_post<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<bool, Error> {
    let mut rows = shipments::Entity::find().filter(return_of(dossier)).all(db).await?;
    rows.retain(|row| {
        let taken = row.ordered_at.is_some() || row.in_flight || !AT_THE_DESK.contains(&row.state.as_str());
        taken && !NOT_UNDER_WAY.contains(&row.state.as_str())
    });
    Ok(!rows.is_empty())
}

impl Door<'_> {
    /// Moves the decision aside, marks its papers, and lets go of a carriage that will not be needed.
    pub(super) async fn revoke(
        &self,
        batch: &mut Batch,
        (before, after): (&dossiers::Model, &dossiers::Model),
        reason: &str,
    ) -> Result<(), Error> {
        let decision = reading::decision(self.tx, before.id).await?;
        let decision = decision.ok_or_else(|| Error::damaged("decisions", "decided without a decision"))?;
        let seq = after.corrections;
        batch.insert(Model {
            dossier_id: before.id,
            seq,
            entry: after.entries,
            outcome: decision.outcome.clone(),
            number: decision.number.clone(),
            result_code: decision.result_code.clone(),
            file_id: decision.file_id,
            signed_by: decision.signed_by.clone(),
            decided_at: decision.decided_at,
            reason_sealed: self.sealer.seal(&reason_of(before.id, seq), reason)?,
            corrected_by: self.by.subject.clone(),
            corrected_name: self.by.name.clone(),
            corrected_at: self.at,
        });
        self.take_result_back(batch, decision.id, reason).await?;
        let decision_file = decision.file_id;
        decision.delete(self.tx).await?;
        batch.update(revoked(before.id, "result", decision_file));
        if let Some(parent) = before.parent_id {
            batch.update(revoked(parent, "child_result", decision_file));
        }
        batch.update(let_go(before.id, seq, self.at));
        Ok(())
    }
}

/// The paper that a result was, here and with the main dossier that was given it.
fn revoked(dossier: Uuid, part: &str, file: Uuid) -> sea_orm::sea_query::UpdateStatement {
    let rows = papers::Entity::update_many().filter(papers::Column::DossierId.eq(dossier));
    let rows = rows.filter(papers::Column::Part.eq(part)).filter(papers::Column::FileId.eq(file));
    rows.col_expr(papers::Column::Part, Expr::value("revoked")).into_query()
}

/// The leg gets a name of its own, so that the new result can be carried; an order nobody took is dropped.
fn let_go(dossier: Uuid, seq: i32, at: DateTime<Utc>) -> sea_orm::sea_query::UpdateStatement {
    use shipments::Column;
    let dropped = Expr::case(Expr::col(Column::OrderedAt).is_null(), Expr::val("cancelled"))
        .finally(Expr::col(Column::State));
    let rows = shipments::Entity::update_many().filter(return_of(dossier));
    let rows = rows.col_expr(Column::State, dropped.into());
    let rows = rows.col_expr(Column::ClosedAt, Expr::col(Column::ClosedAt).if_null(Expr::value(at)));
    rows.col_expr(Column::Leg, Expr::value(format!("revoked-{seq}"))).into_query()
}

fn return_of(dossier: Uuid) -> Condition {
    let rows = Condition::all().add(shipments::Column::DossierId.eq(dossier));
    rows.add(shipments::Column::Leg.eq("return"))
}

fn reason_of(dossier: Uuid, seq: i32) -> String {
    format!("correction:{dossier}:{seq}")
}
