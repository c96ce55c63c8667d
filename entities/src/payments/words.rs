//! What people write about money: short enough, and never a card number.

use rules::fees::cards::holds_card_number;
use rules::refusal::Violation;

/// Everything wrong with what was written, as (JSON pointer, text, most characters).
pub fn unfit<'w>(written: impl IntoIterator<Item = (&'w str, &'w str, usize)>) -> Vec<Violation> {
    written.into_iter().filter_map(|(pointer, text, most)| misfit(pointer, text, most)).collect()
}

/// The same, and the first place may not be empty.
pub fn missing(pointer: &str, text: &str, most: usize) -> Vec<Violation> {
    if text.chars().any(char::is_alphanumeric) {
        return unfit([(pointer, text, most)]);
    }
    vec![Violation {
        pointer: pointer.into(),
        code: "words_missing",
        vi: "Chưa ghi nội dung này.".into(),
        en: "This is missing.".into(),
    }]
}

fn misfit(pointer: &str, text: &str, most: usize) -> Option<Violation> {
    let (code, vi, en) = if holds_card_number(text) {
        (
            "card_number_given",
            "Nội dung này đọc như số thẻ ngân hàng. Không ghi số thẻ vào hồ sơ; ghi số hóa đơn của máy POS hoặc mã giao dịch."
                .into(),
            "This reads as a card number. No card number is taken here; give the number of the slip or of the transaction."
                .into(),
        )
    } else if text.chars().count() > most {
        ("too_long", format!("Dài quá {most} ký tự."), format!("It has over {most} characters."))
    } else {
        return None;
    };
    Some(Violation { pointer: pointer.into(), code, vi, en })
}
