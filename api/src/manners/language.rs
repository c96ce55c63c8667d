//! `Accept-Language`: Vietnamese unless English is preferred.

use actix_web::dev::Payload;
use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use actix_web::{FromRequest, HttpRequest};
use rules::lang::Lang;
use std::convert::Infallible;
use std::future::{Ready, ready};

/// The reader's language.
#[derive(Debug, Clone, Copy)]
pub struct Language(pub Lang);

impl Language {
    /// The preferred one of `vi` and `en`; Vietnamese when neither or both alike are asked for.
    pub fn of(headers: &HeaderMap) -> Self {
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let (vi, en) = (weight(asked, "vi"), weight(asked, "en"));
        Self(if en > vi { Lang::En } else { Lang::Vi })
    }
}

impl FromRequest for Language {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(req.headers())))
    }
}

/// The `q` of a language in thousandths, 0 when it is not named (RFC 9110 §12.5.4).
fn weight(asked: &str, language: &str) -> u32 {
    let ranges = asked.split(',').map(|range| range.split(';'));
    let named = ranges.filter_map(|mut parts| {
        let tag = parts.next()?.trim().to_ascii_lowercase();
        let primary = tag.split('-').next()?;
        (primary == language).then(|| parts.find_map(quality).map_or(1_000, |weight| weight.unwrap_or(0)))
    });
    named.max().unwrap_or(0)
}

/// None for another parameter; inside, none for a `q` that is no weight.
fn quality(parameter: &str) -> Option<Option<u32>> {
    let value = parameter.trim().strip_prefix("q=")?;
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let thousandths = format!("{part:0<3}").get(..3).and_then(|text| text.parse::<u32>().ok());
    let whole = whole.parse::<u32>().ok().filter(|whole| *whole <= 1);
    Some(whole.zip(thousandths).map(|(whole, part)| (whole * 1_000 + part).min(1_000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_spoken_only_to_those_who_prefer_it() {
        for (header, lang) in [
            ("", Lang::Vi),
            ("vi", Lang::Vi),
            ("en", Lang::En),
            ("en-GB,en;q=0.9", Lang::En),
            ("vi-VN,vi;q=0.9,en;q=0.8", Lang::Vi),
            ("en;q=0.3, vi;q=0.25", Lang::En),
            ("fr, *;q=0.1", Lang::Vi),
            ("en;q=99999999999", Lang::Vi),
        ] {
            let mut headers = HeaderMap::new();
            if let Ok(value) = header.parse() {
                headers.insert(ACCEPT_LANGUAGE, value);
            }
            assert_eq!(Language::of(&headers).0, lang, "{header}");
        }
    }
}
