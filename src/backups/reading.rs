//! Reading one table in the order of its key, some rows at a time, inside one transaction that sees one instant.

use super::cells;
use super::columns::{Column, Kind, Table};
use entities::database::Database;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr, Value as Bound};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, QueryResult, Statement,
    TransactionOptions, TransactionTrait,
};
use serde_json::{Map, Value};

/// Rows at a time.
const SOME: u64 = 500;

/// Opens a transaction in which nothing changes, whatever others write meanwhile.
pub(crate) async fn snapshot(db: &Database) -> Result<DatabaseTransaction, String> {
    let options = match db.backend() {
        DbBackend::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        },
        _ => TransactionOptions::default(),
    };
    db.reader().begin_with_options(options).await.map_err(|e| format!("[database] {e}"))
}

/// Hands every row of a table to `take`, in the order of its key.
pub(crate) async fn rows<T>(tx: &DatabaseTransaction, table: &Table, mut take: T) -> Result<(), String>
where
    T: FnMut(Map<String, Value>) -> Result<(), String>,
{
    let mut pages = Pages::of(tx, table);
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            return Ok(());
        }
        page.into_iter().try_for_each(&mut take)?;
    }
}

/// The rows of a table in the order of its key, a page at a time.
pub(crate) struct Pages<'a> {
    tx: &'a DatabaseTransaction,
    table: &'a Table,
    last: Option<QueryResult>,
    begun: bool,
}

impl<'a> Pages<'a> {
    /// Before the first page.
    pub(crate) fn of(tx: &'a DatabaseTransaction, table: &'a Table) -> Self {
        Self { tx, table, last: None, begun: false }
    }

    /// The next page; an empty one at the end, after which nobody may ask again.
    pub(crate) async fn next(&mut self) -> Result<Vec<Map<String, Value>>, String> {
        let words = |e: sea_orm::DbErr| format!("table {}: {e}", self.table.name);
        let held = self.tx.get_database_backend() == DbBackend::Postgres;
        if held && !self.begun {
            let all = self.tx.get_database_backend().build(&select(self.tx, self.table)).to_string();
            let open = format!("DECLARE \"{0}\" CURSOR FOR {all}", cursor(self.table));
            self.tx.execute_unprepared(&open).await.map_err(words)?;
        }
        self.begun = true;
        let page = page(self.tx, self.table, self.last.as_ref()).await.map_err(words)?;
        let told = page.iter().map(|row| cells::told(self.table, row)).collect::<Result<_, _>>();
        let told = told.map_err(words)?;
        self.last = page.into_iter().next_back();
        if held && self.last.is_none() {
            let close = format!("CLOSE \"{}\"", cursor(self.table));
            self.tx.execute_unprepared(&close).await.map_err(words)?;
        }
        Ok(told)
    }
}

async fn page(
    tx: &DatabaseTransaction,
    table: &Table,
    last: Option<&QueryResult>,
) -> Result<Vec<QueryResult>, sea_orm::DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        // A cursor, because its index may be in an order of words other than that of the bytes.
        let fetch = format!("FETCH {SOME} FROM \"{}\"", cursor(table));
        return tx.query_all_raw(Statement::from_string(DbBackend::Postgres, fetch)).await;
    }
    let mut some = select(tx, table);
    if let Some(row) = last {
        let key = table.key.iter().map(|name| Expr::col(Alias::new(name)));
        let stood = key_columns(table).map(|column| stood(column, row)).collect::<Result<Vec<_>, _>>()?;
        some.and_where(Expr::tuple(key).gt(Expr::tuple(stood.into_iter().map(SimpleExpr::from))));
    }
    tx.query_all(some.limit(SOME)).await
}

fn cursor(table: &Table) -> String {
    format!("backup_{}", table.name)
}

/// All columns, ordered by the key as bytes are ordered.
fn select(tx: &DatabaseTransaction, table: &Table) -> SelectStatement {
    let mut select = Query::select();
    select.columns(table.columns.iter().map(|column| Alias::new(&column.name)));
    select.from(Alias::new(&table.name));
    for column in key_columns(table) {
        let by_bytes = column.kind == Kind::Text && tx.get_database_backend() == DbBackend::Postgres;
        let collation = if by_bytes { " COLLATE \"C\"" } else { "" };
        select.order_by_expr(Expr::cust(format!("\"{}\"{collation}", column.name)), Order::Asc);
    }
    select
}

fn key_columns(table: &Table) -> impl Iterator<Item = &Column> {
    table.key.iter().filter_map(|name| table.columns.iter().find(|column| column.name == *name))
}

/// Where the last page ended, in a column of the key.
fn stood(column: &Column, row: &QueryResult) -> Result<Bound, sea_orm::DbErr> {
    let name = column.name.as_str();
    Ok(match column.kind {
        Kind::Key => row.try_get::<uuid::Uuid>("", name)?.into(),
        Kind::Small | Kind::Whole | Kind::Big => row.try_get::<i64>("", name)?.into(),
        Kind::Flag => row.try_get::<bool>("", name)?.into(),
        Kind::Day => row.try_get::<chrono::NaiveDate>("", name)?.into(),
        Kind::Instant => row.try_get::<chrono::DateTime<chrono::Utc>>("", name)?.into(),
        Kind::Text => row.try_get::<String>("", name)?.into(),
    })
}
