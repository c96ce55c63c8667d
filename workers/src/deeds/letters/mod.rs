//! Letters to applicants: Vietnamese, then English, from the text files beside this one.

mod facts;
mod words;

pub(super) use facts::facts;

use connectors::mail::Letter;
use rules::lifecycle::ActKind;
use rules::warnings::WarningKind;
use std::collections::BTreeMap;
use words::Facts;

/// What stands for each placeholder.
type Words = BTreeMap<&'static str, String>;

/// The letter about an act: plain text and simple HTML. Fails with the name of a placeholder that nothing stands for.
pub(super) fn write(act: ActKind, facts: &Facts) -> Result<Written, String> {
    let template = template(act, facts.warning).ok_or_else(|| format!("no letter for {}", act.key()))?;
    let mut parts = template.split(BAR);
    let mut part = || parts.next().unwrap_or_default().trim();
    let (subject, body_vi, body_en) = (part(), part(), part());
    let (frame_vi, frame_en) = FRAME.split_once(BAR).unwrap_or((FRAME, ""));
    let mut words = words::of(facts);
    for (key, body) in [("body_vi", body_vi), ("body_en", body_en)] {
        let filled = fill(body, &words)?;
        words.insert(key, filled);
    }
    let (vi, en) = (fill(frame_vi.trim(), &words)?, fill(frame_en.trim(), &words)?);
    Ok(Written {
        subject: fill(subject, &words)?,
        html: html(&vi, &en),
        text: format!("{vi}\n\n----------\n\n{en}\n"),
    })
}

/// A letter without its addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    subject: String,
    text: String,
    html: String,
}

impl Written {
    /// Addresses it; `message_id` is the same at every attempt.
    pub(super) fn to(self, recipient: &str, message_id: String) -> Letter {
        Letter {
            message_id,
            to: recipient.to_owned(),
            subject: self.subject,
            text: self.text,
            html: Some(self.html),
            headers: vec![("Auto-Submitted".into(), "auto-generated".into())],
        }
    }
}

const BAR: &str = "\n=====\n";
const FRAME: &str = include_str!("frame.txt");

/// The other acts are the office's own matters; nobody is written to about them.
fn template(act: ActKind, warning: Option<WarningKind>) -> Option<&'static str> {
    Some(match act {
        ActKind::Warn => return reminder(warning?),
        ActKind::Submit => include_str!("submit.txt"),
        ActKind::Accept => include_str!("accept.txt"),
        ActKind::Admit => include_str!("admit.txt"),
        ActKind::Extend => include_str!("extend.txt"),
        ActKind::Correct => include_str!("correct.txt"),
        ActKind::Recompute => include_str!("recompute.txt"),
        ActKind::Refuse => include_str!("refuse.txt"),
        ActKind::RequestSupplement => include_str!("request_supplement.txt"),
        ActKind::AnswerSupplement => include_str!("answer_supplement.txt"),
        ActKind::RequestPayment => include_str!("request_payment.txt"),
        ActKind::RecordPayment => include_str!("record_payment.txt"),
        ActKind::Decide => include_str!("decide.txt"),
        ActKind::Withdraw => include_str!("withdraw.txt"),
        ActKind::Stop => include_str!("stop.txt"),
        ActKind::Return => include_str!("return.txt"),
        _ => return None,
    })
}

/// Warnings that the applicant is written to about; the rest is for officers.
fn reminder(warning: WarningKind) -> Option<&'static str> {
    match warning {
        WarningKind::SupplementUnanswered => Some(include_str!("warn_supplement_unanswered.txt")),
        WarningKind::ResultUnfetched => Some(include_str!("warn_result_unfetched.txt")),
        WarningKind::SecondInvitation => Some(include_str!("warn_second_invitation.txt")),
        _ => None,
    }
}

/// Only the template is searched for placeholders: a reason that holds braces stays as it was written.
fn fill(template: &str, words: &Words) -> Result<String, String> {
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

fn html(vi: &str, en: &str) -> String {
    format!(
        "<!doctype html><html><body><div lang=\"vi\">{}</div><hr><div lang=\"en\">{}</div></body></html>",
        paragraphs(vi),
        paragraphs(en)
    )
}

fn paragraphs(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    escaped.split("\n\n").map(|p| format!("<p>{}</p>", p.replace('\n', "<br>"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> impl Iterator<Item = ActKind> {
        let all = [ActKind::Submit].into_iter().chain(ActKind::ALL);
        all.filter(|act| template(*act, None).is_some())
    }

    #[test]
    fn every_letter_can_be_written_in_both_languages() {
        for act in told() {
            let written = write(act, &Facts::default());

            let letter = written.unwrap_or_else(|why| panic!("{}: {why}", act.key()));
            assert!(!letter.subject.is_empty() && !letter.subject.contains('\n'), "{}", act.key());
            assert!(letter.text.contains("Kính gửi") && letter.text.contains("Dear"), "{}", act.key());
            assert!(!letter.text.contains(['{', '}']), "{}", letter.text);
        }
    }

    #[test]
    fn the_acts_that_notify_are_the_acts_with_a_letter() {
        let notifying = rules::lifecycle::TABLE
            .iter()
            .filter(|row| row.effects.contains(&rules::lifecycle::Effect::Notify));
        for row in notifying {
            assert!(template(row.act, None).is_some(), "{}", row.act.key());
        }
    }

    #[test]
    fn the_warnings_that_applicants_are_written_to_about_have_a_letter_and_the_rest_has_none() {
        for kind in WarningKind::ALL {
            let written = write(ActKind::Warn, &Facts { warning: Some(kind), ..Facts::default() });

            assert_eq!(written.is_ok(), kind.is_written_to_the_applicant(), "{}: {written:?}", kind.key());
        }
    }

    #[test]
    fn a_reason_is_told_word_for_word_and_runs_nothing() {
        let facts = Facts { reason: "Thiếu {code} & <b>bản chính</b>".into(), ..Facts::default() };

        let letter = write(ActKind::Refuse, &facts).unwrap();

        assert_eq!(letter.text.matches("Thiếu {code} & <b>bản chính</b>").count(), 2, "{}", letter.text);
        assert!(letter.html.contains("Thiếu {code} &amp; &lt;b&gt;bản chính&lt;/b&gt;"));
    }

    #[test]
    fn a_letter_about_money_holds_no_link() {
        let facts = Facts { url: "https://motcua.example".into(), ..Facts::default() };

        for act in [ActKind::RequestPayment, ActKind::RecordPayment, ActKind::Decide] {
            let letter = write(act, &facts).unwrap();
            assert!(!letter.text.contains("http") && !letter.html.contains("href"), "{}", act.key());
        }
    }

    #[test]
    fn an_unknown_placeholder_is_an_error() {
        assert_eq!(
            fill("{nobody}", &words::of(&Facts::default())).unwrap_err(),
            "unknown placeholder nobody"
        );
    }
}
