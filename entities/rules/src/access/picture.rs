//! The table of the policy as a page of Markdown, one part for each way to stand to a thing.

use super::kinds::{Relation, Sight, Thing};
use super::table::cell;
use crate::actor::Role;

/// Every cell that gives something, and the `no` beside it; what is in no part is not seen.
pub fn picture() -> String {
    Relation::ALL.into_iter().map(part).collect()
}

fn part(relation: Relation) -> String {
    let seen = |role: &Role| Thing::ALL.iter().any(|thing| cell(*role, relation, *thing) > Sight::None);
    let roles: Vec<Role> = Role::ALL.into_iter().filter(seen).collect();
    let heads: Vec<String> = roles.iter().map(|role| format!(" {} |", words(*role, relation))).collect();
    let rows: String = Thing::ALL.into_iter().filter_map(|thing| row(thing, relation, &roles)).collect();
    let (title, heads, rule) = (relation.words(), heads.concat(), " --- |".repeat(roles.len()));
    format!("\n### {title}\n\n| what |{heads}\n| --- |{rule}\n{rows}")
}

/// The row of a thing; none when nobody in the part sees anything of it.
fn row(thing: Thing, relation: Relation, roles: &[Role]) -> Option<String> {
    let cells: Vec<Sight> = roles.iter().map(|role| cell(*role, relation, thing)).collect();
    let given = cells.iter().any(|sight| *sight > Sight::None);
    let told: String = cells.iter().map(|sight| format!(" {} |", sight.word())).collect();
    given.then(|| format!("| {} |{told}\n", thing.words()))
}

fn words(role: Role, relation: Relation) -> &'static str {
    match role {
        Role::Citizen if relation == Relation::Own => "whoever it belongs to",
        Role::Citizen => "citizen",
        Role::OrganisationRepresentative => "representative",
        Role::Helper => "helper",
        Role::DeskOfficer => "desk officer",
        Role::CaseOfficer => "case officer",
        Role::Approver => "approver",
        Role::Finance => "finance",
        Role::PostalClerk => "postal clerk",
        Role::ProcedureController => "controller",
        Role::Inspector => "inspector",
        Role::Administrator => "administrator",
        Role::Integrator => "machine client",
        Role::Office => "the office itself",
    }
}
