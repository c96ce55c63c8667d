//! An entry of the chronicle, made of what happened and who did it.

use super::about::{About, account_index};
use crate::columns::key_of;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::chronicle::Model;
use chrono::{DateTime, Utc};
use rules::access::{reach, runs_catalogue};
use rules::actor::{Actor, Assignment, Role};
use uuid::Uuid;

/// The chain of what belongs to no unit.
pub const OFFICE: &str = "office";

/// What an entry tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An act on a dossier, through the one door.
    Act,
    /// Any other write of a request.
    Written,
    /// A write by who runs the office for the province.
    Administration,
    /// A look at one person's data.
    Read,
    /// A look with persons masked.
    Masked,
    /// A look at a list that shows persons.
    Listed,
    /// A file of many persons' data, made to be taken away.
    Exported,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Act,
        Self::Written,
        Self::Administration,
        Self::Read,
        Self::Masked,
        Self::Listed,
        Self::Exported,
    ];

    /// The kind of a write that is no act: by who runs the office for the province, or by anybody else.
    pub fn of_write(by: &Actor) -> Self {
        if runs_catalogue(by) { Self::Administration } else { Self::Written }
    }

    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Written => "written",
            Self::Administration => "administration",
            Self::Read => "read",
            Self::Masked => "masked",
            Self::Listed => "listed",
            Self::Exported => "exported",
        }
    }
}

/// What happened, before it is written down.
#[derive(Debug, Clone)]
pub struct Happening<'a> {
    /// The kind.
    pub kind: Kind,
    /// Key of the act, or method and address pattern.
    pub what: &'a str,
    /// The document or paper that was opened.
    pub thing: Option<Uuid>,
    /// Whose data it is.
    pub about: About,
    /// What for, in words.
    pub purpose: Option<&'a str>,
    /// Hashes of what stood there before and what stands there now.
    pub change: (Option<String>, Option<String>),
    /// Number and hash of the history entry that it tells of.
    pub record: Option<(i32, String)>,
    /// `traceparent` of the request.
    pub trace: Option<&'a str>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The entry of what `by` did. Names of officers stay readable; those of anybody else are sealed.
pub fn entry(sealer: &Sealer, by: &Actor, told: Happening<'_>) -> Result<Model, Error> {
    let id = Uuid::now_v7();
    let held = held_for(by, &told.about.units);
    let unit_id = held.and_then(|held| held.unit);
    let chain = told.about.units.first().copied().or(unit_id);
    let private = is_private(by);
    let (before_hash, after_hash) = told.change;
    let own = sealer.own(told.about.dossier.unwrap_or_default(), told.about.key_wrapped.as_deref())?;
    let (record_seq, record_hash) = told.record.unzip();
    Ok(Model {
        id,
        chain: chain.map_or_else(|| OFFICE.to_owned(), |unit| unit.to_string()),
        unit_id,
        dossier_id: told.about.dossier,
        kind: told.kind.key().into(),
        what: told.what.chars().take(160).collect(),
        thing_id: told.thing,
        subject: if private { account_index(sealer, &by.subject) } else { by.subject.clone() },
        role: held.map_or_else(|| Ok("citizen".to_owned()), |held| key_of(&held.role))?,
        title: by.title.chars().take(200).collect(),
        name: (!private).then(|| by.name.chars().take(200).collect()),
        name_sealed: private.then(|| own.seal(&place(id, "name"), &by.name)).transpose()?,
        owner_index: told.about.owner_index,
        account_index: told.about.account_index,
        purpose_sealed: told.purpose.map(|said| own.seal(&place(id, "purpose"), said)).transpose()?,
        before_hash,
        after_hash,
        record_seq,
        record_hash,
        trace: told.trace.map(Into::into),
        at: told.at,
    })
}

/// Holds a role that the office gives, or is the office or a machine: not a citizen at their own matter.
pub fn is_staff(by: &Actor) -> bool {
    by.assignments.iter().any(|held| reach(held.role).is_some())
}

/// What the sealed columns of an entry are sealed for.
pub(super) fn place(id: Uuid, column: &str) -> String {
    format!("chronicle:{id}:{column}")
}

/// Their name is sealed: whoever is no officer, no machine and not the office itself.
pub fn is_private(by: &Actor) -> bool {
    !is_staff(by) && !by.is(Role::Office) && !by.is(Role::Integrator)
}

/// The role it was done in: one held at these units, else one that the office gave, else whichever there is.
fn held_for<'a>(by: &'a Actor, units: &[Uuid]) -> Option<&'a Assignment> {
    let there = |held: &&Assignment| held.unit.is_some_and(|unit| units.contains(&unit));
    let given = |held: &&Assignment| reach(held.role).is_some();
    let all = || by.assignments.iter();
    all().find(there).or_else(|| all().find(given)).or_else(|| all().next())
}
