//! What becomes of each column of each table on its way out.

use super::places::{self, Form, Sealed};
use super::{left_out, things};
use crate::backups::columns::{Kind, Table};
use crate::backups::taking::NAMED;

/// What becomes of one column.
#[derive(Debug)]
pub(crate) enum Treatment {
    /// It stays here.
    LeftOut,
    /// It goes out as it is.
    Kept,
    /// It goes out opened, under this name.
    Opened(String, &'static Sealed),
}

/// How one table goes out.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The table.
    pub table: Table,
    /// The thing that it tells of.
    pub thing: &'static str,
    /// Its columns in the order of the table.
    pub columns: Vec<Treatment>,
}

/// How all tables go out, by name. Fails in words at a table or a sealed column of which nobody has said what becomes of
/// it.
pub(crate) fn plans(tables: Vec<Table>) -> Result<Vec<Plan>, String> {
    let handed_over = tables.into_iter().filter(|table| left_out::why_table(&table.name).is_none());
    handed_over.map(plan).collect()
}

fn plan(table: Table) -> Result<Plan, String> {
    let thing = things::thing(&table.name).ok_or_else(|| {
        format!("table {}: this version does not know whether it is to be handed over", table.name)
    })?;
    let columns = table.columns.iter().map(|column| treatment(&table, &column.name));
    let columns = columns.collect::<Result<_, _>>()?;
    Ok(Plan { table, thing, columns })
}

fn treatment(table: &Table, column: &str) -> Result<Treatment, String> {
    if left_out::why_column(&table.name, column).is_some() {
        return Ok(Treatment::LeftOut);
    }
    let Some(bare) = column.strip_suffix("_sealed") else { return Ok(Treatment::Kept) };
    let sealed = places::of(&table.name, column).ok_or_else(|| {
        format!("column {}.{column}: this version does not know how it is opened", table.name)
    })?;
    let taken = table.columns.iter().any(|other| other.name == bare);
    Ok(Treatment::Opened(if taken { format!("{bare}_opened") } else { bare.to_owned() }, sealed))
}

impl Plan {
    /// The columns that go out, in the order of the table: name here, name there, and what it holds.
    pub(crate) fn going(&self) -> impl Iterator<Item = (&str, &str, &'static str)> {
        self.table.columns.iter().zip(&self.columns).filter_map(|(column, treatment)| match treatment {
            Treatment::LeftOut => None,
            Treatment::Kept => Some((column.name.as_str(), column.name.as_str(), word(column.kind))),
            Treatment::Opened(name, Sealed { form: Form::Words, .. }) => {
                Some((column.name.as_str(), name.as_str(), "text"))
            }
            Treatment::Opened(name, _) => Some((column.name.as_str(), name.as_str(), "document")),
        })
    }

    /// Columns that name bytes in the store, in the order of the table, each with the folder of the store they lie in.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let named =
            |column: &str| NAMED.iter().find(|(table, of, _)| *table == self.table.name && *of == column);
        self.table
            .columns
            .iter()
            .filter_map(move |column| named(&column.name))
            .map(|(_, column, place)| (*column, *place))
    }
}

/// What a column holds, in a word that no engine owns.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "key",
        Kind::Text => "text",
        Kind::Flag => "flag",
        Kind::Small | Kind::Whole | Kind::Big => "number",
        Kind::Day => "day",
        Kind::Instant => "instant",
    }
}
