//! Papers on their way to the store: scanned at the desk, watched, and left out with a reason where nothing can be read.

use super::caller::{Caller, text};
use crate::commands::tell;
use serde_json::{Value, json};
use std::time::Duration;

/// The story's papers hold no text, so some of them come to no end by themselves.
const REASON: &str = "Giấy tờ mẫu của bản trình diễn không có nội dung để lưu kho.";

/// Tenths of a second in which the machine may come to an end with a paper.
const PATIENCE: u32 = 300;

/// Sees to it that every paper of a dossier is in the store, or left out for a reason; then the dossier can be closed.
pub(crate) async fn see_to(caller: &Caller, desk: &str, dossier: &str) -> Result<(), String> {
    let path = format!("/v1/dossiers/{dossier}/digitisations");
    for paper in open(&caller.get(desk, &path).await?) {
        let at = format!("/v1/digitisations/{}", text(&paper, "id")?);
        let shown = caller.get(desk, &at).await?;
        if shown.get("stage") == Some(&json!("scan")) {
            let file = caller.paper(desk, "quet.pdf").await?;
            caller.post(desk, &format!("{at}/scan"), json!({"file": file})).await?;
        }
        let end = watch(caller, desk, &at).await?;
        tell(&format!("  {desk:<16} số hóa “{}”: {end}", text(&paper, "name")?));
    }
    Ok(())
}

fn open(papers: &Value) -> Vec<Value> {
    let over = |paper: &&Value| paper.get("ended_at").is_some_and(|ended| !ended.is_null());
    papers.as_array().into_iter().flatten().filter(|paper| !over(paper)).cloned().collect()
}

async fn watch(caller: &Caller, desk: &str, at: &str) -> Result<String, String> {
    let mut beat = tokio::time::interval(Duration::from_millis(100));
    for _ in 0..PATIENCE {
        beat.tick().await;
        let shown = caller.get(desk, at).await?;
        if shown.get("ended_at").is_some_and(|ended| !ended.is_null()) {
            return text(&shown, "words");
        }
        let held = [json!("tools"), json!("operator"), json!("check")];
        if shown.get("waits_for").is_some_and(|waits| held.contains(waits)) {
            break;
        }
    }
    let dropped = caller.post(desk, &format!("{at}/drop"), json!({"reason": REASON})).await?;
    text(&dropped, "words")
}
