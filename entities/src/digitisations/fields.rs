//! The fields of a paper: what the machine read, what people keyed, and what counts.

use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::digitised_fields::{Column, Entity, Model};
use chrono::{DateTime, Utc};
use rules::papers::Region;
use rules::papers::keying::{FieldState, Keying, begins, drawn};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use uuid::Uuid;

/// A field as the machine found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRead {
    /// Its name in the paper type.
    pub name: String,
    /// What was read; none where nothing was found.
    pub value: Option<String>,
    /// How sure, 0 to 100.
    pub confidence: u8,
    /// Where it stands.
    pub region: Option<Region>,
    /// Below this confidence a person looks.
    pub check_below: u8,
}

/// A field with its sealed values opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The row.
    pub row: Model,
    /// How far it is.
    pub state: FieldState,
    /// What the machine read.
    pub read: Option<String>,
    /// What was keyed first.
    pub first: Option<String>,
    /// What was keyed second.
    pub second: Option<String>,
    /// What counts.
    pub settled: Option<String>,
}

/// The fields of an item by name, opened.
pub async fn of<C: ConnectionTrait>(db: &C, sealer: &Sealer, item: Uuid) -> Result<Vec<Field>, Error> {
    let rows = Entity::find().filter(Column::DigitisationId.eq(item)).order_by_asc(Column::Name);
    rows.all(db).await?.into_iter().map(|row| Field::open(sealer, row)).collect()
}

/// Puts the fields of an item in the place of those it had, and draws the lots; tells how many wait for people.
pub async fn put<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    (item, percent): (Uuid, u8),
    found: &[FieldRead],
    at: DateTime<Utc>,
) -> Result<usize, Error> {
    Entity::delete_many().filter(Column::DigitisationId.eq(item)).exec(db).await?;
    let rows: Vec<Model> =
        found.iter().map(|read| row(sealer, (item, percent), read, at)).collect::<Result<_, _>>()?;
    let waiting = rows.iter().filter(|row| row.state != FieldState::Taken.key()).count();
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(waiting)
}

fn row(
    sealer: &Sealer,
    (item, percent): (Uuid, u8),
    read: &FieldRead,
    at: DateTime<Utc>,
) -> Result<Model, Error> {
    let drawn = drawn(lot(sealer, item, &read.name), percent);
    let state = begins(read.confidence, read.check_below, drawn);
    let seal = |column| {
        let value = read.value.as_deref();
        value.map(|value| sealer.seal(&owner_of(item, &read.name, column), value)).transpose()
    };
    let place = |edge: fn(Region) -> u16| read.region.map(|region| edge(region).into());
    Ok(Model {
        digitisation_id: item,
        name: read.name.clone(),
        read_sealed: seal("read")?,
        confidence: read.confidence.into(),
        page: place(|region| region.page),
        place_left: place(|region| region.left),
        place_top: place(|region| region.top),
        place_width: place(|region| region.width),
        place_height: place(|region| region.height),
        state: state.key().into(),
        drawn,
        first_by: None,
        first_sealed: None,
        second_by: None,
        second_sealed: None,
        third_by: None,
        final_sealed: if state == FieldState::Taken { seal("final")? } else { None },
        machine_right: None,
        updated_at: at,
    })
}

/// A number for the draw of a field: the same whenever it is asked for, foreseen only with the office's key.
fn lot(sealer: &Sealer, item: Uuid, name: &str) -> u64 {
    let index = sealer.index("double_keying", &format!("{item}:{name}"));
    index.get(..15).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0)
}

impl Field {
    pub(super) fn open(sealer: &Sealer, row: Model) -> Result<Self, Error> {
        let open = |column, sealed: &Option<String>| {
            let owner = owner_of(row.digitisation_id, &row.name, column);
            sealed.as_deref().map(|sealed| sealer.open(&owner, sealed)).transpose()
        };
        let state = FieldState::from_key(&row.state)
            .ok_or_else(|| Error::damaged("digitised_fields.state", &row.state))?;
        Ok(Self {
            read: open("read", &row.read_sealed)?,
            first: open("first", &row.first_sealed)?,
            second: open("second", &row.second_sealed)?,
            settled: open("final", &row.final_sealed)?,
            state,
            row,
        })
    }

    /// The field as the rules of keying see it.
    pub fn keying(&self) -> Keying<'_> {
        Keying {
            state: self.state,
            drawn: self.row.drawn,
            read: self.read.as_deref(),
            first: self.row.first_by.as_deref().zip(self.first.as_deref()),
            second: self.row.second_by.as_deref().zip(self.second.as_deref()),
        }
    }

    /// Where it stands on its page.
    pub fn region(&self) -> Option<Region> {
        let edge = |edge: Option<i32>| edge.and_then(|edge| u16::try_from(edge).ok());
        Some(Region {
            page: edge(self.row.page)?,
            left: edge(self.row.place_left)?,
            top: edge(self.row.place_top)?,
            width: edge(self.row.place_width)?,
            height: edge(self.row.place_height)?,
        })
    }
}

pub(super) fn owner_of(item: Uuid, name: &str, column: &str) -> String {
    format!("digitised_field:{item}:{name}:{column}")
}
