//! The JSON form of an exchange with the national portal.

use crate::catalogue::keys;
use chrono::{DateTime, Utc};
use entities::Error;
use entities::pushes::ledger::{self, Verdict};
use entities::sealing::Sealer;
use entities::tables::portal_exchanges::Model;
use rules::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One request to the national portal and its answer, as they were.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PortalExchange)]
pub(crate) struct ExchangeView {
    /// Key; its order is the order of writing.
    id: Uuid,
    /// Newest history entry it told of; none for a look-up.
    entry: Option<i32>,
    /// What was asked, in the wire's own name.
    service: String,
    /// What became of it.
    #[schema(value_type = keys::ExchangeVerdict)]
    verdict: Verdict,
    /// The verdict in the reader's language.
    verdict_words: &'static str,
    /// Why it was not taken.
    reason: Option<String>,
    /// Asked.
    asked_at: DateTime<Utc>,
    /// Answered, or given up.
    ended_at: DateTime<Utc>,
    /// The request, secrets masked; absent for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
    /// The answer, secrets masked; absent when none came, and for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

impl ExchangeView {
    /// The view of a row, with its texts for who works on the dossier.
    pub(super) fn of(row: Model, sealer: &Sealer, works: bool, lang: Lang) -> Result<Self, Error> {
        let verdict = Verdict::of(&row)?;
        let (request, answer) = if works {
            let (request, answer) = ledger::texts(sealer, &row)?;
            (Some(request), answer)
        } else {
            (None, None)
        };
        Ok(Self {
            id: row.id,
            entry: row.entry,
            service: row.service,
            verdict,
            verdict_words: verdict.words(lang),
            reason: row.words,
            asked_at: row.asked_at,
            ended_at: row.ended_at,
            request,
            answer,
        })
    }
}
