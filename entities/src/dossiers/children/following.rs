//! What an act on one dossier brings to those it belongs with.

use super::family;
use crate::dossiers::{Door, effects};
use crate::error::Error;
use crate::jobs::NewJob;
use crate::tables::dossiers::Model;
use rules::jobs::Job;
use rules::lifecycle::ActKind;

/// The jobs that tell a main dossier of its child that is over, and the children of their main dossier that is.
///
/// Jobs, because nobody holds a child and its main dossier at once in that order.
pub(in crate::dossiers) async fn jobs(
    door: &Door<'_>,
    after: &Model,
    act: ActKind,
) -> Result<Vec<NewJob>, Error> {
    let ends = matches!(act, ActKind::Decide | ActKind::Refuse | ActKind::Withdraw | ActKind::Stop);
    if ends && after.parent_id.is_some() {
        let told = Job::TellParent { child: after.id, entry: after.entries };
        return Ok(vec![effects::caused(door, after, told)]);
    }
    let without_result = matches!(act, ActKind::Withdraw | ActKind::Stop);
    if without_result && family::open_count(door.tx, after.id).await? > 0 {
        let ended = Job::EndChildren { dossier: after.id, entry: after.entries };
        return Ok(vec![effects::caused(door, after, ended)]);
    }
    Ok(Vec::new())
}
