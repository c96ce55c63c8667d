//! `GET` and `PUT /v1/me/notice-preferences`: what one wishes about notices.

use crate::identity::Asker;
use crate::manners::ask::Body;
use crate::manners::etag::{IfMatch, tag};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::http::header::ETAG;
use actix_web::{HttpResponse, get, put, web};
use entities::notices::preferences::{first, keep_own, own_names, read};
use rules::lang::Lang;
use rules::notices::{NoticeChannel, Wishes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What you wish about notices.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NoticePreferences, example = json!({"channels": ["sms", "email"], "language": "vi", "quiet_hours": true,
    "reminders": true}))]
pub(crate) struct PreferencesView {
    /// Channels in the order of your liking: `email`, `zalo`, `sms`; at least one. What the law obliges the office to tell
    /// goes through the others when these fail.
    #[schema(value_type = Vec<String>, example = json!(["sms", "email"]))]
    channels: Vec<NoticeChannel>,
    /// `vi` or `en`; without one, letters come in both.
    #[schema(value_type = Option<String>, example = "vi")]
    #[serde(default)]
    language: Option<Lang>,
    /// No text message at night; what is urgent comes all the same.
    quiet_hours: bool,
    /// Reminders that the law does not ask for.
    reminders: bool,
}

/// What you wish about notices
///
/// The usual wishes, with the ETag of version 0, as long as you have said nothing.
#[utoipa::path(tag = "notices", responses((status = 200, body = PreferencesView, example = json!({"channels": ["sms", "email"], "language": "vi",
        "quiet_hours": true, "reminders": true}))))]
#[get("/v1/me/notice-preferences")]
pub(crate) async fn show_notice_preferences(
    office: web::Data<Office>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let kept = first(office.db.reader(), &own_names(&asker, &office.sealer)).await?;
    let version = kept.as_ref().map_or(0, |row| row.row_version);
    let wishes = kept.as_ref().map_or_else(|| Ok(Wishes::default()), read)?;
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(version))).json(PreferencesView::from(wishes)))
}

/// Say what you wish about notices
///
/// At least one channel stays: what the law obliges the office to tell cannot be switched off on all of them.
#[utoipa::path(tag = "notices",
    params(("If-Match" = String, Header, description = "ETag last seen")),
    request_body(content = PreferencesView, example = json!({"channels": ["sms", "email"], "language": "vi",
        "quiet_hours": true, "reminders": true})),
    responses((status = 200, body = PreferencesView)))]
#[put("/v1/me/notice-preferences")]
pub(crate) async fn replace_notice_preferences(
    office: web::Data<Office>,
    asker: Asker,
    seen: IfMatch,
    body: Body<PreferencesView>,
) -> Result<HttpResponse, Problem> {
    let names = own_names(&asker, &office.sealer);
    let tx = office.db.begin().await?;
    let row = keep_own(&tx, &names, &body.body.into(), (seen.version(), office.clock.now())).await?;
    tx.commit().await?;
    let view = PreferencesView::from(read(&row)?);
    Ok(HttpResponse::Ok().insert_header((ETAG, tag(row.row_version))).json(view))
}

impl From<Wishes> for PreferencesView {
    fn from(wishes: Wishes) -> Self {
        let Wishes { channels, language, quiet_hours, reminders } = wishes;
        Self { channels, language, quiet_hours, reminders }
    }
}

impl From<PreferencesView> for Wishes {
    fn from(view: PreferencesView) -> Self {
        let PreferencesView { channels, language, quiet_hours, reminders } = view;
        Self { channels, language, quiet_hours, reminders }
    }
}
