//! The JSON forms of a template.

use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::notices::drafting::Draft;
use entities::notices::state::TemplateState;
use entities::notices::templates::words;
use entities::tables::notice_templates::Model;
use rules::lang::Lang;
use rules::notices::{NoticeEvent, Wording};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// New words for an event.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTemplate, example = json!({"event": "accept", "language": "vi", "wording": {"channel": "sms",
    "text": "Hồ sơ {code} đã được tiếp nhận. Hẹn trả kết quả: {due_short}.", "accents": false}}))]
pub(crate) struct NewTemplate {
    /// Key of the event, such as `accept`; `frame` is what stands around every letter.
    #[schema(value_type = String, example = "accept")]
    pub(super) event: NoticeEvent,
    /// `vi` or `en`.
    #[schema(value_type = String, example = "vi")]
    pub(super) language: Lang,
    /// The words, with `{name}` where a fact belongs.
    pub(super) wording: WordingView,
}

/// Words for one channel.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "channel", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = Wording)]
pub(crate) enum WordingView {
    /// A letter; without HTML of its own it is made from the text.
    Email {
        /// One line.
        subject: String,
        /// Plain text.
        text: String,
        /// The same in HTML of few tags; every fact in it is escaped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        html: Option<String>,
    },
    /// A text message of at most two segments.
    Sms {
        /// The text.
        text: String,
        /// Whether accents are kept.
        #[serde(default)]
        accents: bool,
    },
    /// A message of a template that Zalo has approved.
    Zalo {
        /// Its number at Zalo.
        template_id: String,
        /// What it asks for, by its own names.
        params: BTreeMap<String, String>,
    },
    /// A message in the inbox.
    Inbox {
        /// One line.
        subject: String,
        /// Plain text.
        text: String,
    },
}

/// A version of the words of an event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Template, example = json!({"id": "0194f3c0-0000-7000-8000-00000000002a", "event": "accept", "language": "vi",
    "version": 1, "state": "draft", "wording": {"channel": "sms",
    "text": "Hồ sơ {code} đã được tiếp nhận. Hẹn trả kết quả: {due_short}.", "accents": false}, "row_version": 1,
    "created_at": "2026-11-23T02:00:00Z", "created_by": "Bùi Thị Kiểm", "in_force_from": null, "adopted_at": null,
    "adopted_by": null, "reason": null}))]
pub(crate) struct TemplateView {
    /// Key.
    id: Uuid,
    /// Key of the event.
    event: String,
    /// `vi` or `en`.
    language: String,
    /// 1, 2, 3 … for event, language and channel.
    version: i32,
    /// `draft` or `adopted`.
    #[schema(value_type = String)]
    state: TemplateState,
    /// The words.
    wording: WordingView,
    /// Row version, the ETag.
    row_version: i32,
    /// Begun.
    created_at: DateTime<Utc>,
    /// Who began it.
    created_by: String,
    /// From when it is in force.
    in_force_from: Option<DateTime<Utc>>,
    /// Adopted.
    adopted_at: Option<DateTime<Utc>>,
    /// Who adopted it.
    adopted_by: Option<String>,
    /// Why.
    reason: Option<String>,
}

impl NewTemplate {
    pub(super) fn draft(self) -> Draft {
        let Self { event, language, wording } = self;
        Draft { event, language, wording: wording.into() }
    }
}

impl TemplateView {
    pub(super) fn of(row: Model) -> Result<Self, Error> {
        Ok(Self {
            state: from_key("notice_templates.state", &row.state)?,
            wording: words(&row)?.into(),
            id: row.id,
            event: row.event,
            language: row.language,
            version: row.version,
            row_version: row.row_version,
            created_at: row.created_at,
            created_by: row.created_name,
            in_force_from: row.in_force_from,
            adopted_at: row.adopted_at,
            adopted_by: row.adopted_name,
            reason: row.reason,
        })
    }
}

impl From<Wording> for WordingView {
    fn from(wording: Wording) -> Self {
        match wording {
            Wording::Email { subject, text, html } => Self::Email { subject, text, html },
            Wording::Sms { text, accents } => Self::Sms { text, accents },
            Wording::Zalo { template_id, params } => Self::Zalo { template_id, params },
            Wording::Inbox { subject, text } => Self::Inbox { subject, text },
        }
    }
}

impl From<WordingView> for Wording {
    fn from(view: WordingView) -> Self {
        match view {
            WordingView::Email { subject, text, html } => Self::Email { subject, text, html },
            WordingView::Sms { text, accents } => Self::Sms { text, accents },
            WordingView::Zalo { template_id, params } => Self::Zalo { template_id, params },
            WordingView::Inbox { subject, text } => Self::Inbox { subject, text },
        }
    }
}
