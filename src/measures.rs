//! The metrics of this process, for Prometheus.

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::{Arc, OnceLock};

/// Installs the metrics recorder once and gives its text form.
pub(crate) fn exposition() -> Option<api::office::Exposition> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let handle = HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).clone()?;
    Some(Arc::new(move || {
        handle.run_upkeep();
        handle.render()
    }))
}
