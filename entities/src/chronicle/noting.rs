//! Writing down what a request looked at, before its answer leaves.

use super::about::About;
use super::entry::{Happening, Kind, entry};
use super::looks::Look;
use crate::database::Database;
use crate::dossiers::vouched_id;
use crate::error::Error;
use crate::sealing::Sealer;
use crate::tables::{chronicle, digitisations, documents, dossiers};
use chrono::{DateTime, Utc};
use rules::actor::Actor;
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

/// The request that looked.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Method and address pattern.
    pub what: &'a str,
    /// `traceparent`.
    pub trace: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes an entry for each look at somebody else's data, all in one statement.
pub async fn note_looks(
    db: &Database,
    sealer: &Sealer,
    by: &Actor,
    looks: Vec<Look>,
    request: Request<'_>,
) -> Result<Vec<chronicle::Model>, Error> {
    let own = vouched_id(by).map(|id| sealer.index("id", id));
    let mut entries = Vec::with_capacity(looks.len());
    for look in looks {
        let about = whose(db, sealer, &look).await?;
        if look.thing.is_some() && about.owner_index.is_some() && about.owner_index == own {
            continue;
        }
        let kind = if look.masked { Kind::Masked } else { Kind::Read };
        entries.push(entry(sealer, by, happening(kind, (about, &look), request))?);
    }
    note_all(db, &entries).await?;
    Ok(entries)
}

/// Writes one entry of a request that is about nobody in particular: a list, an extract, a setting.
pub async fn note_one(
    db: &Database,
    sealer: &Sealer,
    by: &Actor,
    kind: Kind,
    request: Request<'_>,
) -> Result<Vec<chronicle::Model>, Error> {
    let nobody = Look { about: About::default(), masked: false, thing: None, purpose: None };
    let entries = vec![entry(sealer, by, happening(kind, (About::default(), &nobody), request))?];
    note_all(db, &entries).await?;
    Ok(entries)
}

/// What somebody did at the terminal of the office, where no request tells of it.
#[derive(Debug)]
pub struct AtTerminal<'a> {
    /// The kind.
    pub kind: Kind,
    /// The command.
    pub what: &'a str,
    /// Whose data it was about.
    pub about: About,
    /// What for, in words.
    pub purpose: Option<&'a str>,
    /// Hash of what came of it.
    pub after: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Writes down what was done at the terminal; `who` stands in it by name.
pub async fn note_at_terminal<C: ConnectionTrait>(
    db: &C,
    sealer: &Sealer,
    who: &str,
    told: AtTerminal<'_>,
) -> Result<(), Error> {
    let by = Actor { subject: format!("terminal|{who}"), name: who.into(), ..Actor::office() };
    let happening = Happening {
        kind: told.kind,
        what: told.what,
        thing: None,
        about: told.about,
        purpose: told.purpose,
        change: (None, told.after),
        record: None,
        trace: None,
        at: told.at,
    };
    let noted = entry(sealer, &by, happening)?.into_active_model();
    chronicle::Entity::insert(noted).exec_without_returning(db).await?;
    Ok(())
}

async fn note_all(db: &Database, entries: &[chronicle::Model]) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows = entries.iter().cloned().map(IntoActiveModel::into_active_model);
    chronicle::Entity::insert_many(rows).exec_without_returning(db.writer()).await?;
    Ok(())
}

fn happening<'a>(kind: Kind, (about, look): (About, &'a Look), request: Request<'a>) -> Happening<'a> {
    Happening {
        kind,
        what: request.what,
        thing: look.thing,
        about,
        purpose: look.purpose.as_deref(),
        change: (None, None),
        record: None,
        trace: Some(request.trace),
        at: request.at,
    }
}

/// Whose the opened document or paper is; what is about a dossier says it already.
async fn whose(db: &Database, sealer: &Sealer, look: &Look) -> Result<About, Error> {
    let about = look.about.clone();
    match look.thing {
        Some(thing) if about.owner_index.is_none() => of_thing(db, sealer, thing, about).await,
        _ => Ok(about),
    }
}

async fn of_thing(db: &Database, sealer: &Sealer, thing: Uuid, about: About) -> Result<About, Error> {
    let db = db.reader();
    let (owner, dossier, unit) = match documents::Entity::find_by_id(thing).one(db).await? {
        Some(document) => (Some(document.owner_index), document.dossier_id, document.unit_id),
        None => match digitisations::Entity::find_by_id(thing).one(db).await? {
            Some(item) => (item.owner_index, item.dossier_id, Some(item.unit_id)),
            None => return Ok(about),
        },
    };
    let dossier = match about.dossier.or(dossier) {
        Some(id) => dossiers::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let of_dossier = dossier.map(|row| About::dossier(&row, sealer)).unwrap_or_default();
    let owner_index = owner.or(of_dossier.owner_index);
    let units = if of_dossier.units.is_empty() { unit.into_iter().collect() } else { of_dossier.units };
    Ok(About { owner_index, units, ..of_dossier })
}
