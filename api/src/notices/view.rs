//! The JSON forms of a notice.

use chrono::{DateTime, Utc};
use entities::Error;
use entities::columns::from_key;
use entities::notices::reading::masked;
use entities::notices::telling::{recipient, wording};
use entities::sealing::Sealer;
use entities::tables::notices::Model;
use rules::access::Sight;
use rules::notices::{NoticeChannel, Wording};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A notice in the inbox.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InboxNotice, example = json!({"id": "0194f3c0-0000-7000-8000-00000000001a",
    "dossier": "0194f3c0-0000-7000-8000-00000000000b", "event": "accept",
    "subject": "Hồ sơ H55.121-261123-0001: đã được tiếp nhận", "text": "Hồ sơ của ông/bà đã được tiếp nhận …",
    "told_at": "2026-11-23T02:30:01Z", "seen_at": null}))]
pub(crate) struct InboxView {
    /// Key; its order is the order of writing.
    id: Uuid,
    /// The dossier.
    dossier: Uuid,
    /// Key of the event.
    #[schema(example = "accept")]
    event: String,
    /// One line.
    subject: String,
    /// What is told.
    text: String,
    /// When it was put there.
    told_at: DateTime<Utc>,
    /// When somebody it is for saw it first.
    seen_at: Option<DateTime<Utc>>,
}

impl InboxView {
    /// The view of a row, opened.
    pub(super) fn of(row: Model, sealer: &Sealer) -> Result<Self, Error> {
        let (subject, text) = match wording(sealer, &row)? {
            Some(Wording::Inbox { subject, text }) => (subject, text),
            _ => Default::default(),
        };
        let Model { id, dossier_id: dossier, event, created_at: told_at, seen_at, .. } = row;
        Ok(Self { id, dossier, event, subject, text, told_at, seen_at })
    }
}

/// A notice about a dossier, through one channel.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notice, example = json!({"id": "0194f3c0-0000-7000-8000-00000000001a", "event": "accept", "occasion": "2",
    "channel": "email", "recipient": "m***@nguoidan.example", "state": "handed", "reason": null, "template": "vi:0 en:0",
    "text": "Kính gửi: Trần Thị Mẫu …", "act_at": "2026-11-23T02:30:00Z", "hand_at": "2026-11-23T02:30:00Z",
    "handed_over_at": "2026-11-23T02:30:01Z", "delivered_at": null, "seen_at": null}))]
pub(crate) struct NoticeView {
    /// Key; its order is the order of writing.
    id: Uuid,
    /// Key of the event.
    #[schema(example = "accept")]
    event: String,
    /// What makes it unique beside the event: the number of a history entry, or `refund:` and a key.
    #[schema(example = "2")]
    occasion: String,
    /// `email`, `zalo`, `sms` or `inbox`.
    #[schema(example = "email")]
    channel: String,
    /// The recipient in outline.
    #[schema(example = "m***@nguoidan.example")]
    recipient: String,
    /// `waiting`, `handing`, `handed`, `delivered`, `undelivered` or `failed`.
    #[schema(example = "handed")]
    state: String,
    /// Why it waits or could not go this way.
    reason: Option<String>,
    /// Versions of the words; 0 is what the program ships.
    #[schema(example = "vi:0 en:0")]
    template: String,
    /// What was told, word for word; absent for readers who see persons masked.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// When what it tells of happened.
    act_at: DateTime<Utc>,
    /// From when it may be handed over; later than the act in quiet hours.
    hand_at: DateTime<Utc>,
    /// Handed to its provider.
    handed_over_at: Option<DateTime<Utc>>,
    /// The provider says that the person has it.
    delivered_at: Option<DateTime<Utc>>,
    /// Seen in the inbox.
    seen_at: Option<DateTime<Utc>>,
}

impl NoticeView {
    /// The view of a row for a reader.
    pub(super) fn of(row: Model, sealer: &Sealer, sight: Sight) -> Result<Self, Error> {
        let channel: NoticeChannel = from_key("notices.channel", &row.channel)?;
        let full = sight == Sight::Full;
        Ok(Self {
            recipient: masked(channel, &recipient(sealer, &row)?),
            text: if full { wording(sealer, &row)?.map(plain) } else { None },
            id: row.id,
            event: row.event,
            occasion: row.occasion,
            channel: row.channel,
            state: row.state,
            reason: row.reason,
            template: row.template,
            act_at: row.act_at,
            hand_at: row.hand_at,
            handed_over_at: row.handed_over_at,
            delivered_at: row.delivered_at,
            seen_at: row.seen_at,
        })
    }
}

fn plain(wording: Wording) -> String {
    match wording {
        Wording::Email { text, .. } | Wording::Sms { text, .. } | Wording::Inbox { text, .. } => text,
        Wording::Zalo { params, .. } => {
            params.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("\n")
        }
    }
}
