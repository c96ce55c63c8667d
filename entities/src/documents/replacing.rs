//! Replacing and revoking a document: the issuing unit alone may, and nothing that was filed is lost (R-J5, R-C8).

use super::{IN_FORCE, Model, PENDING, place};
use crate::error::Error;
use crate::results::reading::in_file;
use crate::sealing::Sealer;
use crate::tables::document_uses;
use crate::tables::documents::{Column, Entity};
use chrono::{DateTime, Utc};
use rules::actor::{Actor, Role};
use rules::refusal::{Block, Refusal, Violation};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Set,
};
use uuid::Uuid;

/// Roles that speak for the issuing unit.
pub const ISSUERS: &[Role] = &[Role::CaseOfficer, Role::Approver];

/// Takes a document out of force for good, with a reason of at most 4,000 characters.
///
/// Fails as not found for no such document, and as refused for anybody but an officer of the unit that issued it or, of
/// what no unit of ours issued, filed it; for a document that is not in force; and for an issued result.
pub async fn revoke(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    (id, reason): (Uuid, &str),
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let document = locked(tx, id).await?;
    let issuer = answerable(&document).filter(|unit| speaks_for(by, *unit));
    may_end(&document, issuer, "revoke_document")?;
    of_no_result(tx, &document, "revoke_document").await?;
    explained(reason)?;
    let ended = end(tx, sealer, document, (REVOKED, reason), at).await?;
    noted(tx, &ended, by, ("revoked", "Thu hồi giấy tờ"), at).await?;
    Ok(ended)
}

/// The same for the document of a result that its unit revokes; nothing for one that has ended.
pub(crate) async fn revoke_with_result(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    (id, reason): (Uuid, &str),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let document = locked(tx, id).await?;
    if ![IN_FORCE, PENDING].contains(&document.state.as_str()) {
        return Ok(());
    }
    let ended = end(tx, sealer, document, (REVOKED, reason), at).await?;
    noted(tx, &ended, by, ("revoked", "Thu hồi cùng với kết quả"), at).await
}

/// The unit that may end a document: its issuer, or of what no unit of ours issued the one that filed it.
pub(super) fn answerable(document: &Model) -> Option<Uuid> {
    document.issuer_id.or(document.unit_id)
}

/// The document of an issued result ends with the result, so that the store, the public check and the applicant hear the
/// same.
pub(super) async fn of_no_result(
    tx: &DatabaseTransaction,
    document: &Model,
    act: &'static str,
) -> Result<(), Error> {
    let (Some(dossier), "result") = (document.dossier_id, document.origin.as_str()) else { return Ok(()) };
    let Some(result) = in_file(tx, (dossier, document.file_id)).await? else { return Ok(()) };
    let address = format!("/v1/results/{}/revocation", result.id);
    let vi = format!("Giấy tờ này là kết quả đã cấp; hãy thu hồi kết quả tại {address}, kho sẽ theo đó.");
    let en = format!("This is an issued result: revoke the result at {address}, and the store follows.");
    Err(refused(act, ("document_of_result", &vi, &en)))
}

/// Whether the person acts for a unit that issues papers.
pub fn speaks_for(by: &Actor, unit: Uuid) -> bool {
    by.is(Role::Office) || ISSUERS.iter().any(|role| by.is_at(*role, unit))
}

/// Ends a document because its next version is filed, and gives it as it was.
pub(super) async fn supersede(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    (id, reason): (Uuid, &str),
    (issuer, paper_type, shelf): (Option<Uuid>, &str, &str),
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let document = locked(tx, id).await?;
    if document.paper_type != paper_type || document.owner_index != shelf {
        let (vi, en) = (
            "Phiên bản mới phải cùng loại giấy tờ và cùng chủ với giấy tờ cũ.",
            "The next version must be of the same type and the same owner.",
        );
        return Err(refused("replace_document", ("document_of_another", vi, en)));
    }
    explained(reason)?;
    may_end(&document, issuer, "replace_document")?;
    let old = document.clone();
    let ended = end(tx, sealer, document, ("superseded", reason), at).await?;
    noted(tx, &ended, by, ("superseded", "Thay thế bằng phiên bản mới"), at).await?;
    Ok(old)
}

const REVOKED: &str = "revoked";

const NOT_THE_ISSUER: (&str, &str, &str) = (
    "not_the_issuer",
    "Chỉ cơ quan đã cấp giấy tờ, hoặc đơn vị đã lưu giấy tờ do nơi khác cấp, mới được thay thế hoặc thu hồi; hãy liên hệ nơi đó.",
    "Only the agency that issued the paper, or the unit that filed one issued elsewhere, may replace or revoke it; ask there.",
);

const OUT_OF_FORCE: (&str, &str, &str) = (
    "document_not_in_force",
    "Giấy tờ này đã được thay thế hoặc thu hồi; hãy dùng phiên bản mới nhất.",
    "The document has been replaced or revoked already; use its newest version.",
);

async fn locked(tx: &DatabaseTransaction, id: Uuid) -> Result<Model, Error> {
    let found = Entity::find().filter(Column::Id.eq(id)).lock_exclusive().one(tx).await?;
    found.ok_or(Error::NotFound("document"))
}

fn may_end(document: &Model, issuer: Option<Uuid>, act: &'static str) -> Result<(), Error> {
    if issuer.is_none() || answerable(document) != issuer {
        return Err(not_the_issuer(act));
    }
    if document.state != IN_FORCE {
        return Err(refused(act, OUT_OF_FORCE));
    }
    Ok(())
}

fn explained(reason: &str) -> Result<(), Error> {
    let (code, vi, en) = if !reason.chars().any(char::is_alphabetic) {
        ("reason_missing", "Phải nêu lý do bằng lời.", "The reason is missing.")
    } else if reason.chars().count() > 4_000 {
        ("too_long", "Lý do dài quá 4.000 ký tự.", "The reason has over 4,000 characters.")
    } else {
        return Ok(());
    };
    Err(Error::Invalid(vec![Violation { pointer: "/reason".into(), code, vi: vi.into(), en: en.into() }]))
}

/// The refusal for who did not issue the document.
pub(super) fn not_the_issuer(act: &'static str) -> Error {
    refused(act, NOT_THE_ISSUER)
}

fn refused(act: &'static str, (code, vi, en): (&'static str, &str, &str)) -> Error {
    let legal_basis = Some("NĐ 45/2020 Đ25");
    let block = Block { code, vi: vi.into(), en: en.into(), legal_basis };
    Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }.into()
}

async fn end(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    document: Model,
    (state, reason): (&str, &str),
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let sealed = sealer.seal(&place(document.id, "ended"), reason.trim())?;
    let mut ended = document.into_active_model();
    ended.state = Set(state.into());
    ended.ended_at = Set(Some(at));
    ended.ended_reason_sealed = Set(Some(sealed));
    Ok(ended.update(tx).await?)
}

async fn noted(
    tx: &DatabaseTransaction,
    document: &Model,
    by: &Actor,
    (kind, purpose): (&str, &str),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = document_uses::Model {
        id: Uuid::now_v7(),
        document_id: document.id,
        kind: kind.into(),
        dossier_id: None,
        unit_id: answerable(document),
        by_subject: by.subject.clone(),
        by_name: by.name.clone(),
        purpose: purpose.into(),
        at,
    };
    document_uses::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}
