//! Statements and their differences as they are read.

use crate::catalogue::keys;
use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::sealing::Sealer;
use entities::statements::reading::words;
use entities::tables::{statement_differences, statements};
use rules::actor::Actor;
use rules::fees::statements::DifferenceKind;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a platform or a bank says it moved on a day, beside what we say.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Statement, example = json!({"id": "0194f3c0-0000-7000-8000-000000000013", "platform": "national_platform", "account": null,
    "unit": null, "day": "2026-03-10", "ours_count": 3, "ours_sum": 36000, "theirs_count": 3, "theirs_sum": 36000, "differences": 0,
    "recorded_name": "Hệ thống một cửa", "recorded_at": "2026-03-11T00:00:00Z", "replaced_at": null}))]
pub(crate) struct StatementView {
    /// Key; its order is the order of comparing.
    id: Uuid,
    /// Connector key, for the list of a payment platform.
    platform: Option<String>,
    /// Key of the account, for the list of a bank.
    account: Option<Uuid>,
    /// Unit of the account.
    unit: Option<Uuid>,
    /// Local day.
    day: NaiveDate,
    /// Number of our movements of the day.
    ours_count: i32,
    /// Their sum in đồng.
    ours_sum: i64,
    /// Number of their movements.
    theirs_count: i32,
    /// Their sum in đồng.
    theirs_sum: i64,
    /// How many differences were found.
    differences: i32,
    /// Name of who brought it.
    recorded_name: String,
    /// Compared.
    recorded_at: DateTime<Utc>,
    /// Another list of the same day took its place.
    replaced_at: Option<DateTime<Utc>>,
}

/// One disagreement.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatementDifference, example = json!({"id": "0194f3c0-0000-7000-8000-000000000014", "statement": "0194f3c0-0000-7000-8000-000000000013",
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "kind": "only_theirs", "payment": null, "dossier": null, "reference": "069RG1O1SDW79RN9IAFT",
    "transaction_id": "GD000001", "ours": null, "theirs": 12000, "state": "open", "words": null, "settled_name": null, "settled_at": null,
    "found_at": "2026-03-11T00:00:00Z", "version": 1}))]
pub(crate) struct DifferenceView {
    /// Key.
    id: Uuid,
    /// The statement; null for a sum that the post or a platform told.
    statement: Option<Uuid>,
    /// Unit whose money it is, when known.
    unit: Option<Uuid>,
    /// What it is.
    #[schema(value_type = keys::DifferenceKind)]
    kind: DifferenceKind,
    /// Our payment, when there is one.
    payment: Option<Uuid>,
    /// Its dossier.
    dossier: Option<Uuid>,
    /// Our reference, as far as it is told.
    reference: String,
    /// Number of the transaction, as far as it is told.
    transaction_id: String,
    /// Our sum in đồng.
    ours: Option<i64>,
    /// Their sum in đồng.
    theirs: Option<i64>,
    /// `open` or `settled`.
    state: String,
    /// What came of it.
    words: Option<String>,
    /// Name of who settled it.
    settled_name: Option<String>,
    /// Settled.
    settled_at: Option<DateTime<Utc>>,
    /// Found.
    found_at: DateTime<Utc>,
    /// Row version, the ETag.
    version: i32,
}

impl From<statements::Model> for StatementView {
    fn from(row: statements::Model) -> Self {
        Self {
            id: row.id,
            platform: row.platform,
            account: row.account_id,
            unit: row.unit_id,
            day: row.day,
            ours_count: row.ours_count,
            ours_sum: row.ours_sum,
            theirs_count: row.theirs_count,
            theirs_sum: row.theirs_sum,
            differences: row.differences,
            recorded_name: row.recorded_name,
            recorded_at: row.recorded_at,
            replaced_at: row.replaced_at,
        }
    }
}

impl DifferenceView {
    /// The view of a row, its words opened.
    pub(super) fn of(sealer: &Sealer, by: &Actor, row: statement_differences::Model) -> Result<Self, Error> {
        Ok(Self {
            words: words(sealer, by, &row)?,
            id: row.id,
            statement: row.statement_id,
            unit: row.unit_id,
            kind: from_key("statement_differences.kind", &row.kind)?,
            payment: row.payment_id,
            dossier: row.dossier_id,
            reference: row.reference,
            transaction_id: row.transaction_id,
            ours: row.ours,
            theirs: row.theirs,
            state: row.state,
            settled_name: row.settled_name,
            settled_at: row.settled_at,
            found_at: row.found_at,
            version: row.version,
        })
    }
}
