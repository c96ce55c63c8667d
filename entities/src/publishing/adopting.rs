//! Bringing a draft into force: checked like a seed file, written as a revision, never edited again.

use super::newest::newest;
use super::{drafting, refusals};
use crate::columns::{from_json, json_of};
use crate::error::Error;
use crate::seeding::importing::{import, known_units};
use crate::seeding::reading::read_all;
use crate::tables::revision_drafts::Model;
use chrono::{DateTime, NaiveDate, Utc};
use rules::actor::Actor;
use rules::local_time::local_date;
use rules::procedure::Revision;
use rules::refusal::Violation;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, IntoActiveModel, Set};
use serde_json::{Value, json};
use uuid::Uuid;

/// From when a draft is in force, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// First day; not in the past.
    pub valid_from: NaiveDate,
    /// Why, in words.
    pub reason: String,
}

/// Writes the draft as a revision from a day on; dossiers keep the revision of the day of their submission.
///
/// Fails as stale, refused when the draft has ended or another revision came between, invalid with everything that is
/// missing in it, as a seed file would be.
pub async fn adopt(
    tx: &DatabaseTransaction,
    (id, seen): (Uuid, Option<i32>),
    adoption: &Adoption,
    (by, at): (&Actor, DateTime<Utc>),
) -> Result<Model, Error> {
    let draft = drafting::open(tx, ACT, id, seen).await?;
    check(adoption, at)?;
    if newest(tx, &draft.national_code).await?.map(|row| row.id) != draft.based_on {
        return Err(refusals::overtaken(ACT));
    }
    let seeds = read_all(&[(FILE, &file(&draft, adoption)?)], &known_units(tx).await?);
    let seeds = seeds.map_err(|errors| Error::Invalid(errors.iter().map(|e| wrong(&e.message)).collect()))?;
    import(tx, &seeds).await?;
    let written = newest(tx, &draft.national_code).await?.ok_or(Error::NotFound("revision"))?;
    let version = draft.version + 1;
    let mut row = draft.into_active_model();
    row.state = Set("adopted".into());
    row.ended_at = Set(Some(at));
    row.ended_by = Set(Some(by.subject.clone()));
    row.ended_name = Set(Some(by.name.clone()));
    row.reason = Set(Some(adoption.reason.trim().to_owned()));
    row.revision_id = Set(Some(written.id));
    row.version = Set(version);
    Ok(row.update(tx).await?)
}

const ACT: &str = "adoption";

/// How the draft is named to the reader of seed files.
const FILE: &str = "draft";

const LONGEST_REASON: usize = 1_000;

fn check(adoption: &Adoption, at: DateTime<Utc>) -> Result<(), Error> {
    let reason = adoption.reason.trim();
    if !reason.chars().any(char::is_alphabetic) || reason.chars().count() > LONGEST_REASON {
        let vi = "Phải nêu lý do bằng lời, không quá 1.000 ký tự.".to_owned();
        let en = "A reason in words is needed, of at most 1,000 characters.".to_owned();
        return Err(refusals::invalid("/reason", "reason_missing", vi, en));
    }
    if adoption.valid_from < local_date(at) {
        let vi = "Ngày bắt đầu áp dụng không được ở quá khứ.".to_owned();
        let en = "A revision does not come into force in the past.".to_owned();
        return Err(refusals::invalid("/valid_from", "in_the_past", vi, en));
    }
    Ok(())
}

fn file(draft: &Model, adoption: &Adoption) -> Result<String, Error> {
    let revision: Revision = from_json("revision_drafts.content", &draft.content)?;
    let mut revision: Value = from_json("revision_drafts.content", &json_of(&revision)?)?;
    if let Some(members) = revision.as_object_mut() {
        members.insert("valid_from".into(), json!(adoption.valid_from));
    }
    json_of(&json!({"procedures": [{"national_code": draft.national_code, "revision": revision}]}))
}

fn wrong(message: &str) -> Violation {
    Violation {
        pointer: "/revision".into(),
        code: "draft_incomplete",
        vi: format!("Bản nháp chưa đủ hoặc chưa đúng: {message}"),
        en: format!("The draft is incomplete or wrong: {message}"),
    }
}
