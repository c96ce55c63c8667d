//! Papers as machines misread them: lost accents, lost colons, words cut otherwise, specks and leaders.

use super::page::{field, page, read};
use super::samples::samples;
use rules::folding::fold;
use rules::papers::{PageText, Word};

/// What stands on every paper after its words were changed, beside what stood there; both folded.
fn told(change: impl Fn(Word) -> Vec<Word>) -> Vec<(String, String, Option<String>, u8)> {
    let mut all = Vec::new();
    for sample in samples() {
        let words = page(sample.lines).words.into_iter().flat_map(&change).collect();
        let found = read(sample.code, &PageText { words });
        for (name, value) in sample.fields {
            let read = field(&found, name);
            let place = format!("{}.{name}", sample.code);
            all.push((place, fold(value), read.value.as_deref().map(fold), read.confidence));
        }
    }
    all
}

/// The word with other letters, in its place.
fn with(word: &Word, text: String) -> Word {
    Word { text, ..word.clone() }
}

#[test]
fn papers_without_any_accents_are_read_and_surer_than_chance() {
    for (place, wanted, read, confidence) in told(|word| vec![with(&word, unaccented(&word.text))]) {
        assert_eq!(read.as_ref(), Some(&wanted), "{place}");
        assert!(confidence <= 95, "{place}: {confidence}");
    }
}

fn unaccented(text: &str) -> String {
    rules::folding::unaccented(text)
}

#[test]
fn a_colon_glued_to_its_label_and_value_changes_nothing() {
    let glued = page(&["Số:12/2024", "Họ, chữ đệm, tên:VÀNG THỊ MAI", "Ngày,tháng,năm sinh:05/09/2024"]);
    let found = read("GIAY-KHAI-SINH", &glued);

    let told =
        ["number", "full_name", "date_of_birth"].map(|name| field(&found, name).value.clone().unwrap());
    assert_eq!(told, ["12/2024", "VÀNG THỊ MAI", "2024-09-05"]);
}

#[test]
fn a_label_with_words_joined_or_split_is_known_and_doubted() {
    for line in ["Giớitính: Nữ", "Gi ới tính: Nữ", "Giới tinn: Nữ"] {
        let found = read("XN-HON-NHAN", &page(&[line]));

        let sex = field(&found, "sex");
        assert_eq!((sex.value.as_deref(), sex.confidence), (Some("Nữ"), 75), "{line}");
    }
}

#[test]
fn lost_or_confused_accents_of_a_label_cost_little() {
    for line in ["Ho tên: TRẦN VĂN TÁM", "Họ tén: TRẦN VĂN TÁM", "Ho ten: TRẦN VĂN TÁM"] {
        let found = read("GPLX", &page(&[line]));

        let name = field(&found, "full_name");
        assert_eq!((name.value.as_deref(), name.confidence), (Some("TRẦN VĂN TÁM"), 95), "{line}");
    }
}

#[test]
fn leaders_before_and_behind_a_value_are_left_out() {
    for line in [
        "Họ và tên: ........ MA VĂN NĂM ............",
        "Họ và tên ……… MA VĂN NĂM………",
        "Họ và tên:....MA VĂN NĂM....",
        "1. Họ và tên: MA VĂN NĂM",
        "Họ và tên | MA VĂN NĂM |",
    ] {
        let found = read("XN-KHUYET-TAT", &page(&[line]));
        assert_eq!(field(&found, "full_name").value.as_deref(), Some("MA VĂN NĂM"), "{line}");
    }
}

#[test]
fn a_label_is_not_looked_for_in_sentences() {
    let found = read(
        "GIAY-KHAI-SINH",
        &page(&[
            "Căn cứ Nghị định số 123/2015/NĐ-CP ngày 15 tháng 11 năm 2015",
            "số nhà 12, đường Mẫu",
            "Họ, chữ đệm, tên: VÀNG THỊ MAI",
        ]),
    );

    assert_eq!(field(&found, "number").value, None);
    assert_eq!(field(&found, "issued_on").value, None);
}

#[test]
fn a_number_is_doubted_where_what_stands_below_it_was_not_found() {
    let found = read("PHIEU-LLTP", &page(&["Số: 002194000014"]));

    assert_eq!(field(&found, "number").confidence, 40);
    assert_eq!(field(&found, "personal_id").value, None, "it stands under a name");
}

#[test]
fn a_lost_label_gives_nobody_elses_value() {
    let found = read(
        "GIAY-KHAI-SINH",
        &page(&[
            "Họ, chữ đệm, tên: VÀNG THỊ MAI",
            "Họ, chữ đệm, tên người mẹ: HOÀNG THỊ LAN",
            "Năm sinh: 1996 Dân tộc: Nùng Quốc tịch: Việt Nam",
        ]),
    );

    assert_eq!(field(&found, "ethnicity").value, None, "it is the mother's");
    assert_eq!(field(&found, "full_name").value.as_deref(), Some("VÀNG THỊ MAI"));
    assert_eq!(field(&found, "mother_name").value.as_deref(), Some("HOÀNG THỊ LAN"));
}

#[test]
fn columns_read_as_blocks_one_after_the_other_are_told_apart() {
    let found = read(
        "GIAY-KET-HON",
        &page(&[
            "Họ, chữ đệm, tên vợ: LÊ THỊ MỘT",
            "Ngày, tháng, năm sinh: 02/02/1998",
            "\tHọ, chữ đệm, tên chồng: PHẠM VĂN HAI",
            "\tNgày, tháng, năm sinh: 03/03/1996",
        ]),
    );

    let told = ["wife_date_of_birth", "husband_date_of_birth"]
        .map(|name| field(&found, name).value.clone().unwrap());
    assert_eq!(told, ["1998-02-02", "1996-03-03"]);
}

#[test]
fn columns_that_stand_crooked_are_still_told_apart() {
    let mut crooked = page(&[
        "Họ, chữ đệm, tên vợ: LÊ THỊ MỘT\tHọ, chữ đệm, tên chồng: PHẠM VĂN HAI",
        "Nơi cư trú: Thôn Một,\tNơi cư trú: Tổ 9,",
        "xã Mẫu\txã Thử",
    ]);
    for word in crooked.words.iter_mut().filter(|word| word.line > 0 && word.region.left > 480) {
        word.region.left -= 30 * word.line;
    }

    let found = read("GIAY-KET-HON", &crooked);

    let told = ["wife_address", "husband_address"].map(|name| field(&found, name).value.clone().unwrap());
    assert_eq!(told, ["Thôn Một, xã Mẫu", "Tổ 9, xã Thử"]);
}
