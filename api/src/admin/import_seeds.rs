//! `POST /v1/admin/seeds`: a catalogue file, imported or only tried.

use super::must_run_catalogue;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::Error;
use entities::seeding::importing::{Report, import, known_units};
use entities::seeding::reading::read_all;
use entities::seeding::{SeedError, Seeds};
use rules::refusal::Violation;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A catalogue file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeedFile {
    /// Name of the file, to say where an error is.
    #[schema(min_length = 1, max_length = 200, example = "units.yaml")]
    name: String,
    /// Its whole text, YAML or JSON, in the seed format.
    #[schema(min_length = 1)]
    text: String,
    /// True: only tell what the import would do.
    #[serde(default)]
    dry_run: bool,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeedReport {
    /// True when nothing was written.
    dry_run: bool,
    /// Units that were not there.
    units_added: u32,
    /// Units that now say something else.
    units_changed: u32,
    /// Successors that were not there.
    successors_added: u32,
    /// Procedures that were not there.
    procedures_added: u32,
    /// Revisions written, the first of a new procedure among them.
    revisions_added: u32,
    /// Calendar versions that were not there.
    calendars_added: u32,
    /// Places that were not there.
    places_added: u32,
    /// Places and their successors that now say something else.
    places_changed: u32,
    /// Successors of places that were not there.
    place_successors_added: u32,
    /// Further codes of units that were not there, or end on another day now.
    unit_codes_added: u32,
    /// Days and targets of digitisation that were not there.
    digitisation_added: u32,
    /// Days and targets of digitisation that now say something else.
    digitisation_changed: u32,
    /// Records that were there already, word for word.
    unchanged: u32,
}

/// Import a catalogue file, or try to
///
/// Units, places, procedures and calendars in the seed format. Every wrong line is told at once, and then nothing is written.
/// A procedure that says something else gets a new revision; dossiers keep the one they were received under.
#[utoipa::path(tag = "admin",
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content = SeedFile, example = json!({"name": "units.yaml", "dry_run": true,
        "text": "units:\n  - code: \"H03.99\"\n    name: \"Sở Mẫu\"\n    tier: province\n    parent: \"H03\"\n"})),
    responses((status = 200, body = SeedReport, example = json!({"dry_run": true, "units_added": 1, "units_changed": 0,
        "successors_added": 0, "procedures_added": 0, "revisions_added": 0, "calendars_added": 0, "places_added": 0,
        "places_changed": 0, "place_successors_added": 0, "unit_codes_added": 0, "digitisation_added": 0,
        "digitisation_changed": 0, "unchanged": 0}))))]
#[post("/v1/admin/seeds")]
pub(crate) async fn import_seeds(
    office: web::Data<Office>,
    ask: Ask<SeedFile>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    let dry_run = ask.body.dry_run;
    let seeds = seeds_of(&office, ask.body).await?;
    if dry_run {
        return tried(&office, &seeds).await;
    }
    let answered = office
        .once(&ask.facts, async |tx, _| {
            let report = imported(tx, &seeds).await?;
            Ok(Answer::ok(&SeedReport::of(report, false))?.ringing([]))
        })
        .await?;
    office.catalogue.forget();
    Ok(answered)
}

/// How a text can say the one character that PostgreSQL does not keep.
const NUL: [&str; 5] = ["\0", "\\0", "\\x00", "\\u0000", "\\U00000000"];

/// Reading a large file takes a while, so it does not keep a server thread from its other requests.
async fn seeds_of(office: &Office, file: SeedFile) -> Result<Seeds, Problem> {
    if let Some(line) = file.text.lines().position(|line| NUL.iter().any(|nul| line.contains(nul))) {
        let line = u64::try_from(line).unwrap_or_default() + 1;
        let message = "the character NUL cannot be stored".to_owned();
        return Err(Problem::invalid(vec![wrong(&SeedError { file: file.name, line, message })]));
    }
    let known = known_units(office.db.reader()).await?;
    let name: String = file.name.chars().filter(|c| !c.is_control()).take(200).collect();
    let read = web::block(move || read_all(&[(&name, &file.text)], &known)).await;
    read.map_err(|_| Code::Internal)?.map_err(|errors| Problem::invalid(errors.iter().map(wrong).collect()))
}

async fn tried(office: &Office, seeds: &Seeds) -> Result<HttpResponse, Problem> {
    let tx = office.db.begin().await?;
    let report = imported(&tx, seeds).await;
    tx.rollback().await?;
    Ok(HttpResponse::Ok().json(SeedReport::of(report?, true)))
}

async fn imported(tx: &DatabaseTransaction, seeds: &Seeds) -> Result<Report, Problem> {
    import(tx, seeds).await.map_err(|error| match error {
        Error::Invalid(violations) => {
            let in_text = violations.into_iter().map(|v| Violation { pointer: "/text".into(), ..v });
            Problem::invalid(in_text.collect())
        }
        Error::NotFound(what) => Problem::invalid(vec![Violation {
            pointer: "/text".into(),
            code: "seed_reference_unknown",
            vi: format!("Tệp nêu một mục không có ({what})."),
            en: format!("The file names something that is not there ({what})."),
        }]),
        other => other.into(),
    })
}

fn wrong(error: &SeedError) -> Violation {
    let SeedError { file, line, message } = error;
    Violation {
        pointer: "/text".into(),
        code: "seed_line_wrong",
        vi: format!("{file}, dòng {line}: {message}"),
        en: format!("{file}, line {line}: {message}"),
    }
}

impl SeedReport {
    fn of(report: Report, dry_run: bool) -> Self {
        Self {
            dry_run,
            units_added: report.units_added,
            units_changed: report.units_changed,
            successors_added: report.successors_added,
            procedures_added: report.procedures_added,
            revisions_added: report.revisions_added,
            calendars_added: report.calendars_added,
            places_added: report.places_added,
            places_changed: report.places_changed,
            place_successors_added: report.place_successors_added,
            unit_codes_added: report.unit_codes_added,
            digitisation_added: report.digitisation_added,
            digitisation_changed: report.digitisation_changed,
            unchanged: report.unchanged,
        }
    }
}
