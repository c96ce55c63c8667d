//! The JSON form of an assignment: who holds which role where, and since when.

use crate::catalogue::keys;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::people::role_of;
use entities::people::row::Model;
use rules::actor::Role;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A role that an officer holds, or held.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Assignment)]
pub(crate) struct AssignmentView {
    /// Key; its order is the order of giving.
    id: Uuid,
    /// Issuer and subject of the officer's tokens, joined by `|`.
    #[schema(example = "https://sso.tinh.example/realms/motcua|0f8fad5b")]
    subject: String,
    /// Name for people to read.
    #[schema(example = "Hoàng Văn Cửa")]
    name: String,
    /// Title at the unit, as the national portal is told it.
    #[schema(example = "Cán bộ một cửa")]
    title: String,
    /// The role.
    #[schema(value_type = keys::Role)]
    role: Role,
    /// The unit it is held at; absent for roles of the whole province.
    unit: Option<Uuid>,
    /// From when.
    valid_from: DateTime<Utc>,
    /// Until when, exclusive; absent while nobody has ended it.
    valid_to: Option<DateTime<Utc>>,
}

impl AssignmentView {
    /// The view of a row.
    pub(super) fn of(row: Model) -> Result<Self, Error> {
        Ok(Self {
            role: role_of(&row)?,
            id: row.id,
            subject: row.subject,
            name: row.name,
            title: row.title,
            unit: row.unit_id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        })
    }
}
