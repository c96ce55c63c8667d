//! The next version of a document, from the unit that issued it (R-J5, R-C8).

use super::filing::file;
use super::new_document::{NewDocument, Origin};
use super::replacing::{answerable, not_the_issuer, of_no_result, speaks_for};
use super::{Model, by_id, owner};
use crate::columns::from_key;
use crate::error::Error;
use crate::files::{self, File, State};
use crate::sealing::Sealer;
use chrono::{DateTime, NaiveDate, Utc};
use rules::actor::Actor;
use rules::local_time::local_date;
use rules::refusal::Violation;
use rules::results::Validity;
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

impl NextVersion {
    fn days(&self) -> Validity {
        Validity { from: self.issued_on, until: self.valid_until }
    }
}

/// Files the next version of a document for its owner, and gives its key; the old one stays, superseded.
///
/// Refused for anybody but an officer of the unit that issued it or, of what no unit of ours issued, filed it; for a
/// document that is not in force; and for an issued result. Fails as invalid for a file that is not the person's own,
/// was not found clean or is there already, and for days or a number that cannot be.
pub async fn replace(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    by: &Actor,
    (id, next): (Uuid, NextVersion),
    at: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let old = by_id(tx, id).await?;
    if !answerable(&old).is_some_and(|unit| speaks_for(by, unit)) {
        return Err(not_the_issuer("replace_document"));
    }
    of_no_result(tx, &old, "replace_document").await?;
    let stored = files::find_all(tx, &[next.file]).await?.pop().filter(|file| file.owner == by.subject);
    let day = next.issued_on.unwrap_or_else(|| local_date(at));
    let wrong: Vec<Violation> =
        [unfit(stored.as_ref(), &old), next.number.as_deref().and_then(too_long), next.days().violation(day)]
            .into_iter()
            .flatten()
            .collect();
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let issued_on = Some(day);
    let origin: Origin = from_key("documents.origin", &old.origin)?;
    let new = NewDocument {
        number: next.number,
        issuer: old.issuer_id,
        issuer_name: old.issuer_name.clone(),
        issued_on,
        valid_from: issued_on,
        valid_until: next.valid_until,
        dossier: old.dossier_id,
        digitisation: None,
        unit: answerable(&old),
        replaces: Some((id, next.reason)),
        ..NewDocument::new(owner(sealer, &old)?, &old.paper_type, &old.name, origin, next.file)
    };
    file(tx, sealer, by, new, at).await
}

fn unfit(stored: Option<&File>, old: &Model) -> Option<Violation> {
    let (code, vi, en) = match stored {
        Some(file) if file.state == State::Quarantined => (
            "file_quarantined",
            "Tệp đang chờ kiểm tra; hãy thử lại sau ít phút.",
            "The file is still waiting to be inspected; try again in a few minutes.",
        ),
        Some(file) if file.state == State::Clean && file.sha256 != old.sha256 => return None,
        _ => (
            "file_unfit",
            "Hãy tải lên tệp của phiên bản mới, khác với tệp cũ.",
            "Upload the file of the next version; it must differ from the old one.",
        ),
    };
    Some(Violation { pointer: "/file".into(), code, vi: vi.into(), en: en.into() })
}

fn too_long(number: &str) -> Option<Violation> {
    let (vi, en) = ("Số, ký hiệu dài quá 60 ký tự.", "The number has over 60 characters.");
    (number.chars().count() > LONGEST_NUMBER).then(|| Violation {
        pointer: "/number".into(),
        code: "number_invalid",
        vi: vi.into(),
        en: en.into(),
    })
}

/// Longest number and sign, in characters.
const LONGEST_NUMBER: usize = 60;
