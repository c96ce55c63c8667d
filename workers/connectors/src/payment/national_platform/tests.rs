//! Signatures against values computed with another program (Python's hashlib), and callbacks that are not what they seem.

use super::*;
use crate::{
    contract::samples::{self, order},
    payment::Outcome,
};
use serde_json::json;

const REFERENCE: &str = samples::REFERENCE;
const ABOUT: &str = "THANH TOAN HO SO 000.14.10.H99-240529-0001";

fn platform() -> NationalPlatform {
    let settings =
        json!({"url": "http://127.0.0.1:9", "partner_code": "H99", "secret": "khoa-bi-mat-thu-nghiem"});
    NationalPlatform::new(serde_json::from_value(settings).unwrap(), Wire::default()).unwrap()
}

fn at(stamp: &str) -> DateTime<Utc> {
    crate::trip::read_stamp(stamp).unwrap()
}

fn confirmation() -> Value {
    json!({
        "LoaiBanTin": "CONFIRM", "MaLoi": "00", "MaDoiTac": "H99", "MaThamChieu": REFERENCE, "SoTien": 20000,
        "MaTienTe": "VND", "MaGiaoDich": "GD0001", "MaNganHang": "VCB", "ThoiGianGD": "20240529150130",
        "ThongTinGiaoDich": ABOUT, "Token": "", "SoThe": "",
        "MaXacThuc": "b1cb9c74b11970ac027ed05e5f0356214cd46a2cda9e98261ed0127bf28fd806",
    })
}

fn with(field: &str, value: Value) -> Vec<u8> {
    let mut message = confirmation();
    message[field] = value;
    message.to_string().into_bytes()
}

// Signed again, so that only the check under test can refuse it.
fn resigned(field: &str, value: &str) -> Vec<u8> {
    let mut message = confirmation();
    message[field] = json!(value);
    let values: Vec<String> = [
        "LoaiBanTin",
        "MaLoi",
        "MaDoiTac",
        "MaThamChieu",
        "SoTien",
        "MaTienTe",
        "MaGiaoDich",
        "MaNganHang",
        "ThoiGianGD",
        "ThongTinGiaoDich",
    ]
    .iter()
    .map(|name| message[*name].as_str().map_or_else(|| message[*name].to_string(), str::to_owned))
    .collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    message["MaXacThuc"] = json!(sign(&values, &platform().settings.secret));
    message.to_string().into_bytes()
}

#[test]
fn init_carries_the_signature_python_computes() {
    let body = requests::init(&platform().settings, &order(), at("20240529150000")).unwrap();

    assert_eq!(body["MaXacThuc"], "0707b9fbb17b82b7ddaca17e30b90c741dccbafafcf9ab206fdc28d84ce8cbf0");
    assert_eq!(body["ThoiGianGD"], "20240529150000", "24 hours, law.md X-10");
    assert_eq!(body["SoTien"], "20000", "a string in INIT");
    assert_eq!(body["ThongTinBienLai"]["SoCMNDNguoiNop"], "", "no made-up identity number, law.md X-02");
}

#[test]
fn ma_dvc_is_the_code_of_the_procedure_with_the_suffix_of_the_settings() {
    let body = requests::init(&platform().settings, &order(), at("20240529150000")).unwrap();

    let told = &body["ThongTinBienLai"];
    assert_eq!(told["MaDVC"], format!("{}.01", order().procedure_code));
    assert_eq!(told["MaTTHC"], order().procedure_code);
}

#[test]
fn the_description_travels_in_unaccented_capitals_and_never_holds_a_bar() {
    let mut accented = order();
    accented.description = "Thanh toán hồ sơ | đăng ký".to_owned();

    let body = requests::init(&platform().settings, &accented, at("20240529150000")).unwrap();

    assert_eq!(body["ThongTinGiaoDich"], "THANH TOAN HO SO   DANG KY");
}

#[test]
fn query_and_bill_carry_the_signatures_python_computes() {
    let settings = &platform().settings;
    let query = requests::question(settings, "QUERY", REFERENCE, at("20240529153000"));
    let bill = requests::question(settings, "GET_BILL", REFERENCE, at("20240529153000"));

    assert_eq!(query["MaXacThuc"], "32a864ded5892c163d7004369882c94b066031e9a6dd660676c97dbfa3d5927c");
    assert_eq!(bill["MaXacThuc"], "a871419c31e4ab10b2a511987ba640033fcefbf272d0da8c26c02a527bed4a9a");
}

#[test]
fn a_signed_confirmation_is_believed() {
    let heard = platform().verify(confirmation().to_string().as_bytes()).unwrap();
    let Heard::Notice(notice) = heard else { panic!() };

    assert_eq!((notice.reference.as_str(), notice.amount), (REFERENCE, 20_000));
    assert_eq!((notice.transaction_id.as_str(), notice.outcome), ("GD0001", Outcome::Paid));
    assert_eq!(notice.occurred_at, Some(at("20240529150130")));
}

#[test]
fn letters_with_accents_are_signed_as_utf_8_and_a_sum_may_come_as_text() {
    let mut message = confirmation();
    message["ThongTinGiaoDich"] = json!("Nộp lệ phí đăng ký khai sinh");
    message["SoTien"] = json!("20000");
    message["MaXacThuc"] = json!("7e4b00e9ed0c687fe5d115b2f10580b2d2abb045e6e10240ef2bbfb8845a2804");

    assert!(platform().verify(message.to_string().as_bytes()).is_ok());
}

#[test]
fn a_changed_message_is_forged_whatever_was_changed() {
    for (field, value) in [
        ("SoTien", json!(2000)),
        ("MaLoi", json!("99")),
        ("MaThamChieu", json!("0C7F8XK2M4N6P8R0T2V5")),
        ("MaGiaoDich", json!("GD0002")),
        ("MaTienTe", json!("USD")),
        ("MaDoiTac", json!("H98")),
        ("ThoiGianGD", json!("20240530150130")),
        ("MaXacThuc", json!("")),
        ("MaXacThuc", json!("B1CB9C74B11970AC027ED05E5F0356214CD46A2CDA9E98261ED0127BF28FD806")),
    ] {
        assert_eq!(platform().verify(&with(field, value.clone())), Err(Rejected::Forged), "{field} {value}");
    }
}

#[test]
fn a_signed_message_for_others_or_in_other_money_is_refused() {
    assert_eq!(platform().verify(&resigned("MaDoiTac", "H98")), Err(Rejected::WrongPartner));
    assert_eq!(platform().verify(&resigned("MaTienTe", "USD")), Err(Rejected::WrongCurrency));
    assert_eq!(platform().verify(&resigned("LoaiBanTin", "QUERY")), Err(Rejected::WrongKind));
    assert_eq!(platform().verify(&resigned("MaGiaoDich", "")), Err(Rejected::Malformed));
    assert_eq!(platform().verify(&resigned("ThoiGianGD", "20240529 1501")), Err(Rejected::Malformed));
}

#[test]
fn values_cannot_be_moved_across_their_bars() {
    let mut message = confirmation();
    message["MaGiaoDich"] = json!("GD0001|VCB");
    message["MaNganHang"] = json!("20240529150130");
    message["ThoiGianGD"] = json!(ABOUT);
    message.as_object_mut().unwrap().remove("ThongTinGiaoDich");

    assert_eq!(platform().verify(message.to_string().as_bytes()), Err(Rejected::Malformed));
}

#[test]
fn what_is_no_message_is_malformed() {
    let cut = confirmation().to_string();
    let twice = cut.replacen("{", "{\"SoTien\":1,", 1);
    let huge = format!("{{\"x\":\"{}\"}}", "x".repeat(70_000));
    let cases: [&[u8]; 8] = [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        &cut.as_bytes()[..cut.len() - 9],
        twice.as_bytes(),
        huge.as_bytes(),
        b"{\"MaLoi\":\"00\"}",
    ];
    for body in cases {
        assert_eq!(platform().verify(body), Err(Rejected::Malformed), "{}", String::from_utf8_lossy(body));
    }
    for value in [json!(-20000), json!(20000.5), json!("20,000"), json!(null), json!("")] {
        assert_eq!(platform().verify(&with("SoTien", value.clone())), Err(Rejected::Malformed), "{value}");
    }
}

#[test]
fn an_order_that_does_not_add_up_is_not_sent() {
    let mut wrong = order();
    wrong.amount = 25_000;
    assert!(requests::init(&platform().settings, &wrong, at("20240529150000")).is_err());

    let mut long = order();
    long.reference = "000.14.10.H99-240529".to_owned();
    assert!(requests::init(&platform().settings, &long, at("20240529150000")).is_err());
}

#[test]
fn the_acknowledgement_echoes_the_reference_and_the_signature() {
    let body = confirmation().to_string();

    let said = platform().acknowledge(at("20240529150131"), body.as_bytes(), true, "Đã nhận");

    assert_eq!(
        said,
        json!({
            "MaLoi": "00", "MoTaLoi": "Đã nhận", "MaDoiTac": "H99", "MaThamChieu": REFERENCE,
            "ThoiGianGD": "20240529150131",
            "MaXacThuc": "b1cb9c74b11970ac027ed05e5f0356214cd46a2cda9e98261ed0127bf28fd806",
        })
    );
}
