//! Putting a draft in force: receptions count under it from then on; open dossiers keep theirs unless asked.

use super::{drafting, recomputing, refusals};
use crate::catalogue::calendars::{self, CalendarState, Model};
use crate::error::Error;
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, IntoActiveModel, Set};

/// What an adoption says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// Why, in words.
    pub reason: String,
    /// Open dossiers whose due date it changes are to be counted anew.
    pub move_open_dossiers: bool,
}

/// Adopts a draft; with `move_open_dossiers` the recomputation is written in the same transaction.
///
/// Fails as stale, as invalid without a reason, refused when it is adopted already or when another version was
/// adopted since it was begun.
pub async fn adopt(
    tx: &DatabaseTransaction,
    (version, seen): (i32, Option<i32>),
    adoption: &Adoption,
    (by, at, trace): (&Actor, DateTime<Utc>, Option<&str>),
) -> Result<Model, Error> {
    let reason = refusals::reason(&adoption.reason)?;
    drafting::alone(tx).await?;
    let draft = drafting::editable(tx, ACT, version, seen).await?;
    follows(&draft, calendars::newest(tx).await?.version)?;
    let after = Model {
        state: CalendarState::Adopted.key().into(),
        row_version: draft.row_version + 1,
        adopted_at: Some(at),
        adopted_by: Some(by.subject.clone()),
        adopted_name: Some(by.name.clone()),
        reason: Some(reason.to_owned()),
        ..draft.clone()
    };
    let mut row = draft.into_active_model();
    row.state = Set(after.state.clone());
    row.row_version = Set(after.row_version);
    row.adopted_at = Set(after.adopted_at);
    row.adopted_by = Set(after.adopted_by.clone());
    row.adopted_name = Set(after.adopted_name.clone());
    row.reason = Set(after.reason.clone());
    row.update(tx).await?;
    if adoption.move_open_dossiers {
        recomputing::ask(tx, version, reason, (by, at, trace)).await?;
    }
    Ok(after)
}

const ACT: &str = "adoption";

/// A draft follows the version in force, so that nobody undoes what another has adopted.
fn follows(draft: &Model, newest: i32) -> Result<(), Error> {
    if draft.based_on == Some(newest) && draft.version > newest {
        return Ok(());
    }
    Err(refusals::overtaken(ACT, draft.version, newest))
}
