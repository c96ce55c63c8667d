//! What a form is told of: an act, the dossier before and after it, and the person it is about.

use crate::catalogue::Revised;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::dossiers::{self, Model};
use rules::forms::Matter;
use rules::lifecycle::ActKind;
use rules::procedure::Revision;
use uuid::Uuid;

/// An act that has just happened, as far as forms tell of it.
#[derive(Debug, Clone, Copy)]
pub struct Happened<'a> {
    /// The dossier before.
    pub before: &'a dossiers::Model,
    /// The dossier after; its history entry is not written yet.
    pub after: &'a dossiers::Model,
    /// What the procedure says.
    pub revised: &'a Revised,
    /// What was done.
    pub act: ActKind,
    /// The words given with it.
    pub words: &'a str,
    /// Components asked for.
    pub components: &'a [String],
}

/// The dossier and its person, opened.
pub(super) fn matter_of(door: &Door<'_>, dossier: &Model, content: &Revision) -> Result<Matter, Error> {
    let applicant = reading::applicant(door.sealer, dossier)?;
    Ok(Matter {
        code: dossier.code.clone(),
        procedure: content.name.clone(),
        id_number: applicant.number().map(Into::into),
        address: applicant.address.as_ref().map(|address| address.one_line()),
        applicant: applicant.name,
        phone: applicant.phone,
        email: applicant.email,
    })
}

/// Name of a unit as the catalogue has it now.
pub(super) async fn name_of(door: &Door<'_>, unit: Uuid) -> Result<String, Error> {
    Ok(door.catalogue.unit(door.tx, unit, door.at).await?.row.name.clone())
}
