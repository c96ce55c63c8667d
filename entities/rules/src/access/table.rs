//! The table of the policy: which role, standing how to a thing, sees how much of it.

use super::kinds::{Relation, Sight, Thing};
use crate::actor::Role;
use Relation::{Asked, Competent, Elsewhere, Own, Point, Sender, Unit};
use Sight::{Full, Masked};

/// One line of the policy; what no line gives is not seen.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// These roles,
    pub roles: &'static [Role],
    /// held at a unit that stands so to a thing,
    pub relations: &'static [Relation],
    /// see of these things
    pub things: &'static [Thing],
    /// so much.
    pub sight: Sight,
}

const UNIT_READERS: &[Role] =
    &[Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Finance, Role::PostalClerk];
const PAPER_READERS: &[Role] = &[Role::DeskOfficer, Role::CaseOfficer, Role::Approver];
const MONEY_ROLES: &[Role] = &[Role::Finance, Role::Approver];
const OVERSEERS: &[Role] = &[Role::Inspector, Role::ProcedureController];
const AT_WORK: &[Relation] = &[Unit, Competent, Sender];
const OF_A_DOSSIER: &[Thing] = &[
    Thing::Dossier,
    Thing::Person,
    Thing::Files,
    Thing::PrintedForms,
    Thing::Notices,
    Thing::Payments,
    Thing::Shipments,
    Thing::Results,
];
const WITHOUT_PERSONS: &[Thing] = &[
    Thing::Dossier,
    Thing::Person,
    Thing::Notices,
    Thing::Payments,
    Thing::Shipments,
    Thing::Results,
    Thing::Exchanges,
    Thing::Digitisations,
    Thing::Money,
];

/// Who sees what. What a person's own is stands at the citizen, whatever else they are.
pub const TABLE: &[Line] = &[
    line(&[Role::Citizen], &[Own], OF_A_DOSSIER, Full),
    line(&[Role::Citizen], &[Own], &[Thing::Shelf], Full),
    line(UNIT_READERS, AT_WORK, OF_A_DOSSIER, Full),
    line(UNIT_READERS, AT_WORK, &[Thing::Exchanges, Thing::Consultations], Full),
    line(UNIT_READERS, &[Unit, Competent], &[Thing::Digitisations], Full),
    line(UNIT_READERS, &[Unit], &[Thing::Desk, Thing::Counts], Full),
    line(PAPER_READERS, &[Unit, Competent], &[Thing::Pages, Thing::StoredDocuments], Full),
    line(PAPER_READERS, &[Unit], &[Thing::Questions], Full),
    line(&[Role::CaseOfficer, Role::Approver], &[Asked], &[Thing::Consultations], Full),
    line(MONEY_ROLES, &[Unit], &[Thing::Money, Thing::CashDesk], Full),
    line(&[Role::PostalClerk], &[Point], &[Thing::Deliveries], Full),
    line(&[Role::PostalClerk, Role::DeskOfficer], &[Unit, Point], &[Thing::Sightings], Full),
    line(OVERSEERS, &[Elsewhere], WITHOUT_PERSONS, Masked),
    line(OVERSEERS, &[Elsewhere], &[Thing::Counts, Thing::Reconciliations], Full),
    line(&[Role::ProcedureController], &[Elsewhere], &[Thing::Questions, Thing::Catalogue], Full),
    line(&[Role::Inspector], &[Elsewhere], &[Thing::Chronicle], Full),
    line(&[Role::Administrator], &[Elsewhere], RUN_BY_ADMINISTRATORS, Full),
    line(&[Role::Office], &[Elsewhere], &Thing::ALL, Full),
];

const RUN_BY_ADMINISTRATORS: &[Thing] = &[
    Thing::Sightings,
    Thing::Counts,
    Thing::Reconciliations,
    Thing::Catalogue,
    Thing::Jobs,
    Thing::Assignments,
];

const fn line(
    roles: &'static [Role],
    relations: &'static [Relation],
    things: &'static [Thing],
    sight: Sight,
) -> Line {
    Line { roles, relations, things, sight }
}

/// One cell of the table.
pub fn cell(role: Role, relation: Relation, thing: Thing) -> Sight {
    let lines = TABLE.iter().filter(|line| line.things.contains(&thing));
    let lines = lines.filter(|line| line.roles.contains(&role) && line.relations.contains(&relation));
    lines.map(|line| line.sight).max().unwrap_or(Sight::None)
}
