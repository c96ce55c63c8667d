//! What the portal sends is read as it is meant, and nothing that it could send makes the reader fall.

use super::*;
use crate::{
    contract::samples,
    portal::{Bill, HeaderLookup, PortalDossier, Stands},
    trip::read_stamp,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

#[derive(Debug)]
struct Headers(Vec<(&'static str, &'static str)>);

impl HeaderLookup for Headers {
    fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }
}

fn inbox(settings: Value) -> Inbox {
    Inbox::new(serde_json::from_value(settings).unwrap()).unwrap()
}

fn plain() -> Inbox {
    inbox(json!({"mapped": {
        "national_id": "/data/MaHoSoQG", "procedure_code": "/data/MaTTHC", "applicant_name": "/data/ChuHoSo",
        "updating": {"at": "/isUpdating", "values": ["true"]}, "papers": "/data/TaiLieuNop",
        "organisation": {"at": "/data/LoaiDoiTuong", "values": ["2", "3", "4"]},
        "submitted_at": "/data/NgayNopHoSo", "form": "/data/form", "account": "/data/MaDoiTuong",
        "returns_by_post": {"at": "/data/HinhThuc", "values": ["1"]},
    }}))
}

fn admits(settings: Value, address: &str, headers: &[(&'static str, &'static str)], body: &str) -> bool {
    let headers = Headers(headers.to_vec());
    inbox(settings).admits(&Caller { address, header: &headers }, body.as_bytes())
}

#[test]
fn without_a_key_nobody_is_let_in() {
    assert!(!admits(json!({}), "10.0.0.5", &[("x-security-key", "")], "{}"));
    assert!(!admits(json!({}), "10.0.0.5", &[], r#"{"SecurityKey": ""}"#));
    assert!(Inbox::new(serde_json::from_value(json!({"key": " "})).unwrap()).is_err());
}

#[test]
fn the_key_comes_in_its_header_or_in_the_body() {
    let own = || json!({"key": "khoa-chung"});

    assert!(admits(own(), "10.0.0.5", &[("x-security-key", "khoa-chung")], "not even JSON"));
    assert!(admits(own(), "10.0.0.5", &[], r#"{"SecurityKey": "khoa-chung"}"#));
    assert!(admits(own(), "10.0.0.5", &[], "madonvi=H99&SecurityKey=khoa-chung"));
    assert!(!admits(own(), "10.0.0.5", &[], "{}"));
    assert!(!admits(own(), "10.0.0.5", &[], r#"{"SecurityKey": "khoa-chun"}"#));
    assert!(!admits(own(), "10.0.0.5", &[], r#"{"SecurityKey": ["khoa-chung"]}"#));
    let both = [("x-security-key", "khoa-sai")];
    assert!(!admits(own(), "10.0.0.5", &both, r#"{"SecurityKey": "khoa-chung"}"#), "a wrong header is final");
}

#[test]
fn only_named_addresses_and_networks_may_call() {
    let own = || json!({"key": "k1", "addresses": ["10.1.0.0/16", "203.0.113.7", "2001:db8::/32"]});
    let key = [("x-security-key", "k1")];

    for known in ["10.1.2.3", "203.0.113.7", "2001:db8::1", "::ffff:10.1.9.9"] {
        assert!(admits(own(), known, &key, ""), "{known}");
    }
    for stranger in ["10.2.0.1", "203.0.113.8", "2001:db9::1", "", "localhost", "10.1.2.3:80"] {
        assert!(!admits(own(), stranger, &key, ""), "{stranger}");
    }
    assert!(Inbox::new(serde_json::from_value(json!({"addresses": ["10.0.0.0/33"]})).unwrap()).is_err());
    assert!(admits(json!({"key": "k1", "addresses": ["0.0.0.0/0"]}), "198.51.100.1", &key, ""));
}

#[test]
fn the_subject_of_the_certificate_must_be_a_known_one() {
    let own = || json!({"key": "k1", "subject_header": "x-subject", "subjects": ["CN=vxp"]});
    let key = ("x-security-key", "k1");

    assert!(admits(own(), "10.0.0.5", &[key, ("x-subject", "CN=vxp")], ""));
    assert!(!admits(own(), "10.0.0.5", &[key, ("x-subject", "CN=vxp2")], ""));
    assert!(!admits(own(), "10.0.0.5", &[key], ""));
    assert!(Inbox::new(serde_json::from_value(json!({"subject_header": "x-subject"})).unwrap()).is_err());
}

fn promotion() -> Value {
    json!({
        "MaHoSo": "G22.99-240529-000001", "MaTTHC": "2.000033", "SoVanBan": "12/TB",
        "NgayNopHoSo": "20240529150000", "TenThuongNhan": "Công ty TNHH Mẫu", "MaSoThue": 100_109_106,
        "DiaChiDoanhNghiep": {"MaTinh": "06", "MaXa": "01834", "DiaChiChiTiet": "Số 1, thôn Mẫu"},
        "DienThoai": "02093800002", "Email": "mau@doanhnghiep.example", "TenChuongTrinhKhuyenMai": "Tri ân",
        "TenTepDonDangKy": "don.pdf", "TepDonDangKy": STANDARD.encode(b"%PDF-1.4"), "SecurityKey": "k1",
        "TaiLieuNop": [{"TenTepDinhKem": "phu-luc.pdf", "Base64": STANDARD.encode(b"%PDF-1.5")}],
    })
}

fn read(family: &str, message: &Value) -> Result<Inbound, Misread> {
    plain().read(family, message.to_string().as_bytes())
}

fn new_dossier(family: &str, message: &Value) -> PortalDossier {
    match read(family, message) {
        Ok(Inbound::NewDossier(dossier)) => *dossier,
        other => unreachable!("{other:?}"),
    }
}

fn misread(family: &str, message: &Value) -> String {
    let misread = read(family, message).unwrap_err();
    format!("{}: {}", misread.code, misread.words)
}

#[test]
fn a_notice_of_a_promotion_is_a_new_dossier_of_an_organisation() {
    let dossier = new_dossier("addtthcKhuyenMai", &promotion());

    assert_eq!(dossier.national_id, "G22.99-240529-000001");
    assert_eq!((dossier.procedure_code.as_str(), dossier.number.as_deref()), ("2.000033", Some("100109106")));
    assert_eq!(dossier.submitted_at, read_stamp("20240529150000"));
    assert!(dossier.is_organisation && dossier.account.is_none() && dossier.unit_code.is_none());
    assert_eq!((dossier.place_code.as_deref(), dossier.returns_by_post), (Some("01834"), None));
    let papers: Vec<_> = dossier.papers.iter().map(|p| (p.name.as_str(), p.bytes.as_deref())).collect();
    assert_eq!(papers, [("don.pdf", Some(&b"%PDF-1.4"[..])), ("phu-luc.pdf", Some(&b"%PDF-1.5"[..]))]);
    assert_eq!((&dossier.form["SoVanBan"], &dossier.form["SecurityKey"]), (&json!("12/TB"), &Value::Null));
    assert!(dossier.form.get("TepDonDangKy").is_none() && dossier.form.get("TaiLieuNop").is_none());
}

#[test]
fn an_amendment_is_told_from_a_new_dossier_by_its_flag() {
    let data = json!({"MaHoSoQG": "G22.99-1", "MaTTHC": "2.000033", "TenThuongNhan": "Công ty Mẫu",
        "LyDoDieuChinh": "Đổi thời gian", "TenTepDangKy": "sua.pdf", "URLTepDangKy": "/tep/1",
        "ThongTinDaNop": {"MaHoSoQGDNP": "G22.99-0"}});
    let message = |updating: Value| json!({"service": "nhanhsdvcqg", "isUpdating": updating, "data": data});

    for yes in [json!(true), json!("True"), json!("true"), json!("1"), json!(1)] {
        let Ok(Inbound::Supplement(dossier)) = read("nhanhsdvcqg", &message(yes)) else { unreachable!() };
        assert_eq!(dossier.papers[0].link.as_deref(), Some("/tep/1"));
        assert_eq!(dossier.form["ThongTinDaNop"]["MaHoSoQGDNP"], "G22.99-0");
        assert_eq!(dossier.summary.as_deref(), Some("Đổi thời gian"));
    }
    for no in [json!(false), json!("False"), json!(null), json!("")] {
        assert_eq!(new_dossier("nhanhsdvcqg", &message(no)).national_id, "G22.99-1");
    }
    assert!(misread("nhanhsdvcqg", &message(json!("perhaps"))).starts_with("bad_value: isUpdating"));
}

#[test]
fn x_02_what_the_message_does_not_say_stays_unknown() {
    let bare =
        json!({"MaHoSo": "G1", "MaTTHC": "2.1", "TenThuongNhan": "Mẫu", "MaSoThue": "", "Email": null});

    let dossier = new_dossier("addtthcKhuyenMai", &bare);

    assert_eq!((dossier.number, dossier.email, dossier.phone), (None, None, None));
    assert_eq!((dossier.submitted_at, dossier.summary, dossier.papers), (None, None, Vec::new()));
}

#[test]
fn a_required_member_a_wrong_type_and_a_long_text_are_named() {
    let changed = |name: &str, value: Value| {
        let mut message = promotion();
        message[name] = value;
        misread("addtthcKhuyenMai", &message)
    };

    assert_eq!(changed("MaHoSo", json!("")), "missing: MaHoSo is missing");
    assert_eq!(changed("MaTTHC", json!(null)), "missing: MaTTHC is missing");
    assert!(changed("TenThuongNhan", json!(["Mẫu"])).starts_with("bad_value: TenThuongNhan"));
    assert!(changed("NgayNopHoSo", json!("29/05/2024")).starts_with("bad_value: NgayNopHoSo"));
    assert!(changed("TaiLieuNop", json!("x")).starts_with("bad_value: TaiLieuNop"));
    assert!(changed("TaiLieuNop", json!(["x"])).starts_with("bad_value: TaiLieuNop"));
    assert!(changed("TepDonDangKy", json!("@@")).starts_with("bad_value: TepDonDangKy"));
    assert!(changed("DiaChiDoanhNghiep", json!(7)).starts_with("bad_value: DiaChiDoanhNghiep"));
    assert_eq!(changed("MaHoSo", json!("a".repeat(101))), "too_long: MaHoSo has more than 100 characters");
    assert!(changed("GhiChu", json!("a\u{0}b")).starts_with("bad_value"), "no database keeps that character");
}

#[test]
fn an_unpublished_message_is_found_by_the_pointers_of_the_settings() {
    let message = json!({"isUpdating": true, "data": {
        "MaHoSoQG": "G22.99-7", "MaTTHC": "2.000815", "ChuHoSo": "Trần Thị Mẫu", "LoaiDoiTuong": 1,
        "NgayNopHoSo": "2024-05-29T15:00:00+07:00", "form": {"soBan": 2}, "MaDoiTuong": "tech-0001", "HinhThuc": "1",
        "TaiLieuNop": [{"TenTepDinhKem": "cccd.pdf", "MaThanhPhanHoSo": "KQ.1", "DuongDanTaiTepTin": "/tep/7"}],
    }});

    let Ok(Inbound::Supplement(dossier)) = read("mapped", &message) else { unreachable!() };

    assert_eq!(dossier.submitted_at, read_stamp("20240529150000"));
    assert!(!dossier.is_organisation && dossier.returns_by_post == Some(true));
    assert_eq!((dossier.account.as_deref(), &dossier.form), (Some("tech-0001"), &json!({"soBan": 2})));
    assert_eq!(dossier.papers[0].component_code.as_deref(), Some("KQ.1"));
    assert_eq!(misread("mapped", &json!({})), "missing: /data/MaHoSoQG is missing");
    assert_eq!(inbox(json!({})).read("mapped", b"{}").unwrap_err().code, "unknown_family");
    let wrong = json!({"mapped": {"national_id": "data", "procedure_code": "/a", "applicant_name": "/b"}});
    assert!(Inbox::new(serde_json::from_value(wrong).unwrap()).is_err());
}

#[test]
fn a_look_up_is_a_form_and_a_bill_look_up_is_json() {
    let asked = plain().read("search_call", b"madonvi=H99&service=tracuu&masohoso=000.14.10.H99-240529-0001");
    assert_eq!(asked, Ok(Inbound::LookUp { code: samples::CODE.to_owned() }));
    let asked = read("dptracuuthanhtoanhs", &json!({"MaHoSo": samples::CODE}));
    assert_eq!(asked, Ok(Inbound::BillLookUp { code: samples::CODE.to_owned() }));

    for (body, code) in
        [(&b"madonvi=H99"[..], "missing"), (b"masohoso=%FF", "malformed"), (b"\xff", "malformed")]
    {
        assert_eq!(plain().read("search_call", body).unwrap_err().code, code);
    }
}

fn sheet(xml: &str) -> Value {
    json!({"service": "NhanThongBaoThueDat", "data": {"FileThongBaoThue": STANDARD.encode(xml)}})
}

const ITEM: &str = "<LIST><MA_SO_THUE>8000000001</MA_SO_THUE><SO_QUYET_DINH>77/TB</SO_QUYET_DINH>\
    <NGAY_QUYET_DINH>29-05-2024</NGAY_QUYET_DINH><TEN_TIEUMUC>Lệ phí trước bạ</TEN_TIEUMUC>\
    <SO_TIEN>1500000</SO_TIEN></LIST>";

#[test]
fn every_notice_of_a_sheet_is_read() {
    let row = format!("<ROW_LIST><MA_HSO>{}</MA_HSO>{ITEM}{ITEM}</ROW_LIST>", samples::CODE);
    let message = sheet(&format!("<?xml version=\"1.0\"?><DATA><BODY>{row}{row}</BODY></DATA>"));

    let Ok(Inbound::TaxNotices(notices)) = read("NhanThongBaoThueDat", &message) else { unreachable!() };

    assert_eq!(notices.len(), 4);
    assert_eq!((notices[0].amount, notices[0].decision.as_str()), (1_500_000, "77/TB"));
    assert_eq!(notices[0].decided_on.unwrap().to_string(), "2024-05-29");
}

#[test]
fn x_09_a_sheet_with_entities_a_dtd_or_nonsense_is_not_read() {
    let row =
        |inside: &str| format!("<DATA><BODY><ROW_LIST><MA_HSO>1</MA_HSO>{inside}</ROW_LIST></BODY></DATA>");
    let dtd =
        format!("<!DOCTYPE DATA [<!ENTITY a \"b\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>{}", row(ITEM));
    let cases = [
        (dtd, "malformed"),
        (row(&ITEM.replace("77/TB", "&c;")), "malformed"),
        (row(&ITEM.replace("1500000", "1.500.000")), "bad_value"),
        (row(&ITEM.replace("1500000", "-1")), "bad_value"),
        (row(&ITEM.replace("29-05-2024", "2024")), "bad_value"),
        (row(&ITEM.replace("77/TB", "")), "missing"),
        (row(""), "missing"),
        ("<DATA>".repeat(90_000), "malformed"),
        ("<DATA/>".to_owned(), "missing"),
        (" ".repeat(3 << 20), "too_large"),
    ];

    for (xml, code) in cases {
        let misread = read("NhanThongBaoThueDat", &sheet(&xml)).unwrap_err();
        assert_eq!(misread.code, code, "{}", xml.chars().take(80).collect::<String>());
    }
}

#[test]
fn a_tax_receipt_tells_what_was_paid() {
    let payment = json!({"MaThongBaoThue": "77/TB", "ThoiGianThanhToan": "20240530081500", "SoTien": "1500000",
        "NoiDungThanhToan": "Nộp lệ phí", "TrangThaiThanhToan": 1});
    let message = json!({"isSync": "1", "data": {"MaHoSo": samples::CODE, "HoTenNguoiNopTien": "Trần Thị Mẫu",
        "UrlFileChungTu": "/tep/9", "ThongTinThanhToan": payment}});

    let Ok(Inbound::TaxReceipt(receipt)) = read("NhanChungTuThueDat", &message) else { unreachable!() };

    assert!(receipt.paid && receipt.amount == 1_500_000);
    assert_eq!((receipt.notice.as_str(), receipt.link.as_deref()), ("77/TB", Some("/tep/9")));
    assert_eq!(receipt.paid_at, read_stamp("20240530081500"));
}

#[test]
fn the_answers_have_the_families_own_forms() {
    let inbox = plain();
    let (national_id, code) = ("G22.99-1".to_owned(), samples::CODE.to_owned());
    let taken =
        inbox.answer("nhanhsdvcqg", &Reply::Taken { national_id: national_id.clone(), code: code.clone() });
    let known = inbox.answer("nhanhsdvcqg", &Reply::Known { national_id: national_id.clone(), code });
    let refused =
        inbox.answer("mapped", &Reply::Refused { national_id, words: "không rõ đơn vị".to_owned() });

    for (said, number) in [(taken, "0"), (known, "1"), (refused, "-1")] {
        assert_eq!(said["error_code"], number);
        assert!(said["message"].as_str().unwrap().starts_with("G22.99-1| "), "{said}");
    }
    assert_eq!(inbox.answer("search_call", &Reply::NotFound)["error_code"], "-1");
    assert_eq!(inbox.answer("dptracuuthanhtoanhs", &Reply::NothingDue)["error_code"], "0");
    let bill = Bill { order: samples::order(), at: read_stamp("20240529150000").unwrap() };
    let bill = inbox.answer("dptracuuthanhtoanhs", &Reply::Bill(Box::new(bill)));
    assert_eq!(bill["message"]["MaTraCuuTT"], format!("{}20240529150000", samples::CODE));
    assert_eq!(bill["message"]["PhiLePhi"][0]["SoTien"], "20000");
    let stands = Stands {
        code: samples::CODE.to_owned(),
        procedure_code: "2.000815".to_owned(),
        procedure_name: "Chứng thực".to_owned(),
        field: ("G15-CT01".to_owned(), "Chứng thực".to_owned()),
        owner_kind: 1,
        status: 4,
        online: true,
        unit_name: "UBND xã Suối Mẫu".to_owned(),
    };
    let stands = inbox.answer("search_call", &Reply::Stands(Box::new(stands)));
    assert_eq!((&stands["TrangThaiHoSo"], &stands["HinhThuc"]), (&json!("4"), &json!("1")));
}

#[test]
fn what_is_too_large_cut_short_or_of_no_family_is_told_so() {
    let small = inbox(json!({"largest_bytes": 10, "key": "k1"}));
    assert_eq!(small.read("nhanhsdvcqg", b"{\"data\": {}}").unwrap_err().code, "too_large");
    let headers = Headers(vec![("x-security-key", "k1")]);
    let caller = Caller { address: "10.0.0.5", header: &headers };
    assert!(small.admits(&caller, &[b' '; 11]), "who sends too much is no stranger for it");

    assert_eq!(plain().read("them", b"{}").unwrap_err().code, "unknown_family");
    for family in FAMILIES.into_iter().filter(|family| *family != "search_call") {
        for body in [&b""[..], b"{", b"[]", b"null", b"\xff\xfe", b"{\"a\": \"\\ud800\"}", &[b'['; 100_000]] {
            assert_eq!(plain().read(family, body).unwrap_err().code, "malformed", "{family}");
        }
    }
}

/// One of the bytes changed, left out, doubled or cut off, a hundred thousand times from a fixed seed.
#[test]
fn no_change_of_a_message_makes_the_reader_fall() {
    let row = format!("<DATA><BODY><ROW_LIST><MA_HSO>1</MA_HSO>{ITEM}</ROW_LIST></BODY></DATA>");
    let amendment =
        json!({"isUpdating": true, "data": {"MaHoSoQG": "G1", "ThongTinSuaDoi": {}, "TaiLieuNop": []}});
    let receipt = json!({"data": {"MaHoSo": "1", "ThongTinThanhToan": {"SoTien": 1}}});
    let messages = [
        ("addtthcKhuyenMai", promotion().to_string()),
        ("nhanhsdvcqg", amendment.to_string()),
        ("NhanThongBaoThueDat", sheet(&row).to_string()),
        ("NhanChungTuThueDat", receipt.to_string()),
        ("search_call", "madonvi=H99&masohoso=%41".to_owned()),
        ("dptracuuthanhtoanhs", json!({"MaHoSo": "1"}).to_string()),
        ("mapped", json!({"isUpdating": true, "data": promotion()}).to_string()),
    ];
    let inbox = plain();
    let headers = Headers(Vec::new());
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed >> 33).unwrap()
    };

    for round in 0..100_000 {
        let (family, message) = &messages[round % messages.len()];
        let mut body = message.clone().into_bytes();
        for _ in 0..1 + next() % 3 {
            let place = next() % body.len();
            match next() % 4 {
                0 => body[place] = u8::try_from(next() % 256).unwrap(),
                1 if body.len() > 1 => drop(body.remove(place)),
                2 => body.insert(place, body[place]),
                _ => body.truncate(place.max(1)),
            }
        }
        let _either = inbox.read(family, &body);
        let _either = inbox.admits(&Caller { address: "10.0.0.5", header: &headers }, &body);
        tax_sheet::read(&body).ok();
    }
}
