//! One policy: who sees which dossier, used by lists, search, detail, files and jobs alike.

mod kinds;
pub mod masking;
mod picture;
mod table;

pub use kinds::{Relation, Sight, Thing};
pub use picture::picture;
pub use table::{Line, TABLE, cell};

use crate::actor::{Actor, Role};
use uuid::Uuid;

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
    sight_of(by, Thing::Dossier, parties)
}

/// What `by` sees of something that goes with a dossier.
pub fn sight_of(by: &Actor, thing: Thing, parties: Parties) -> Sight {
    let own = if parties.mine { cell(Role::Citizen, Relation::Own, thing) } else { Sight::None };
    let places = [
        Some((Relation::Unit, parties.unit)),
        Some((Relation::Competent, parties.authority)),
        parties.sender.map(|sender| (Relation::Sender, sender)),
    ];
    let near = places.into_iter().flatten().map(|(relation, unit)| near(by, thing, (relation, unit)));
    near.fold(own, Sight::max).max(everywhere(by, thing))
}

/// What `by` sees of something of a unit that stands so to it.
pub fn sight_at(by: &Actor, thing: Thing, place: (Relation, Uuid)) -> Sight {
    near(by, thing, place).max(everywhere(by, thing))
}

/// What `by` sees of a thing wherever in the province it lies.
pub fn everywhere(by: &Actor, thing: Thing) -> Sight {
    let cells = by.assignments.iter().map(|held| cell(held.role, Relation::Elsewhere, thing));
    cells.max().unwrap_or(Sight::None)
}

/// The units by which `by` sees things that stand so to them: what a list asks for.
pub fn units(by: &Actor, thing: Thing, relation: Relation) -> Vec<Uuid> {
    let seeing = by.assignments.iter().filter(|held| cell(held.role, relation, thing) > Sight::None);
    let mut units: Vec<Uuid> = seeing.filter_map(|held| held.unit).collect();
    units.sort_unstable();
    units.dedup();
    units
}

/// What a list of a thing may hold for somebody: all of it, or that of some units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// That of these units; of none for who has nothing to do with it.
    Units(Vec<Uuid>),
    /// That of the whole province.
    Province,
}

/// The scope of a list of things that are a unit's.
pub fn scope(by: &Actor, thing: Thing) -> Scope {
    match everywhere(by, thing) {
        Sight::None => Scope::Units(units(by, thing, Relation::Unit)),
        _ => Scope::Province,
    }
}

/// `by` has to do with such things at all; others are not let into their list.
pub fn knows(by: &Actor, thing: Thing) -> bool {
    let known = |role| Relation::ALL.iter().any(|relation| cell(role, *relation, thing) > Sight::None);
    by.assignments.iter().any(|held| known(held.role))
}

fn near(by: &Actor, thing: Thing, (relation, unit): (Relation, Uuid)) -> Sight {
    let there = by.assignments.iter().filter(|held| held.unit == Some(unit));
    there.map(|held| cell(held.role, relation, thing)).max().unwrap_or(Sight::None)
}

/// What `by` sees of the money of a unit: refunds and takings.
pub fn money_sight(by: &Actor, unit: Uuid) -> Sight {
    sight_at(by, Thing::Money, (Relation::Unit, unit))
}

/// May read what is counted over the dossiers of a unit.
pub fn reads_counts(by: &Actor, unit: Uuid) -> bool {
    sight_at(by, Thing::Counts, (Relation::Unit, unit)) > Sight::None
}

/// May run the catalogue: publish procedures, units and calendars.
pub fn runs_catalogue(by: &Actor) -> bool {
    everywhere(by, Thing::Catalogue) == Sight::Full
}

/// May see and steer the job ledger.
pub fn runs_jobs(by: &Actor) -> bool {
    everywhere(by, Thing::Jobs) == Sight::Full
}

/// May give roles to officers and end them.
pub fn runs_people(by: &Actor) -> bool {
    everywhere(by, Thing::Assignments) == Sight::Full
}

/// May read the chronicle of the whole province: who watches over those who act.
pub fn reads_chronicle(by: &Actor) -> bool {
    everywhere(by, Thing::Chronicle) == Sight::Full
}
