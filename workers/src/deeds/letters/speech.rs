//! The words in force, filled with the facts, for one channel in the person's language.

use super::facts::Facts;
use super::words;
use entities::Error;
use entities::notices::templates::{Chosen, InForce, language};
use rules::lang::Lang;
use rules::notices::{NoticeChannel, NoticeEvent, Part, Wording, letter, part};

/// Facts and words at one moment.
pub(super) struct Speech {
    pub(super) event: NoticeEvent,
    pub(super) facts: Facts,
    pub(super) in_force: InForce,
}

/// What is told, and which versions of the words that is.
pub(super) struct Spoken {
    pub(super) wording: Wording,
    pub(super) template: String,
}

impl Speech {
    /// What is told through a channel; the inner failure says in words why nothing can be.
    pub(super) fn through(
        &self,
        channel: NoticeChannel,
        wished: Option<Lang>,
    ) -> Result<Result<Spoken, String>, Error> {
        if channel == NoticeChannel::Email {
            return self.letter(wished);
        }
        let lang = wished.unwrap_or_default();
        let Some(chosen) = self.in_force.of(self.event, lang, channel)? else {
            return Ok(Err(missing(channel)));
        };
        let filled = chosen.wording.filled(&words::of(lang, &self.facts));
        Ok(filled.map(|wording| Spoken { wording, template: said(lang, &chosen) }))
    }

    /// One language when the person wishes for one, else both.
    fn letter(&self, wished: Option<Lang>) -> Result<Result<Spoken, String>, Error> {
        let langs = wished.map_or_else(|| vec![Lang::Vi, Lang::En], |lang| vec![lang]);
        let (mut parts, mut versions) = (Vec::new(), Vec::new());
        for lang in langs {
            let words = self.in_force.of(self.event, lang, NoticeChannel::Email)?;
            let frame = self.in_force.of(NoticeEvent::Frame, lang, NoticeChannel::Email)?;
            let (Some(chosen), Some(frame)) = (words, frame) else {
                return Ok(Err(missing(NoticeChannel::Email)));
            };
            match self.framed(lang, &chosen, &frame) {
                Ok(part) => parts.push((lang, part)),
                Err(why) => return Ok(Err(why)),
            }
            versions.push(said(lang, &chosen));
        }
        Ok(Ok(Spoken { wording: letter(&parts), template: versions.join(" ") }))
    }

    fn framed(&self, lang: Lang, chosen: &Chosen, frame: &Chosen) -> Result<Part, String> {
        let words = words::of(lang, &self.facts);
        match (&chosen.wording, &frame.wording) {
            (Wording::Email { subject, text, html }, Wording::Email { text: frame, .. }) => {
                part((subject, text, html.as_deref()), &words)?.framed(frame, &words)
            }
            _ => Err(missing(NoticeChannel::Email)),
        }
    }
}

fn said(lang: Lang, chosen: &Chosen) -> String {
    format!("{}:{}", language(lang), chosen.version)
}

fn missing(channel: NoticeChannel) -> String {
    let key = channel.key();
    format!("chưa có mẫu tin cho kênh {key} / no words are in force for {key}")
}
