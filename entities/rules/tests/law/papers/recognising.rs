//! What a paper is, by its title.

use super::page::{TYPES, page};
use super::samples::samples;
use rules::papers::recognise;

fn kind(lines: &[&str]) -> Option<&'static str> {
    recognise(&TYPES, &[page(lines)]).map(|kind| kind.code.as_str())
}

#[test]
fn every_paper_is_recognised_by_its_title() {
    for sample in samples() {
        assert_eq!(kind(sample.lines), Some(sample.code), "{:#?}", sample.lines);
    }
}

#[test]
fn every_type_that_is_described_has_a_paper_to_try_it_on() {
    for one in TYPES.iter() {
        assert!(samples().any(|sample| sample.code == one.code), "{}", one.code);
    }
}

#[test]
fn a_title_over_two_lines_or_beside_the_number_is_one() {
    assert_eq!(kind(&["GIẤY CHỨNG NHẬN", "KẾT HÔN", "Số: 5/2024"]), Some("GIAY-KET-HON"));
    assert_eq!(kind(&["UBND xã Mẫu\tGIẤY KHAI SINH"]), Some("GIAY-KHAI-SINH"));
    assert_eq!(kind(&["GIẤY PHÉP LÁI XE/DRIVER'S LICENSE"]), Some("GPLX"));
}

#[test]
fn a_title_may_lose_its_accents_and_a_letter() {
    assert_eq!(kind(&["GIÂY CHỬNG NHÂN KÊT HỒN"]), Some("GIAY-KET-HON"));
    assert_eq!(kind(&["GlẤY XÁC NHẬN TÌNH TRANG HỔN NHẦN"]), Some("XN-HON-NHAN"));
    assert_eq!(kind(&["GIẤY KHAI SINM"]), Some("GIAY-KHAI-SINH"));
}

#[test]
fn what_asks_for_a_paper_or_speaks_of_one_is_no_such_paper() {
    for lines in [
        &["TỜ KHAI ĐĂNG KÝ KHAI SINH"][..],
        &["TỜ KHAI", "CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"],
        &["TỜ KHAI", "GIẤY KHAI SINH"],
        &["ĐƠN ĐỀ NGHỊ CẤP", "GIẤY PHÉP BÁN LẺ RƯỢU"],
        &["TỜ KHAI YÊU CẦU CẤP PHIẾU LÝ LỊCH TƯ PHÁP"],
        &["GIẤY ĐỀ NGHỊ", "ĐĂNG KÝ HỘ KINH DOANH"],
        &["BIÊN LAI THU LỆ PHÍ", "Giấy khai sinh: 8.000 đồng"],
        &["GIẤY CHỨNG SINH"],
        &["GIẤY BÁO TỬ"],
        &["GIẤY PHÉP BÁN BUÔN RƯỢU"],
        &["GIẤY CHỨNG NHẬN", "ĐỦ ĐIỀU KIỆN BUÔN BÁN PHÂN BÓN"],
        &["GIẤY CHỨNG NHẬN KHÁM SỨC KHỎE"],
        &["QUYẾT ĐỊNH", "Về việc thu hồi Giấy chứng nhận đăng ký hộ kinh doanh"],
    ] {
        assert_eq!(kind(lines), None, "{lines:?}");
    }
}

#[test]
fn the_first_title_counts_and_the_longest_of_those_at_one_place() {
    assert_eq!(kind(&["CĂN CƯỚC CÔNG DÂN", "GIẤY PHÉP LÁI XE"]), Some("CCCD"));
    assert_eq!(kind(&["GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH"]), Some("GCN-DKHKD"));
    assert_eq!(kind(&["GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", "DOANH NGHIỆP TƯ NHÂN"]), Some("GCN-DKDN"));
}
