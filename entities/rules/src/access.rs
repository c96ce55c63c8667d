//! One policy: who sees which dossier, used by lists, search, detail, files and jobs alike.

use crate::actor::{Actor, Role};
use uuid::Uuid;

/// Roles that see the dossiers of their unit in full.
pub const UNIT_READERS: &[Role] =
    &[Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Finance, Role::PostalClerk];

/// Roles that see every dossier of the province, personal fields masked.
pub const PROVINCE_READERS: &[Role] = &[Role::Inspector, Role::ProcedureController];

/// How far a role that this office gives goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It is held at a unit.
    Unit,
    /// It is held for the whole province.
    Province,
}

/// The reach of a role that is given by an assignment; none for what only a sign-in or the program itself is.
pub fn reach(role: Role) -> Option<Reach> {
    match role {
        Role::DeskOfficer
        | Role::CaseOfficer
        | Role::Approver
        | Role::Finance
        | Role::PostalClerk
        | Role::Helper => Some(Reach::Unit),
        Role::ProcedureController | Role::Inspector | Role::Administrator => Some(Reach::Province),
        Role::Citizen | Role::OrganisationRepresentative | Role::Integrator | Role::Office => None,
    }
}

/// What of a dossier a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Nothing: it does not exist for this person.
    None,
    /// Everything but personal fields.
    Masked,
    /// Everything.
    Full,
}

/// The parties of a dossier that the policy looks at.
#[derive(Debug, Clone, Copy)]
pub struct Parties {
    /// It belongs to the person asking.
    pub mine: bool,
    /// Receiving unit.
    pub unit: Uuid,
    /// Competent unit.
    pub authority: Uuid,
    /// The unit that opened it, when it is the child of another dossier.
    pub sender: Option<Uuid>,
}

/// What `by` sees of a dossier.
pub fn sight(by: &Actor, parties: Parties) -> Sight {
    let at_unit = |unit| UNIT_READERS.iter().any(|role| by.is_at(*role, unit));
    let at_work = at_unit(parties.unit) || at_unit(parties.authority) || parties.sender.is_some_and(at_unit);
    if parties.mine || by.is(Role::Office) || at_work {
        return Sight::Full;
    }
    if PROVINCE_READERS.iter().any(|role| by.is(*role)) {
        return Sight::Masked;
    }
    Sight::None
}

/// Which dossiers a list may hold for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Those that belong to the person.
    Own,
    /// Those of these units.
    Units(Vec<Uuid>),
    /// All, personal fields masked.
    Province,
}

/// The scope of lists for `by`: officers see their units, others their own.
pub fn scope(by: &Actor) -> Scope {
    if PROVINCE_READERS.iter().any(|role| by.is(*role)) {
        return Scope::Province;
    }
    let units = by.units_as(UNIT_READERS);
    if units.is_empty() { Scope::Own } else { Scope::Units(units) }
}

/// Roles that handle the money of their unit.
pub const MONEY_ROLES: &[Role] = &[Role::Finance, Role::Approver];

/// What `by` sees of the money of a unit: refunds and takings.
pub fn money_sight(by: &Actor, unit: Uuid) -> Sight {
    if by.is(Role::Office) || MONEY_ROLES.iter().any(|role| by.is_at(*role, unit)) {
        return Sight::Full;
    }
    if PROVINCE_READERS.iter().any(|role| by.is(*role)) { Sight::Masked } else { Sight::None }
}

/// May read what is counted over the dossiers of a unit.
pub fn reads_counts(by: &Actor, unit: Uuid) -> bool {
    let there = UNIT_READERS.iter().any(|role| by.is_at(*role, unit));
    there || by.is(Role::Administrator) || PROVINCE_READERS.iter().any(|role| by.is(*role))
}

/// May run the catalogue: publish procedures, units and calendars.
pub fn runs_catalogue(by: &Actor) -> bool {
    by.is(Role::ProcedureController) || by.is(Role::Administrator)
}

/// May see and steer the job ledger.
pub fn runs_jobs(by: &Actor) -> bool {
    by.is(Role::Administrator)
}

/// May give roles to officers and end them.
pub fn runs_people(by: &Actor) -> bool {
    by.is(Role::Administrator)
}

/// May read the chronicle of the whole province: who watches over those who act.
pub fn reads_chronicle(by: &Actor) -> bool {
    by.is(Role::Inspector)
}
