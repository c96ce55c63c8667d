//! Filing: the same bytes of the same type for the same owner are one document, however often they come (R-J5).

use super::{IN_FORCE, Owner, place, replacing};
use crate::columns::{json_of, key_of};
use crate::dossiers::reading;
use crate::error::Error;
use crate::files::{self, File, State};
use crate::sealing::Sealer;
use crate::tables::document_uses;
use crate::tables::documents::{Column, Entity, Model};
use chrono::{DateTime, NaiveDate, Utc};
use rules::actor::Actor;
use rules::papers::Signed;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A document to be filed (D-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// Whom it is kept for.
    pub owner: Owner,
    /// Type of paper (mã loại giấy tờ, mã kết quả).
    pub paper_type: String,
    /// Name for people.
    pub name: String,
    /// Number and sign (số, ký hiệu).
    pub number: Option<String>,
    /// The unit that issued it, when it is one of ours.
    pub issuer: Option<Uuid>,
    /// Who issued it, as known.
    pub issuer_name: Option<String>,
    /// Day of issue.
    pub issued_on: Option<NaiveDate>,
    /// First day of validity.
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity; none without end.
    pub valid_until: Option<NaiveDate>,
    /// Where it came from.
    pub origin: Origin,
    /// The dossier it came with.
    pub dossier: Option<Uuid>,
    /// The item of the digitisation queue.
    pub digitisation: Option<Uuid>,
    /// The unit that files it.
    pub unit: Option<Uuid>,
    /// The file it was scanned to or handed in as; never changed (R-C8).
    pub file: Uuid,
    /// The PDF/A with its text, in the file store.
    pub rendition_sha256: Option<String>,
    /// Pages; 0 where nobody counted.
    pub pages: u16,
    /// What the signature check found.
    pub signature: Signed,
    /// Its report.
    pub signature_report: Option<String>,
    /// Checked fields by name.
    pub data: BTreeMap<String, String>,
    /// Subject of the officer at the scanner.
    pub scanned_by: Option<String>,
    /// When it was scanned.
    pub scanned_at: Option<DateTime<Utc>>,
    /// The document of which this is the next version, and why; only the issuing unit may (R-J5).
    pub replaces: Option<(Uuid, String)>,
}

/// Where a document came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A paper of a dossier.
    Component,
    /// The result of a dossier.
    Result,
    /// An old paper from the backlog.
    Backlog,
}

impl NewDocument {
    /// A paper of this type in this file, of which nothing else is known.
    pub fn new(owner: Owner, paper_type: &str, name: &str, origin: Origin, file: Uuid) -> Self {
        Self {
            owner,
            paper_type: paper_type.into(),
            name: name.into(),
            number: None,
            issuer: None,
            issuer_name: None,
            issued_on: None,
            valid_from: None,
            valid_until: None,
            origin,
            dossier: None,
            digitisation: None,
            unit: None,
            file,
            rendition_sha256: None,
            pages: 0,
            signature: Signed::NotChecked,
            signature_report: None,
            data: BTreeMap::new(),
            scanned_by: None,
            scanned_at: None,
            replaces: None,
        }
    }
}

/// Files a document for its owner and gives its key.
///
/// The same bytes of the same type for the same owner are the document that is there: what was not known of it is filled
/// in, what is known stays, and the filing is noted among its uses. Fails when the file is missing or was refused, and as
/// refused when it replaces a document that `new.issuer` did not issue.
pub async fn file(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    new: NewDocument,
    at: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let stored = files::find(tx, new.file).await?;
    if stored.state == State::Refused {
        return Err(Error::NotFound("file"));
    }
    let new = vouched_for(tx, new).await?;
    let came_with = new.dossier.or(new.digitisation).unwrap_or(new.file);
    let shelf = new.owner.index(sealer, came_with);
    let kept = match there(tx, &shelf, &stored.sha256, &new.paper_type).await? {
        Some(known) => completed(tx, sealer, known, &new).await?,
        None => added(tx, sealer, by, &new, (&shelf, &stored), at).await?,
    };
    if noted(tx, kept, new.dossier).await? {
        return Ok(kept);
    }
    let filed = document_uses::Model {
        id: Uuid::now_v7(),
        document_id: kept,
        kind: "filed".into(),
        dossier_id: new.dossier,
        unit_id: new.unit,
        by_subject: by.subject.clone(),
        by_name: by.name.clone(),
        purpose: "Lưu vào kho dữ liệu điện tử của tổ chức, cá nhân (NĐ 45/2020/NĐ-CP Đ25, Đ27)".into(),
        at,
    };
    document_uses::Entity::insert(filed.into_active_model()).exec_without_returning(tx).await?;
    Ok(kept)
}

/// What somebody uploaded in a name that their sign-in does not vouch for is put on nobody's shelf; over a desk an
/// officer has looked at the person, and a result is the agency's own word.
async fn vouched_for(tx: &DatabaseTransaction, new: NewDocument) -> Result<NewDocument, Error> {
    let (Some(dossier), Origin::Component) = (new.dossier, new.origin) else { return Ok(new) };
    let dossier = reading::by_id(tx, dossier).await?;
    if dossier.channel != "online" || dossier.identity_verified {
        return Ok(new);
    }
    Ok(NewDocument { owner: new.owner.unnumbered(), ..new })
}

/// The filing out of this dossier was noted before.
async fn noted(tx: &DatabaseTransaction, document: Uuid, dossier: Option<Uuid>) -> Result<bool, Error> {
    use document_uses::Column;
    let rows = document_uses::Entity::find().filter(Column::DocumentId.eq(document));
    let rows = rows.filter(Column::Kind.eq("filed")).all(tx).await?;
    Ok(rows.iter().any(|row| row.dossier_id == dossier))
}

async fn there(
    tx: &DatabaseTransaction,
    shelf: &str,
    sha256: &str,
    paper_type: &str,
) -> Result<Option<Model>, Error> {
    let same = Entity::find().filter(Column::OwnerIndex.eq(shelf)).filter(Column::Sha256.eq(sha256));
    Ok(same.filter(Column::PaperType.eq(paper_type)).one(tx).await?)
}

async fn added(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    new: &NewDocument,
    (shelf, stored): (&str, &File),
    at: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let mut row = row(sealer, new, (shelf, stored), at)?;
    if let Some((old, reason)) = &new.replaces {
        let what = (new.issuer, new.paper_type.as_str(), shelf);
        let old = replacing::supersede(tx, sealer, by, (*old, reason), what, at).await?;
        (row.lineage_id, row.version) = (old.lineage_id, old.version + 1);
    }
    let once =
        OnConflict::columns([Column::OwnerIndex, Column::Sha256, Column::PaperType]).do_nothing().to_owned();
    let id = row.id;
    let written =
        Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(tx).await?;
    if written == 1 {
        return Ok(id);
    }
    // Another one was faster by a moment.
    let known = there(tx, shelf, &stored.sha256, &new.paper_type).await?.ok_or(Error::Stale)?;
    completed(tx, sealer, known, new).await
}

fn row(
    sealer: &Sealer,
    new: &NewDocument,
    (shelf, stored): (&str, &File),
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let id = Uuid::now_v7();
    let seal = |column: &str, text: &str| sealer.seal(&place(id, column), text);
    let number = told(new.number.as_deref());
    Ok(Model {
        id,
        lineage_id: id,
        version: 1,
        owner_kind: key_of(&new.owner.kind)?,
        owner_index: shelf.into(),
        owner_sealed: seal("owner", &json_of(&new.owner)?)?,
        paper_type: new.paper_type.clone(),
        name: new.name.chars().take(400).collect(),
        number_sealed: number.map(|number| seal("number", number)).transpose()?,
        number_index: number.map(|number| sealer.index("paper number", number)),
        issuer_id: new.issuer,
        issuer_name: new.issuer_name.as_ref().map(|name| name.chars().take(400).collect()),
        issued_on: new.issued_on,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
        state: IN_FORCE.into(),
        ended_at: None,
        ended_reason_sealed: None,
        origin: key_of(&new.origin)?,
        dossier_id: new.dossier,
        digitisation_id: new.digitisation,
        file_id: stored.id,
        sha256: stored.sha256.clone(),
        media_type: stored.media_type.clone(),
        rendition_sha256: new.rendition_sha256.clone(),
        pages: new.pages.into(),
        signature: new.signature.key().into(),
        signature_report_sealed: new
            .signature_report
            .as_ref()
            .map(|text| seal("signature", text))
            .transpose()?,
        data_sealed: sealed_data(sealer, id, new)?,
        scanned_by: new.scanned_by.clone(),
        scanned_at: new.scanned_at,
        reused: 0,
        filed_at: at,
    })
}

/// Fills in what was not known of a document; what is known, and above all its bytes, stays.
async fn completed(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    known: Model,
    new: &NewDocument,
) -> Result<Uuid, Error> {
    let (id, before) = (known.id, known.clone());
    let found =
        row(sealer, new, (&known.owner_index, &files::find(tx, known.file_id).await?), known.filed_at)?;
    let mut now = known;
    if now.number_sealed.is_none() {
        let number = told(new.number.as_deref());
        now.number_sealed = number.map(|number| sealer.seal(&place(id, "number"), number)).transpose()?;
        now.number_index = found.number_index;
    }
    if now.signature == Signed::NotChecked.key() {
        let report = new.signature_report.as_ref();
        now.signature_report_sealed =
            report.map(|text| sealer.seal(&place(id, "signature"), text)).transpose()?;
        now.signature = found.signature;
    }
    if now.data_sealed.is_none() {
        now.data_sealed = sealed_data(sealer, id, new)?;
    }
    now.issuer_id = now.issuer_id.or(found.issuer_id);
    now.issuer_name = now.issuer_name.or(found.issuer_name);
    now.issued_on = now.issued_on.or(found.issued_on);
    now.valid_from = now.valid_from.or(found.valid_from);
    now.valid_until = now.valid_until.or(found.valid_until);
    now.digitisation_id = now.digitisation_id.or(found.digitisation_id);
    now.rendition_sha256 = now.rendition_sha256.or(found.rendition_sha256);
    now.pages = if now.pages == 0 { found.pages } else { now.pages };
    now.scanned_by = now.scanned_by.or(found.scanned_by);
    now.scanned_at = now.scanned_at.or(found.scanned_at);
    if now != before {
        now.into_active_model().reset_all().update(tx).await?;
    }
    Ok(id)
}

fn sealed_data(sealer: &Sealer, id: Uuid, new: &NewDocument) -> Result<Option<String>, Error> {
    if new.data.is_empty() {
        return Ok(None);
    }
    sealer.seal(&place(id, "data"), &json_of(&new.data)?).map(Some)
}

fn told(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
