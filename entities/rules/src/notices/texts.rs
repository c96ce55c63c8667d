//! Text messages: how many segments a text takes, and telephone numbers as the carriers want them.

/// Segments that a text of a short message takes: 160 characters of the GSM alphabet alone or 153 each of several,
/// 70 or 67 as soon as one letter lies outside it.
pub fn segments(text: &str) -> usize {
    let gsm = text.chars().all(|c| GSM.contains(c) || GSM_TWO.contains(c));
    let (alone, each, length) = match gsm {
        true => (160, 153, text.chars().map(|c| if GSM_TWO.contains(c) { 2 } else { 1 }).sum()),
        false => (70, 67, text.encode_utf16().count()),
    };
    if length <= alone { 1 } else { usize::div_ceil(length, each) }
}

/// The basic alphabet (3GPP TS 23.038).
const GSM: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                   ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension: two places each.
const GSM_TWO: &str = "^{}\\[~]|€";

/// A mobile number of Vietnam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(String);

/// A number as people write it; none when it is no mobile number of Vietnam.
pub fn phone(text: &str) -> Option<Phone> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let strange = text.chars().any(|c| !c.is_ascii_digit() && !"+ .-()".contains(c));
    let national = digits.strip_prefix("84").or_else(|| digits.strip_prefix('0'))?;
    let mobile = national.len() == 9 && national.starts_with(['3', '5', '7', '8', '9']);
    (mobile && !strange).then(|| Phone(national.to_owned()))
}

impl Phone {
    /// `84…`, as Zalo wants it.
    pub fn international(&self) -> String {
        format!("84{}", self.0)
    }

    /// `0…`, as people write it.
    pub fn national(&self) -> String {
        format!("0{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_counted_as_a_carrier_counts_them() {
        for (text, count) in [
            (String::new(), 1),
            ("a".repeat(160), 1),
            ("a".repeat(161), 2),
            ("a".repeat(306), 2),
            ("a".repeat(307), 3),
            ("[".repeat(80), 1),
            ("[".repeat(81), 2),
            ("ồ".repeat(70), 1),
            ("ồ".repeat(71), 2),
            ("ồ".repeat(134), 2),
            ("ồ".repeat(135), 3),
        ] {
            assert_eq!(segments(&text), count, "{} characters", text.chars().count());
        }
    }

    #[test]
    fn a_mobile_number_is_known_however_it_is_written() {
        for text in ["0900000001", "+84 900 000 001", "84900000001", "0900.000.001"] {
            let phone = phone(text).unwrap();
            assert_eq!(
                (phone.international().as_str(), phone.national().as_str()),
                ("84900000001", "0900000001")
            );
        }
        for text in ["", "02093800001", "0900", "09000000012", "abc0900000001", "1900000001"] {
            assert_eq!(phone(text), None, "{text}");
        }
    }
}
