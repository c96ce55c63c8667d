//! `POST /v1/admin/connectors/{key}/trial`: one harmless call, to see whether the party answers.

use super::{entry, must_run_wires};
use crate::catalogue::Words;
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, post, web};
use connectors::contract::{perform, trial};
use connectors::failure::Failure;
use connectors::registry::Entry;
use connectors::trip::Trip;
use rules::refusal::{Block, Refusal};
use serde::Serialize;
use std::time::Instant;
use utoipa::ToSchema;

/// How a trial went.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ConnectorTrial)]
pub(crate) struct TrialView {
    /// What was asked: `query` of a payment nobody made, `price` of a sample, `look_up` of a dossier nobody has, `greet`.
    #[schema(example = "look_up")]
    deed: &'static str,
    /// Whether a call went out at all.
    called: bool,
    /// Whether the party answered, be it with a refusal.
    answered: bool,
    /// How long it took, in milliseconds.
    took_ms: u64,
    /// The same in words.
    words: Words,
}

/// Try whether a party answers
///
/// One call that leaves nothing there and carries nobody's data. It goes out while the party is live or being tried out.
#[utoipa::path(tag = "admin", params(("key" = String, Path, example = "dvcqg")),
    responses((status = 200, body = TrialView, example = json!({"deed": "look_up", "called": true, "answered": true,
        "took_ms": 212, "words": {"vi": "Đã trả lời: None", "en": "It answered: None"}})),
        (status = 409, body = crate::problems::ProblemDocument, content_type = "application/problem+json",
            description = "It is not set up here, or its wire has no harmless call.")))]
#[post("/v1/admin/connectors/{key}/trial")]
pub(crate) async fn try_connector(
    asker: Asker,
    office: web::Data<Office>,
    key: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    must_run_wires(&asker)?;
    let entry = entry(&key)?;
    let connector = office.wires.connectors.get(entry.key).ok_or_else(|| blocked(entry, NOT_SET_UP))?;
    let deed = trial(connector).ok_or_else(|| blocked(entry, NO_TRIAL))?;
    let begun = Instant::now();
    let trip = Trip::at(office.clock.now()).on_trial();
    let ended = perform(connector, deed, &trip).await;
    let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(HttpResponse::Ok().json(TrialView::of(deed, took_ms, &ended)))
}

impl TrialView {
    fn of(deed: &'static str, took_ms: u64, ended: &Result<String, Failure>) -> Self {
        let (called, answered, vi, en, words) = match ended {
            Ok(words) => (true, true, "Đã trả lời", "It answered", words.as_str()),
            Err(Failure::Fail { reason, .. }) => {
                (true, true, "Đã trả lời và từ chối", "It refused", reason.as_str())
            }
            Err(Failure::Retry { reason, .. }) => {
                (true, false, "Không trả lời được", "It did not answer", reason.as_str())
            }
            Err(Failure::Wait { reason, .. }) => (false, false, "Chưa gọi", "Not called", reason.as_str()),
        };
        let words = Words { vi: format!("{vi}: {words}"), en: format!("{en}: {words}") };
        Self { deed, called, answered, took_ms, words }
    }
}

const NOT_SET_UP: (&str, &str, &str) =
    ("connector_not_set_up", "chưa được khai báo trong [connectors].", "is not set up under [connectors].");

const NO_TRIAL: (&str, &str, &str) = (
    "no_harmless_call",
    "không có lời gọi nào vô hại để thử; hãy gửi một việc thật.",
    "has no call that leaves nothing behind; try it with real work.",
);

fn blocked(entry: &Entry, (code, vi, en): (&'static str, &str, &str)) -> Problem {
    let (vi, en) = (format!("{} {vi}", entry.key), format!("{} {en}", entry.key));
    let blocked_by = vec![Block { code, vi, en, legal_basis: None }];
    Problem::refused(Refusal { act: "try_connector", status: None, blocked_by, allowed: Vec::new() })
}
