//! `motcua api`: answers requests until it is told to stop, then lets those under way end.

use super::{Done, tell, told_to_stop};
use crate::assembly::House;
use crate::settings::Settings;
use actix_web::web::Data;
use entities::clock::Clock;
use std::net::TcpListener;
use std::process::ExitCode;

/// Runs the API of one process.
pub(crate) async fn run(settings: Settings) -> Done {
    crate::logging::start(&settings.log)?;
    let house = House::open(&settings, Clock::system()).await?;
    let office = Data::new(house.office(None)?);
    let listener = listen(&settings.api.listen)?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    tell(&format!("motcua api answers at http://{address}"));
    crate::rings::carry(&house.wake, &settings.redis);
    let keeping = house.keep_lines();
    api::serve(vec![listener], office, told_to_stop()).await.map_err(|e| e.to_string())?;
    keeping.end().await;
    house.db.close().await.map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Binds an address, in words when it is taken.
pub(crate) fn listen(address: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|e| format!("cannot listen on {address}: {e}"))
}
