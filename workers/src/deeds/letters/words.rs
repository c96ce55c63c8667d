//! What stands for each placeholder of the letters, out of the facts of one entry.

use super::Words;
use chrono::{DateTime, Utc};
use rules::fees::FeeLine;
use rules::lang::Lang;
use rules::local_time::{local, local_date};
use rules::warnings::WarningKind;

/// Everything a letter may tell.
#[derive(Debug, Clone, Default)]
pub(in crate::deeds) struct Facts {
    pub(in crate::deeds) code: String,
    pub(in crate::deeds) name: String,
    pub(in crate::deeds) procedure: String,
    pub(in crate::deeds) procedure_en: String,
    pub(in crate::deeds) agency: String,
    pub(in crate::deeds) contact: String,
    /// The person receiving or processing; none before the desk has looked.
    pub(in crate::deeds) who: Option<String>,
    pub(in crate::deeds) at: DateTime<Utc>,
    pub(in crate::deeds) submitted_at: DateTime<Utc>,
    pub(in crate::deeds) answer_due: Option<DateTime<Utc>>,
    pub(in crate::deeds) received_at: Option<DateTime<Utc>>,
    pub(in crate::deeds) due: Option<DateTime<Utc>>,
    /// The due date as it stood before the entry.
    pub(in crate::deeds) due_before: Option<DateTime<Utc>>,
    /// When papers were last asked for.
    pub(in crate::deeds) asked_at: Option<DateTime<Utc>>,
    /// What is warned of, when that is what the letter is about.
    pub(in crate::deeds) warning: Option<WarningKind>,
    pub(in crate::deeds) decided_at: Option<DateTime<Utc>>,
    pub(in crate::deeds) returned_at: Option<DateTime<Utc>>,
    /// The words given with the act, word for word.
    pub(in crate::deeds) reason: String,
    /// Names of the papers asked for.
    pub(in crate::deeds) papers: Vec<String>,
    pub(in crate::deeds) fees: Vec<FeeLine>,
    /// Đồng.
    pub(in crate::deeds) amount: i64,
    pub(in crate::deeds) owed: bool,
    pub(in crate::deeds) result: Option<Issued>,
    pub(in crate::deeds) return_method: String,
    pub(in crate::deeds) secret: String,
    pub(in crate::deeds) url: String,
    pub(in crate::deeds) signature: String,
}

/// The issued result.
#[derive(Debug, Clone)]
pub(in crate::deeds) struct Issued {
    pub(in crate::deeds) name: String,
    pub(in crate::deeds) number: String,
    pub(in crate::deeds) signed_by: String,
    pub(in crate::deeds) granted: bool,
}

/// The words of all placeholders.
pub(super) fn of(facts: &Facts) -> Words {
    let mut words = Words::from([
        ("code", facts.code.clone()),
        ("name", facts.name.clone()),
        ("procedure_vi", facts.procedure.clone()),
        ("procedure_en", facts.procedure_en.clone()),
        ("agency", facts.agency.clone()),
        ("contact", facts.contact.clone()),
        ("reason", facts.reason.clone()),
        ("fees", fees(&facts.fees)),
        ("secret", facts.secret.clone()),
        ("url", facts.url.clone()),
        ("signature", facts.signature.clone()),
    ]);
    for (lang, keys) in [(Lang::Vi, VI), (Lang::En, EN)] {
        words.extend(keys.into_iter().zip(spoken(lang, facts)));
    }
    words
}

const VI: [&str; 14] = [
    "at_vi",
    "answer_vi",
    "due_vi",
    "who_vi",
    "times_vi",
    "papers_vi",
    "amount_vi",
    "owed_vi",
    "result_vi",
    "how_vi",
    "before_vi",
    "early_vi",
    "asked_vi",
    "decided_vi",
];
const EN: [&str; 14] = [
    "at_en",
    "answer_en",
    "due_en",
    "who_en",
    "times_en",
    "papers_en",
    "amount_en",
    "owed_en",
    "result_en",
    "how_en",
    "before_en",
    "early_en",
    "asked_en",
    "decided_en",
];

/// The words that differ by language, in the order of the keys.
fn spoken(lang: Lang, facts: &Facts) -> [String; 14] {
    let nobody = lang.pick("Bộ phận Một cửa", "the one-stop desk");
    let unset = match facts.received_at {
        Some(_) => lang.pick("sẽ báo khi hết thời gian tạm dừng", "told when the pause is over"),
        None => lang.pick("sẽ báo khi hồ sơ được tiếp nhận", "told when the dossier is received"),
    };
    [
        moment(lang, facts.at),
        answer(lang, facts),
        facts.due.map_or_else(|| unset.to_owned(), |due| moment(lang, due)),
        facts.who.clone().unwrap_or_else(|| nobody.to_owned()),
        times(lang, facts),
        papers(lang, &facts.papers),
        amount(lang, facts.amount),
        owed(lang, facts),
        result(lang, facts),
        how(lang, &facts.return_method).to_owned(),
        known(lang, facts.due_before),
        early(lang, facts),
        known(lang, facts.asked_at),
        known(lang, facts.decided_at),
    ]
}

/// Local time of the office, to the minute.
fn moment(lang: Lang, at: DateTime<Utc>) -> String {
    let form = lang.pick("%H giờ %M phút, ngày %d/%m/%Y", "%H:%M on %-d %B %Y (Hà Nội time)");
    local(at).format(form).to_string()
}

fn known(lang: Lang, at: Option<DateTime<Utc>>) -> String {
    at.map(|at| moment(lang, at)).unwrap_or_default()
}

/// A result before its day is told beforehand, so that nobody waits for the day (NĐ 61/2018 Đ20.4; L-45).
fn early(lang: Lang, facts: &Facts) -> String {
    let early = facts.due_before.filter(|due| local_date(facts.at) < local_date(*due));
    let sentence = |due| {
        let due = moment(lang, due);
        lang.pick(
            format!("Kết quả có sớm hơn ngày hẹn ({due}); ông/bà có thể nhận ngay từ bây giờ."),
            format!("It is ready before the date promised ({due}); you need not wait for that day."),
        )
    };
    early.map(sentence).unwrap_or_default()
}

fn answer(lang: Lang, facts: &Facts) -> String {
    let sentence = |due| {
        let due = moment(lang, due);
        lang.pick(format!("Chậm nhất {due} ông/bà sẽ được trả lời."), format!("You get the answer by {due}."))
    };
    facts.answer_due.map(sentence).unwrap_or_default()
}

/// Times of receipt, processing and return, as far as they have come (NĐ 224/2026 Đ15(g), L-16).
fn times(lang: Lang, facts: &Facts) -> String {
    let known = [
        (lang.pick("Nộp", "Handed in"), Some(facts.submitted_at)),
        (lang.pick("Tiếp nhận", "Received"), facts.received_at),
        (lang.pick("Hẹn trả kết quả", "Result due"), facts.due),
        (lang.pick("Có kết quả", "Result issued"), facts.decided_at),
        (lang.pick("Trả kết quả", "Handed over"), facts.returned_at),
    ];
    let lines = known.into_iter().filter_map(|(what, at)| Some(format!("{what}: {}", moment(lang, at?))));
    lines.collect::<Vec<_>>().join("\n")
}

fn papers(lang: Lang, papers: &[String]) -> String {
    if papers.is_empty() {
        return String::new();
    }
    let head = lang.pick("Giấy tờ cần nộp:", "Papers to hand in:");
    let lines: Vec<String> = papers.iter().map(|paper| format!("- {paper}")).collect();
    format!("{head}\n{}", lines.join("\n"))
}

fn fees(lines: &[FeeLine]) -> String {
    let lines: Vec<String> =
        lines.iter().map(|line| format!("- {}: {} đồng", line.name, grouped(line.amount))).collect();
    lines.join("\n")
}

fn amount(lang: Lang, amount: i64) -> String {
    format!("{} {}", grouped(amount), lang.pick("đồng", "đồng (VND)"))
}

fn owed(lang: Lang, facts: &Facts) -> String {
    let amount = amount(lang, facts.amount);
    let sentence = lang.pick(
        format!("Còn phải nộp {amount} thì mới nhận được kết quả."),
        format!("{amount} is still to be paid before the result can be handed over."),
    );
    if facts.owed { sentence } else { String::new() }
}

fn result(lang: Lang, facts: &Facts) -> String {
    let Some(issued) = &facts.result else {
        return String::new();
    };
    let outcome = match issued.granted {
        true => lang.pick("Đồng ý giải quyết", "Granted"),
        false => lang.pick("Không đồng ý giải quyết", "Refused on the merits"),
    };
    let Issued { name, number, signed_by, .. } = issued;
    let (number_word, signer) = lang.pick(("Số", "Người ký"), ("Number", "Signed by"));
    format!("{outcome}: {name}\n{number_word}: {number}\n{signer}: {signed_by}")
}

/// How the result comes to the person.
fn how(lang: Lang, return_method: &str) -> &'static str {
    match return_method {
        "post" => lang.pick(
            "Cách nhận kết quả: bưu điện mang đến địa chỉ ông/bà đã ghi trong hồ sơ.",
            "How it comes: the post carries it to the address in your dossier.",
        ),
        "electronic" => lang.pick(
            "Cách nhận kết quả: bản điện tử trong tài khoản của ông/bà.",
            "How it comes: as a file in your account.",
        ),
        _ => lang.pick(
            "Cách nhận kết quả: tại bộ phận một cửa nơi tiếp nhận; xin mang theo giấy tờ tùy thân.",
            "How it comes: at the desk that received it; please bring your identity paper.",
        ),
    }
}

/// `1250000` as `1.250.000`.
fn grouped(amount: i64) -> String {
    let digits = amount.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_grouped_as_it_is_written_here() {
        let written: Vec<String> = [0, 999, 1_000, 1_250_000].into_iter().map(grouped).collect();

        assert_eq!(written, ["0", "999", "1.000", "1.250.000"]);
    }

    #[test]
    fn a_moment_is_told_in_local_time() {
        let at = DateTime::parse_from_rfc3339("2026-03-10T02:00:00Z").unwrap().to_utc();

        assert_eq!(moment(Lang::Vi, at), "09 giờ 00 phút, ngày 10/03/2026");
        assert_eq!(moment(Lang::En, at), "09:00 on 10 March 2026 (Hà Nội time)");
    }
}
