//! The words of a template and what becomes of them: `{name}` stands for a fact, and nothing else is looked at.

use super::channel::NoticeChannel;
use super::markup::{escaped, paragraphs};
use super::placeholders::Words;
use super::texts::segments;
use crate::folding::unaccented;
use crate::lang::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Words for one channel: a template, or what it became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "channel", rename_all = "snake_case", deny_unknown_fields)]
pub enum Wording {
    /// A letter; without HTML of its own it is made from the text.
    Email {
        /// One line.
        subject: String,
        /// Plain text.
        text: String,
        /// The same in HTML.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        html: Option<String>,
    },
    /// A text message of at most two segments.
    Sms {
        /// The text.
        text: String,
        /// Whether accents are kept; without them a segment holds more than twice as much.
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
    /// A message in the inbox here.
    Inbox {
        /// One line.
        subject: String,
        /// Plain text.
        text: String,
    },
}

/// Most segments of a text message.
pub(super) const SEGMENTS: usize = 2;

impl Wording {
    /// The channel it is for.
    pub fn channel(&self) -> NoticeChannel {
        match self {
            Self::Email { .. } => NoticeChannel::Email,
            Self::Sms { .. } => NoticeChannel::Sms,
            Self::Zalo { .. } => NoticeChannel::Zalo,
            Self::Inbox { .. } => NoticeChannel::Inbox,
        }
    }

    /// What becomes of it, but for letters, which need their frame: see [`part`]. Fails in words when a placeholder is
    /// unknown or a text is too long.
    pub fn filled(&self, words: &Words) -> Result<Self, String> {
        Ok(match self {
            Self::Email { subject, text, html } => {
                let part = part((subject, text, html.as_deref()), words)?;
                Self::Email { subject: part.subject, text: part.text, html: Some(part.html) }
            }
            Self::Sms { text, accents } => {
                Self::Sms { text: short(text, *accents, words)?, accents: *accents }
            }
            Self::Zalo { template_id, params } => {
                let filled = params.iter().map(|(name, value)| Ok((name.clone(), fill(value, words)?)));
                Self::Zalo {
                    template_id: template_id.clone(),
                    params: filled.collect::<Result<_, String>>()?,
                }
            }
            Self::Inbox { subject, text } => {
                Self::Inbox { subject: fill(subject, words)?, text: fill(text, words)? }
            }
        })
    }
}

/// A letter in one language, without what makes it whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
}

/// Subject, text and HTML of a letter's template, filled.
pub fn part((subject, text, html): (&str, &str, Option<&str>), words: &Words) -> Result<Part, String> {
    let text = fill(text, words)?;
    let html = match html {
        None => paragraphs(&text),
        Some(html) => {
            let safe =
                words.iter().map(|(name, value)| (*name, escaped(value).replace('\n', "<br>"))).collect();
            fill(html, &safe)?
        }
    };
    Ok(Part { subject: fill(subject, words)?, text, html })
}

impl Part {
    /// The same within the frame of every letter, whose text holds `{body}` once.
    pub fn framed(self, frame: &str, words: &Words) -> Result<Self, String> {
        let (before, after) =
            frame.split_once("{body}").ok_or_else(|| "the frame has no {body}".to_owned())?;
        let (before, after) = (fill(before, words)?, fill(after, words)?);
        Ok(Self {
            text: format!("{before}\n\n{}\n\n{after}", self.text),
            html: format!("{}{}{}", paragraphs(&before), self.html, paragraphs(&after)),
            subject: self.subject,
        })
    }
}

/// The whole letter, one language after the other.
pub fn letter(parts: &[(Lang, Part)]) -> Wording {
    let joined = |words: fn(&Part) -> &str, joint| {
        parts.iter().map(|(_, part)| words(part)).collect::<Vec<_>>().join(joint)
    };
    let html = parts
        .iter()
        .map(|(lang, part)| format!("<div lang=\"{}\">{}</div>", lang.pick("vi", "en"), part.html));
    Wording::Email {
        subject: joined(|part| &part.subject, " / "),
        text: joined(|part| &part.text, "\n\n----------\n\n") + "\n",
        html: Some(format!(
            "<!doctype html><html><body>{}</body></html>",
            html.collect::<Vec<_>>().join("<hr>")
        )),
    }
}

fn short(text: &str, accents: bool, words: &Words) -> Result<String, String> {
    let filled = fill(text, words)?;
    let said = if accents { filled } else { unaccented(&filled) };
    match segments(&said) {
        0..=SEGMENTS => Ok(said),
        many => Err(format!("the text message would take {many} segments, not {SEGMENTS}")),
    }
}

/// Only the template is searched for placeholders: a reason that holds braces stays as it was written. Fails with the
/// name of a placeholder that nothing stands for.
pub fn fill(template: &str, words: &Words) -> Result<String, String> {
    let mut filled = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (key, after) = after.split_once('}').ok_or_else(|| "a brace is not closed".to_owned())?;
        filled.push_str(before);
        filled.push_str(words.get(key).ok_or_else(|| format!("unknown placeholder {key}"))?);
        rest = after;
    }
    filled.push_str(rest);
    Ok(without_gaps(&filled))
}

/// A paragraph that turned out empty leaves no hole.
fn without_gaps(text: &str) -> String {
    let mut out = text.trim().to_owned();
    while out.contains("\n\n\n") {
        out = out.replace("\n\n\n", "\n\n");
    }
    out
}

/// Names of the placeholders of a template; fails when a brace is not closed.
pub(super) fn names(template: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        found.push(name);
        rest = after;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(reason: &str) -> Words {
        Words::from([("code", "H55-1".to_owned()), ("reason", reason.to_owned()), ("due", String::new())])
    }

    #[test]
    fn a_reason_is_told_word_for_word_and_runs_nothing() {
        let reason = "Thiếu {code} & <b>bản chính</b>";
        for html in [None, Some("<p>{reason}</p>")] {
            let part = part(("Hồ sơ {code}", "{reason}\n\n{due}\n\nHết", html), &words(reason)).unwrap();

            assert!(part.text.starts_with(reason), "{}", part.text);
            assert!(
                part.html.contains("<p>Thiếu {code} &amp; &lt;b&gt;bản chính&lt;/b&gt;</p>"),
                "{}",
                part.html
            );
            assert_eq!(part.subject, "Hồ sơ H55-1");
        }
    }

    #[test]
    fn an_empty_paragraph_leaves_no_hole() {
        assert_eq!(fill("A {code}\n\n{due}\n\nB", &words("")).unwrap(), "A H55-1\n\nB");
        assert_eq!(fill("{nobody}", &words("")).unwrap_err(), "unknown placeholder nobody");
        assert_eq!(fill("{code", &words("")).unwrap_err(), "a brace is not closed");
    }

    #[test]
    fn a_letter_holds_one_language_after_the_other_each_in_its_frame() {
        let part = part(("Hồ sơ {code}", "Đã nhận.", None), &words("")).unwrap();
        let framed = part.framed("Kính gửi <ai>\n\n{body}\n\nChào", &words("")).unwrap();

        let Wording::Email { subject, text, html } =
            letter(&[(Lang::Vi, framed.clone()), (Lang::En, framed)])
        else {
            panic!("no letter")
        };

        assert_eq!(subject, "Hồ sơ H55-1 / Hồ sơ H55-1");
        assert!(text.starts_with("Kính gửi <ai>\n\nĐã nhận.\n\nChào\n\n----------\n\nKính gửi"), "{text}");
        assert!(html.unwrap().contains("<div lang=\"en\"><p>Kính gửi &lt;ai&gt;</p><p>Đã nhận.</p>"));
    }

    #[test]
    fn a_text_message_loses_its_accents_but_never_its_end() {
        let text = |text: &str, accents| Wording::Sms { text: text.into(), accents }.filled(&words(""));

        assert_eq!(
            text("Hồ sơ {code}", false).unwrap(),
            Wording::Sms { text: "Ho so H55-1".into(), accents: false }
        );
        assert_eq!(
            text("Hồ sơ {code}", true).unwrap(),
            Wording::Sms { text: "Hồ sơ H55-1".into(), accents: true }
        );
        assert!(text(&"ồ".repeat(135), true).unwrap_err().contains("3 segments"));
        assert!(text(&"ồ".repeat(135), false).is_ok());
    }
}
