//! A document as its owner and the officers of a dossier see it.

use crate::office::Office;
use crate::problems::Problem;
use chrono::{DateTime, NaiveDate, Utc};
use entities::documents::offering::Offer;
use entities::documents::{self, Model, Owner};
use rules::local_time::local_date;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A document of the store in one line; nothing personal but what it is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DocumentLine, example = json!({"id": "0194f3c0-0000-7000-8000-000000000d01", "lineage": "0194f3c0-0000-7000-8000-000000000d01",
    "version": 1, "paper_type": "GT-CCCD", "name": "Căn cước công dân", "issuer_name": null, "issued_on": "2024-05-01",
    "valid_from": "2024-05-01", "valid_until": "2034-05-01", "state": "in_force", "valid": true, "origin": "component",
    "signature": "none", "reused": 2, "filed_at": "2026-11-23T01:00:00Z"}))]
pub(crate) struct DocumentLine {
    /// Key.
    id: Uuid,
    /// Key of its first version.
    lineage: Uuid,
    /// Version, from 1.
    version: i32,
    /// Type of paper.
    paper_type: String,
    /// Name for people.
    name: String,
    /// Who issued it, as known.
    issuer_name: Option<String>,
    /// Day of issue.
    issued_on: Option<NaiveDate>,
    /// First day of validity.
    valid_from: Option<NaiveDate>,
    /// Last day of validity; none without end.
    valid_until: Option<NaiveDate>,
    /// `in_force`, `superseded` or `revoked`; what is not filed yet is shown to nobody.
    state: String,
    /// It counts today.
    valid: bool,
    /// `component`, `result` or `backlog`.
    origin: String,
    /// `valid`, `unknown_issuer`, `expired`, `revoked`, `changed`, `unreadable`, `broken`, `none` or `not_checked`.
    signature: String,
    /// How often it stood for a paper.
    reused: i32,
    /// When it was filed.
    filed_at: DateTime<Utc>,
}

/// A document whole.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Document, example = json!({"document": {"id": "0194f3c0-0000-7000-8000-000000000d01",
    "lineage": "0194f3c0-0000-7000-8000-000000000d01", "version": 1, "paper_type": "GT-CCCD", "name": "Căn cước công dân",
    "issuer_name": null, "issued_on": "2024-05-01", "valid_from": null, "valid_until": null, "state": "in_force", "valid": true,
    "origin": "component", "signature": "none", "reused": 2, "filed_at": "2026-11-23T01:00:00Z"},
    "code": "006199000001.GT-CCCD.006199000001", "number": "006199000001",
    "owner": {"name": "Nguyễn Thị Mẫu", "id_type": "personal_id", "id_number": "006199000001"},
    "data": {"number": "006199000001"}, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "media_type": "application/pdf", "pages": 1, "readable": true, "dossier": null, "ended_at": null, "ended_reason": null,
    "versions": ["0194f3c0-0000-7000-8000-000000000d01"]}))]
pub(crate) struct DocumentView {
    /// What it is.
    document: DocumentLine,
    /// Owner id, type and number in one (D-10); none while one of them is unknown.
    code: Option<String>,
    /// Number and sign.
    number: Option<String>,
    /// Whom it is kept for.
    owner: OwnerView,
    /// Checked fields by name.
    data: BTreeMap<String, String>,
    /// Hash of the original.
    sha256: String,
    /// Its type.
    media_type: String,
    /// Pages; 0 where nobody counted.
    pages: i32,
    /// There is a searchable PDF/A beside the original.
    readable: bool,
    /// The dossier it came with.
    dossier: Option<Uuid>,
    /// Replaced or revoked.
    ended_at: Option<DateTime<Utc>>,
    /// Why.
    ended_reason: Option<String>,
    /// All versions, oldest first.
    versions: Vec<Uuid>,
}

/// Whom a document is kept for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DocumentOwner)]
struct OwnerView {
    /// Name.
    name: String,
    /// `personal_id`, `identity_card`, `tax_code` or `other`; none without a number.
    id_type: Option<String>,
    /// The number.
    id_number: Option<String>,
}

/// A document that may stand for a component.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Offer, example = json!({"component": "KS-02", "name": "Giấy tờ tùy thân", "document": {
    "id": "0194f3c0-0000-7000-8000-000000000d01", "lineage": "0194f3c0-0000-7000-8000-000000000d01", "version": 1,
    "paper_type": "GT-CCCD", "name": "Căn cước công dân", "issuer_name": null, "issued_on": null, "valid_from": null,
    "valid_until": null, "state": "in_force", "valid": true, "origin": "component", "signature": "none", "reused": 0,
    "filed_at": "2026-11-23T01:00:00Z"}}))]
pub(crate) struct OfferView {
    /// Code of the component.
    component: String,
    /// Its name.
    name: String,
    /// The document; name it in the paper with `source` `reused`.
    document: DocumentLine,
}

impl DocumentLine {
    /// The line of a document as it stands on a local day.
    pub(super) fn of(row: Model, today: NaiveDate) -> Self {
        Self {
            valid: documents::is_valid(&row, today),
            id: row.id,
            lineage: row.lineage_id,
            version: row.version,
            paper_type: row.paper_type,
            name: row.name,
            issuer_name: row.issuer_name,
            issued_on: row.issued_on,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            state: row.state,
            origin: row.origin,
            signature: row.signature,
            reused: row.reused,
            filed_at: row.filed_at,
        }
    }
}

impl OfferView {
    pub(super) fn of(offer: Offer, today: NaiveDate) -> Self {
        let Offer { component, name, document } = offer;
        Self { component, name, document: DocumentLine::of(document, today) }
    }
}

impl Office {
    /// A document, opened.
    pub(super) async fn document(&self, row: Model, at: DateTime<Utc>) -> Result<DocumentView, Problem> {
        let owner = documents::owner(&self.sealer, &row)?;
        let number = documents::number(&self.sealer, &row)?;
        let versions = documents::versions(self.db.reader(), row.lineage_id).await?;
        Ok(DocumentView {
            code: documents::code(&owner, &row.paper_type, number.as_deref()),
            number,
            owner: OwnerView::of(owner)?,
            data: documents::data(&self.sealer, &row)?,
            sha256: row.sha256.clone(),
            media_type: row.media_type.clone(),
            pages: row.pages,
            readable: row.rendition_sha256.is_some(),
            dossier: row.dossier_id,
            ended_at: row.ended_at,
            ended_reason: documents::ended_reason(&self.sealer, &row)?,
            versions: versions.into_iter().map(|version| version.id).collect(),
            document: DocumentLine::of(row, local_date(at)),
        })
    }
}

impl OwnerView {
    fn of(owner: Owner) -> Result<Self, Problem> {
        let id_type = owner.id_type.map(|kind| entities::columns::key_of(&kind)).transpose()?;
        Ok(Self { name: owner.name, id_type, id_number: owner.number })
    }
}
