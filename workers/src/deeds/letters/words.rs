//! What stands for each placeholder of the letters, out of the facts of one entry.

use super::facts::{Facts, Issued};
use chrono::{DateTime, Utc};
use rules::fees::FeeLine;
use rules::lang::Lang;
use rules::local_time::{local, local_date};
use rules::notices::Words;

/// The words of all placeholders in a language.
pub(super) fn of(lang: Lang, facts: &Facts) -> Words {
    let mut words = plain(lang, facts);
    words.extend(dated(lang, facts));
    words.extend([
        ("answer", answer(lang, facts)),
        ("times", times(lang, facts)),
        ("papers", papers(lang, &facts.papers)),
        ("fees", fees(&facts.fees)),
        ("amount", amount(lang, facts.amount)),
        ("owed", owed(lang, facts)),
        ("result", result(lang, facts)),
        ("how", how(lang, &facts.return_method).to_owned()),
        ("early", early(lang, facts)),
    ]);
    words
}

/// What is told as it is.
fn plain(lang: Lang, facts: &Facts) -> Words {
    let nobody = lang.pick("Bộ phận Một cửa", "the one-stop desk");
    Words::from([
        ("code", facts.code.clone()),
        ("name", facts.name.clone()),
        ("procedure", lang.pick(&facts.procedure, &facts.procedure_en).clone()),
        ("agency", facts.agency.clone()),
        ("contact", facts.contact.clone()),
        ("reason", facts.reason.clone()),
        ("proof", facts.proof.clone()),
        ("secret", facts.secret.clone()),
        ("url", facts.url.clone()),
        ("signature", facts.signature.clone()),
        ("who", facts.who.clone().unwrap_or_else(|| nobody.to_owned())),
    ])
}

/// Moments, in a sentence and short.
fn dated(lang: Lang, facts: &Facts) -> Words {
    let unset = match facts.received_at {
        Some(_) => lang.pick("sẽ báo khi hết thời gian tạm dừng", "told when the pause is over"),
        None => lang.pick("sẽ báo khi hồ sơ được tiếp nhận", "told when the dossier is received"),
    };
    let unset_short = lang.pick("sẽ báo sau", "told later");
    let short = |at: Option<DateTime<Utc>>| at.map(|at| local(at).format("%H:%M %d/%m/%Y").to_string());
    Words::from([
        ("at", moment(lang, facts.at)),
        ("due", facts.due.map_or_else(|| unset.to_owned(), |due| moment(lang, due))),
        ("before", known(lang, facts.due_before)),
        ("asked", known(lang, facts.asked_at)),
        ("decided", known(lang, facts.decided_at)),
        ("at_short", short(Some(facts.at)).unwrap_or_default()),
        ("due_short", short(facts.due).unwrap_or_else(|| unset_short.to_owned())),
        ("before_short", short(facts.due_before).unwrap_or_default()),
        ("decided_short", short(facts.decided_at).unwrap_or_default()),
        ("asked_short", short(facts.asked_at).unwrap_or_default()),
    ])
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
