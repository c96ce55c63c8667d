//! What the database says: who may rewrite what was, what waits to be linked and signed, what is dead.

use super::Finding;
use crate::settings::Settings;
use chrono::{DateTime, TimeDelta, Utc};
use entities::chronicle::chaining::{VERY_LATE, head, newest, since, unlinked};
use entities::chronicle::checkpoints::{last, next_chain};
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::review;
use entities::jobs::row::State;
use entities::tables::{chronicle, chronicle_links};
use migrations::grants::KEPT;
use reqwest::Url;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, Statement};

/// Minutes after which an entry should stand in its chain.
const LINKED: i64 = 10;
/// Minutes after which a head should be signed.
const SIGNED: i64 = 120;

/// Checks the database; one finding alone when it does not open.
pub(super) async fn check(settings: &Settings) -> Vec<Finding> {
    let db = match Database::connect(&settings.database).await {
        Ok(db) => db,
        Err(error) => return vec![Finding::bad("database", format!("does not open: {error}"))],
    };
    let mut found = wire(settings).into_iter().collect::<Vec<_>>();
    let steps = tables(&db).await;
    let whole = steps.as_ref().is_ok_and(|finding| finding.verdict == super::Verdict::Ok);
    found.push(told("tables", steps));
    found.push(told("clock", clock(&db).await));
    if whole {
        found.push(told("owner of the tables", owner(&db).await));
        found.push(told("history", added_only(&db).await));
        found.push(told("data keys", super::keys::ring(settings, &db).await));
        found.push(told("chains", linked(&db).await));
        found.push(told("checkpoints", signed(&db).await));
        found.push(told("jobs", dead(&db).await));
    }
    found
}

fn told(what: &'static str, found: Result<Finding, String>) -> Finding {
    found.unwrap_or_else(|error| Finding::bad(what, format!("cannot be asked: {error}")))
}

/// PostgreSQL on another machine is spoken to over TLS, with its name checked.
fn wire(settings: &Settings) -> Option<Finding> {
    let what = "wire to the database";
    let url = Url::parse(&settings.database.url).ok().filter(|url| url.scheme().starts_with("postgres"))?;
    let mode = url.query_pairs().find(|(name, _)| name == "sslmode").map(|(_, mode)| mode.into_owned());
    Some(match mode.as_deref() {
        _ if super::edge::near(&url) => Finding::ok(what, "on this machine"),
        Some("verify-full") => Finding::ok(what, "TLS, with the server's name checked"),
        _ => Finding::bad(what, "anybody between can read it; add sslmode=verify-full to [database] url"),
    })
}

async fn tables(db: &Database) -> Result<Finding, String> {
    let missing = super::super::migrate::pending(db).await?;
    Ok(match missing.len() {
        0 => Finding::ok("tables", "up to date"),
        many => Finding::bad("tables", format!("{many} migrations are missing; run `motcua migrate`")),
    })
}

async fn clock(db: &Database) -> Result<Finding, String> {
    if db.backend() != DbBackend::Postgres {
        return Ok(Finding::ok("clock", "that of this machine; keep it with NTP"));
    }
    let row = one(db, "SELECT clock_timestamp() AS at").await?;
    let theirs: DateTime<Utc> = row.try_get("", "at").map_err(words)?;
    let apart = (Clock::system().now() - theirs).num_milliseconds().abs();
    Ok(match apart {
        0..=2_000 => Finding::ok("clock", format!("{apart} ms from that of the database")),
        _ => Finding::bad("clock", format!("{apart} ms from that of the database; run NTP on both machines")),
    })
}

async fn owner(db: &Database) -> Result<Finding, String> {
    let what = "owner of the tables";
    if db.backend() != DbBackend::Postgres {
        return Ok(Finding::warn(what, "SQLite knows none; who writes the file can take the triggers off"));
    }
    let sql = "SELECT count(*) AS n FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
        AND relkind IN ('r', 'p') AND pg_has_role(current_user, relowner, 'MEMBER')";
    let owned: i64 = one(db, sql).await?.try_get("", "n").map_err(words)?;
    Ok(match owned {
        0 => Finding::ok(what, "another role, which the processes cannot become"),
        _ => Finding::bad(
            what,
            "the processes own the tables and can take the triggers off; give them a role of their own with \
             [database] app_role and `motcua migrate` (docs/security/hardening.md)",
        ),
    })
}

/// Tries what must not go, and takes it back.
async fn added_only(db: &Database) -> Result<Finding, String> {
    for (table, column) in KEPT.into_iter().zip(["act", "what", "hash", "hash", "public_key"]) {
        let row = if db.backend() == DbBackend::Postgres { "ctid" } else { "rowid" };
        let some = format!("WHERE {row} IN (SELECT {row} FROM {table} LIMIT 1)");
        for order in
            [format!("UPDATE {table} SET {column} = {column} {some}"), format!("DELETE FROM {table} {some}")]
        {
            let tx = db.begin().await.map_err(|e| e.to_string())?;
            let done = tx.execute_unprepared(&order).await;
            tx.rollback().await.map_err(words)?;
            let through = done.is_ok_and(|done| done.rows_affected() > 0);
            if through || unguarded(db, table).await? {
                return Ok(Finding::bad(
                    "history",
                    format!("{table} can be rewritten; copy the database, and see \"The chain is broken\""),
                ));
            }
        }
    }
    Ok(Finding::ok(
        "history",
        "rows of history and chronicle are only added: changing and removing was refused",
    ))
}

/// Whether the triggers of a table of SQLite are gone; those of PostgreSQL refuse without a row.
async fn unguarded(db: &Database, table: &str) -> Result<bool, String> {
    let sql = match db.backend() {
        DbBackend::Postgres => format!(
            "SELECT count(*) AS n FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND NOT tgisinternal \
             AND tgenabled IN ('O', 'A')"
        ),
        _ => format!(
            "SELECT count(*) / 2 AS n FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
        ),
    };
    let guards: i64 = one(db, &sql).await?.try_get("", "n").map_err(words)?;
    Ok(guards == 0)
}

async fn linked(db: &Database) -> Result<Finding, String> {
    let reader = db.reader();
    let from = since(newest(reader).await.map_err(|e| e.to_string())?, VERY_LATE);
    let oldest = unlinked(from, 1).one(reader).await.map_err(words)?;
    let late = oldest.filter(|entry| entry.at < Clock::system().now() - TimeDelta::minutes(LINKED));
    Ok(match late {
        None => Finding::ok("chains", format!("no entry older than {LINKED} minutes waits to be linked")),
        Some(entry) => Finding::bad(
            "chains",
            format!(
                "an entry of {} is not linked; see whether a worker runs and the job chain_chronicle is dead",
                entry.at
            ),
        ),
    })
}

async fn signed(db: &Database) -> Result<Finding, String> {
    let reader = db.reader();
    let due = Clock::system().now() - TimeDelta::minutes(SIGNED);
    let mut chain = next_chain(reader, "").await.map_err(|e| e.to_string())?;
    while let Some(name) = chain {
        if let Some(at) = unsigned_since(db, &name).await?.filter(|at| *at < due) {
            return Ok(Finding::bad(
                "checkpoints",
                format!("chain {name} is not signed since {at}; set [chronicle] signing_key for the workers"),
            ));
        }
        chain = next_chain(reader, &name).await.map_err(|e| e.to_string())?;
    }
    Ok(Finding::ok("checkpoints", format!("every head older than {SIGNED} minutes is signed")))
}

/// The time of the first entry of a chain that stands behind its last checkpoint.
async fn unsigned_since(db: &Database, chain: &str) -> Result<Option<DateTime<Utc>>, String> {
    let reader = db.reader();
    let head = head(reader, chain).await.map_err(|e| e.to_string())?.map_or(0, |link| link.seq);
    let sealed = last(reader, chain).await.map_err(|e| e.to_string())?.map_or(0, |checkpoint| checkpoint.seq);
    if head <= sealed {
        return Ok(None);
    }
    let next = chronicle_links::Entity::find_by_id((chain.to_owned(), sealed + 1))
        .one(reader)
        .await
        .map_err(words)?;
    let Some(next) = next else { return Ok(None) };
    let entry = chronicle::Entity::find_by_id(next.entry_id).one(reader).await.map_err(words)?;
    Ok(entry.map(|entry| entry.at))
}

async fn dead(db: &Database) -> Result<Finding, String> {
    let counts = review::counts(db.reader()).await.map_err(|e| e.to_string())?;
    let dead: i64 = counts.iter().filter(|count| count.state == State::Dead).map(|count| count.number).sum();
    Ok(match dead {
        0 => Finding::ok("jobs", "none is dead"),
        many => Finding::warn("jobs", format!("{many} are dead; GET /v1/admin/jobs?state=dead says why")),
    })
}

async fn one(db: &Database, sql: &str) -> Result<sea_orm::QueryResult, String> {
    let row = db.reader().query_one_raw(Statement::from_string(db.backend(), sql)).await.map_err(words)?;
    row.ok_or_else(|| "no answer".to_owned())
}

fn words(error: DbErr) -> String {
    error.to_string()
}
