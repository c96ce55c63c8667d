//! Dossiers that were handed in elsewhere: the same submission, but what does not fit is shown to the desk and loses nothing.

use super::application::{Application, check_arrived};
use super::{Door, effects};
use crate::error::Error;
use crate::files::File;
use crate::tables::dossiers;
use crate::writing::Batch;
use chrono::{DateTime, Utc};
use rules::lifecycle::{ActKind, Effect};
use rules::refusal::Violation;
use rules::status::Status;

/// A dossier as the other system tells it.
#[derive(Debug)]
pub(crate) struct Arrival<'a> {
    /// What was handed in; a paper that is still coming has no file.
    pub(crate) application: &'a Application,
    /// The files of its papers, as far as they are here.
    pub(crate) stored: &'a [File],
    /// The other system's own key.
    pub(crate) national_id: &'a str,
    /// When it was handed in there.
    pub(crate) sent_at: Option<DateTime<Utc>>,
    /// What it is about; the name of the procedure where nothing is told.
    pub(crate) summary: Option<&'a str>,
}

/// A dossier with its code, the rows that make it exist, and what the desk is to look at.
#[derive(Debug)]
#[must_use = "nothing has arrived until the rows are written"]
pub(crate) struct Arrived {
    pub(crate) dossier: dossiers::Model,
    pub(crate) rows: Batch,
    pub(crate) misfits: Vec<Violation>,
}

/// Who keeps the status of a dossier that was handed in at the national portal (N-05).
pub const PORTAL: &str = "dvcqg";

/// A result cannot go home by post then, whatever was asked.
const NOT_BY_POST: [&str; 2] = ["post_not_allowed", "address_missing"];

impl Door<'_> {
    /// The submission of a dossier that the national portal has taken: admitted whatever the switch of the office's
    /// own way says (N-04). Fails when there is no such procedure or unit, or the unit is not competent for it.
    pub(crate) async fn arrive(&self, arrival: &Arrival<'_>) -> Result<Arrived, Error> {
        let application = arrival.application;
        let revised = self.catalogue.in_force(self.tx, &application.procedure, self.at).await?;
        let (placed, misplaced) = self.placed(application, &revised).await?;
        let (mut grave, mut misfits) = check_arrived(application, &revised, arrival.stored);
        grave.extend(misplaced);
        if !grave.is_empty() {
            return Err(Error::Invalid(grave));
        }
        misfits.extend(self.address_violations(application).await?);
        let fresh = self.fresh(application, &revised, &placed).await?;
        let told = arrival.summary.filter(|words| !words.trim().is_empty());
        let by_post = misfits.iter().all(|misfit| !NOT_BY_POST.contains(&misfit.code));
        let dossier = dossiers::Model {
            system_of_record: PORTAL.into(),
            national_id: Some(arrival.national_id.into()),
            sent_at: arrival.sent_at,
            summary: told.map_or(fresh.summary, |words| words.chars().take(1000).collect()),
            return_method: if by_post { fresh.return_method } else { "desk".into() },
            ..fresh
        };
        let mut rows = Batch::default();
        rows.insert(dossier.clone());
        let (act, to) = (ActKind::Submit, Status::Submitted);
        let facts = effects::Facts { act, from: None, to, note: None, before: None };
        effects::record(self, &mut rows, &dossier, facts, &[Effect::Notify, Effect::Push])?;
        Ok(Arrived { dossier, rows, misfits })
    }
}
