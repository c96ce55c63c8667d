//! Reading dossiers: every list and every detail asks the one policy first.

use super::applicant::Applicant;
use super::own_key::{actor_place, own};
use super::{consultations, is_mine, mandates, owner_unit, parties, vouched_id};
use crate::chronicle::looks;
use crate::columns::from_json;
use crate::erasing::blanks::NOBODY;
use crate::error::Error;
use crate::sealing::{Opened, Sealer};
use crate::tables::{decisions, dossiers, history, paper_sources, papers, payments, shipments, supplements};
use dossiers::{Column, Entity, Model};
use rules::access::{Parties, Relation, Sight, Thing, everywhere, sight, sight_of, units};
use rules::actor::Actor;
use rules::status::Status;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Value,
};
use uuid::Uuid;

/// What a list of dossiers is asked for.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Only this status.
    pub status: Option<Status>,
    /// Only this receiving unit.
    pub unit: Option<Uuid>,
    /// Beginning of the applicant's name, any accents; or a whole dossier code.
    pub words: String,
    /// Last id of the page before.
    pub after: Option<Uuid>,
    /// Rows wanted.
    pub limit: u64,
}

/// A dossier this person may see, with how much of it. Others do not exist for them. The look is gathered for the
/// chronicle.
pub async fn find<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    id: Uuid,
) -> Result<(Model, Sight), Error> {
    let found = Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("dossier"))?;
    match sight(by, parties(&found, by, sealer)) {
        Sight::None => Err(Error::NotFound("dossier")),
        _ if found.owner == NOBODY => Err(Error::Erased),
        seen => {
            looks::seen(sealer, by, &found, seen);
            Ok((found, seen))
        }
    }
}

/// Dossiers in the scope of this person, newest first.
pub async fn list<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    search: &Search,
) -> Result<Vec<Model>, Error> {
    let mut rows = Vec::new();
    for query in queries(sealer, by, search) {
        rows.extend(query.all(db).await?);
    }
    rows.sort_unstable_by_key(|row: &Model| std::cmp::Reverse(row.id));
    rows.dedup_by_key(|row| row.id);
    rows.truncate(usize::try_from(search.limit).unwrap_or(usize::MAX));
    Ok(rows)
}

/// The queries of a list, one for each way in which the person sees dossiers and each along an index of its own;
/// public so that the planner can be asked about them.
pub fn queries(sealer: &Sealer, by: &Actor, search: &Search) -> Vec<Select<Entity>> {
    let ways = match everywhere(by, Thing::Dossier) {
        Sight::None => [Some(owned(by, sealer)), received(by), settled(by), sent(by), held(by)],
        _ => [Some(Condition::all()), None, None, None, None],
    };
    let all = ways.into_iter().flatten();
    all.map(|way| narrowed(Entity::find().filter(way), by, search)).collect()
}

fn owned(by: &Actor, sealer: &Sealer) -> Condition {
    let handed_in = Condition::any().add(Column::Owner.eq(&by.subject));
    match vouched_id(by) {
        None => handed_in,
        Some(id) => handed_in.add(Column::ApplicantIndex.eq(sealer.index("id", id))),
    }
}

/// What somebody handed in for others, as long as their mandate lasts.
fn held(by: &Actor) -> Option<Condition> {
    let lasting = Condition::any().add(Column::HeldUntil.is_null()).add(Column::HeldUntil.gt(by.as_of?));
    Some(Condition::all().add(Column::Holder.eq(&by.subject)).add(lasting))
}

fn received(by: &Actor) -> Option<Condition> {
    let here = one_of(Column::UnitId, units(by, Thing::Dossier, Relation::Unit))?;
    Some(Condition::all().add(here))
}

/// What a unit settles though another one received it (L-20). The literals here and below repeat the predicates of
/// partial indices; bound values would hide them from the planner.
fn settled(by: &Actor) -> Option<Condition> {
    let here = one_of(Column::AuthorityId, units(by, Thing::Dossier, Relation::Competent))?;
    Some(Condition::all().add(here).add(Expr::cust("authority_id <> unit_id")))
}

/// What a unit opened as the child of a dossier of its own (L-31).
fn sent(by: &Actor) -> Option<Condition> {
    let units = units(by, Thing::Dossier, Relation::Sender);
    let here = one_of(Column::Owner, units.into_iter().map(owner_unit).collect())?;
    Some(Condition::all().add(here).add(Expr::cust("parent_id IS NOT NULL")))
}

/// A single value is compared, not listed, so that the index gives the order.
fn one_of<V: Into<Value>>(column: Column, values: Vec<V>) -> Option<SimpleExpr> {
    let mut values: Vec<Value> = values.into_iter().map(Into::into).collect();
    match values.len() {
        0 => None,
        1 => values.pop().map(|one| column.eq(one)),
        _ => Some(column.is_in(values)),
    }
}

fn narrowed(mut query: Select<Entity>, by: &Actor, search: &Search) -> Select<Entity> {
    if let Some(status) = search.status {
        query = query.filter(Column::Status.eq(status.key()));
    }
    if let Some(unit) = search.unit {
        query = query.filter(Column::UnitId.eq(unit));
    }
    let words = rules::folding::fold(&search.words);
    if !words.is_empty() {
        // A name with a wildcard in it is found by what stands before it; a wildcard alone finds nobody.
        let words = words.split(['%', '_']).next().filter(|start| !start.is_empty()).unwrap_or("\u{1}");
        let named = Condition::any().add(Column::Code.eq(search.words.trim()));
        // Who sees persons masked must not find them by name either.
        query = query.filter(match everywhere(by, Thing::Person) {
            Sight::Masked => named,
            _ => named.add(Column::ApplicantFolded.starts_with(words)),
        });
    }
    if let Some(after) = search.after {
        query = query.filter(Column::Id.lt(after));
    }
    query.order_by_desc(Column::Id).limit(search.limit)
}

/// A dossier by its code, for the public look-up: nothing of it is shown but status and code (L-51).
pub async fn by_code<C: ConnectionTrait>(db: &C, code: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::Code.eq(code)).one(db).await?)
}

/// A dossier by key, for jobs; people go through [`find`].
pub async fn by_id<C: ConnectionTrait>(db: &C, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("dossier"))
}

/// The applicant, opened; a bare name, as far as the row has it still, once the dossier was erased.
pub fn applicant(sealer: &Sealer, dossier: &Model) -> Result<Applicant, Error> {
    let place = format!("applicant:{}", dossier.id);
    match own(sealer, dossier)?.open(&place, &dossier.applicant_sealed)? {
        Opened::Text(text) => from_json("dossiers.applicant", &text),
        Opened::Erased => Ok(Applicant { name: dossier.applicant_name.clone(), ..Applicant::default() }),
    }
}

/// The e-form, opened; an empty one once the dossier was erased.
pub fn form(sealer: &Sealer, dossier: &Model) -> Result<serde_json::Value, Error> {
    match own(sealer, dossier)?.open(&format!("form:{}", dossier.id), &dossier.form_sealed)? {
        Opened::Text(text) => from_json("dossiers.form", &text),
        Opened::Erased => Ok(serde_json::json!({})),
    }
}

/// Who did an entry in the history of this dossier, by name, or [`crate::sealing::ERASED`].
pub fn actor_name(sealer: &Sealer, dossier: &Model, entry: &history::Model) -> Result<String, Error> {
    let Some(sealed) = &entry.actor_name_sealed else { return Ok(entry.actor_name.clone()) };
    let place = actor_place(entry.dossier_id, entry.seq);
    Ok(own(sealer, dossier)?.open(&place, sealed)?.or_marked())
}

/// The note of an entry in the history of this dossier, opened, or [`crate::sealing::ERASED`].
pub fn note(sealer: &Sealer, dossier: &Model, entry: &history::Model) -> Result<Option<String>, Error> {
    let Some(sealed) = &entry.note_sealed else { return Ok(None) };
    let place = format!("note:{}:{}", entry.dossier_id, entry.seq);
    Ok(Some(own(sealer, dossier)?.open(&place, sealed)?.or_marked()))
}

/// The reason of a round of asking in this dossier, opened, or [`crate::sealing::ERASED`].
pub fn supplement_reason(
    sealer: &Sealer,
    dossier: &Model,
    round: &supplements::Model,
) -> Result<String, Error> {
    let place = format!("supplement:{}:{}", round.dossier_id, round.round);
    Ok(own(sealer, dossier)?.open(&place, &round.reason_sealed)?.or_marked())
}

/// The history, oldest first.
pub async fn entries<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<history::Model>, Error> {
    let rows = history::Entity::find().filter(history::Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(history::Column::Seq).all(db).await?)
}

/// The papers, oldest first.
pub async fn papers<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<papers::Model>, Error> {
    let rows = papers::Entity::find().filter(papers::Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(papers::Column::Id).all(db).await?)
}

/// What was asked elsewhere in the place of these papers (L-09).
pub async fn taken<C: ConnectionTrait>(db: &C, papers: &[Uuid]) -> Result<Vec<paper_sources::Model>, Error> {
    if papers.is_empty() {
        return Ok(Vec::new());
    }
    let rows = paper_sources::Entity::find();
    Ok(rows.filter(paper_sources::Column::PaperId.is_in(papers.iter().copied())).all(db).await?)
}

/// Papers of other dossiers that hold one of these files, oldest first: where a reused paper came from.
pub async fn papers_in<C: ConnectionTrait>(
    db: &C,
    files: &[Uuid],
    but: Uuid,
) -> Result<Vec<papers::Model>, Error> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let rows = papers::Entity::find().filter(papers::Column::FileId.is_in(files.iter().copied()));
    let others = rows.filter(papers::Column::DossierId.ne(but));
    Ok(others.order_by_asc(papers::Column::Id).all(db).await?)
}

/// The rounds of asking for papers, in order.
pub async fn supplements<C: ConnectionTrait>(
    db: &C,
    dossier: Uuid,
) -> Result<Vec<supplements::Model>, Error> {
    let rows = supplements::Entity::find().filter(supplements::Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(supplements::Column::Round).all(db).await?)
}

/// The decision, once there is one.
pub async fn decision<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Option<decisions::Model>, Error> {
    Ok(decisions::Entity::find().filter(decisions::Column::DossierId.eq(dossier)).one(db).await?)
}

/// The payments, oldest first.
pub async fn payments<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<payments::Model>, Error> {
    let rows = payments::Entity::find().filter(payments::Column::DossierId.eq(dossier));
    Ok(rows.order_by_asc(payments::Column::Id).all(db).await?)
}

/// The carriage by post, both legs.
pub async fn shipments<C: ConnectionTrait>(db: &C, dossier: Uuid) -> Result<Vec<shipments::Model>, Error> {
    Ok(shipments::Entity::find().filter(shipments::Column::DossierId.eq(dossier)).all(db).await?)
}

/// A person may read a file: they uploaded it, unless it is in a dossier that they held for somebody and hold no longer;
/// they see a dossier that holds it (the result once the fee is paid) or whose mandate it shows; or it is shared with
/// their unit by a question that is still open, or came to their unit as an answer.
pub async fn may_read_file<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    by: &Actor,
    file: &crate::files::File,
) -> Result<bool, Error> {
    let holders = papers::Entity::find().filter(papers::Column::FileId.eq(file.id)).all(db).await?;
    let mut ids: Vec<Uuid> = holders.iter().map(|p| p.dossier_id).collect();
    ids.extend(consultations::answered_with(db, file.id).await?);
    let shown = mandates::shown_by(db, file.id).await?;
    ids.extend(&shown);
    let dossiers = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    let let_go = |d: &Model| d.holder.as_ref() == Some(&by.subject) && !is_mine(d, by, sealer);
    if file.owner == by.subject && !dossiers.iter().any(let_go) {
        return Ok(true);
    }
    let unpaid = dossiers.iter().any(|d| {
        d.fee_state == "owed"
            && holders
                .iter()
                .any(|p| p.dossier_id == d.id && ["result", "revoked"].contains(&p.part.as_str()))
    });
    let open = |d: &Model| {
        let work = Parties { mine: false, ..parties(d, by, sealer) };
        let officer = sight_of(by, Thing::Files, work) == Sight::Full;
        officer
            || (is_mine(d, by, sealer)
                && (shown.contains(&d.id)
                    || holders.iter().any(|p| p.dossier_id == d.id && is_given(d, p, unpaid))))
    };
    if let Some(dossier) = dossiers.iter().find(|d| open(d)) {
        looks::seen(sealer, by, dossier, Sight::Full);
        return Ok(true);
    }
    let shared = consultations::shares(db, by, &holders).await?;
    if let Some(dossier) = dossiers.first().filter(|_| shared) {
        looks::seen(sealer, by, dossier, Sight::Full);
    }
    Ok(shared)
}

/// The person holds the paper: not a result before it is paid, nor one that was taken back.
fn is_given(dossier: &Model, paper: &papers::Model, unpaid: bool) -> bool {
    match paper.part.as_str() {
        "result" => dossier.fee_state != "owed",
        "child_result" => dossier.fee_state != "owed" && !unpaid,
        part => part != "revoked",
    }
}
