//! The words that travel inside the program: version 0 of every template but those that Zalo has to approve.

use crate::error::Error;
use rules::lang::Lang;
use rules::notices::{NoticeChannel, NoticeEvent, Wording};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const VI: &str = include_str!("../../../migrations/seed/notices/vi.yaml");
const EN: &str = include_str!("../../../migrations/seed/notices/en.yaml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    subject: String,
    text: String,
    #[serde(default)]
    sms: Option<String>,
}

type Book = BTreeMap<String, Shipped>;

/// The shipped words of an event; none for Zalo, whose template numbers only the office knows.
///
/// Fails as damaged when the shipped file cannot be read; a test keeps that from happening.
pub fn wording(event: NoticeEvent, lang: Lang, channel: NoticeChannel) -> Result<Option<Wording>, Error> {
    let entry = book(lang)?.get(event.key()).filter(|_| event.channels().contains(&channel));
    Ok(entry.and_then(|entry| {
        let (subject, text) = (entry.subject.clone(), entry.text.trim_end().to_owned());
        match channel {
            NoticeChannel::Email => Some(Wording::Email { subject, text, html: None }),
            NoticeChannel::Inbox => Some(Wording::Inbox { subject, text }),
            NoticeChannel::Sms => entry.sms.clone().map(|text| Wording::Sms { text, accents: false }),
            NoticeChannel::Zalo => None,
        }
    }))
}

fn book(lang: Lang) -> Result<&'static Book, Error> {
    static BOOKS: [OnceLock<Result<Book, String>>; 2] = [OnceLock::new(), OnceLock::new()];
    let ([vi, en], text) = (&BOOKS, lang.pick(VI, EN));
    let read = || serde_saphyr::from_str::<Book>(text).map_err(|error| error.to_string());
    let book = lang.pick(vi, en).get_or_init(read);
    book.as_ref().map_err(|why| Error::damaged("shipped notices", why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::notices::check;

    #[test]
    fn every_event_is_shipped_in_both_languages_for_every_channel_and_passes_the_check() {
        for lang in [Lang::Vi, Lang::En] {
            for event in NoticeEvent::ALL {
                for channel in event.channels() {
                    let case = format!("{} {lang:?} {}", event.key(), channel.key());
                    let Some(wording) = wording(event, lang, *channel).unwrap() else {
                        assert_eq!(*channel, NoticeChannel::Zalo, "{case}");
                        continue;
                    };
                    let wrong = check(event, lang, &wording, "https://motcua.tinh-vi-du.example");
                    assert!(wrong.is_empty(), "{case}: {wrong:#?}");
                }
            }
            assert_eq!(book(lang).unwrap().len(), NoticeEvent::ALL.len());
        }
    }
}
