//! Checking all chains and checkpoints from the database alone.

use super::canon::{NOTHING_BEFORE, checkpoint_words, entry_hash, link_hash, record_hash};
use super::chaining::{LATE, newest, since, unlinked};
use super::checkpoints::{next_chain, public_keys};
use super::signing::{is_named, is_signed};
use crate::error::Error;
use crate::tables::{chronicle, chronicle_checkpoints as checkpoints, chronicle_links as links, history};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// Links read at a time.
const SOME: u64 = 500;

/// What was checked, and what does not hold.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Account {
    /// Chains.
    pub chains: u64,
    /// Links, each with its entry.
    pub links: u64,
    /// History entries that were compared with what the chronicle kept of them.
    pub records: u64,
    /// Checkpoints whose signature was checked.
    pub checkpoints: u64,
    /// Entries of the last minutes that wait to be linked.
    pub waiting: u64,
    /// The first break of each chain, with its place, in words.
    pub breaks: Vec<String>,
}

/// What to begin with and whom to trust.
#[derive(Debug, Default, Clone)]
pub struct Scope {
    /// Links behind the last checkpoint that was signed before this instant are taken as checked.
    pub from: Option<DateTime<Utc>>,
    /// Public keys that may sign, hex digits; those kept in the database when there are none.
    pub trusted: Vec<String>,
}

/// Checks everything. Fails only when the database does not answer.
pub async fn verify<C: ConnectionTrait>(db: &C, scope: &Scope) -> Result<Account, Error> {
    let mut account = Account::default();
    let keys = trusted(db, scope).await?;
    let mut chain = next_chain(db, "").await?;
    while let Some(name) = chain {
        account.chains += 1;
        if let Some(found) = verify_chain(db, &name, (scope, &keys), &mut account).await? {
            account.breaks.push(found);
        }
        chain = next_chain(db, &name).await?;
    }
    account.breaks.extend(orphans(db).await?);
    account.breaks.extend(strangers(db).await?);
    unlinked_entries(db, &mut account).await?;
    Ok(account)
}

async fn trusted<C: ConnectionTrait>(db: &C, scope: &Scope) -> Result<Vec<String>, Error> {
    if !scope.trusted.is_empty() {
        return Ok(scope.trusted.clone());
    }
    Ok(public_keys(db).await?.into_iter().map(|key| key.public_key).collect())
}

/// Walks one chain; the first break of it in words.
async fn verify_chain<C: ConnectionTrait>(
    db: &C,
    chain: &str,
    (scope, keys): (&Scope, &[String]),
    account: &mut Account,
) -> Result<Option<String>, Error> {
    let mut signed = signed_heads(db, chain).await?;
    let (mut seq, mut prev) = start(&signed, scope, keys);
    signed.retain(|at, _| *at > seq);
    loop {
        let page = page(db, chain, seq).await?;
        let (entries, records) = (entries_of(db, &page).await?, &mut HashMap::new());
        records.extend(records_of(db, &entries).await?);
        for link in &page {
            if let Some(found) = wrong(link, (seq, &prev), &entries, records, account) {
                return Ok(Some(found));
            }
            if let Some(checkpoint) = signed.remove(&link.seq) {
                account.checkpoints += 1;
                if checkpoint.hash != link.hash || !holds(&checkpoint, keys) {
                    return Ok(Some(place(link, "the signature of its checkpoint does not hold")));
                }
            }
            (seq, prev) = (link.seq, link.hash.clone());
        }
        if page.is_empty() {
            break;
        }
    }
    let beyond = signed.keys().find(|at| **at > seq);
    Ok(beyond.map(|at| format!("chain {chain}: it ends at link {seq}, but link {at} was signed")))
}

/// After which link the walk begins.
fn start(signed: &BTreeMap<i64, checkpoints::Model>, scope: &Scope, keys: &[String]) -> (i64, String) {
    let before =
        |row: &&checkpoints::Model| scope.from.is_some_and(|from| row.at <= from) && holds(row, keys);
    let last = signed.values().rev().find(before);
    last.map_or((0, NOTHING_BEFORE.to_owned()), |row| (row.seq, row.hash.clone()))
}

/// What is wrong with a link that stands behind `(seq, prev)`.
fn wrong(
    link: &links::Model,
    (seq, prev): (i64, &str),
    entries: &HashMap<Uuid, chronicle::Model>,
    records: &HashMap<(Uuid, i32), history::Model>,
    account: &mut Account,
) -> Option<String> {
    account.links += 1;
    if link.seq != seq + 1 {
        return Some(place(link, &format!("link {} before it was removed", seq + 1)));
    }
    if link.prev_hash != prev {
        return Some(place(link, "it does not follow the link before it"));
    }
    if link_hash(&link.chain, link.seq, &link.prev_hash, &link.entry_hash) != link.hash {
        return Some(place(link, "its hash is not that of its content"));
    }
    let Some(entry) = entries.get(&link.entry_id) else {
        return Some(place(link, "its entry was removed"));
    };
    if entry.chain != link.chain || entry_hash(entry) != link.entry_hash {
        return Some(place(link, "its entry was changed"));
    }
    let (Some(dossier), Some(number), Some(hash)) = (entry.dossier_id, entry.record_seq, &entry.record_hash)
    else {
        return None;
    };
    account.records += 1;
    match records.get(&(dossier, number)) {
        None => Some(place(link, &format!("history entry {number} of dossier {dossier} was removed"))),
        Some(record) if record_hash(record) != *hash => {
            Some(place(link, &format!("history entry {number} of dossier {dossier} was changed")))
        }
        Some(_) => None,
    }
}

fn place(link: &links::Model, what: &str) -> String {
    format!("chain {}, link {}, entry {}: {what}", link.chain, link.seq, link.entry_id)
}

fn holds(row: &checkpoints::Model, keys: &[String]) -> bool {
    let words = checkpoint_words(&row.chain, row.seq, &row.hash, row.at);
    keys.iter().any(|key| is_named(key, &row.key_id) && is_signed(key, &words, &row.signature))
}

async fn signed_heads<C: ConnectionTrait>(
    db: &C,
    chain: &str,
) -> Result<BTreeMap<i64, checkpoints::Model>, Error> {
    let rows = checkpoints::Entity::find().filter(checkpoints::Column::Chain.eq(chain)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.seq, row)).collect())
}

async fn page<C: ConnectionTrait>(db: &C, chain: &str, after: i64) -> Result<Vec<links::Model>, Error> {
    let rows = links::Entity::find().filter(links::Column::Chain.eq(chain));
    let rows = rows.filter(links::Column::Seq.gt(after)).order_by_asc(links::Column::Seq);
    Ok(rows.limit(SOME).all(db).await?)
}

async fn entries_of<C: ConnectionTrait>(
    db: &C,
    page: &[links::Model],
) -> Result<HashMap<Uuid, chronicle::Model>, Error> {
    let ids = page.iter().map(|link| link.entry_id);
    let rows = chronicle::Entity::find().filter(chronicle::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn records_of<C: ConnectionTrait>(
    db: &C,
    entries: &HashMap<Uuid, chronicle::Model>,
) -> Result<HashMap<(Uuid, i32), history::Model>, Error> {
    let acts = entries.values().filter(|entry| entry.record_seq.is_some());
    let dossiers: std::collections::BTreeSet<Uuid> = acts.filter_map(|entry| entry.dossier_id).collect();
    if dossiers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = history::Entity::find().filter(history::Column::DossierId.is_in(dossiers)).all(db).await?;
    Ok(rows.into_iter().map(|row| ((row.dossier_id, row.seq), row)).collect())
}

/// Checkpoints of chains of which no link is left.
async fn orphans<C: ConnectionTrait>(db: &C) -> Result<Vec<String>, Error> {
    let chains = checkpoints::Entity::find().select_only().column(checkpoints::Column::Chain).distinct();
    let mut found = Vec::new();
    for chain in chains.into_tuple::<String>().all(db).await? {
        let any = links::Entity::find().filter(links::Column::Chain.eq(&chain)).one(db).await?;
        if any.is_none() {
            found.push(format!("chain {chain}: it was signed, but no link of it is left"));
        }
    }
    Ok(found)
}

/// History entries, since the chronicle began, of which it knows nothing; at most ten.
async fn strangers<C: ConnectionTrait>(db: &C) -> Result<Vec<String>, Error> {
    use chronicle::Column;
    let acts = chronicle::Entity::find().filter(Column::RecordSeq.is_not_null());
    let Some(first) = acts.order_by_asc(Column::Id).one(db).await? else { return Ok(Vec::new()) };
    let (told, row) = (chronicle::Entity, history::Entity);
    let mut known = Query::select();
    known.expr(Expr::value(1)).from(told);
    known.and_where(Expr::col((told, Column::DossierId)).equals((row, history::Column::DossierId)));
    known.and_where(Expr::col((told, Column::RecordSeq)).equals((row, history::Column::Seq)));
    let rows = history::Entity::find().filter(history::Column::At.gte(first.at));
    let found = rows.filter(Expr::exists(known).not()).limit(10).all(db).await?;
    let words = |row: history::Model| {
        format!("history entry {} of dossier {}: the chronicle knows nothing of it", row.seq, row.dossier_id)
    };
    Ok(found.into_iter().map(words).collect())
}

/// Entries outside the chains: those of the last minutes wait, older ones were put in behind them.
async fn unlinked_entries<C: ConnectionTrait>(db: &C, account: &mut Account) -> Result<(), Error> {
    let late = since(newest(db).await?, LATE);
    let mut after = Uuid::nil();
    loop {
        let page = unlinked(after, SOME).all(db).await?;
        for entry in &page {
            if entry.id < late {
                account
                    .breaks
                    .push(format!("entry {}: it stands in no chain, among entries that do", entry.id));
            } else {
                account.waiting += 1;
            }
        }
        let Some(last) = page.last() else { return Ok(()) };
        after = Uuid::from_u128(last.id.as_u128().saturating_add(1));
    }
}
