//! Links in a template: to the office alone, and never beside a word about passwords.

/// What is wrong with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bad {
    /// It leads to another host, or is no plain https link of the office.
    Elsewhere,
    /// It asks for credentials, or stands in a text that speaks of them.
    Credentials,
}

/// Everything wrong with the links of a text, for the office at `host`.
pub(super) fn faults(text: &str, host: &str) -> Vec<Bad> {
    let links: Vec<&str> = text.split(is_gap).filter(|token| is_link(token)).collect();
    let mut found = Vec::new();
    if links.iter().any(|link| !is_ours(link, host)) {
        found.push(Bad::Elsewhere);
    }
    if !links.is_empty() && holds_any(&crate::folding::fold(text), &WORDS) {
        found.push(Bad::Credentials);
    }
    found
}

/// Whether there is a link at all.
pub(super) fn any(text: &str) -> bool {
    text.split(is_gap).any(is_link)
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() || "<>\"'()[]|,;".contains(c)
}

fn is_link(token: &str) -> bool {
    let lower = token.to_lowercase();
    let named = ["javascript:", "data:", "mailto:", "tel:", "zalo:"];
    token.contains("{url}")
        || lower.contains("://")
        || lower.starts_with("//")
        || lower.starts_with("www.")
        || named.iter().any(|scheme| lower.starts_with(scheme))
        || is_domain(lower.split(['/', '?', '#']).next().unwrap_or_default())
}

/// `bit.ly` is one, `v.v.` and `01.2026` are none.
fn is_domain(head: &str) -> bool {
    let head = head.trim_end_matches(['.', ':', '!']);
    let labels: Vec<&str> = head.split('.').collect();
    let name = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '{' || c == '}')
    };
    let ending = labels.last().copied().unwrap_or_default();
    labels.len() > 1
        && labels.iter().all(name)
        && ending.len() > 1
        && ending.chars().all(|c| c.is_ascii_alphabetic())
}

fn is_ours(link: &str, host: &str) -> bool {
    let link = link.trim_end_matches(['.', ':', '!', '?']);
    if let Some(rest) = link.strip_prefix("{url}") {
        return rest.is_empty() || rest.starts_with('/');
    }
    let Some(rest) = link.strip_prefix("https://") else { return false };
    let named = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    named.eq_ignore_ascii_case(host)
}

/// Whole words only: `otp` does not stand in `hotpot`.
fn holds_any(folded: &str, words: &[&str]) -> bool {
    let apart: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let apart = format!(" {} ", apart.join(" "));
    words.iter().any(|word| apart.contains(&format!(" {word} ")))
}

/// Folded: without accents, in lower case.
const WORDS: [&str; 16] = [
    "mat khau",
    "password",
    "passwd",
    "otp",
    "ma pin",
    "pin code",
    "so the ngan hang",
    "so the tin dung",
    "card number",
    "cvv",
    "dang nhap",
    "sign in",
    "log in",
    "login",
    "signin",
    "credentials",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_office_or_is_refused() {
        for (text, wrong) in [
            ("Mở {url} để tra cứu.", vec![]),
            ("Mở https://motcua.example/tra-cuu.", vec![]),
            ("Hẹn trả: {due}. Số 01.2026, v.v.", vec![]),
            ("Mở http://motcua.example", vec![Bad::Elsewhere]),
            ("Mở https://motcua.example.ke-gian.vn/", vec![Bad::Elsewhere]),
            ("Mở https://motcua.example@ke-gian.vn/", vec![Bad::Elsewhere]),
            ("Mở https://{name}/", vec![Bad::Elsewhere]),
            ("Mở {url}.ke-gian.vn", vec![Bad::Elsewhere]),
            ("Mở bit.ly/abc", vec![Bad::Elsewhere]),
            ("Mở www.motcua.example", vec![Bad::Elsewhere]),
            ("Mở //ke-gian.vn", vec![Bad::Elsewhere]),
            ("<a href=\"javascript:alert(1)\">", vec![Bad::Elsewhere]),
            ("Mở {url} và nhập mật khẩu", vec![Bad::Credentials]),
            ("Mở {url}/login", vec![Bad::Credentials]),
            ("Nhập OTP tại https://motcua.example", vec![Bad::Credentials]),
            ("Không hỏi mật khẩu", vec![]),
            ("Xem hồ sơ thế nào tại {url}", vec![]),
        ] {
            assert_eq!(faults(text, "motcua.example"), wrong, "{text}");
        }
    }
}
