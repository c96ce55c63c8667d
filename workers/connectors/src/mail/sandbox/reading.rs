//! Reads as much of a message as the mailbox shows: a header, and the first plain text.

use base64::{Engine, engine::general_purpose::STANDARD};

/// The value of a header, unfolded and decoded; empty when absent.
pub(super) fn header(raw: &str, name: &str) -> String {
    decoded_words(&raw_header(raw, name))
}

/// The first part of type text/plain, decoded.
pub(super) fn plain_text(raw: &str) -> String {
    let kind = raw_header(raw, "Content-Type");
    let Some(boundary) = parameter(&kind, "boundary") else {
        return decoded_body(raw);
    };
    let fence = format!("--{boundary}");
    let mut parts = raw.split(fence.as_str()).skip(1).map(|part| part.trim_start_matches("\r\n"));
    parts
        .find(|part| raw_header(part, "Content-Type").starts_with("text/plain"))
        .map(decoded_body)
        .unwrap_or_default()
}

fn raw_header(raw: &str, name: &str) -> String {
    let head = raw.split("\r\n\r\n").next().unwrap_or_default();
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let of_name = |line: &str| {
        let (found, value) = line.split_once(':')?;
        found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    };
    unfolded.split("\r\n").find_map(of_name).unwrap_or_default()
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let (_, after) = value.split_once(&format!("{name}="))?;
    let text = after.split(';').next().unwrap_or_default();
    Some(text.trim().trim_matches('"').to_owned())
}

fn decoded_body(part: &str) -> String {
    let body = part.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    let way = raw_header(part, "Content-Transfer-Encoding").to_lowercase();
    let bytes = match way.as_str() {
        "base64" => {
            let packed: String = body.chars().filter(|c| !c.is_whitespace()).collect();
            STANDARD.decode(packed).unwrap_or_default()
        }
        "quoted-printable" => unquoted(&body.replace("=\r\n", ""), '='),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

// RFC 2047: =?utf-8?b?…?= or =?utf-8?q?…?=; blanks between two such words do not count.
fn decoded_words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value.replace("?= =?", "?==?");
    while let Some((before, after)) = rest.clone().split_once("=?") {
        out.push_str(before);
        let mut fields = after.splitn(4, '?');
        let (way, text) = (fields.nth(1).unwrap_or_default(), fields.next().unwrap_or_default());
        let bytes = match way {
            "b" | "B" => STANDARD.decode(text).unwrap_or_default(),
            _ => unquoted(&text.replace('_', " "), '='),
        };
        out.push_str(&String::from_utf8_lossy(&bytes));
        rest =
            fields.next().map(|tail| tail.strip_prefix('=').unwrap_or(tail).to_owned()).unwrap_or_default();
    }
    out + &rest
}

fn unquoted(text: &str, mark: char) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(next) = rest.next() {
        if next != mark {
            out.extend_from_slice(next.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let code: String = rest.by_ref().take(2).collect();
        out.extend(u8::from_str_radix(&code, 16).ok());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_and_both_kinds_of_bodies_are_read() {
        let raw = "Subject: =?utf-8?b?SOG7kyBzxqE=?= =?utf-8?q?_m=E1=BB=9Bi?=\r\nContent-Type: text/plain\r\n\
                   Content-Transfer-Encoding: quoted-printable\r\n\r\nH=E1=BB=93 s=\r\n=C6=A1\r\n";
        assert_eq!(header(raw, "subject"), "Hồ sơ mới");
        assert_eq!(plain_text(raw), "Hồ sơ");

        let parts = "Content-Type: multipart/alternative;\r\n boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\
                     Content-Transfer-Encoding: base64\r\n\r\nSOG7kyBzxqE=\r\n--x--\r\n";
        assert_eq!(plain_text(parts), "Hồ sơ");
    }
}
