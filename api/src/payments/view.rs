//! A payment as its payer sees it.

use chrono::{DateTime, Utc};
use entities::Error;
use entities::payments::desk::{PaymentWay, share};
use entities::payments::evidence;
use entities::sealing::Sealer;
use entities::tables::payments::Model;
use rules::access::Sight;
use rules::fees::FeeKind;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One attempt to pay.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Payment, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000d", "reference": "069RG1O1SDW79RN9IAFT",
    "platform": "national_platform", "way": "platform", "amount": 12000, "phi": 12000, "le_phi": 0, "state": "pending", "pay_url": "https://thanhtoan.example/pay",
    "refunded": 0, "opened_at": "2026-11-23T03:00:00Z", "paid_at": null}))]
pub(crate) struct PaymentView {
    /// Key.
    pub(crate) id: Uuid,
    /// Reference at the platform.
    reference: String,
    /// Connector key of the platform; the key of the way where there was none.
    #[schema(example = "national_platform")]
    platform: String,
    /// Way the money comes.
    #[schema(value_type = crate::catalogue::keys::PaymentWay)]
    way: PaymentWay,
    /// Amount in đồng.
    amount: i64,
    /// How much of it is phí, in đồng.
    phi: i64,
    /// How much of it is lệ phí, in đồng.
    le_phi: i64,
    /// Receipt made out by hand or in another system; those of this program are at `/v1/receipts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<String>,
    /// Key of the voucher's file, which the platform drew up of it; absent while it is being fetched, and where none is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    voucher: Option<Uuid>,
    /// `opening`, `pending`, `paid`, `failed`, `expired`, `cancelled`, `refund_due`; of a transfer also `claimed` or
    /// `rejected`.
    state: String,
    /// Page where the payer pays; present once the platform has opened the payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pay_url: Option<String>,
    /// What a code to be scanned holds, where the platform works with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    qr_content: Option<String>,
    /// Until when it may be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
    /// What was shown for it: the slip of the terminal, the words of a claimed transfer.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
    /// Name of the accountant who confirmed or rejected a claimed transfer.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_name: Option<String>,
    /// Last trouble in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    trouble: Option<String>,
    /// What was paid out again of it, in đồng.
    refunded: i64,
    /// Asked for.
    opened_at: DateTime<Utc>,
    /// Paid.
    paid_at: Option<DateTime<Utc>>,
}

impl PaymentView {
    /// The pay page names the payer, so it is shown to those alone who see persons.
    pub(super) fn seen(
        row: Model,
        sealer: &Sealer,
        sight: Sight,
        paid_out: &[(Uuid, i64)],
    ) -> Result<Self, Error> {
        let mut whole = Self::of(row, sealer)?;
        let back = paid_out.iter().filter(|(payment, _)| *payment == whole.id);
        whole.refunded = back.map(|(_, amount)| amount).sum();
        Ok(if sight == Sight::Full {
            whole
        } else {
            Self { pay_url: None, qr_content: None, voucher: None, evidence: None, trouble: None, ..whole }
        })
    }

    /// The view of a row with everything in it.
    pub(super) fn of(row: Model, sealer: &Sealer) -> Result<Self, Error> {
        let evidence = evidence::of(sealer, &row)?;
        let (phi, le_phi) = (share(&row, FeeKind::Phi), share(&row, FeeKind::LePhi));
        Ok(Self {
            id: row.id,
            way: PaymentWay::of(&row.platform),
            reference: row.reference,
            platform: row.platform,
            amount: row.amount,
            phi,
            le_phi,
            receipt: row.receipt,
            voucher: row.voucher_file_id,
            refunded: 0,
            state: row.state,
            pay_url: row.pay_url,
            qr_content: row.qr_content,
            expires_at: row.expires_at,
            evidence,
            decided_name: row.decided_name,
            trouble: row.trouble,
            opened_at: row.opened_at,
            paid_at: row.paid_at,
        })
    }
}
