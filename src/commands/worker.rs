//! `motcua worker`: runs jobs until it is told to stop, then gives back what it has not begun.

use super::{Done, api::listen, tell, told_to_stop};
use crate::assembly::House;
use crate::settings::Settings;
use entities::clock::Clock;
use std::process::ExitCode;

/// Runs the workers of one process.
pub(crate) async fn run(settings: Settings) -> Done {
    crate::logging::start(&settings.log)?;
    let house = House::open(&settings, Clock::system()).await?;
    let hands = house.hands();
    crate::measures::exposition();
    let listener = settings.measures.listen.as_deref().map(listen).transpose()?;
    let shown = listener.map(|at| crate::measures::shown(at, &house.db)).transpose()?;
    match &shown {
        Some((address, _)) => tell(&format!("motcua worker runs jobs; its measures are at http://{address}")),
        None => tell("motcua worker runs jobs"),
    }
    crate::rings::carry(&house.wake, &settings.redis);
    workers::run(hands, settings.worker.clone(), told_to_stop()).await.map_err(|e| e.to_string())?;
    if let Some((_, door)) = shown {
        door.stop(false).await;
    }
    house.db.close().await.map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}
