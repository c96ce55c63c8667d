//! What each outside party received, as they would tell it themselves.

use super::super::twins::Twins;
use super::caller::Caller;
use crate::commands::tell;
use serde_json::Value;

/// Prints it, once the jobs of the story have run.
pub(crate) async fn tell_what_they_received(caller: &Caller, twins: &Twins) -> Result<(), String> {
    let quiet = |counts: &Value| {
        let busy = |c: &Value| {
            ["ready", "running"].iter().any(|s| c.get("state").and_then(Value::as_str) == Some(s))
        };
        !counts.as_array().into_iter().flatten().any(busy)
    };
    caller.wait("quan-tri", "/v1/admin/jobs/counts", quiet).await?;
    for (name, twin) in [
        ("Cổng Dịch vụ công quốc gia / national portal", twins.portal()?),
        ("Nền tảng thanh toán / payment platform", twins.payment()?),
        ("Bưu điện / post", twins.post()?),
        ("Hộp thư / mailbox", twins.mail()?),
    ] {
        tell(&format!("\n── {name} ──"));
        let mut received = caller.read(&format!("{}/__received", twin.page_url)).await?;
        if let Some(all) = received.as_object_mut() {
            all.remove("requests");
        }
        tell(&serde_json::to_string_pretty(&received).map_err(|e| e.to_string())?);
    }
    Ok(())
}
