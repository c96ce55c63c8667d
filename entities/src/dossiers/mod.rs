//! Dossiers: handing in, the one door for every act, and reading.

mod act;
pub mod acts;
pub mod applicant;
pub mod application;
pub mod arriving;
pub mod asking;
mod attaching;
mod charging;
pub mod children;
pub mod consultations;
mod consulting;
pub mod correcting;
mod dating;
pub mod deadline;
pub mod drafts;
mod effects;
mod handing;
pub mod handovers;
pub mod mandates;
pub mod originals;
pub mod own_key;
pub mod past;
mod placing;
pub mod process;
pub mod queues;
pub mod reading;
pub(crate) mod series;
mod sourcing;
pub mod standing;
pub mod submitting;
pub mod visits;

use crate::catalogue::Catalogue;
use crate::sealing::Sealer;
use crate::tables::dossiers::Model;
use chrono::{DateTime, Utc};
use rules::access::Parties;
use rules::actor::Actor;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

/// Everything an act is done with: the transaction, who, when, and what is known.
#[derive(Debug, Clone, Copy)]
pub struct Door<'a> {
    /// The transaction of the change and of all that follows from it.
    pub tx: &'a DatabaseTransaction,
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// Seals personal data.
    pub sealer: &'a Sealer,
    /// Who acts.
    pub by: &'a Actor,
    /// When.
    pub at: DateTime<Utc>,
    /// `traceparent` of the request, carried into the jobs.
    pub trace: Option<&'a str>,
}

/// The dossier is the matter of `by`: it belongs to them, or they hold it for its applicant.
pub fn is_mine(dossier: &Model, by: &Actor, sealer: &Sealer) -> bool {
    is_own(dossier, by, sealer) || is_held(dossier, by)
}

/// The dossier belongs to `by`: handed in by them for themselves, or in the name of the id that their sign-in vouches for.
pub fn is_own(dossier: &Model, by: &Actor, sealer: &Sealer) -> bool {
    dossier.owner == by.subject
        || vouched_id(by).is_some_and(|id| dossier.applicant_index == Some(sealer.index("id", id)))
}

/// `by` handed it in for its applicant, and their mandate has not ended (I-05).
pub fn is_held(dossier: &Model, by: &Actor) -> bool {
    let lasts = by.as_of.is_some_and(|now| dossier.held_until.is_none_or(|end| now < end));
    lasts && dossier.holder.as_ref() == Some(&by.subject)
}

/// The national id of a sign-in with a level of assurance; what an account says of itself is not enough.
pub(crate) fn vouched_id(by: &Actor) -> Option<&str> {
    by.national_id.as_deref().filter(|id| by.assurance > 0 && !id.is_empty())
}

/// What the access policy looks at.
pub fn parties(dossier: &Model, by: &Actor, sealer: &Sealer) -> Parties {
    Parties {
        mine: is_mine(dossier, by, sealer),
        unit: dossier.unit_id,
        authority: dossier.authority_id,
        sender: sender(dossier),
    }
}

/// The unit that opened a child dossier and answers for it (L-31); none for a dossier of its own.
pub fn sender(dossier: &Model) -> Option<Uuid> {
    dossier.parent_id?;
    dossier.owner.strip_prefix(UNIT)?.parse().ok()
}

/// The owner of papers that a unit took in, or of a child that it opened.
fn owner_unit(unit: Uuid) -> String {
    format!("{UNIT}{unit}")
}

/// The owner of what somebody handed in for another person: nobody's account, so that whatever follows the owner never
/// leads to who handed in.
fn owner_applicant(dossier: Uuid) -> String {
    format!("{APPLICANT}{dossier}")
}

/// The owner is no account: it was handed in on paper, or online for somebody else.
pub fn is_no_account(owner: &str) -> bool {
    owner.starts_with(UNIT) || owner.starts_with(APPLICANT)
}

const UNIT: &str = "unit|";
const APPLICANT: &str = "applicant|";
