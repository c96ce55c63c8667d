//! Derivations in the words of an officer.

use crate::calendar::Reason;
use crate::deadlines::fold::{ClockState, Deadline};
use crate::deadlines::national::{NationalFacts, index_end};
use crate::deadlines::segment::{Counted, CountedUnit, Rule, Segment};
use crate::lang::Lang;
use crate::local_time::local;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

impl Deadline {
    /// Where the clock stands, in a sentence or two.
    pub fn words(&self, lang: Lang) -> String {
        let due = self.due.map(|due| moment(due, lang));
        let (vi, en) = match (self.state, &due) {
            (ClockState::NotStarted, _) => {
                ("Thời hạn chưa bắt đầu tính.".to_owned(), "The time has not begun to count.".to_owned())
            }
            (ClockState::Running, Some(due)) => {
                (format!("Hẹn trả kết quả lúc {due}."), format!("The result is due at {due}."))
            }
            (ClockState::Paused, None) => self.paused_words(),
            (ClockState::Paused, Some(due)) => (
                format!("Đang chờ người nộp hồ sơ; thời hạn đã hết lúc {due}."),
                format!("Waiting for the applicant; the time had run out at {due}."),
            ),
            (ClockState::Stopped, Some(due)) => (
                format!("Thời hạn không còn tính; hạn trả kết quả là {due}."),
                format!("The time no longer counts; the result was due at {due}."),
            ),
            (_, None) => ("Thời hạn không còn tính.".to_owned(), "The time no longer counts.".to_owned()),
        };
        let provisional = lang.pick(
            " Ngày này nằm ngoài lịch làm việc đã ban hành nên còn có thể thay đổi.",
            " That day lies beyond the published calendar, so it may still change.",
        );
        lang.pick(vi, en) + if self.provisional { provisional } else { "" }
    }

    fn paused_words(&self) -> (String, String) {
        let left = |lang| self.left.map_or_else(|| "0".to_owned(), |left| left.words(lang));
        (
            format!("Đang chờ người nộp hồ sơ nên chưa có ngày hẹn; còn {}.", left(Lang::Vi)),
            format!("Waiting for the applicant, so there is no due date; {} are left.", left(Lang::En)),
        )
    }
}

impl NationalFacts<'_> {
    /// Why the national index counts the dossier as it does (QĐ 766).
    pub fn words(&self, lang: Lang) -> String {
        let times = self.supplements.len();
        let open = self.supplements.iter().find(|wait| wait.completed_at.is_none());
        let ended = self.decided_at.or(self.ended_at);
        let (due, end) = (moment(self.due, lang), moment(index_end(self), lang));
        let (vi, en) = match (ended, open) {
            _ if times > 1 && self.decided_at.is_none() => (
                format!("Đã yêu cầu bổ sung {times} lần mà chưa có kết quả nên tính là quá hạn"),
                format!("Papers were asked for {times} times and there is no result, which counts as late"),
            ),
            (None, Some(_)) => (
                format!("Đang chờ bổ sung từ {end}, so với hạn {due}"),
                format!("Papers have been awaited since {end}, compared with the due time {due}"),
            ),
            (ended, _) => self.compared(ended.unwrap_or(self.period_end), &end, &due),
        };
        format!("{}. {}: QĐ 766/QĐ-TTg.", lang.pick(vi, en), lang.pick("Căn cứ", "Legal basis"))
    }

    fn compared(&self, until: DateTime<Utc>, end: &str, due: &str) -> (String, String) {
        let waited = until - index_end(self);
        if waited <= TimeDelta::zero() {
            return (
                format!("Tính đến {end}, so với hạn {due}"),
                format!("Up to {end}, compared with the due time {due}"),
            );
        }
        let said = |lang| lapse(waited, lang);
        (
            format!("Trừ {} chờ bổ sung thì tính đến {end}, so với hạn {due}", said(Lang::Vi)),
            format!(
                "Less {} of waiting for papers it is {end}, compared with the due time {due}",
                said(Lang::En)
            ),
        )
    }
}

impl Segment {
    /// The segment as one or two sentences, ending with its legal reference.
    pub fn words(&self, lang: Lang) -> String {
        let said = match lang {
            Lang::Vi => self.said_vi(),
            Lang::En => self.said_en(),
        };
        let basis = lang.pick("Căn cứ", "Legal basis");
        let days = self.skipped_words(lang) + &self.worked_words(lang);
        format!("{said}{days}. {basis}: {}.", self.legal_reference)
    }

    fn said_vi(&self) -> String {
        let (from, to) = (moment(self.from, Lang::Vi), moment(self.to, Lang::Vi));
        let counted = self.counted.words(Lang::Vi);
        let day = day(local(self.from).date(), Lang::Vi);
        match self.rule {
            Rule::CutOff => format!(
                "Tiếp nhận lúc {from}, sau giờ chốt hoặc vào ngày nghỉ, nên tính như tiếp nhận lúc {to}"
            ),
            Rule::WorkingDays | Rule::HalfWorkingDays | Rule::CalendarDays => {
                format!("Tính {counted}, không kể ngày {day}, đến {to}")
            }
            Rule::Months => format!("Tính theo tháng ({counted}) từ ngày {day} đến {to}"),
            Rule::WorkingHours => format!("Tính {counted} từ {from} đến {to}"),
            Rule::SameDay => format!(
                "Giải quyết trong ngày; nhận sau 15 giờ hoặc vào ngày nghỉ thì sang ngày làm việc tiếp theo: {to}"
            ),
            Rule::AtOnce => format!("Giải quyết ngay trong buổi tiếp nhận, đến {to}"),
            Rule::Rolled => format!("Ngày cuối cùng {day} là ngày nghỉ nên thời hạn kết thúc lúc {to}"),
            Rule::Waiting => format!("Chờ người nộp hồ sơ từ {from} đến {to}, không tính vào thời hạn"),
            Rule::SetAside => {
                format!("Đã tính {counted} từ {from} đến {to} nhưng bỏ, vì thời hạn được tính lại từ đầu")
            }
            Rule::Extended => format!("Gia hạn kèm văn bản xin lỗi: thêm {counted}, đến {to}"),
        }
    }

    fn said_en(&self) -> String {
        let (from, to) = (moment(self.from, Lang::En), moment(self.to, Lang::En));
        let counted = self.counted.words(Lang::En);
        let day = day(local(self.from).date(), Lang::En);
        match self.rule {
            Rule::CutOff => {
                format!(
                    "Received at {from}, after the cut-off hour or on a day off, so it counts as received at {to}"
                )
            }
            Rule::WorkingDays | Rule::HalfWorkingDays | Rule::CalendarDays => {
                format!("Counted {counted}, leaving out {day}, up to {to}")
            }
            Rule::Months => format!("Counted by the month ({counted}) from {day} to {to}"),
            Rule::WorkingHours => format!("Counted {counted} from {from} to {to}"),
            Rule::SameDay => {
                format!("Done the same day; received after 15:00 or on a day off, the next working day: {to}")
            }
            Rule::AtOnce => format!("Done at once, within the session of the receipt, by {to}"),
            Rule::Rolled => format!("The last day {day} is a day off, so the limit ends at {to}"),
            Rule::Waiting => format!("Waiting for the applicant from {from} to {to}, not counted"),
            Rule::SetAside => {
                format!(
                    "Counted {counted} from {from} to {to}, void because the limit counts again from the start"
                )
            }
            Rule::Extended => format!("Put off with an apology: {counted} more, up to {to}"),
        }
    }

    fn skipped_words(&self, lang: Lang) -> String {
        let days = self.skipped.iter().map(|skipped| (skipped.date, &skipped.reason));
        listed(lang.pick("; bỏ qua ngày nghỉ: ", "; days off skipped: "), days, lang)
    }

    fn worked_words(&self, lang: Lang) -> String {
        let days = self.worked.iter().map(|worked| (worked.date, &worked.reason));
        listed(lang.pick("; tính cả ngày: ", "; days worked instead counted: "), days, lang)
    }
}

/// Days with their reasons after a lead; nothing for no days.
fn listed<'a>(lead: &str, days: impl Iterator<Item = (NaiveDate, &'a Reason)>, lang: Lang) -> String {
    let blocks: Vec<String> = blocks(days).iter().map(|b| b.words(lang)).collect();
    if blocks.is_empty() { String::new() } else { format!("{lead}{}", blocks.join(", ")) }
}

impl Counted {
    /// The amount with its unit, such as `10 ngày làm việc`.
    pub fn words(&self, lang: Lang) -> String {
        let Self { amount, unit } = *self;
        if unit == CountedUnit::WorkingSeconds {
            return working_time(amount, lang);
        }
        let (vi, one, many) = match unit {
            CountedUnit::WorkingDays => ("ngày làm việc", "working day", "working days"),
            CountedUnit::HalfWorkingDays => ("nửa ngày làm việc", "half working day", "half working days"),
            CountedUnit::CalendarDays => ("ngày", "day", "days"),
            CountedUnit::Sessions | CountedUnit::WorkingSeconds => ("buổi", "session", "sessions"),
        };
        format!("{amount} {}", lang.pick(vi, if amount == 1 { one } else { many }))
    }
}

fn working_time(seconds: u32, lang: Lang) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let parts = [(hours, "giờ", "h"), (minutes, "phút", "min"), (rest, "giây", "s")];
    let said = parts.iter().filter(|(n, ..)| *n > 0).map(|(n, vi, en)| format!("{n} {}", lang.pick(vi, en)));
    let said: Vec<String> = said.collect();
    let said = if said.is_empty() { lang.pick("0 giờ", "0 h").to_owned() } else { said.join(" ") };
    format!("{said} {}", lang.pick("làm việc", "of working time"))
}

fn lapse(time: TimeDelta, lang: Lang) -> String {
    let (days, hours, minutes) = (time.num_days(), time.num_hours() % 24, time.num_minutes() % 60);
    let parts = [(days, "ngày", "d"), (hours, "giờ", "h"), (minutes, "phút", "min")];
    let said: Vec<String> = parts
        .iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, vi, en)| format!("{n} {}", lang.pick(vi, en)))
        .collect();
    if said.is_empty() { lang.pick("0 phút", "0 min").to_owned() } else { said.join(" ") }
}

/// Days in a row for the same reason.
struct Block<'a> {
    first: NaiveDate,
    last: NaiveDate,
    reason: &'a Reason,
}

fn blocks<'a>(days: impl Iterator<Item = (NaiveDate, &'a Reason)>) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for (date, reason) in days {
        match blocks.last_mut() {
            Some(b) if b.reason == reason && b.last.succ_opt() == Some(date) => b.last = date,
            _ => blocks.push(Block { first: date, last: date, reason }),
        }
    }
    blocks
}

impl Block<'_> {
    fn words(&self, lang: Lang) -> String {
        let (first, last) = (day(self.first, lang), day(self.last, lang));
        let days = if first == last { first } else { format!("{first}–{last}") };
        let document = self.reason.document.iter().map(|d| format!(", {d}")).collect::<String>();
        format!("{days} ({}{document})", self.reason.words(lang))
    }
}

fn moment(at: DateTime<Utc>, lang: Lang) -> String {
    let at = local(at);
    format!("{} {}", at.format("%H:%M"), lang.pick("ngày ", "on ").to_owned() + &day(at.date(), lang))
}

fn day(date: NaiveDate, lang: Lang) -> String {
    date.format(lang.pick("%d/%m/%Y", "%-d %b %Y")).to_string()
}
