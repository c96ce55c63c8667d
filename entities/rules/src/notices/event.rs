//! What people are told of, and what the law asks of the telling.

use super::channel::NoticeChannel;
use super::placeholders::{self, SHORT};
use crate::lifecycle::ActKind;
use crate::warnings::WarningKind;
use serde::{Deserialize, Serialize};

/// What a notice is about; `frame` is what stands around every letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeEvent {
    /// Greeting, agency, person, times and signature of every letter (L-16).
    Frame,
    /// The dossier was sent in (L-10).
    Submit,
    /// It was received.
    Accept,
    /// The competent unit took it in (L-20).
    Admit,
    /// It was not received (L-03).
    Refuse,
    /// Papers are asked for (L-13).
    RequestSupplement,
    /// The papers are in.
    AnswerSupplement,
    /// An apology and a new date (L-40).
    Extend,
    /// Another unit is asked for its opinion (L-30).
    Consult,
    /// The fee is asked for.
    RequestPayment,
    /// The fee came in.
    RecordPayment,
    /// The result is ready (L-45).
    Decide,
    /// The result is taken back to be corrected (L-48).
    Correct,
    /// It was withdrawn.
    Withdraw,
    /// It was stopped (L-44).
    Stop,
    /// The result was handed over.
    Return,
    /// The due date was counted anew (W-17).
    Recompute,
    /// Papers that were asked for have not come.
    WarnSupplementUnanswered,
    /// A result lies at the desk.
    WarnResultUnfetched,
    /// The second invitation of the post (L-49).
    WarnSecondInvitation,
    /// Money was given back (F-06).
    RefundPaidOut,
    /// The unit revoked a result that was handed over.
    ResultRevoked,
}

/// Whom an event is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// The applicant.
    Applicant,
    /// The officers of the unit that is asked, in their inbox alone.
    Officers,
}

impl NoticeEvent {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Frame,
        Self::Submit,
        Self::Accept,
        Self::Admit,
        Self::Refuse,
        Self::RequestSupplement,
        Self::AnswerSupplement,
        Self::Extend,
        Self::Consult,
        Self::RequestPayment,
        Self::RecordPayment,
        Self::Decide,
        Self::Correct,
        Self::Withdraw,
        Self::Stop,
        Self::Return,
        Self::Recompute,
        Self::WarnSupplementUnanswered,
        Self::WarnResultUnfetched,
        Self::WarnSecondInvitation,
        Self::RefundPaidOut,
        Self::ResultRevoked,
    ];

    /// The event of a history entry; none for the office's own matters.
    pub fn of(act: ActKind, warning: Option<WarningKind>) -> Option<Self> {
        match (act, warning) {
            (ActKind::Warn, Some(WarningKind::SupplementUnanswered)) => Some(Self::WarnSupplementUnanswered),
            (ActKind::Warn, Some(WarningKind::ResultUnfetched)) => Some(Self::WarnResultUnfetched),
            (ActKind::Warn, Some(WarningKind::SecondInvitation)) => Some(Self::WarnSecondInvitation),
            (act, _) => Self::ALL.into_iter().find(|event| event.key() == act.key()),
        }
    }

    /// Key in the database and in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Submit => "submit",
            Self::Accept => "accept",
            Self::Admit => "admit",
            Self::Refuse => "refuse",
            Self::RequestSupplement => "request_supplement",
            Self::AnswerSupplement => "answer_supplement",
            Self::Extend => "extend",
            Self::Consult => "consult",
            Self::RequestPayment => "request_payment",
            Self::RecordPayment => "record_payment",
            Self::Decide => "decide",
            Self::Correct => "correct",
            Self::Withdraw => "withdraw",
            Self::Stop => "stop",
            Self::Return => "return",
            Self::Recompute => "recompute",
            Self::WarnSupplementUnanswered => "warn_supplement_unanswered",
            Self::WarnResultUnfetched => "warn_result_unfetched",
            Self::WarnSecondInvitation => "warn_second_invitation",
            Self::RefundPaidOut => "refund_paid_out",
            Self::ResultRevoked => "result_revoked",
        }
    }

    /// Whom it is told.
    pub fn whom(self) -> Whom {
        if self == Self::Consult { Whom::Officers } else { Whom::Applicant }
    }

    /// The law asks for it, so nobody can be left without it; the rest are reminders that a person may do without.
    pub fn is_required(self) -> bool {
        !matches!(self, Self::WarnSupplementUnanswered | Self::WarnResultUnfetched)
    }

    /// It does not wait for the morning: the post is already on its way, or an answer was promised in hours.
    pub fn is_urgent(self) -> bool {
        matches!(self, Self::Submit | Self::WarnSecondInvitation)
    }

    /// It speaks of money, so it holds no link at all: whoever sends one is not the office.
    pub fn speaks_of_money(self) -> bool {
        matches!(self, Self::RequestPayment | Self::RecordPayment | Self::Decide | Self::RefundPaidOut)
    }

    /// Channels that it can go through.
    pub fn channels(self) -> &'static [NoticeChannel] {
        match self {
            Self::Frame => &[NoticeChannel::Email],
            Self::Consult => &[NoticeChannel::Inbox],
            _ => &NoticeChannel::ALL,
        }
    }

    /// Placeholders that its words must hold in a channel.
    pub fn required(self, channel: NoticeChannel) -> &'static [&'static str] {
        match (self, channel) {
            (Self::Frame, _) => &["body", "name", "agency", "who", "times"],
            (_, NoticeChannel::Sms | NoticeChannel::Zalo) => &["code"],
            (Self::Submit, _) => &["code", "at"],
            (Self::Accept | Self::Admit | Self::Recompute, _) => &["due"],
            (Self::Extend, _) => &["code", "reason", "before", "due"],
            (
                Self::Refuse | Self::Stop | Self::Correct | Self::RequestSupplement | Self::ResultRevoked,
                _,
            ) => &["reason"],
            (Self::Consult, _) => &["code", "reason", "due"],
            (Self::RequestPayment | Self::RecordPayment | Self::RefundPaidOut, _) => &["code", "amount"],
            _ => &["code"],
        }
    }

    /// Placeholders that its words may hold in a channel.
    pub fn allowed(self, channel: NoticeChannel) -> Vec<&'static str> {
        let all = placeholders::NAMES.iter().copied();
        all.filter(|name| match channel {
            NoticeChannel::Sms => SHORT.contains(name),
            _ => *name != "body" || self == Self::Frame,
        })
        .filter(|name| *name != "url" || !self.speaks_of_money())
        .collect()
    }
}
