//! HTML of letters: made from text, or a template of few tags in which every value is escaped.

/// Text that cannot be taken for markup.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// Paragraphs and line breaks of a text.
pub(super) fn paragraphs(text: &str) -> String {
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    parts.map(|part| format!("<p>{}</p>", escaped(part).replace('\n', "<br>"))).collect()
}

const TAGS: [&str; 16] =
    ["p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "h2", "h3", "div", "span", "hr", "table"];
const ROWS: [&str; 4] = ["tr", "td", "th", "tbody"];

/// The first thing in a template's HTML that is not allowed: a tag, an attribute, an open bracket.
pub(super) fn forbidden(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some((_, after)) = rest.split_once('<') {
        let Some((tag, behind)) = after.split_once('>') else {
            return Some("<".to_owned());
        };
        if !is_allowed(tag) {
            return Some(format!("<{}>", tag.chars().take(40).collect::<String>()));
        }
        rest = behind;
    }
    None
}

fn is_allowed(tag: &str) -> bool {
    let tag = tag.strip_prefix('/').unwrap_or(tag).trim_end_matches('/').trim();
    let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let known = TAGS.contains(&name) || ROWS.contains(&name);
    // The only attribute is the address of a link; where it leads is judged with all other links.
    let plain = attributes.trim().is_empty()
        || (name == "a"
            && attributes
                .trim()
                .strip_prefix("href=\"")
                .and_then(|rest| rest.strip_suffix('"'))
                .is_some_and(|link| {
                    !link.contains(['"', ' ']) && (link.starts_with("https://") || link.starts_with("{url}"))
                }));
    known && plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_tags_are_allowed_and_nothing_that_runs_or_loads() {
        for html in
            ["<p>Hồ sơ <b>{code}</b><br/></p>", "<a href=\"{url}\">tra cứu</a>", "<ul><li>1</li></ul>"]
        {
            assert_eq!(forbidden(html), None, "{html}");
        }
        for html in [
            "<script>alert(1)</script>",
            "<img src=\"https://ke-gian.vn/x.png\">",
            "<p onclick=\"x()\">",
            "<a href=\"javascript:x()\">",
            "<a href='https://motcua.example'>",
            "<a href=\"{url}\" onclick=\"x()\">",
            "<form>",
            "<input>",
            "<iframe>",
            "<p style=\"background:url(x)\">",
            "<P>",
            "a < b",
            "<!-- -->",
        ] {
            assert!(forbidden(html).is_some(), "{html}");
        }
    }
}
