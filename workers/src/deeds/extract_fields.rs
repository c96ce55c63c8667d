//! Finds the fields of a paper in its text, and asks people where the machine is not sure or the lot falls.

use super::ended::Ended;
use super::staging::{Desk, Halt, take_up};
use crate::deed::Attempt;
use crate::hands::Hands;
use entities::digitisations::fields::{self, FieldRead};
use entities::digitisations::{pages, steps, types};
use rules::papers::{Extracted, FieldRule, PageText, PaperReading, Stage, WaitsFor, extract, recognise};
use serde_json::json;
use uuid::Uuid;

/// Does one attempt.
pub(super) async fn run(hands: &Hands, digitisation: Uuid, attempt: &Attempt) -> Ended {
    let Some(desk) = take_up(hands, digitisation, Stage::Extract, attempt).await? else { return Ok(()) };
    let ended = find(&desk).await;
    desk.end(ended).await
}

async fn find(desk: &Desk<'_>) -> Result<(), Halt> {
    let rows = pages::of(desk.hands.database.reader(), desk.item.id).await?;
    let texts: Vec<PageText> =
        rows.iter().map(|row| pages::text(&desk.hands.sealer, row)).collect::<Result<_, _>>()?;
    let types = types::described()?;
    let Some(kind) = kind(desk, &types, &texts) else {
        let mut found = desk.found(json!({"reason": "no_fields_described"}), ENGINE);
        found.skipped = true;
        let tx = desk.begin().await?;
        return desk.done(tx, found, Stage::File).await;
    };
    let read: Vec<FieldRead> =
        extract(kind, &texts).into_iter().map(|field| judged(desk, kind, field)).collect();
    ask(desk, &kind.code, &read).await
}

const ENGINE: &str = concat!("motcua ", env!("CARGO_PKG_VERSION"));

/// The type that the paper was handed in as, or else the one whose title stands on it.
fn kind<'a>(desk: &Desk<'_>, types: &'a [PaperReading], texts: &[PageText]) -> Option<&'a PaperReading> {
    let named = desk.item.paper_type.as_ref().and_then(|code| types.iter().find(|kind| kind.code == *code));
    named.or_else(|| recognise(types, texts))
}

/// A field with its threshold; one that the paper need not have is looked for by nobody when it is not there.
fn judged(desk: &Desk<'_>, kind: &PaperReading, found: Extracted) -> FieldRead {
    let rule: Option<&FieldRule> = kind.fields.iter().find(|rule| rule.name == found.name);
    let missing = found.value.is_none() && !rule.is_some_and(|rule| rule.required);
    let threshold = rule.and_then(|rule| rule.check_below).unwrap_or(desk.hands.digitising.check_below);
    FieldRead {
        name: found.name,
        value: found.value,
        confidence: found.confidence,
        region: found.region,
        check_below: if missing { 0 } else { threshold },
    }
}

async fn ask(desk: &Desk<'_>, kind: &str, read: &[FieldRead]) -> Result<(), Halt> {
    let (sealer, percent) = (&desk.hands.sealer, desk.hands.digitising.typed_twice_percent);
    let tx = desk.begin().await?;
    let waiting = fields::put(&tx, sealer, (desk.item.id, percent), read, desk.attempt.at).await?;
    steps::recognised(&tx, desk.item.id, kind, desk.attempt.at).await?;
    let found = desk.found(json!({"fields": read.len(), "to_check": waiting, "paper_type": kind}), ENGINE);
    if waiting == 0 {
        return desk.done(tx, found, Stage::File).await;
    }
    desk.rest(tx, found, (Stage::Check, WaitsFor::Check)).await
}
