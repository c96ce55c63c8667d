//! The due date of a dossier, derived.

use crate::identity::Asker;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::dossiers::{deadline, reading};
use rules::deadlines::Segment;
use rules::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where the legal clock of a dossier stands, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deadline, example = json!({"state": "running", "due": "2026-11-30T10:00:00Z",
    "original_due": "2026-11-30T10:00:00Z", "provisional": false, "segments": [{"rule": "W-02",
    "legal_reference": "Bộ luật Dân sự Đ147.2", "from": "2026-11-23T02:30:00Z", "to": "2026-11-30T10:00:00Z",
    "counted": {"amount": 4, "unit": "working_days"}, "words": "4 ngày làm việc, không tính ngày nhận",
    "skipped": [{"date": "2026-11-24", "reason": "Ngày Văn hóa Việt Nam"}]}]}))]
pub(crate) struct DeadlineView {
    /// `not_started`, `running`, `paused` or `stopped`.
    #[schema(value_type = String, example = "running")]
    state: rules::deadlines::ClockState,
    /// The last moment in time; absent while the clock stands.
    due: Option<DateTime<Utc>>,
    /// The moment first printed on the receipt.
    original_due: Option<DateTime<Utc>>,
    /// The calendar does not yet reach the due day.
    provisional: bool,
    /// The derivation, in order.
    segments: Vec<SegmentView>,
}

/// One stretch of the derivation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadlineSegment)]
pub(crate) struct SegmentView {
    /// Stable key of the rule.
    rule: &'static str,
    /// Article of law.
    legal_reference: String,
    /// Start.
    from: DateTime<Utc>,
    /// End.
    to: DateTime<Utc>,
    /// How much was counted.
    #[schema(value_type = Object)]
    counted: rules::deadlines::Counted,
    /// Days passed over, and why.
    skipped: Vec<SkippedView>,
    /// The same as an officer would say it, in the reader's language.
    words: String,
}

/// One day passed over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SkippedDay)]
pub(crate) struct SkippedView {
    /// The day.
    date: NaiveDate,
    /// Why it does not count.
    reason: String,
}

/// Derive the due date of a dossier
///
/// Segment by segment: rule, article, from, to, what was counted, which days were passed over and why.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = DeadlineView))
)]
#[get("/v1/dossiers/{id}/deadline")]
pub(crate) async fn show_deadline(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, _) = reading::find(db, &office.sealer, &asker, *id).await?;
    let found = deadline::of(db, &office.catalogue, &dossier, office.clock.now()).await?;
    Ok(HttpResponse::Ok().json(DeadlineView {
        state: found.state,
        due: found.due,
        original_due: found.original_due,
        provisional: found.provisional,
        segments: found.segments.into_iter().map(|segment| SegmentView::of(segment, lang)).collect(),
    }))
}

impl SegmentView {
    fn of(segment: Segment, lang: Lang) -> Self {
        let words = segment.words(lang);
        let skipped = segment.skipped.iter();
        Self {
            rule: segment.rule.id(),
            skipped: skipped
                .map(|s| SkippedView { date: s.date, reason: s.reason.words(lang).into() })
                .collect(),
            legal_reference: segment.legal_reference,
            from: segment.from,
            to: segment.to,
            counted: segment.counted,
            words,
        }
    }
}
