//! The channels a notice can go through.

use serde::{Deserialize, Serialize};

/// How a notice reaches a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeChannel {
    /// A letter by e-mail.
    Email,
    /// A message of Zalo's notification service (ZNS).
    Zalo,
    /// A text message.
    Sms,
    /// The inbox of the person's account here.
    Inbox,
}

impl NoticeChannel {
    /// All of them, in the usual order.
    pub const ALL: [Self; 4] = [Self::Email, Self::Zalo, Self::Sms, Self::Inbox];

    /// Those that leave the house.
    pub const OUTSIDE: [Self; 3] = [Self::Email, Self::Zalo, Self::Sms];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Zalo => "zalo",
            Self::Sms => "sms",
            Self::Inbox => "inbox",
        }
    }

    /// It makes a telephone ring, so that quiet hours hold.
    pub fn rings(self) -> bool {
        matches!(self, Self::Zalo | Self::Sms)
    }

    /// A message handed over again is known again on the other side: by Message-ID, by tracking id.
    pub fn knows_repeats(self) -> bool {
        self != Self::Sms
    }
}
