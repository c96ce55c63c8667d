//! What people keyed of a paper's fields, each under the rules of the human check.

use super::fields::{self, Field, owner_of};
use crate::error::Error;
use crate::sealing::Sealer;
use chrono::{DateTime, Utc};
use rules::papers::keying::{FieldState, NotYours, tidy};
use rules::refusal::{Block, Refusal, Violation};
use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, Set};
use uuid::Uuid;

/// What somebody read on the paper; empty where the paper does not say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// Name of the field.
    pub field: String,
    /// What stands there.
    pub value: String,
}

/// Takes what `by` keyed of an item whose row the caller holds; tells how many fields still wait for people.
///
/// All of it or nothing: an unknown field is invalid, a settled one or one that the same person keyed before is refused.
pub async fn key<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    (item, by): (Uuid, &str),
    keyed: &[Keyed],
    at: DateTime<Utc>,
) -> Result<usize, Error> {
    let mut known = fields::of(db, sealer, item).await?;
    let mut blocks = Vec::new();
    for (at_line, one) in keyed.iter().enumerate() {
        let field = known.iter_mut().find(|field| field.row.name == one.field);
        let field = field.ok_or_else(|| unknown(at_line, &one.field))?;
        match field.keying().key(by, &one.value) {
            Err(why) => blocks.push(refused(why, &one.field)),
            Ok(step) => {
                let right = step.machine_right.map(|right| if right { "yes" } else { "no" });
                *field = taken(field, (by, &tidy(&one.value)), (step.state, right));
            }
        }
    }
    if !blocks.is_empty() {
        let refusal =
            Refusal { act: "key_fields", status: None, blocked_by: blocks, allowed: vec!["show_fields"] };
        return Err(refusal.into());
    }
    for field in known.iter().filter(|field| keyed.iter().any(|one| one.field == field.row.name)) {
        write(db, sealer, field, at).await?;
    }
    Ok(known.iter().filter(|field| !field.state.is_settled()).count())
}

/// The field after the keying: whose it was goes by how far the field is.
fn taken(field: &Field, (by, value): (&str, &str), (state, right): (FieldState, Option<&str>)) -> Field {
    let mut after = field.clone();
    match field.state {
        FieldState::ToKey => {
            after.row.second_by = Some(by.into());
            after.second = Some(value.into());
        }
        FieldState::Differs => after.row.third_by = Some(by.into()),
        _ => {
            after.row.first_by = Some(by.into());
            after.first = Some(value.into());
        }
    }
    after.state = state;
    after.settled = (state == FieldState::Checked).then(|| value.into());
    after.row.machine_right = right.map(Into::into);
    after
}

async fn write<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    field: &Field,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = &field.row;
    let seal = |column, value: &Option<String>| {
        let owner = owner_of(row.digitisation_id, &row.name, column);
        value.as_deref().map(|value| sealer.seal(&owner, value)).transpose()
    };
    let mut after = row.clone().into_active_model();
    after.state = Set(field.state.key().into());
    after.first_by = Set(row.first_by.clone());
    after.first_sealed = Set(seal("first", &field.first)?);
    after.second_by = Set(row.second_by.clone());
    after.second_sealed = Set(seal("second", &field.second)?);
    after.third_by = Set(row.third_by.clone());
    after.final_sealed = Set(seal("final", &field.settled)?);
    after.machine_right = Set(row.machine_right.clone());
    after.updated_at = Set(at);
    after.update(db).await?;
    Ok(())
}

fn unknown(line: usize, name: &str) -> Error {
    Error::Invalid(vec![Violation {
        pointer: format!("/fields/{line}/name"),
        code: "unknown_field",
        vi: format!("Giấy tờ này không có trường “{name}”."),
        en: format!("This paper has no field “{name}”."),
    }])
}

fn refused(why: NotYours, name: &str) -> Block {
    let (code, vi, en) = match why {
        NotYours::Settled => (
            "field_settled",
            format!("Trường “{name}” đã xong, không cần nhập nữa."),
            format!("The field “{name}” is settled and is not keyed any more."),
        ),
        NotYours::Again => (
            "keyed_by_you",
            format!("Anh/chị đã nhập trường “{name}”; cần một người khác nhập lần nữa."),
            format!("You keyed the field “{name}” before; somebody else must key it this time."),
        ),
    };
    Block { code, vi, en, legal_basis: None }
}
