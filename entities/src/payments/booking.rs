//! A payment that is to be written down: everything that follows from its dossier, and what its way adds.

use super::payer::Payer;
use super::shares::phi_of;
use crate::dossiers::Door;
use crate::error::Error;
use crate::tables::payments::{Column, Entity, Model};
use crate::tables::{dossiers, payments};
use rules::refusal::Violation;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

impl Door<'_> {
    /// A row of the whole fee of a dossier, opened now and not paid, whose money goes to `unit`.
    pub(super) fn drafted(
        &self,
        dossier: &dossiers::Model,
        (id, unit): (Uuid, Uuid),
        (platform, state): (&str, &str),
        payer: Option<&Payer>,
    ) -> Result<Model, Error> {
        Ok(payments::Model {
            id,
            dossier_id: dossier.id,
            unit_id: unit,
            reference: id.simple().to_string(),
            platform: platform.into(),
            amount: dossier.fee_total,
            phi: phi_of(dossier)?,
            currency: "VND".into(),
            state: state.into(),
            pay_url: None,
            qr_content: None,
            client_ip: None,
            transaction_id: None,
            trouble: None,
            receipt: None,
            receipt_due_at: None,
            voucher_file_id: None,
            payer_sealed: payer.map(|payer| payer.sealed(self.sealer, id)).transpose()?,
            evidence_sealed: None,
            decided_by: None,
            decided_name: None,
            decided_at: None,
            rejection_sealed: None,
            opened_at: self.at,
            expires_at: None,
            paid_at: None,
        })
    }

    /// Attempts that are still open end here: the fee came another way, or another page was chosen.
    pub(super) async fn close_others(&self, dossier: Uuid, but: Uuid) -> Result<(), Error> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value("cancelled"))
            .col_expr(Column::ClientIp, Expr::value(None::<String>))
            .filter(Column::DossierId.eq(dossier))
            .filter(Column::State.is_in(["opening", "pending"]))
            .filter(Column::Id.ne(but))
            .exec(self.tx)
            .await?;
        Ok(())
    }

    /// Fails with a violation when the number of a slip or of a bank's transaction was booked before.
    pub(super) async fn not_booked(&self, way: &str, number: &str, pointer: &str) -> Result<(), Error> {
        let booked = Entity::find().filter(Column::Platform.eq(way)).filter(Column::TransactionId.eq(number));
        if booked.one(self.tx).await?.is_none() {
            return Ok(());
        }
        Err(Error::Invalid(vec![Violation {
            pointer: pointer.into(),
            code: "booked_before",
            vi: "Chứng từ này đã được ghi nhận cho một khoản nộp khác.".into(),
            en: "This slip or transaction has been booked on another payment.".into(),
        }]))
    }
}
