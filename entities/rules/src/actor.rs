//! Who acts: a person or a machine with roles at units (seeds.md §4.2).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a person may be in the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Applicant, with an electronic identity (công dân).
    Citizen,
    /// Representative of an organisation (người đại diện tổ chức).
    OrganisationRepresentative,
    /// Community helper with recorded consent (tổ công nghệ số cộng đồng).
    Helper,
    /// One-stop desk officer (cán bộ một cửa).
    DeskOfficer,
    /// Case officer (công chức thụ lý).
    CaseOfficer,
    /// Approver who signs results (lãnh đạo).
    Approver,
    /// Finance officer (kế toán).
    Finance,
    /// Clerk of a postal point (nhân viên bưu chính).
    PostalClerk,
    /// Controller of procedures for the province (kiểm soát thủ tục hành chính).
    ProcedureController,
    /// Inspector, reads only (thanh tra).
    Inspector,
    /// Administrator of the system (quản trị hệ thống).
    Administrator,
    /// Machine client (bên tích hợp).
    Integrator,
    /// The office's own clock and the outside parties it has verified.
    Office,
}

impl Role {
    /// All.
    pub const ALL: [Self; 13] = [
        Self::Citizen,
        Self::OrganisationRepresentative,
        Self::Helper,
        Self::DeskOfficer,
        Self::CaseOfficer,
        Self::Approver,
        Self::Finance,
        Self::PostalClerk,
        Self::ProcedureController,
        Self::Inspector,
        Self::Administrator,
        Self::Integrator,
        Self::Office,
    ];
}

/// A role at a unit; `unit` is absent for roles of the whole province.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The role.
    pub role: Role,
    /// The unit it is held at.
    pub unit: Option<Uuid>,
}

/// Who asks, after the token has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Stable key: `issuer|subject`.
    pub subject: String,
    /// Name for people to read.
    pub name: String,
    /// Title at the unit, for the progress line sent to the portal; empty for citizens.
    pub title: String,
    /// National personal or organisation id, when the issuer says it.
    pub national_id: Option<String>,
    /// Roles held now.
    pub assignments: Vec<Assignment>,
    /// Scopes of a machine client; empty for people.
    pub scopes: Vec<String>,
    /// Level of assurance of the sign-in (`loAs`), 0 when unknown.
    pub assurance: u8,
    /// The instant of the asking, by which what the actor holds for others has ended or not; for none it has.
    pub as_of: Option<DateTime<Utc>>,
}

impl Actor {
    /// The office itself: deadlines, schedules and verified outside parties.
    pub fn office() -> Self {
        Self {
            subject: "office|motcua".into(),
            name: "Hệ thống một cửa".into(),
            title: String::new(),
            national_id: None,
            assignments: vec![Assignment { role: Role::Office, unit: None }],
            scopes: Vec::new(),
            assurance: 0,
            as_of: None,
        }
    }

    /// Holds `role` anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.assignments.iter().any(|a| a.role == role)
    }

    /// Holds `role` at `unit`, or for the whole province.
    pub fn is_at(&self, role: Role, unit: Uuid) -> bool {
        self.assignments.iter().any(|a| a.role == role && a.unit.is_none_or(|u| u == unit))
    }

    /// Units where the actor holds one of `roles`.
    pub fn units_as(&self, roles: &[Role]) -> Vec<Uuid> {
        self.assignments.iter().filter(|a| roles.contains(&a.role)).filter_map(|a| a.unit).collect()
    }
}
