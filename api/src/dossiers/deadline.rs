//! The due date of a dossier, derived.

use crate::catalogue::listing::query_invalid;
use crate::catalogue::{CountedView, DerivationStep, Words, keys};
use crate::identity::Asker;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::Error;
use entities::dossiers::past::recorded;
use entities::dossiers::{deadline, reading};
use entities::tables::dossiers::Model;
use rules::calendar::Calendar;
use rules::deadlines::{ClockState, Deadline, NationalFacts};
use rules::lang::Lang;
use rules::local_time::local_date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// When the clock is looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeadlineQuery {
    /// The moment as of which it is told, now or past; now when absent.
    #[param(example = "2026-11-24T02:00:00Z")]
    as_of: Option<DateTime<Utc>>,
}

/// Where the legal clock of a dossier stands, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deadline)]
pub(crate) struct DeadlineView {
    /// The moment as of which this is told.
    as_of: DateTime<Utc>,
    /// What the clock does.
    #[schema(value_type = keys::ClockState)]
    state: ClockState,
    /// The last moment in time; absent while the clock stands.
    due: Option<DateTime<Utc>>,
    /// The moment first printed on the receipt.
    original_due: Option<DateTime<Utc>>,
    /// Time left while the clock stands.
    left: Option<CountedView>,
    /// The calendar does not yet reach the due day.
    provisional: bool,
    /// The calendar the dossier counts under, kept from its start.
    calendar: CalendarUsed,
    /// The derivation, in order.
    derivation: Vec<DerivationStep>,
    /// The same clock as the national index reads it; absent before the reception.
    national: Option<NationalView>,
    /// All of it in a sentence or two.
    words: Words,
}

/// The calendar a due date was counted with.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CalendarUsed)]
pub(crate) struct CalendarUsed {
    /// Its version.
    #[schema(example = 1)]
    version: u32,
    /// Documents that order the days off and the days worked instead within the derivation.
    documents: Vec<String>,
}

/// On time as the national index counts it, whatever the local policy (QĐ 766; L-28).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NationalDeadline)]
pub(crate) struct NationalView {
    /// Whether it is on time.
    on_time: bool,
    /// Why.
    why: Words,
}

/// Derive the due date of a dossier
///
/// Step by step: rule, article, from, to, what was counted, which days were passed over and by which document, each as
/// an officer would say it. The calendar and the office hours are those kept from the start of the clock (W-17).
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier"), DeadlineQuery),
    responses((status = 200, body = DeadlineView, example = json!({"as_of": "2026-11-23T03:00:00Z", "state": "running",
        "due": "2026-11-30T10:00:00Z", "original_due": "2026-11-30T10:00:00Z", "left": null, "provisional": false,
        "calendar": {"version": 1, "documents": ["Nghị quyết 28/2026/QH16"]},
        "derivation": [{"rule": "working_days", "rule_id": "W-02", "legal_reference": "BLDS 91/2015 Đ147.2, Đ148.5",
            "from": "2026-11-23T02:30:00Z", "to": "2026-11-30T10:00:00Z", "counted": {"amount": 4, "unit": "working_days"},
            "skipped": [{"date": "2026-11-24", "reason": {"vi": "Ngày Văn hóa Việt Nam", "en": "Vietnam Culture Day"},
                "document": "Nghị quyết 28/2026/QH16"}, {"date": "2026-11-28", "reason": {"vi": "Thứ Bảy", "en": "Saturday"},
                "document": null}, {"date": "2026-11-29", "reason": {"vi": "Chủ nhật", "en": "Sunday"}, "document": null}], "worked": [],
            "words": {"vi": "Tính 4 ngày làm việc, không kể ngày 23/11/2026, đến 17:00 ngày 30/11/2026; bỏ qua ngày nghỉ: 24/11/2026 (Ngày Văn hóa Việt Nam, Nghị quyết 28/2026/QH16), 28/11/2026 (Thứ Bảy), 29/11/2026 (Chủ nhật). Căn cứ: BLDS 91/2015 Đ147.2, Đ148.5.",
                "en": "Counted 4 working days, leaving out 23 Nov 2026, up to 17:00 on 30 Nov 2026; days off skipped: 24 Nov 2026 (Vietnam Culture Day, Nghị quyết 28/2026/QH16), 28 Nov 2026 (Saturday), 29 Nov 2026 (Sunday). Legal basis: BLDS 91/2015 Đ147.2, Đ148.5."}}],
        "national": {"on_time": true, "why": {"vi": "Tính đến 10:00 ngày 23/11/2026, so với hạn 17:00 ngày 30/11/2026. Căn cứ: QĐ 766/QĐ-TTg.",
            "en": "Up to 10:00 on 23 Nov 2026, compared with the due time 17:00 on 30 Nov 2026. Legal basis: QĐ 766/QĐ-TTg."}},
        "words": {"vi": "Hẹn trả kết quả lúc 17:00 ngày 30/11/2026. Tính theo lịch làm việc phiên bản 1 (Nghị quyết 28/2026/QH16).",
            "en": "The result is due at 17:00 on 30 Nov 2026. Counted by version 1 of the working calendar (Nghị quyết 28/2026/QH16)."}})))
)]
#[get("/v1/dossiers/{id}/deadline")]
pub(crate) async fn show_deadline(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    query: web::Query<DeadlineQuery>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let now = office.clock.now();
    let as_of = query.as_of.unwrap_or(now);
    if as_of > now {
        return Err(query_invalid("as_of"));
    }
    let (dossier, _) = reading::find(office.db.reader(), &office.sealer, &asker, *id).await?;
    Ok(HttpResponse::Ok().json(office.derived(&dossier, as_of).await?))
}

impl Office {
    async fn derived(&self, dossier: &Model, as_of: DateTime<Utc>) -> Result<DeadlineView, Problem> {
        let db = self.db.reader();
        let found = deadline::of(db, &self.catalogue, dossier, as_of).await?;
        let events = deadline::ticked(db, dossier).await?;
        let terms = deadline::terms_at(db, &self.catalogue, dossier, &events, as_of).await?;
        let calendar = self.catalogue.calendar_version(db, terms.calendar).await?;
        let national = self.national(dossier, as_of).await?;
        Ok(DeadlineView::of(as_of, found, &calendar, national))
    }

    async fn national(&self, dossier: &Model, as_of: DateTime<Utc>) -> Result<Option<NationalView>, Error> {
        let db = self.db.reader();
        let known = recorded(db, &[dossier.id]).await?.remove(&dossier.id).unwrap_or_default();
        let Some(past) = known.at(as_of) else { return Ok(None) };
        let judged = known.judged((db, &self.catalogue), dossier, &past, as_of).await?;
        let told = judged.and_then(|judged| Some((judged, judged.promised?)));
        Ok(told.map(|(judged, promised)| NationalView {
            on_time: !judged.late_for_the_index,
            why: past.for_the_index(promised, as_of, why),
        }))
    }
}

fn why(facts: &NationalFacts<'_>) -> Words {
    Words { vi: facts.words(Lang::Vi), en: facts.words(Lang::En) }
}

impl DeadlineView {
    fn of(
        as_of: DateTime<Utc>,
        found: Deadline,
        calendar: &Calendar,
        national: Option<NationalView>,
    ) -> Self {
        let calendar = CalendarUsed::of(&found, calendar);
        Self {
            as_of,
            words: Words { vi: calendar.words(&found, Lang::Vi), en: calendar.words(&found, Lang::En) },
            state: found.state,
            due: found.due,
            original_due: found.original_due,
            left: found.left.map(CountedView::from),
            provisional: found.provisional,
            calendar,
            derivation: found.segments.into_iter().map(DerivationStep::from).collect(),
            national,
        }
    }
}

impl CalendarUsed {
    fn of(found: &Deadline, calendar: &Calendar) -> Self {
        let ends = found.segments.first().zip(found.segments.last());
        let documents =
            ends.map(|(first, last)| calendar.documents(local_date(first.from), local_date(last.to)));
        let documents = documents.into_iter().flatten().map(str::to_owned).collect();
        Self { version: calendar.version, documents }
    }

    /// Where the clock stands, and by which calendar.
    fn words(&self, found: &Deadline, lang: Lang) -> String {
        let said = found.words(lang);
        if found.state == ClockState::NotStarted {
            return said;
        }
        let Self { version, documents } = self;
        let by = lang.pick(
            format!("Tính theo lịch làm việc phiên bản {version}"),
            format!("Counted by version {version} of the working calendar"),
        );
        match documents.is_empty() {
            true => format!("{said} {by}."),
            false => format!("{said} {by} ({}).", documents.join("; ")),
        }
    }
}
