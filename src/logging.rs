//! Logs on standard error, as JSON lines or plain text; never personal data.

use crate::settings::LogSettings;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::Directive;

/// What the framework tells of a path that it cannot read, with the path in it: no filter opens it.
const CLOSED: &str = "actix_web::types=info";

/// Starts logging for the process; a second start is left alone. Fails when the filter cannot be read.
pub(crate) fn start(settings: &LogSettings) -> Result<(), String> {
    let closed: Directive = CLOSED.parse().map_err(|e| format!("[log] {CLOSED}: {e}"))?;
    let filter = EnvFilter::try_new(&settings.filter).map_err(|e| format!("[log] filter: {e}"))?;
    let filter = filter.add_directive(closed);
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match settings.format.as_str() {
        "json" => lines.json().flatten_event(true).try_init(),
        "text" => lines.with_target(false).compact().try_init(),
        other => return Err(format!("[log] format is `json` or `text`, not `{other}`")),
    };
    started.or(Ok(()))
}
