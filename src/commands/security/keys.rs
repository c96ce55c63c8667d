//! The keys of what is sealed: where the master lies, whether it opens the data keys, and how old these are.

use super::Finding;
use super::rights::mode;
use crate::settings::Settings;
use chrono::TimeDelta;
use entities::clock::Clock;
use entities::database::Database;
use entities::keys::ring::{self, Purpose};
use entities::tables::data_keys::Model;

/// After which a data key should seal nothing new.
const OLD: TimeDelta = TimeDelta::days(365);

/// Where the master lies, and who may read it.
pub(super) fn master(settings: &Settings) -> Finding {
    let what = "master key";
    if let Some(program) = settings.sealing.program.first() {
        return Finding::ok(what, format!("the key store of {program} says it"));
    }
    let Some(file) = &settings.sealing.file else {
        return Finding::warn(
            what,
            "it stands in the settings or the environment, which more people read than need it; put it into a file of \
             its own and name that in [sealing] file",
        );
    };
    let place = file.display();
    match mode(file) {
        None => Finding::bad(
            what,
            format!("{place} is not there; bring back the copy that is kept apart, or nothing sealed opens"),
        ),
        Some(mode) if mode & 0o007 != 0 => {
            Finding::bad(what, format!("everybody on this machine may read {place}; chmod 0440"))
        }
        Some(mode) if mode & 0o020 != 0 => {
            Finding::bad(what, format!("the group may write {place}; chmod 0440"))
        }
        Some(_) => Finding::ok(what, format!("{place} is its owner's")),
    }
}

/// Whether the data keys open, which masters they need, and when they were made.
pub(super) async fn ring(settings: &Settings, db: &Database) -> Result<Finding, String> {
    let (what, at) = ("data keys", Clock::system().now());
    let rows = ring::rows(db.reader()).await.map_err(|e| e.to_string())?;
    if rows.is_empty() {
        return Ok(Finding::ok(what, "none yet; the first process that starts makes them"));
    }
    let masters = match settings.sealing.masters() {
        Ok(masters) => masters,
        Err(why) => return Ok(Finding::bad(what, format!("nothing opens them: {why}"))),
    };
    if let Err(error) = ring::read(db, &masters, at).await {
        return Ok(Finding::bad(what, format!("they do not open: {error}")));
    }
    let former = rows.iter().filter(|row| row.master != masters.now.id).count();
    let turns = |row: &&Model| row.purpose != Purpose::Index.key() && row.retired_at.is_none();
    let oldest = rows.iter().filter(turns).map(|row| (at - row.created_at).num_days()).max();
    Ok(match oldest {
        _ if former > 0 => Finding::warn(
            what,
            format!("{former} are wrapped by a former master, which must go; run `motcua keys rotate`"),
        ),
        _ if !settings.sealing.former.is_empty() => {
            Finding::warn(what, "no former master is needed any more; take them out of [sealing] former")
        }
        Some(days) if days > OLD.num_days() => Finding::warn(
            what,
            format!("what seals now was made {days} days ago; run `motcua keys rotate --data` once a year"),
        ),
        _ => Finding::ok(what, format!("{} open with the master", rows.len())),
    })
}
