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
    super::api::exposition();
    tell("motcua worker runs jobs");
    carry_rings(&house, &settings);
    workers::run(hands, settings.worker.clone(), told_to_stop()).await.map_err(|e| e.to_string())?;
    house.db.close().await.map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Carries the rings of this process to others and theirs here, when there is a Redis.
pub(crate) fn carry_rings(house: &House, settings: &Settings) {
    let Some(url) = settings.redis.url.clone() else { return };
    let wake = house.wake.clone();
    tokio::spawn(async move {
        if let Err(error) = workers::relay::run(wake, &url).await {
            tracing::error!(%error, "[redis] url cannot be used; jobs are found by polling");
        }
    });
}
