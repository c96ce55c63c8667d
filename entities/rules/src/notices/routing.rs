//! Which channels a notice goes through, in which order; the next one when one fails.

use super::channel::NoticeChannel;
use super::event::NoticeEvent;
use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// What a person wishes about notices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wishes {
    /// Channels outside in the order of the person's liking; those left out are used last, and only for what the law
    /// asks to be told.
    pub channels: Vec<NoticeChannel>,
    /// The language; none means letters in both, and Vietnamese where there is room for one.
    pub language: Option<Lang>,
    /// Whether telephones stay quiet at night.
    pub quiet_hours: bool,
    /// Whether reminders come that the law does not ask for.
    pub reminders: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { channels: NoticeChannel::OUTSIDE.to_vec(), language: None, quiet_hours: true, reminders: true }
    }
}

/// How a person can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// There is an e-mail address.
    pub email: bool,
    /// There is a telephone that takes texts.
    pub phone: bool,
}

impl Reach {
    fn by(self, channel: NoticeChannel) -> bool {
        match channel {
            NoticeChannel::Email => self.email,
            NoticeChannel::Zalo | NoticeChannel::Sms => self.phone,
            NoticeChannel::Inbox => false,
        }
    }
}

/// The channels outside for an event, best first. A reminder that a person does not want goes nowhere; what the law
/// asks for goes through every channel that reaches the person, those not wished for last.
pub fn route(event: NoticeEvent, wishes: &Wishes, reach: Reach) -> Vec<NoticeChannel> {
    if !event.is_required() && !wishes.reminders {
        return Vec::new();
    }
    let mut all: Vec<NoticeChannel> = Vec::new();
    let others = NoticeChannel::OUTSIDE.iter().filter(|_| event.is_required());
    for channel in wishes.channels.iter().chain(others) {
        if reach.by(*channel) && event.channels().contains(channel) && !all.contains(channel) {
            all.push(*channel);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use NoticeChannel::{Email, Sms, Zalo};

    const BOTH: Reach = Reach { email: true, phone: true };

    #[test]
    fn the_persons_order_comes_first() {
        let wishes = Wishes { channels: vec![Sms, Email], ..Wishes::default() };

        assert_eq!(route(NoticeEvent::Accept, &wishes, BOTH), [Sms, Email, Zalo]);
        assert_eq!(route(NoticeEvent::WarnResultUnfetched, &wishes, BOTH), [Sms, Email]);
        assert_eq!(route(NoticeEvent::Accept, &Wishes::default(), BOTH), [Email, Zalo, Sms]);
        assert_eq!(
            route(NoticeEvent::Accept, &Wishes::default(), Reach { email: false, phone: true }),
            [Zalo, Sms]
        );
    }

    #[test]
    fn l_16_what_the_law_asks_to_be_told_cannot_be_switched_off() {
        let nothing = Wishes { channels: Vec::new(), reminders: false, ..Wishes::default() };

        for event in NoticeEvent::ALL.into_iter().filter(|event| event.channels().contains(&Email)) {
            let told = !route(event, &nothing, BOTH).is_empty();
            assert_eq!(told, event.is_required(), "{}", event.key());
        }
    }
}
