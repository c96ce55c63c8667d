//! What is known of the person who signs in, for the fields of a form that are bound to it; never of anybody else (R-J1).

use super::{data, reading::shelf, valid};
use crate::dossiers::applicant::Applicant;
use crate::dossiers::{reading, vouched_id};
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::dossiers::{self, Column, Entity};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use rules::local_time::local_date;
use rules::papers::known::{ApplicantField, Bound, Known, bindings, put};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use std::collections::BTreeMap;

/// A form with what is known filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Prefilled {
    /// The form: what the person wrote, and what is known where they wrote nothing.
    pub form: Value,
    /// The applicant as known.
    pub applicant: Applicant,
    /// What was filled in.
    pub filled: Vec<Filled>,
}

/// A field that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// JSON pointer within the form.
    pub pointer: String,
    /// What it is bound to, as the annotation says.
    pub known: String,
    /// The document it comes from.
    pub document: Option<uuid::Uuid>,
}

/// Fills the bound fields of a form for the person who signs in. A value that does not fit its field is left out.
pub async fn prefill<C: ConnectionTrait>(
    db: &C,
    (sealer, by, at): (&Sealer, &Actor, DateTime<Utc>),
    schema: &Value,
    mut form: Value,
) -> Result<Prefilled, Error> {
    let applicant = applicant(db, sealer, by).await?;
    let bound = bindings(schema);
    let documents = documents(db, (sealer, by, at), &bound).await?;
    let mut filled = Vec::new();
    for field in &bound {
        let Some(known) = &field.known else { continue };
        let (text, document) = match known {
            Known::Applicant(which) => (of_applicant(&applicant, *which), None),
            Known::Document { paper_type, field } => {
                let fields = documents.get(paper_type.as_str());
                let told = fields.and_then(|(id, fields)| Some((fields.get(field)?.clone(), *id)));
                told.map_or((None, None), |(text, id)| (Some(text), Some(id)))
            }
        };
        let value = text.and_then(|text| fitting(field.schema, &text));
        if value.is_some_and(|value| put(&mut form, &field.path, value)) {
            filled.push(Filled { pointer: field.pointer(), known: known.key(), document });
        }
    }
    Ok(Prefilled { form, applicant, filled })
}

/// The person as their sign-in says, and as they last said themself or showed at a desk.
async fn applicant<C: ConnectionTrait>(db: &C, sealer: &Sealer, by: &Actor) -> Result<Applicant, Error> {
    let signed_in = Applicant {
        name: by.name.clone(),
        id_number: vouched_id(by).map(Into::into),
        ..Applicant::default()
    };
    let Some(shelf) = shelf(sealer, by) else { return Ok(signed_in) };
    match query(&shelf).one(db).await? {
        None => Ok(signed_in),
        Some(last) => Ok(Applicant {
            name: signed_in.name,
            id_number: signed_in.id_number,
            tech_id: None,
            ..reading::applicant(sealer, &last)?
        }),
    }
}

/// The last dossier of an applicant whom a sign-in or a desk vouched for: what a stranger wrote under somebody's number
/// says nothing of them.
pub fn query(shelf: &str) -> sea_orm::Select<Entity> {
    let vouched_for = Expr::cust("(identity_verified OR channel = 'desk')");
    let rows = Entity::find().filter(Column::ApplicantIndex.eq(shelf)).filter(vouched_for);
    rows.filter(dossiers::Column::ParentId.is_null()).order_by_desc(Column::Id).limit(1)
}

type Fields = BTreeMap<String, (uuid::Uuid, BTreeMap<String, String>)>;

/// Checked fields of the person's own valid documents, the newest of each type that the form is bound to.
async fn documents<C: ConnectionTrait>(
    db: &C,
    (sealer, by, at): (&Sealer, &Actor, DateTime<Utc>),
    bound: &[Bound<'_>],
) -> Result<Fields, Error> {
    let types: Vec<&str> = bound
        .iter()
        .filter_map(|field| match &field.known {
            Some(Known::Document { paper_type, .. }) => Some(paper_type.as_str()),
            _ => None,
        })
        .collect();
    let mut fields = Fields::new();
    if let Some(shelf) = shelf(sealer, by) {
        for document in valid(db, &shelf, &types, local_date(at)).await? {
            if document.data_sealed.is_some() && !fields.contains_key(&document.paper_type) {
                let read = data(sealer, &document)?;
                fields.insert(document.paper_type, (document.id, read));
            }
        }
    }
    Ok(fields)
}

fn of_applicant(applicant: &Applicant, field: ApplicantField) -> Option<String> {
    let told = match field {
        ApplicantField::Name => Some(applicant.name.clone()),
        ApplicantField::IdNumber => applicant.number().map(Into::into),
        ApplicantField::BornOn => applicant.born_on.map(|day| day.to_string()),
        ApplicantField::Phone => applicant.phone.clone(),
        ApplicantField::Email => applicant.email.clone(),
        ApplicantField::Address => applicant.address.as_ref().map(|address| address.one_line()),
    };
    told.filter(|text| !text.trim().is_empty())
}

/// The value in the type of its field, when its schema takes it.
fn fitting(schema: &Value, text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok().map(Value::from);
    let candidates = [Some(Value::String(text.to_owned())), whole];
    let field = jsonschema::options().should_validate_formats(true).build(schema).ok()?;
    candidates.into_iter().flatten().find(|value| field.is_valid(value))
}
