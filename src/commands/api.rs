//! `motcua api`: answers requests until it is told to stop, then lets those under way end.

use super::{Done, tell, told_to_stop};
use crate::assembly::House;
use crate::settings::Settings;
use actix_web::web::Data;
use entities::clock::Clock;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

/// Runs the API of one process.
pub(crate) async fn run(settings: Settings) -> Done {
    crate::logging::start(&settings.log)?;
    let house = House::open(&settings, Clock::system()).await?;
    let office = Data::new(house.office(None)?);
    let listener = listen(&settings.api.listen)?;
    tell(&format!("motcua api answers at http://{}", settings.api.listen));
    super::worker::carry_rings(&house, &settings);
    api::serve(vec![listener], office, told_to_stop()).await.map_err(|e| e.to_string())?;
    house.db.close().await.map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}

/// Binds an address, in words when it is taken.
pub(crate) fn listen(address: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|e| format!("cannot listen on {address}: {e}"))
}

/// Installs the metrics recorder once and gives its text form.
pub(crate) fn exposition() -> Option<api::office::Exposition> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let handle = HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).clone()?;
    Some(Arc::new(move || {
        handle.run_upkeep();
        handle.render()
    }))
}
