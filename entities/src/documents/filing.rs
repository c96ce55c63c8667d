//! Filing: the same bytes of the same type for the same owner are one document, however often they come (R-J5).

use super::new_document::{NewDocument, Origin};
use super::reading::is_vouched_for;
use super::{IN_FORCE, LAPSED, PENDING, data, is_shelved, place, replacing};
use crate::columns::{json_of, key_of};
use crate::dossiers::reading;
use crate::error::Error;
use crate::files::{self, File, State};
use crate::sealing::Sealer;
use crate::tables::document_uses;
use crate::tables::documents::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::papers::Signed;
use rules::refusal::Violation;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Files a document for its owner and gives its key.
///
/// The same bytes of the same type for the same owner are the document that is there: what was not known of it is filled
/// in, what is known stays, and the filing is noted among its uses. Of what was not in force yet, and of a result, the
/// new word counts. Fails when the file is missing or was refused, as refused when it replaces a document that
/// `new.issuer` did not issue, and as invalid when it replaces one by bytes that are there already.
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
        Some(_) if new.replaces.is_some() => return Err(there_already()),
        Some(known) => merged(tx, sealer, known, (&new, &stored), at).await?,
        None => added(tx, sealer, by, &new, (&shelf, &stored), at).await?,
    };
    if !new.pending {
        note_filing(tx, by, kept, (new.dossier, new.unit), at).await?;
    }
    Ok(kept)
}

/// Puts a document that waited for its dossier on the shelf of its owner.
pub(super) async fn put_in_force(
    tx: &DatabaseTransaction,
    by: &Actor,
    document: Model,
    dossier: Uuid,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let (id, unit) = (document.id, document.unit_id);
    let now =
        Model { state: IN_FORCE.into(), ended_at: None, ended_reason_sealed: None, filed_at: at, ..document };
    now.into_active_model().reset_all().update(tx).await?;
    note_filing(tx, by, id, (Some(dossier), unit), at).await
}

/// What somebody handed in under a number that nobody has looked at is put on nobody's shelf; a result is the agency's
/// own word.
async fn vouched_for(tx: &DatabaseTransaction, new: NewDocument) -> Result<NewDocument, Error> {
    let (Some(dossier), Origin::Component) = (new.dossier, new.origin) else { return Ok(new) };
    if is_vouched_for(&reading::by_id(tx, dossier).await?) {
        return Ok(new);
    }
    Ok(NewDocument { owner: new.owner.unnumbered(), ..new })
}

/// Notes the filing out of a dossier, once.
async fn note_filing(
    tx: &DatabaseTransaction,
    by: &Actor,
    document: Uuid,
    (dossier, unit): (Option<Uuid>, Option<Uuid>),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let rows = document_uses::Entity::find().filter(document_uses::Column::DocumentId.eq(document));
    let rows = rows.filter(document_uses::Column::Kind.eq("filed")).all(tx).await?;
    if rows.iter().any(|row| row.dossier_id == dossier) {
        return Ok(());
    }
    let filed = document_uses::Model {
        id: Uuid::now_v7(),
        document_id: document,
        kind: "filed".into(),
        dossier_id: dossier,
        unit_id: unit,
        by_subject: by.subject.clone(),
        by_name: by.name.clone(),
        purpose: "Lưu vào kho dữ liệu điện tử của tổ chức, cá nhân (NĐ 45/2020/NĐ-CP Đ25, Đ27)".into(),
        at,
    };
    document_uses::Entity::insert(filed.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
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
    let id = Uuid::now_v7();
    let mut row = row(sealer, id, new, (shelf, stored), at)?;
    if let Some((old, reason)) = &new.replaces {
        let what = (new.issuer.or(new.unit), new.paper_type.as_str(), shelf);
        let old = replacing::supersede(tx, sealer, by, (*old, reason), what, at).await?;
        (row.lineage_id, row.version) = (old.lineage_id, old.version + 1);
    }
    let once =
        OnConflict::columns([Column::OwnerIndex, Column::Sha256, Column::PaperType]).do_nothing().to_owned();
    let written =
        Entity::insert(row.into_active_model()).on_conflict(once).exec_without_returning(tx).await?;
    if written == 1 {
        return Ok(id);
    }
    // Another one was faster by a moment.
    let known = there(tx, shelf, &stored.sha256, &new.paper_type).await?.ok_or(Error::Stale)?;
    if new.replaces.is_some() {
        return Err(there_already());
    }
    merged(tx, sealer, known, (new, stored), at).await
}

fn row(
    sealer: &Sealer,
    id: Uuid,
    new: &NewDocument,
    (shelf, stored): (&str, &File),
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let seal = |column: &str, text: &str| sealer.seal(&place(id, column), text);
    let number = new.number.as_deref().map(str::trim).filter(|number| !number.is_empty());
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
        state: if new.pending { PENDING } else { IN_FORCE }.into(),
        ended_at: None,
        ended_reason_sealed: None,
        origin: key_of(&new.origin)?,
        dossier_id: new.dossier,
        digitisation_id: new.digitisation,
        unit_id: new.unit,
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
        data_sealed: sealed_data(sealer, id, &new.data)?,
        scanned_by: new.scanned_by.clone(),
        scanned_at: new.scanned_at,
        reused: 0,
        filed_at: at,
    })
}

/// Two words of one document made one: what is known stays and what was not is filled in, the other way round where the
/// new word counts more. Its bytes are the same either way.
async fn merged(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    known: Model,
    (new, stored): (&NewDocument, &File),
    at: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let found = row(sealer, known.id, new, (&known.owner_index, stored), at)?;
    let found = Model { data_sealed: agreed(sealer, &known, new)?, ..found };
    let counts_more = !is_shelved(&known) || (new.origin == Origin::Result && !new.pending);
    let now = if counts_more { filled(found, known.clone()) } else { filled(known.clone(), found) };
    let now = Model { lineage_id: known.lineage_id, version: known.version, reused: known.reused, ..now };
    let now = standing(now, &known, new.pending, at);
    let id = now.id;
    if now != known {
        now.into_active_model().reset_all().update(tx).await?;
    }
    Ok(id)
}

/// What comes first counts, and what it does not say is taken from the other.
fn filled(first: Model, other: Model) -> Model {
    let checked = first.signature != Signed::NotChecked.key();
    let (signature, signature_report_sealed) = match checked {
        true => (first.signature, first.signature_report_sealed),
        false => (other.signature, other.signature_report_sealed),
    };
    Model {
        signature,
        signature_report_sealed,
        number_sealed: first.number_sealed.or(other.number_sealed),
        number_index: first.number_index.or(other.number_index),
        issuer_id: first.issuer_id.or(other.issuer_id),
        issuer_name: first.issuer_name.or(other.issuer_name),
        issued_on: first.issued_on.or(other.issued_on),
        valid_from: first.valid_from.or(other.valid_from),
        valid_until: first.valid_until.or(other.valid_until),
        dossier_id: first.dossier_id.or(other.dossier_id),
        digitisation_id: first.digitisation_id.or(other.digitisation_id),
        unit_id: first.unit_id.or(other.unit_id),
        rendition_sha256: first.rendition_sha256.or(other.rendition_sha256),
        pages: if first.pages == 0 { other.pages } else { first.pages },
        data_sealed: first.data_sealed.or(other.data_sealed),
        scanned_by: first.scanned_by.or(other.scanned_by),
        scanned_at: first.scanned_at.or(other.scanned_at),
        ..first
    }
}

/// What ended stays ended; what has not begun to count begins with the first filing that does not wait.
fn standing(now: Model, known: &Model, pending: bool, at: DateTime<Utc>) -> Model {
    let (state, filed_at) = match known.state.as_str() {
        PENDING | LAPSED if !pending => (IN_FORCE, at),
        LAPSED => (PENDING, at),
        same => (same, known.filed_at),
    };
    let ended = (known.state == state).then(|| (known.ended_at, known.ended_reason_sealed.clone()));
    let (ended_at, ended_reason_sealed) = ended.unwrap_or_default();
    Model { state: state.into(), filed_at, ended_at, ended_reason_sealed, ..now }
}

/// The fields as they were read; where the agency's own word about its result is another, that counts.
fn agreed(sealer: &Sealer, known: &Model, new: &NewDocument) -> Result<Option<String>, Error> {
    let mut fields = if new.data.is_empty() { data(sealer, known)? } else { new.data.clone() };
    let own = [
        ("number", new.number.clone()),
        ("issuer", new.issuer_name.clone()),
        ("issued_on", new.issued_on.map(|day| day.to_string())),
        ("valid_until", new.valid_until.map(|day| day.to_string())),
    ];
    for (name, told) in own.into_iter().filter(|_| new.origin == Origin::Result) {
        if let (Some(field), Some(told)) = (fields.get_mut(name), told) {
            *field = told;
        }
    }
    sealed_data(sealer, known.id, &fields)
}

fn sealed_data(
    sealer: &Sealer,
    id: Uuid,
    fields: &BTreeMap<String, String>,
) -> Result<Option<String>, Error> {
    if fields.is_empty() {
        return Ok(None);
    }
    sealer.seal(&place(id, "data"), &json_of(fields)?).map(Some)
}

fn there_already() -> Error {
    let (vi, en) = (
        "Kho của chủ giấy tờ đã có đúng tệp này; hãy tải lên tệp của phiên bản mới.",
        "The owner's store has this very file already; upload the file of the next version.",
    );
    let (pointer, code) = ("/file".into(), "file_there");
    Error::Invalid(vec![Violation { pointer, code, vi: vi.into(), en: en.into() }])
}
