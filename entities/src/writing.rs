//! Rows of one act gathered and written in as few round trips as the engine allows.

use crate::error::Error;
use sea_orm::sea_query::{InsertStatement, PostgresQueryBuilder, UpdateStatement, Value, Values};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, IntoActiveModel, ModelTrait, QueryTrait,
    Statement,
};

/// Rows to be written together; all of them or none, inside the caller's transaction.
#[derive(Debug, Default)]
pub struct Batch {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Insert(InsertStatement),
    Update(UpdateStatement),
}

impl Batch {
    /// Adds one row.
    pub fn insert<M>(&mut self, row: M)
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        self.add(M::Entity::insert(row.into_active_model()).into_query());
    }

    /// Adds rows of one table as one statement; none for no rows.
    pub fn insert_all<M>(&mut self, rows: Vec<M>)
    where
        M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
    {
        if !rows.is_empty() {
            self.add(
                M::Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model)).into_query(),
            );
        }
    }

    /// Adds an insert, when there is one.
    pub fn add_some(&mut self, insert: Option<InsertStatement>) {
        self.pieces.extend(insert.map(Piece::Insert));
    }

    /// Adds the rows of one table.
    pub fn add(&mut self, insert: InsertStatement) {
        self.pieces.push(Piece::Insert(insert));
    }

    /// Adds a change of rows that were there before, none of them touched by another piece of the batch.
    pub fn update(&mut self, update: UpdateStatement) {
        self.pieces.push(Piece::Update(update));
    }

    /// Writes everything: one statement of data-modifying CTEs on PostgreSQL, one each on SQLite.
    ///
    /// Foreign keys between the rows are checked at the end of the statement, so order matters only on SQLite.
    pub async fn write(self, tx: &DatabaseTransaction) -> Result<(), Error> {
        if tx.get_database_backend() == DbBackend::Postgres && self.pieces.len() > 1 {
            tx.execute_raw(composed(&self.pieces)).await?;
            return Ok(());
        }
        for piece in &self.pieces {
            match piece {
                Piece::Insert(insert) => tx.execute(insert).await?,
                Piece::Update(update) => tx.execute(update).await?,
            };
        }
        Ok(())
    }
}

fn composed(pieces: &[Piece]) -> Statement {
    let mut sql = String::from("WITH ");
    let mut values: Vec<Value> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let (text, Values(bound)) = match piece {
            Piece::Insert(insert) => insert.build(PostgresQueryBuilder),
            Piece::Update(update) => update.build(PostgresQueryBuilder),
        };
        if n > 0 {
            sql.push_str(", ");
        }
        sql.push_str(&format!("w{n} AS ({})", renumbered(&text, values.len())));
        values.extend(bound);
    }
    sql.push_str(" SELECT 1");
    Statement::from_sql_and_values(DbBackend::Postgres, sql, values)
}

/// Shifts `$1, $2 …` by `offset`. Only placeholders hold a `$`: every value is bound.
fn renumbered(sql: &str, offset: usize) -> String {
    let mut out = String::with_capacity(sql.len() + 16);
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let number = digits.parse::<usize>().unwrap_or(0);
        out.push_str(&format!("${}", number + offset));
        rest = after.strip_prefix(digits.as_str()).unwrap_or(after);
    }
    out.push_str(rest);
    out
}
