//! The JSON form of an issued result.

use crate::catalogue::keys;
use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::results::{self, Model, reading};
use rules::access::Sight;
use rules::codes::grouped;
use rules::results::ResultState;
use serde::Serialize;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use utoipa::ToSchema;
use uuid::Uuid;

/// An issued result.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IssuedResult, example = json!({"id": "0194f3c0-0000-7000-8000-00000000000f",
    "dossier": "0194f3c0-0000-7000-8000-00000000000b", "unit": "0194f3c0-0000-7000-8000-00000000000a",
    "unit_name": "UBND phường Đức Xuân", "result_code": "KQ-01", "name": "Giấy xác nhận", "number": "12/2026/KS",
    "issued_on": "2026-11-24", "valid_from": "2026-11-24", "valid_until": "2027-05-24", "state": "in_force",
    "verification_code": "7K3M-9QXA-40TZ-C2WB-DN8Q",
    "verification_address": "https://motcua.example/v1/verifications/7K3M9QXA40TZC2WBDN8Q",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "file": "0194f3c0-0000-7000-8000-000000000002", "ended_at": null, "ended_by": null, "ended_basis": null,
    "ended_reason": null, "replaced_by": null, "issued_at": "2026-11-24T02:00:00Z", "version": 1}))]
pub(crate) struct ResultView {
    /// Key; its order is the order of issue.
    id: Uuid,
    /// The dossier.
    dossier: Uuid,
    /// Unit that issued it.
    unit: Uuid,
    /// Its name.
    unit_name: String,
    /// Result code of the procedure.
    result_code: String,
    /// Name of the kind of result.
    name: String,
    /// Số, ký hiệu; absent for readers who see persons masked.
    number: Option<String>,
    /// Local day of issue.
    issued_on: NaiveDate,
    /// First day of validity.
    valid_from: Option<NaiveDate>,
    /// Last day; none without end.
    valid_until: Option<NaiveDate>,
    /// How it stands today.
    #[schema(value_type = keys::ResultState)]
    state: ResultState,
    /// What people type to check it.
    verification_code: String,
    /// Where it is checked; `/v1/results/{id}/qr` draws this address.
    verification_address: String,
    /// SHA-256 of the file, hex.
    sha256: String,
    /// Key of the file.
    file: Uuid,
    /// Replaced or revoked.
    ended_at: Option<DateTime<Utc>>,
    /// Name of who ended it.
    ended_by: Option<String>,
    /// Decision or article by which it was ended; absent for readers who see persons masked.
    ended_basis: Option<String>,
    /// Why; absent for readers who see persons masked.
    ended_reason: Option<String>,
    /// The result in its place.
    replaced_by: Option<Uuid>,
    /// Issued.
    issued_at: DateTime<Utc>,
    /// Row version, the ETag.
    version: i32,
}

impl Office {
    /// One result for a reader with this sight.
    pub(super) async fn result_view(&self, row: Model, sight: Sight) -> Result<ResultView, Problem> {
        let names = self.issuers(std::slice::from_ref(&row)).await?;
        self.result_named(row, sight, &names)
    }

    /// Names of the units that issued these.
    pub(super) async fn issuers(&self, rows: &[Model]) -> Result<BTreeMap<Uuid, String>, Problem> {
        let mut names = BTreeMap::new();
        for row in rows {
            if let Entry::Vacant(unnamed) = names.entry(row.unit_id) {
                let unit = self.catalogue.unit(self.db.reader(), row.unit_id, self.clock.now()).await?;
                unnamed.insert(unit.row.name.clone());
            }
        }
        Ok(names)
    }

    /// One result, once the names of the units are known.
    pub(super) fn result_named(
        &self,
        row: Model,
        sight: Sight,
        names: &BTreeMap<Uuid, String>,
    ) -> Result<ResultView, Problem> {
        let full = sight == Sight::Full;
        let number = full.then(|| reading::number(&self.sealer, &row)).transpose()?;
        let reason = if full { reading::ended_reason(&self.sealer, &row)? } else { None };
        let basis = if full { reading::ended_basis(&self.sealer, &row)? } else { None };
        let state = results::state(&row, self.clock.now())?;
        let unit_name = names.get(&row.unit_id).cloned().ok_or(Error::NotFound("unit"))?;
        Ok(ResultView {
            id: row.id,
            dossier: row.dossier_id,
            unit: row.unit_id,
            unit_name,
            number,
            issued_on: row.issued_on,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            state,
            verification_code: grouped(&row.verification_code),
            verification_address: self.verification_address(&row),
            result_code: row.result_code,
            name: row.name,
            sha256: row.sha256,
            file: row.file_id,
            ended_at: row.ended_at,
            ended_by: row.ended_by,
            ended_basis: basis,
            ended_reason: reason,
            replaced_by: row.replaced_by,
            issued_at: row.issued_at,
            version: row.version,
        })
    }

    /// Where anybody checks a result.
    pub(super) fn verification_address(&self, row: &Model) -> String {
        format!("{}/v1/verifications/{}", self.settings.public_url, row.verification_code)
    }
}
