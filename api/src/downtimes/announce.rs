//! `POST /v1/admin/downtimes`: the office will be away.

use super::downtime_view::DowntimeView;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, Utc};
use entities::downtimes::{Announcement, announce};
use rules::access;
use serde::Deserialize;
use utoipa::ToSchema;

/// When the office will be away, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDowntime {
    /// It begins.
    from: DateTime<Utc>,
    /// It ends.
    until: DateTime<Utc>,
    /// Why, for the public.
    #[schema(min_length = 1, max_length = 500, example = "Nâng cấp máy chủ.")]
    reason: String,
    /// True for an accident or a disaster, which nobody can announce before.
    #[serde(default)]
    unplanned: bool,
}

/// Announce a downtime
///
/// Planned ones at least seven working days before (NĐ 224/2026 Đ13); sooner ones are refused with the earliest day.
#[utoipa::path(tag = "admin",
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters.")),
    request_body(content = NewDowntime, example = json!({"from": "2026-03-21T13:00:00Z",
        "until": "2026-03-21T20:00:00Z", "reason": "Nâng cấp máy chủ."})),
    responses((status = 201, body = DowntimeView, description = "The downtime.", example = json!({
        "id": "019a0000-0000-7000-8000-000000000001", "from": "2026-03-21T13:00:00Z", "until": "2026-03-21T20:00:00Z",
        "reason": "Nâng cấp máy chủ.", "unplanned": false, "announced_at": "2026-03-10T02:00:00Z"})),
        (status = 409, body = crate::problems::ProblemDocument, content_type = "application/problem+json",
            description = "It is too soon.")))]
#[post("/v1/admin/downtimes")]
pub(crate) async fn announce_downtime(
    office: web::Data<Office>,
    ask: Ask<NewDowntime>,
) -> Result<HttpResponse, Problem> {
    if !access::runs_people(&ask.facts.actor) {
        return Err(Code::Forbidden.into());
    }
    let told = ask.body.told(&ask.facts.actor.subject);
    office
        .once(&ask.facts, async |tx, at| {
            let row = announce(tx, &office.catalogue, &told, at).await?;
            Ok(Answer::created("/v1/downtimes".to_owned(), &DowntimeView::of(row))?.ringing([]))
        })
        .await
}

impl NewDowntime {
    fn told(self, by: &str) -> Announcement {
        let Self { from, until, reason, unplanned } = self;
        Announcement { from, until, reason, unplanned, by: by.to_owned() }
    }
}
