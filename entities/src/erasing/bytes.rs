//! The files of a dossier: which of them nobody else needs.

use super::blanks::NOBODY;
use crate::error::Error;
use crate::files::stored_at;
use crate::forms::reading;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Statement, TryGetable, Value};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Columns that name a file by its key, in tables that name the dossier.
const NAMED: [(&str, &str); 8] = [
    ("papers", "file_id"),
    ("decisions", "file_id"),
    ("corrections", "file_id"),
    ("consultations", "file_id"),
    ("digitisations", "file_id"),
    ("payments", "voucher_file_id"),
    ("portal_papers", "file_id"),
    ("tax_receipts", "file_id"),
];

/// What is made of a paper, by the SHA-256 of its bytes.
const MADE: [&str; 2] = [
    "SELECT p.picture_sha256 AS found FROM digitised_pages p \
     JOIN digitisations d ON d.id = p.digitisation_id WHERE d.dossier_id = $1",
    "SELECT s.output_sha256 AS found FROM digitisation_stages s \
     JOIN digitisations d ON d.id = s.digitisation_id WHERE d.dossier_id = $1 AND s.output_sha256 IS NOT NULL",
];

/// Places in the store that only this dossier needs; their rows in `files` are blanked. To be asked before the cells of
/// the dossier are overwritten.
pub(super) async fn let_go(tx: &DatabaseTransaction, dossier: Uuid) -> Result<BTreeSet<String>, Error> {
    let mut places = BTreeSet::new();
    let mut contents = BTreeSet::new();
    for file in own(tx, dossier).await? {
        contents.extend(
            found::<String>(tx, "SELECT sha256 AS found FROM files WHERE id = $1", &[file.into()]).await?,
        );
        run(tx, BLANKED, &[file.into(), NOBODY.into()]).await?;
    }
    for made in MADE {
        contents.extend(found::<String>(tx, made, &[dossier.into()]).await?);
    }
    for content in contents.into_iter().filter(|content| !content.is_empty()) {
        if !is_needed(tx, dossier, &content).await? {
            places.insert(stored_at(&content));
        }
    }
    let forms = "SELECT sha256 AS found FROM forms WHERE dossier_id = $1 AND sha256 IS NOT NULL";
    let forms = found::<String>(tx, forms, &[dossier.into()]).await?;
    places.extend(forms.iter().map(|sha256| reading::stored_at(sha256)));
    Ok(places)
}

const BLANKED: &str = "UPDATE files SET name = $2, owner = $2, sha256 = '' WHERE id = $1";

/// Keys of the files that this dossier names and no other living one, nor a document of somebody's store.
async fn own(tx: &DatabaseTransaction, dossier: Uuid) -> Result<BTreeSet<Uuid>, Error> {
    let mut own = BTreeSet::new();
    for (table, column) in NAMED {
        let sql =
            format!("SELECT {column} AS found FROM {table} WHERE dossier_id = $1 AND {column} IS NOT NULL");
        own.extend(found::<Uuid>(tx, &sql, &[dossier.into()]).await?);
    }
    let mut free = BTreeSet::new();
    for file in own {
        let mut needed =
            any(tx, "SELECT 1 AS found FROM documents WHERE file_id = $1", &[file.into()]).await?;
        for (table, column) in NAMED {
            let sql = format!(
                "SELECT 1 AS found FROM {table} t LEFT JOIN dossiers d ON d.id = t.dossier_id \
                 WHERE t.{column} = $1 AND (d.id IS NULL OR (d.id <> $2 AND d.owner <> $3))"
            );
            needed = needed || any(tx, &sql, &[file.into(), dossier.into(), NOBODY.into()]).await?;
        }
        if !needed {
            free.insert(file);
        }
    }
    Ok(free)
}

/// Whether the same bytes are somebody else's file, a document of a store, or made of another dossier's paper.
async fn is_needed(tx: &DatabaseTransaction, dossier: Uuid, sha256: &str) -> Result<bool, Error> {
    for sql in BY_ANYBODY {
        if any(tx, sql, &[sha256.into()]).await? {
            return Ok(true);
        }
    }
    for sql in BY_OTHERS {
        if any(tx, sql, &[sha256.into(), dossier.into()]).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

const BY_ANYBODY: [&str; 2] = [
    "SELECT 1 AS found FROM files WHERE sha256 = $1",
    "SELECT 1 AS found FROM documents WHERE sha256 = $1 OR rendition_sha256 = $1",
];

const BY_OTHERS: [&str; 3] = [
    "SELECT 1 AS found FROM results WHERE sha256 = $1 AND dossier_id <> $2",
    "SELECT 1 AS found FROM digitised_pages p JOIN digitisations d ON d.id = p.digitisation_id \
     WHERE p.picture_sha256 = $1 AND (d.dossier_id IS NULL OR d.dossier_id <> $2)",
    "SELECT 1 AS found FROM digitisation_stages s JOIN digitisations d ON d.id = s.digitisation_id \
     WHERE s.output_sha256 = $1 AND (d.dossier_id IS NULL OR d.dossier_id <> $2)",
];

/// Whether a row names these bytes again, because somebody handed in the same file since.
pub async fn is_named<C: ConnectionTrait>(db: &C, place: &str) -> Result<bool, Error> {
    let sha256 = place.rsplit('/').next().unwrap_or_default();
    for sql in BY_ANYBODY.into_iter().chain(MADE_AGAIN) {
        if any(db, sql, &[sha256.into()]).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was made of a paper or drawn as a form since.
const MADE_AGAIN: [&str; 3] = [
    "SELECT 1 AS found FROM forms WHERE sha256 = $1",
    "SELECT 1 AS found FROM digitised_pages WHERE picture_sha256 = $1",
    "SELECT 1 AS found FROM digitisation_stages WHERE output_sha256 = $1",
];

async fn any<C: ConnectionTrait>(db: &C, sql: &str, values: &[Value]) -> Result<bool, Error> {
    let sql = format!("{sql} LIMIT 1");
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values.to_vec());
    Ok(db.query_one_raw(statement).await?.is_some())
}

async fn found<T: TryGetable>(
    tx: &DatabaseTransaction,
    sql: &str,
    values: &[Value],
) -> Result<Vec<T>, Error> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values.to_vec());
    let rows = tx.query_all_raw(statement).await?;
    Ok(rows.iter().map(|row| row.try_get("", "found")).collect::<Result<_, _>>()?)
}

async fn run(tx: &DatabaseTransaction, sql: &str, values: &[Value]) -> Result<(), Error> {
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values.to_vec());
    tx.execute_raw(statement).await?;
    Ok(())
}
