//! The JSON form of a paper on its way to the store.

use chrono::{DateTime, NaiveDate, Utc};
use entities::Error;
use entities::digitisations::Item;
use entities::tables::{digitisation_events, digitisation_stages};
use rules::lang::Lang;
use rules::papers::{ItemState, Stage, WaitsFor};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A paper to be digitised: why, how far it is, what it waits for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Digitisation, example = json!({"id": "0194f3c0-0000-7000-8000-00000000001d",
    "unit": "0194f3c0-0000-7000-8000-00000000000a", "origin": "intake", "kind": "dossier", "ground": "decision",
    "dossier": "0194f3c0-0000-7000-8000-00000000000b", "paper": "0194f3c0-0000-7000-8000-00000000000c",
    "component": "CC-01", "batch": null, "folder": null, "inventory": null, "name": "Bản chính giấy tờ",
    "paper_type": null, "file": null, "stage": "scan", "state": "waiting", "waits_for": "scanner",
    "words": "Chờ cán bộ một cửa quét và tải tệp lên.", "trouble": null, "attempts": 0, "pages": null, "pages_done": 0,
    "document": null, "valid_until": null, "scanned_name": null, "opened_at": "2026-11-23T01:00:00Z",
    "updated_at": "2026-11-23T01:00:00Z", "ended_at": null, "version": 1}))]
pub(crate) struct DigitisationView {
    /// Key; its order is the order of opening.
    id: Uuid,
    /// The unit whose desk sees to it.
    unit: Uuid,
    /// `intake`, `result` or `backlog`.
    #[schema(example = "intake")]
    origin: String,
    /// `dossier` or `result`: the targets tell them apart.
    #[schema(example = "dossier")]
    kind: String,
    /// Why: `earlier_result`, `sector_law`, `decision`, `result` or `plan`.
    #[schema(example = "decision")]
    ground: String,
    /// Its dossier; null for an old paper.
    dossier: Option<Uuid>,
    /// The paper of the dossier.
    paper: Option<Uuid>,
    /// Code of the component or result.
    component: Option<String>,
    /// The batch of an old paper.
    batch: Option<Uuid>,
    /// Folder in the box.
    folder: Option<String>,
    /// Number in the inventory.
    inventory: Option<String>,
    /// Name of the paper.
    name: String,
    /// Type of paper, once known.
    paper_type: Option<String>,
    /// What was scanned or handed in.
    file: Option<Uuid>,
    /// Where it is: `scan`, `inspect`, `normalise`, `recognise`, `signatures`, `extract`, `check`, `file` or `filed`.
    #[schema(example = "scan")]
    stage: String,
    /// `waiting`, `working`, `stuck`, `filed` or `dropped`.
    #[schema(example = "waiting")]
    state: String,
    /// `scanner`, `inspection`, `tools`, `check`, `owner` or `operator`.
    #[schema(example = "scanner")]
    waits_for: Option<String>,
    /// The same in words, in the reader's language: where it is and what is to be done.
    words: String,
    /// Last trouble, in words.
    trouble: Option<String>,
    /// Attempts at the stage it is in.
    attempts: i32,
    /// Pages, once counted.
    pages: Option<i32>,
    /// Pages read.
    pages_done: i32,
    /// The document of the store it became.
    document: Option<Uuid>,
    /// Last local day on which the paper counts.
    valid_until: Option<NaiveDate>,
    /// Name of who scanned it.
    scanned_name: Option<String>,
    /// Opened.
    opened_at: DateTime<Utc>,
    /// Last step.
    updated_at: DateTime<Utc>,
    /// Filed or left out.
    ended_at: Option<DateTime<Utc>>,
    /// Row version, the ETag.
    version: i32,
}

impl DigitisationView {
    /// The view of an item in a language.
    pub(crate) fn of(item: Item, lang: Lang) -> Result<Self, Error> {
        let words = words(&item, lang)?;
        Ok(Self {
            id: item.id,
            unit: item.unit_id,
            origin: item.origin,
            kind: item.kind,
            ground: item.ground,
            dossier: item.dossier_id,
            paper: item.paper_id,
            component: item.component,
            batch: item.batch_id,
            folder: item.folder,
            inventory: item.inventory,
            name: item.name,
            paper_type: item.paper_type,
            file: item.file_id,
            stage: item.stage,
            state: item.state,
            waits_for: item.waits_for,
            words,
            trouble: item.trouble,
            attempts: item.attempts,
            pages: item.pages,
            pages_done: item.pages_done,
            document: item.document_id,
            valid_until: item.valid_until,
            scanned_name: item.scanned_name,
            opened_at: item.opened_at,
            updated_at: item.updated_at,
            ended_at: item.ended_at,
            version: item.version,
        })
    }
}

/// How an item stands, as an officer would say it.
pub(super) fn words(item: &Item, lang: Lang) -> Result<String, Error> {
    let state = ItemState::from_key(&item.state).ok_or_else(|| Error::damaged("state", &item.state))?;
    let stage = Stage::from_key(&item.stage).ok_or_else(|| Error::damaged("stage", &item.stage))?;
    if let Some(waits) = item.waits_for.as_deref().and_then(WaitsFor::from_key) {
        return Ok(waits.words(lang).into());
    }
    Ok(match state.is_over() {
        true => state.words(lang).into(),
        false => format!("{}: {}", state.words(lang), stage.words(lang)),
    })
}

/// A paper with all that was found and done on its way.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisationDetail)]
pub(crate) struct DigitisationDetailView {
    /// The paper as the list shows it.
    #[serde(flatten)]
    pub(super) item: DigitisationView,
    /// Stages that are behind it, in their order.
    pub(super) stages: Vec<StageView>,
    /// What people did to it, oldest first.
    pub(super) events: Vec<EventView>,
    /// What the reader may do now: `scan`, `drop`, `retry`, `cancellation`.
    #[schema(example = json!(["scan", "drop"]))]
    pub(super) allowed: Vec<&'static str>,
}

/// What one stage found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisationStage)]
pub(crate) struct StageView {
    /// The stage.
    stage: String,
    /// `done`, or `skipped` with the reason in the report.
    outcome: String,
    /// What was found; holds no personal data.
    report: serde_json::Value,
    /// Who did it, with its version.
    engine: String,
    /// Milliseconds it took.
    millis: i64,
    /// When.
    ended_at: DateTime<Utc>,
}

impl StageView {
    pub(super) fn of(row: digitisation_stages::Model) -> Result<Self, Error> {
        let report = entities::columns::from_json("digitisation_stages.report", &row.report)?;
        let (stage, outcome, engine) = (row.stage, row.outcome, row.engine);
        Ok(Self { stage, outcome, report, engine, millis: row.millis, ended_at: row.ended_at })
    }
}

/// What somebody did to a paper.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisationEvent)]
pub(crate) struct EventView {
    /// `scanned`, `dropped`, `retried` or `stopped`.
    kind: String,
    /// Who.
    by: String,
    /// The reason in words; absent for readers who see persons masked.
    words: Option<String>,
    /// When.
    at: DateTime<Utc>,
}

impl EventView {
    pub(super) fn of((row, words): (digitisation_events::Model, Option<String>), full: bool) -> Self {
        Self { kind: row.kind, by: row.by_name, words: words.filter(|_| full), at: row.at }
    }
}
