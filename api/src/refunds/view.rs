//! The JSON form of a refund, and how every step of it is answered.

use crate::catalogue::keys;
use crate::manners::answer::Answer;
use crate::manners::etag::IfMatch;
use crate::manners::key::Facts;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::payments::words::unfit;
use entities::refunds::reading;
use entities::sealing::Sealer;
use entities::tables::refunds::Model;
use rules::access::Sight;
use rules::fees::FeeKind;
use rules::fees::refunds::{Ground, RefundAct, RefundState};
use rules::jobs::Queue;
use rules::refusal::Violation;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Money of one kind that is given back of one payment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Refund, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000e",
    "payment": "0194f3c0-0000-7000-8000-00000000000d", "dossier": "0194f3c0-0000-7000-8000-00000000000b",
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "kind": "phi", "amount": 12000, "ground": "excess",
    "reason": "Khoản phí này đã được nộp trước đó.", "state": "proposed", "proposed_name": "Lò Thị Thu",
    "proposed_at": "2026-11-23T03:00:00Z", "decided_name": null, "decided_at": null, "rejection": null,
    "paid_out_name": null, "paid_out_at": null, "proof": null, "via": null, "trouble": null, "version": 1}))]
pub(crate) struct RefundView {
    /// Key; its order is the order of proposing.
    id: Uuid,
    /// The payment, which stays as it is.
    payment: Uuid,
    /// The dossier of the payment.
    dossier: Uuid,
    /// Unit that took the money.
    unit: Uuid,
    /// Phí or lệ phí: each goes back from its own account.
    #[schema(value_type = keys::FeeKind)]
    kind: FeeKind,
    /// Amount in đồng.
    amount: i64,
    /// On which ground.
    #[schema(value_type = keys::Ground)]
    ground: Ground,
    /// Why, in words; absent for readers who see persons masked.
    reason: Option<String>,
    /// Where it stands.
    #[schema(value_type = keys::RefundState)]
    state: RefundState,
    /// Name of who proposed it.
    proposed_name: String,
    /// Proposed.
    proposed_at: DateTime<Utc>,
    /// Name of who approved or rejected it.
    decided_name: Option<String>,
    /// Approved or rejected.
    decided_at: Option<DateTime<Utc>>,
    /// Why it was rejected; absent for readers who see persons masked.
    rejection: Option<String>,
    /// Name of who paid it out.
    paid_out_name: Option<String>,
    /// Paid out.
    paid_out_at: Option<DateTime<Utc>>,
    /// What proves the payout; absent for readers who see persons masked.
    proof: Option<String>,
    /// Key of the platform that sends it back; null when it is paid out by hand.
    via: Option<String>,
    /// Why the platform did not send it.
    trouble: Option<String>,
    /// Row version, the ETag.
    version: i32,
}

impl RefundView {
    /// The view of a row for a reader with this sight.
    pub(super) fn of(row: Model, sealer: &Sealer, sight: Sight) -> Result<Self, Error> {
        let words = if sight == Sight::Full { Some(reading::words(sealer, &row)?) } else { None };
        let (reason, rejection, proof) = match words {
            Some((reason, rejection, proof)) => (Some(reason), rejection, proof),
            None => (None, None, None),
        };
        Ok(Self {
            id: row.id,
            payment: row.payment_id,
            dossier: row.dossier_id,
            unit: row.unit_id,
            kind: from_key("refunds.kind", &row.kind)?,
            amount: row.amount,
            ground: from_key("refunds.ground", &row.ground)?,
            reason,
            state: from_key("refunds.state", &row.state)?,
            proposed_name: row.proposed_name,
            proposed_at: row.proposed_at,
            decided_name: row.decided_name,
            decided_at: row.decided_at,
            rejection,
            paid_out_name: row.paid_out_name,
            paid_out_at: row.paid_out_at,
            proof,
            via: row.via,
            trouble: row.trouble,
            version: row.version,
        })
    }
}

impl Office {
    /// Does the next thing to a refund and answers 201 with it as it stands then.
    pub(super) async fn follow_refund(
        &self,
        facts: &Facts,
        (id, seen): (Uuid, IfMatch),
        act: RefundAct,
        words: &str,
    ) -> Result<HttpResponse, Problem> {
        let trace = facts.trace.traceparent();
        self.once(facts, async |tx, at| {
            let door = facts.door(self, tx, at, &trace);
            let after = door.follow_refund(id, seen.version(), act, words).await?;
            let payment = entities::payments::by_id(tx, after.payment_id).await?;
            let platform = self.wires.platforms.get(&payment.platform);
            let sends =
                act == RefundAct::Approve && platform.is_some_and(|platform| platform.offers().refund);
            let after = if sends { door.order_refund(after, &payment.platform).await? } else { after };
            self.told(after)
        })
        .await
    }

    /// The answer of a step: the refund, where it is read, and its version.
    pub(super) fn told(&self, row: Model) -> Result<Answer, Problem> {
        let (location, version) = (format!("/v1/refunds/{}", row.id), row.version);
        let view = RefundView::of(row, &self.sealer, Sight::Full)?;
        Ok(Answer::created(location, &view)?.versioned(version).ringing([Queue::Party]))
    }
}

/// Longest words of a refund, in characters.
const LONGEST: usize = 1_000;

/// A misfit unless `text` says something in at most 1,000 characters.
pub(super) fn unsaid(pointer: &str, text: &str) -> Option<Violation> {
    if let Some(wrong) = unfit([(pointer, text, usize::MAX)]).pop() {
        return Some(wrong);
    }
    let said = text.chars().any(char::is_alphanumeric) && text.chars().count() <= LONGEST;
    (!said).then(|| Violation {
        pointer: pointer.into(),
        code: "words_missing",
        vi: "Phải ghi bằng lời, tối đa 1.000 ký tự.".into(),
        en: "This needs words, at most 1,000 characters.".into(),
    })
}
