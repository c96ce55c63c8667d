//! `motcua worker`: runs jobs until it is told to stop, then gives back what it has not begun.

use super::{Done, tell, told_to_stop};
use crate::assembly::House;
use crate::settings::Settings;
use entities::clock::Clock;
use std::process::ExitCode;

/// Runs the workers of one process.
pub(crate) async fn run(settings: Settings) -> Done {
    crate::logging::start(&settings.log)?;
    let house = House::open(&settings, Clock::system()).await?;
    let hands = house.hands()?;
    crate::measures::exposition();
    tell("motcua worker runs jobs");
    crate::rings::carry(&house.wake, &settings.redis);
    workers::run(hands, settings.worker.clone(), told_to_stop()).await.map_err(|e| e.to_string())?;
    house.db.close().await.map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}
