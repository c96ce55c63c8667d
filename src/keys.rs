//! The data keys of this process: unlocked at its start, and read again so that those made since are at hand.

use crate::settings::SealingSettings;
use entities::clock::Clock;
use entities::database::Database;
use entities::keys::turning::NOTICE;
use entities::sealing::Sealer;
use std::time::Duration;

/// How often the ring is read: six times within the notice that a new key is given.
const LOOK: Duration = Duration::from_secs(10);

const _: () =
    assert!(NOTICE.num_seconds() >= 60, "a process must have read a key before another seals with it");

/// Unlocks the ring and reads it again from time to time, until the process ends. Fails in words.
pub(crate) async fn unlock(
    settings: &SealingSettings,
    db: &Database,
    clock: &Clock,
) -> Result<Sealer, String> {
    let masters = settings.masters().map_err(|e| format!("[sealing] {e}"))?;
    let sealer = match Sealer::unlock(db, masters, clock.now()).await {
        Ok(sealer) => sealer,
        Err(error) => return Err(because(db, &error).await),
    };
    tokio::spawn(renewed(sealer.clone(), db.clone(), clock.clone()));
    Ok(sealer)
}

/// Without its table, the ring is no riddle.
async fn because(db: &Database, error: &entities::Error) -> String {
    match crate::commands::migrate::pending(db).await {
        Ok(missing) if !missing.is_empty() => {
            format!("{} migrations are missing; run `motcua migrate` first", missing.len())
        }
        _ => format!("[sealing] {error}"),
    }
}

async fn renewed(sealer: Sealer, db: Database, clock: Clock) {
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = look.tick() => {}
            // Met at once again and again it would keep the database busy, so at most once a second.
            () = sealer.missed() => tokio::time::sleep(Duration::from_secs(1)).await,
        }
        if let Err(error) = sealer.refresh(&db, clock.now()).await {
            tracing::warn!(%error, "the data keys could not be read again; going on with those known");
        }
    }
}
