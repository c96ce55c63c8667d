//! A receipt as it is read.

use crate::catalogue::keys;
use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::chronicle::looks;
use entities::columns::{from_json, from_key};
use entities::payments::desk::PaymentWay;
use entities::receipts::issuing::ReceiptLine;
use entities::receipts::reading::{proof, words};
use entities::sealing::Sealer;
use entities::tables::receipt_series::Model as Series;
use entities::tables::receipts::Model;
use rules::access::{Sight, masking};
use rules::fees::FeeKind;
use rules::fees::receipts::printed;
use rules::forms::amount::in_words;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A fee receipt: one kind of money of one payment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeeReceipt, example = json!({"id": "0194f3c0-0000-7000-8000-000000000011", "series": "0194f3c0-0000-7000-8000-000000000012",
    "form_code": "01BLP", "series_code": "DX/26E", "year": 2026, "number": "0000001", "kind": "phi", "amount": 12000,
    "amount_in_words": "Mười hai nghìn đồng", "lines": [{"code": "P-01", "name": "Phí chứng thực bản sao", "amount": 12000}],
    "way": "cash", "collector_name": "Ủy ban nhân dân phường Đức Xuân", "collector_tax_code": "4700000001", "mandate": null,
    "payer": {"name": "Nguyễn Thị Mẫu", "identity_number": "006199000001", "address": null}, "payment": "0194f3c0-0000-7000-8000-00000000000d",
    "dossier": "0194f3c0-0000-7000-8000-00000000000b", "unit": "0194f3c0-0000-7000-8000-00000000000a", "day": "2026-03-10",
    "issued_name": "Lò Thị Thu", "issued_at": "2026-03-10T02:00:00Z", "state": "issued", "proof": "0A1B2C3D4E5F", "replaces": null,
    "replaced_by": null, "cancelled_name": null, "cancelled_at": null, "cancel_reason": null, "version": 1}))]
pub(crate) struct ReceiptView {
    /// Key; its order is the order of issue.
    id: Uuid,
    /// Key of the series.
    series: Uuid,
    /// Ký hiệu mẫu.
    pub(super) form_code: String,
    /// Ký hiệu.
    pub(super) series_code: String,
    /// Year of the number.
    year: i32,
    /// Number in series and year, as it is printed.
    pub(super) number: String,
    /// Phí or lệ phí: two receipts.
    #[schema(value_type = keys::FeeKind)]
    pub(super) kind: FeeKind,
    /// Đồng.
    pub(super) amount: i64,
    /// The same in words.
    pub(super) amount_in_words: String,
    /// The charges.
    pub(super) lines: Vec<ReceiptLineView>,
    /// Way the money came.
    #[schema(value_type = keys::PaymentWay)]
    pub(super) way: PaymentWay,
    /// Name of the collecting body.
    pub(super) collector_name: String,
    /// Its tax code.
    pub(super) collector_tax_code: String,
    /// The mandate, where another body issues for it.
    pub(super) mandate: Option<String>,
    /// Who paid; absent for readers who see persons masked.
    pub(super) payer: Option<PayerView>,
    /// The payment.
    payment: Uuid,
    /// The dossier.
    dossier: Uuid,
    /// Unit that took the money.
    unit: Uuid,
    /// Local day of issue.
    pub(super) day: NaiveDate,
    /// Name of who issued it.
    pub(super) issued_name: String,
    /// Issued.
    issued_at: DateTime<Utc>,
    /// `issued` or `cancelled`.
    pub(super) state: String,
    /// Letters that prove it to be ours.
    pub(super) proof: String,
    /// The cancelled receipt it stands for.
    replaces: Option<Uuid>,
    /// The receipt that stands for it.
    replaced_by: Option<Uuid>,
    /// Name of who cancelled it.
    cancelled_name: Option<String>,
    /// Cancelled.
    cancelled_at: Option<DateTime<Utc>>,
    /// Why; absent for readers who see persons masked.
    pub(super) cancel_reason: Option<String>,
    /// Row version, the ETag.
    pub(super) version: i32,
}

/// A charge of a receipt.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeeReceiptLine)]
pub(crate) struct ReceiptLineView {
    /// Code of the charge.
    code: String,
    /// Its name.
    pub(super) name: String,
    /// Đồng.
    pub(super) amount: i64,
}

/// Who paid.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeeReceiptPayer)]
pub(crate) struct PayerView {
    /// Full name.
    pub(super) name: String,
    /// Personal number or tax code.
    pub(super) identity_number: Option<String>,
    /// Address.
    pub(super) address: Option<String>,
}

impl PayerView {
    fn masked(self) -> Self {
        let identity_number = self.identity_number.as_deref().map(masking::number);
        Self { name: masking::name(&self.name), identity_number, address: None }
    }
}

impl ReceiptView {
    /// As a list shows it: the payer is masked, unless persons are named for a purpose.
    pub(super) fn in_list(mut self, purpose: Option<&str>) -> Self {
        match (purpose, &self.payer) {
            (Some(purpose), Some(_)) => looks::opened(Some(self.dossier), self.id, purpose),
            _ => self.payer = self.payer.map(PayerView::masked),
        }
        self
    }

    /// The view of a row for a reader with this sight.
    pub(super) fn of(
        sealer: &Sealer,
        (row, series): (Model, &Series),
        replaced_by: Option<Uuid>,
        sight: Sight,
    ) -> Result<Self, Error> {
        let (payer, reason) = match sight {
            Sight::Full => {
                let (payer, reason) = words(sealer, &row)?;
                let entities::payments::payer::Payer { name, identity_number, address } = payer;
                (Some(PayerView { name, identity_number, address }), reason)
            }
            _ => (None, None),
        };
        let lines: Vec<ReceiptLine> = from_json("receipts.lines", &row.lines)?;
        let lines = lines.into_iter().map(|line| ReceiptLineView {
            code: line.code,
            name: line.name,
            amount: line.amount,
        });
        let number = u32::try_from(row.number).map_err(|e| Error::damaged("receipts.number", e))?;
        Ok(Self {
            id: row.id,
            series: row.series_id,
            form_code: series.form_code.clone(),
            series_code: series.series_code.clone(),
            year: row.year,
            number: printed(number, row.day),
            kind: from_key("receipts.kind", &row.kind)?,
            amount: row.amount,
            amount_in_words: in_words(row.amount),
            lines: lines.collect(),
            way: from_key("receipts.way", &row.way)?,
            collector_name: series.collector_name.clone(),
            collector_tax_code: series.collector_tax_code.clone(),
            mandate: series.mandate.clone(),
            payer,
            payment: row.payment_id,
            dossier: row.dossier_id,
            unit: row.unit_id,
            day: row.day,
            issued_name: row.issued_name,
            issued_at: row.issued_at,
            proof: proof(sealer, row.id),
            state: row.state,
            replaces: row.replaces,
            replaced_by,
            cancelled_name: row.cancelled_name,
            cancelled_at: row.cancelled_at,
            cancel_reason: reason,
            version: row.version,
        })
    }
}
