//! The next version of a document, from the unit that issued it (R-J5, R-C8).

use super::filing::{NewDocument, Origin, file};
use super::replacing::{not_the_issuer, speaks_for};
use super::{by_id, owner};
use crate::columns::from_key;
use crate::error::Error;
use crate::files::{self, State};
use crate::sealing::Sealer;
use chrono::{DateTime, NaiveDate, Utc};
use rules::actor::Actor;
use rules::local_time::local_date;
use rules::refusal::Violation;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

/// The paper that takes the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextVersion {
    /// The file, uploaded by who replaces.
    pub file: Uuid,
    /// Number and sign.
    pub number: Option<String>,
    /// Day of issue; today when absent.
    pub issued_on: Option<NaiveDate>,
    /// Last day of validity; none without end.
    pub valid_until: Option<NaiveDate>,
    /// Why the old one is replaced, in words.
    pub reason: String,
}

/// Files the next version of a document for its owner, and gives its key; the old one stays, superseded.
///
/// Refused for anybody but an officer of the unit that issued it, and for a document that is not in force. Fails as
/// invalid for a file that is not the person's own, or is the old one.
pub async fn replace(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    (id, next): (Uuid, NextVersion),
    at: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let old = by_id(tx, id).await?;
    let issuer = old.issuer_id.filter(|unit| speaks_for(by, *unit));
    if issuer.is_none() {
        return Err(not_the_issuer("replace_document"));
    }
    let stored = files::find_all(tx, &[next.file]).await?.pop().filter(|file| file.owner == by.subject);
    if stored.is_none_or(|file| file.sha256 == old.sha256 || file.state == State::Refused) {
        return Err(unfit());
    }
    let issued_on = next.issued_on.or(Some(local_date(at)));
    let origin: Origin = from_key("documents.origin", &old.origin)?;
    let new = NewDocument {
        number: next.number,
        issuer,
        issuer_name: old.issuer_name.clone(),
        issued_on,
        valid_from: issued_on,
        valid_until: next.valid_until,
        dossier: old.dossier_id,
        digitisation: None,
        unit: issuer,
        replaces: Some((id, next.reason)),
        ..NewDocument::new(owner(sealer, &old)?, &old.paper_type, &old.name, origin, next.file)
    };
    file(tx, sealer, by, new, at).await
}

fn unfit() -> Error {
    let (vi, en) = (
        "Hãy tải lên tệp của phiên bản mới, khác với tệp cũ.",
        "Upload the file of the next version; it must differ from the old one.",
    );
    let (pointer, code) = ("/file".into(), "file_unfit");
    Error::Invalid(vec![Violation { pointer, code, vi: vi.into(), en: en.into() }])
}
