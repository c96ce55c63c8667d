//! Taking everything out while the office runs: noted first, all tables as they stood at one instant, then the files.

use super::dictionary::dictionary;
use super::lines::Lines;
use super::manifest::{FORM, Manifest, Piece as Told};
use super::opening::opened;
use super::plans::{Plan, plans};
use super::totals::{Total, counted, rows};
use super::{files, folder, links};
use crate::backups::folder::{Piece, told};
use crate::backups::reading::{Pages, snapshot};
use crate::backups::{columns, taking};
use chrono::{DateTime, SubsecRound, Utc};
use entities::chronicle::about::About;
use entities::chronicle::entry::Kind;
use entities::chronicle::noting::{AtTerminal, note_at_terminal};
use entities::database::Database;
use entities::sealing::Sealer;
use object_store::ObjectStore;
use sea_orm::DatabaseTransaction;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

/// Who takes everything out, what for, and when.
#[derive(Debug, Clone)]
pub(crate) struct Errand {
    /// Name of the person.
    pub by: String,
    /// What for.
    pub purpose: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Tables and lists that were written, before the files are fetched.
struct Written {
    tables: Vec<Told>,
    unreadable: Told,
    totals: Vec<Total>,
    plans: Vec<Plan>,
    links: BTreeMap<(String, String), String>,
}

/// Writes everything into the folder, which must be new or empty. Nothing is written before the chronicle knows of it;
/// once all is there, the chronicle knows the SHA-256 of its manifest.
pub(crate) async fn take_out(
    db: &Database,
    sealer: &Sealer,
    store: &dyn ObjectStore,
    folder: &Path,
    errand: &Errand,
) -> Result<Manifest, String> {
    folder::vacant(folder)?;
    taking::migrations(db).await?;
    noted(db, sealer, errand, ("motcua export", None)).await?;
    folder::open(folder)?;
    let coming = folder.join("files.coming");
    let mut wanted = Lines::begin(&coming)?;
    let tx = snapshot(db).await?;
    let at = errand.at.trunc_subsecs(6);
    let written = write_all(&tx, sealer, folder, (&mut wanted, at)).await?;
    tx.rollback().await.map_err(|e| e.to_string())?;
    wanted.end("files.coming")?;
    let list = Lines::begin(&folder.join("files.jsonl"))?;
    let files = files::fetch(store, folder, &coming, list).await?;
    fs::remove_file(&coming).map_err(|e| told(&coming, &e))?;
    let words = dictionary(&written.plans, &written.links);
    let text = serde_json::to_string_pretty(&words).map_err(|e| e.to_string())?;
    let words = Told { name: "dictionary".into(), rows: whole(words.tables.len()), sha256: hashed(&text)? };
    folder::write(&folder.join("dictionary.json"), &text)?;
    let manifest = Manifest {
        form: FORM.into(),
        program: env!("CARGO_PKG_VERSION").into(),
        taken_at: at,
        by: errand.by.clone(),
        purpose: errand.purpose.clone(),
        tables: written.tables,
        dictionary: words,
        files,
        unreadable: written.unreadable,
        totals: written.totals,
    };
    let sha256 = sign_off(folder, &manifest)?;
    noted(db, sealer, errand, ("motcua export, handed over", Some(sha256))).await?;
    Ok(manifest)
}

/// An entry of the chronicle: the person who sits at the terminal stands in it by name.
async fn noted(
    db: &Database,
    sealer: &Sealer,
    errand: &Errand,
    (what, after): (&str, Option<String>),
) -> Result<(), String> {
    let (kind, about, purpose, at) =
        (Kind::Exported, About::default(), Some(errand.purpose.as_str()), errand.at);
    let told = AtTerminal { kind, what, about, purpose, after, at };
    let noted = note_at_terminal(db.writer(), sealer, &errand.by, told).await;
    noted.map_err(|e| format!("the chronicle could not be written: {e}"))
}

/// Writes every table, and counts what must agree with it.
async fn write_all(
    tx: &DatabaseTransaction,
    sealer: &Sealer,
    folder: &Path,
    (wanted, at): (&mut Lines, DateTime<Utc>),
) -> Result<Written, String> {
    let plans = plans(columns::tables(tx).await?)?;
    let mut unreadable = Lines::begin(&folder.join("unreadable.jsonl"))?;
    let mut tables = Vec::with_capacity(plans.len());
    for plan in &plans {
        let piece = write_table(tx, plan, folder, (sealer, &mut unreadable, wanted)).await?;
        let counted = rows(tx, &plan.table).await?;
        if piece.rows != counted {
            return Err(format!("table {}: {} rows of {counted} were read", plan.table.name, piece.rows));
        }
        tables.push(piece);
    }
    let unreadable = unreadable.end("unreadable")?;
    Ok(Written { tables, unreadable, totals: counted(tx, at).await?, links: links::links(tx).await?, plans })
}

async fn write_table(
    tx: &DatabaseTransaction,
    plan: &Plan,
    folder: &Path,
    (sealer, unreadable, wanted): (&Sealer, &mut Lines, &mut Lines),
) -> Result<Told, String> {
    let name = plan.table.name.as_str();
    let mut lines = Lines::begin(&folder.join("tables").join(format!("{name}.jsonl")))?;
    let mut pages = Pages::of(tx, &plan.table);
    loop {
        let page = pages.next().await?;
        if page.is_empty() {
            return lines.end(name);
        }
        files::note(tx, plan, &page, wanted).await?;
        let (page, closed) = opened(tx, sealer, plan, &page).await?;
        closed.iter().try_for_each(|cell| unreadable.add(cell))?;
        page.iter().try_for_each(|row| lines.add(row))?;
    }
}

/// Writes the manifest, and its own SHA-256 in the form that `sha256sum -c` reads; gives that.
fn sign_off(folder: &Path, manifest: &Manifest) -> Result<String, String> {
    let text = serde_json::to_string_pretty(manifest).map_err(|e| e.to_string())?;
    let sha256 = hashed(&text)?;
    folder::write(&folder.join("manifest.sha256"), &format!("{sha256}  manifest.json\n"))?;
    folder::write(&folder.join("manifest.json"), &text)?;
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|e| told(folder, &e))?;
    Ok(sha256)
}

fn hashed(text: &str) -> Result<String, String> {
    let mut piece = Piece::new(std::io::sink());
    piece.add(text.as_bytes()).map_err(|e| e.to_string())?;
    Ok(piece.end().1)
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
