//! The rows of a warning: one for each of those it is for, each under the name they ask by.

use crate::error::Error;
use crate::tables::{dossiers, warnings};
use chrono::{DateTime, Utc};
use rules::actor::{Actor, Role};
use rules::status::Status;
use rules::warnings::{Audience, Warning};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// The rows of a warning that is given at the last entry of `dossier`; nobody gets it twice.
pub(crate) fn rows(dossier: &dossiers::Model, warning: &Warning, at: DateTime<Utc>) -> Vec<warnings::Model> {
    let mut rows: Vec<warnings::Model> = Vec::new();
    for audience in warning.kind.audiences() {
        let (unit_id, addressee) = addressed(dossier, *audience);
        if rows.iter().any(|row| row.addressee == addressee) {
            continue;
        }
        rows.push(warnings::Model {
            id: Uuid::now_v7(),
            dossier_id: dossier.id,
            kind: warning.kind.key().into(),
            occasion: warning.occasion.clone(),
            audience: audience.key().into(),
            unit_id,
            addressee,
            entry: dossier.entries,
            vi: warning.vi.clone(),
            en: warning.en.clone(),
            given_at: at,
            seen_by: None,
            seen_name: None,
            seen_at: None,
        });
    }
    rows
}

/// The names under which somebody asks for warnings: their own, and each role they hold at a unit.
pub(crate) fn names(by: &Actor) -> Vec<String> {
    let roles = by.assignments.iter().filter_map(|held| Some(role_at(role_key(held.role)?, held.unit?)));
    std::iter::once(by.subject.clone()).chain(roles).collect()
}

fn addressed(dossier: &dossiers::Model, audience: Audience) -> (Uuid, String) {
    let (unit, authority) = (dossier.unit_id, dossier.authority_id);
    match audience {
        Audience::Applicant => (unit, APPLICANT.into()),
        Audience::Assignee => {
            let desk = dossier.desk_id.unwrap_or(authority);
            let anybody = role_at(&dossier.waits_for, desk);
            (desk, dossier.assignee.clone().unwrap_or(anybody))
        }
        Audience::Desk => (unit, role_at(DESK, unit)),
        Audience::DeskHeads => (unit, role_at(HEAD, unit)),
        Audience::Heads => (authority, role_at(HEAD, authority)),
        Audience::PostalClerks => (unit, role_at(POST, unit)),
    }
}

/// Nobody asks by this name: applicants read the letter and the history.
const APPLICANT: &str = "applicant";
const DESK: &str = "desk_officer";
const HEAD: &str = "approver";
const POST: &str = "postal_clerk";

fn role_at(role: &str, unit: Uuid) -> String {
    format!("{role}@{unit}")
}

/// The roles that warnings are addressed to.
fn role_key(role: Role) -> Option<&'static str> {
    match role {
        Role::DeskOfficer => Some(DESK),
        Role::CaseOfficer => Some("case_officer"),
        Role::Approver => Some(HEAD),
        Role::PostalClerk => Some(POST),
        _ => None,
    }
}

/// When a dossier is to be looked at after an act: at the next sweep, unless nothing can become due any more.
pub(crate) fn watched_from(status: Status, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    (!status.is_final()).then_some(at)
}

/// Has a dossier looked at by the next sweep, when something beside it changed.
pub(crate) async fn watch<C: ConnectionTrait>(tx: &C, dossier: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    dossiers::Entity::update_many()
        .col_expr(dossiers::Column::WatchAt, Expr::value(at))
        .filter(dossiers::Column::Id.eq(dossier))
        .exec(tx)
        .await?;
    Ok(())
}
