//! What is told to the national portal is what happened: the falsifications of law.md §10 cannot be written.

use super::*;
use crate::{
    contract::samples,
    portal::{FeePayment, ResultLine, Reuse, SupplementRound},
    trip::read_stamp,
};
use chrono::{DateTime, Utc};
use rules::{procedure::Channel, status::Status};

fn afternoon() -> DateTime<Utc> {
    read_stamp("20240529150000").unwrap()
}

fn record() -> DossierRecord {
    samples::record(afternoon())
}

fn built(change: impl FnOnce(&mut DossierRecord)) -> Value {
    let mut record = record();
    change(&mut record);
    dossier::build(&record, &Dialect::default()).unwrap()
}

fn refused(change: impl FnOnce(&mut DossierRecord)) -> String {
    let mut record = record();
    change(&mut record);
    let failure = dossier::build(&record, &Dialect::default()).unwrap_err();
    assert!(!failure.is_retry());
    failure.reason().to_owned()
}

#[test]
fn x_01_each_of_the_ten_statuses_is_told_as_it_is() {
    for (status, code) in Status::ALL.into_iter().zip(1..) {
        assert_eq!(built(|r| r.status = status)["TrangThaiHoSo"], code.to_string());

        let mut lines = samples::progress(1, afternoon());
        lines[0].status = status;
        assert_eq!(progress::build(&lines, &Dialect::default()).unwrap()[0]["TrangThai"], code.to_string());
    }
}

#[test]
fn x_01_no_progress_line_is_added() {
    assert_eq!(progress::build(&samples::progress(3, afternoon()), &Dialect::default()).unwrap().len(), 3);
    assert_eq!(progress::build(&[], &Dialect::default()).unwrap().len(), 0);
}

#[test]
fn x_02_a_missing_identity_number_stays_missing_and_a_placeholder_is_refused() {
    let item = built(|r| {
        r.owner.identity_numbers.clear();
        r.owner.document_number = None;
    });
    assert_eq!(item["DinhDanhCHS"], json!([]));
    assert_eq!(item["SoGiayToChuHoSo"], "");

    for number in ["000000001", "000000000000"] {
        let why = refused(|r| r.owner.identity_numbers = vec![number.to_owned()]);
        assert!(why.contains("placeholder") && !why.contains(number), "{why}");
    }
}

#[test]
fn x_02_the_kind_of_an_identity_number_follows_from_its_digits() {
    let item = built(|r| {
        r.owner.identity_numbers = vec!["006190000001".into(), "095000001".into(), "B1234567".into()]
    });

    let expected = json!([
        {"LoaiDinhDanh": "1", "SoDinhDanh": "006190000001"}, {"LoaiDinhDanh": "2", "SoDinhDanh": "095000001"}
    ]);
    assert_eq!(item["DinhDanhCHS"], expected);
}

#[test]
fn x_03_each_paper_says_for_itself_whether_it_is_digitised_or_reused() {
    let item = built(|r| {
        r.papers[0].reuse = Reuse::FromResult(Some("KQ.G15.000077".to_owned()));
        r.papers[1].reuse = Reuse::FromComponent;
    });
    assert_eq!(item["TaiLieuNop"][0]["DuocSoHoa"], "1");
    assert_eq!(item["TaiLieuNop"][1]["DuocSoHoa"], "0");
    assert_eq!(item["TaiLieuNop"][0]["DuocTaiSuDung"], "2");
    assert_eq!(item["TaiLieuNop"][0]["MaKetQuaThayThe"], "KQ.G15.000077");
    assert_eq!(item["TaiLieuNop"][1]["DuocTaiSuDung"], "1");
    assert_eq!(item["HoSoCoThanhPhanSoHoa"], "1");

    let none = built(|r| r.papers.iter_mut().for_each(|paper| paper.digitised = false));
    assert_eq!(none["HoSoCoThanhPhanSoHoa"], "0");
    assert_eq!(none["TaiLieuNop"][0]["DuocTaiSuDung"], "0");
}

#[test]
fn x_04_a_submitted_paper_is_not_told_as_the_result() {
    let result = |file_id: &str| ResultLine {
        name: "Bản sao chứng thực".to_owned(),
        component_code: None,
        file_id: file_id.to_owned(),
        link: None,
        result_code: None,
    };
    assert!(refused(|r| r.results = vec![result("tep-1")]).contains("submitted paper"));
    assert_eq!(built(|_| ())["DanhSachGiayToKetQua"], json!([]));
    assert_eq!(
        built(|r| r.results = vec![result("ket-qua-1")])["DanhSachGiayToKetQua"][0]["GiayToId"],
        "ket-qua-1"
    );
}

#[test]
fn x_05_a_code_is_never_made_up_on_the_way() {
    for code in [
        "",
        "12345",
        "000.14.10.H99-20240529-1",
        "000.14.10.H99-240529-",
        "-240529-0001",
        "000.14.10.H99-240230-0001",
    ] {
        assert!(refused(|r| r.code = code.to_owned()).contains("national form"), "{code}");
    }
    assert_eq!(built(|_| ())["MaHoSo"], samples::CODE);
}

#[test]
fn x_06_only_what_was_paid_online_is_told_as_paid_online() {
    let told = |payment| built(|r| r.payment = payment)["DuocThanhToanTrucTuyen"].clone();

    assert_eq!(told(FeePayment::NothingDue), "0");
    assert_eq!(told(FeePayment::NationalPlatform), "1");
    assert_eq!(told(FeePayment::OtherGateway), "2");
    assert_eq!(told(FeePayment::Offline), "3");
    assert_eq!(told(FeePayment::Unpaid), "3");
}

#[test]
fn x_10_the_afternoon_is_told_in_24_hours() {
    assert_eq!(built(|_| ())["NgayTiepNhan"], "20240529150000");
}

#[test]
fn absent_is_empty_and_never_a_default() {
    let item = built(|r| {
        (r.status, r.received_at, r.due_at, r.submitted_at) = (Status::Submitted, None, None, None);
        (r.verified_by_vneid, r.owner.email, r.owner.phone) = (None, None, None);
        r.papers.clear();
        r.fees.clear();
    });
    for field in [
        "NgayTiepNhan",
        "NgayHenTra",
        "NgayTra",
        "NgayKetThucXuLy",
        "NgayTuChoi",
        "NgayNopHoSo",
        "ThongTinTra",
        "ThongTinKhac",
        "Email",
        "Fax",
        "SoDienThoai",
        "SoBienNhan",
        "GhiChu",
        "TaiKhoanDuocXacThucVoiVNeID",
    ] {
        assert_eq!(item[field], "", "{field}");
    }
    for list in
        ["TaiLieuNop", "DanhSachLePhi", "DanhSachHoSoBoSung", "DanhSachTepDinhKemKhac", "DSKetNoiCSDL"]
    {
        assert_eq!(item[list], json!([]), "{list}");
    }
}

#[test]
fn the_account_is_told_for_online_dossiers_alone() {
    assert_eq!(built(|_| ())["MaDoiTuong"], "tech-0001");
    assert_eq!(built(|r| r.channel = Channel::Desk)["MaDoiTuong"], "");
}

#[test]
fn a_round_of_supplement_is_told_with_both_due_dates() {
    let item = built(|r| {
        r.supplements = vec![SupplementRound {
            number: 1,
            asked_by: "Nguyễn Văn Thử".to_owned(),
            asked_for: "Bản chính giấy ủy quyền".to_owned(),
            asked_at: afternoon(),
            taken_by: None,
            taken_note: None,
            taken_at: None,
            papers: Vec::new(),
            fees: Vec::new(),
            due_before: Some(afternoon()),
            due_after: None,
        }];
    });

    let round = &item["DanhSachHoSoBoSung"][0];
    assert_eq!((&round["HoSoBoSungId"], &round["TrangThaiBoSung"]), (&json!(1), &json!(false)));
    assert_eq!((&round["NgayHenTraTruoc"], &round["NgayHenTraMoi"]), (&json!("20240529150000"), &json!("")));
}

#[test]
fn what_is_too_long_is_cut_by_characters_and_says_so() {
    let item = built(|r| {
        r.summary = "đ".repeat(1001);
        r.note = Some("ờ".repeat(2500));
        r.papers[0].file_name = "ă".repeat(4001);
    });
    let length = |value: &Value| value.as_str().unwrap().chars().count();
    assert_eq!(length(&item["TrichYeuHoSo"]), 1000);
    assert!(item["TrichYeuHoSo"].as_str().unwrap().ends_with('…'));
    assert_eq!(length(&item["GhiChu"]), 2000);
    assert_eq!(length(&item["TaiLieuNop"][0]["TenTepDinhKem"]), 4000);

    let mut lines = samples::progress(1, afternoon());
    lines[0].officer = "ễ".repeat(51);
    assert_eq!(length(&progress::build(&lines, &Dialect::default()).unwrap()[0]["NguoiXuLy"]), 50);
}

#[test]
fn a_record_without_summary_owner_or_reception_is_refused() {
    assert!(refused(|r| r.summary = " ".to_owned()).contains("summary"));
    assert!(refused(|r| r.owner.name.clear()).contains("owner"));
    assert!(refused(|r| r.received_at = None).contains("reception"));
}

#[test]
fn a_table_in_the_settings_changes_codes_and_leaves_the_rest() {
    let dialect: Dialect =
        serde_json::from_value(json!({"statuses": {"stopped": "3", "refused": "8"}})).unwrap();
    let told = |status| {
        let mut record = record();
        record.status = status;
        dossier::build(&record, &dialect).unwrap()["TrangThaiHoSo"].clone()
    };

    assert_eq!((told(Status::Stopped), told(Status::Refused)), (json!("3"), json!("8")));
    assert_eq!(told(Status::Decided), "9");
    assert_eq!(dialect.read_status("3"), Some(Status::Stopped));
    assert_eq!((dialect.read_status("11"), dialect.read_status("")), (None, None));
    let doubled: Dialect = serde_json::from_value(json!({"statuses": {"stopped": "9"}})).unwrap();
    assert_eq!(doubled.read_status("9"), None, "nobody knows which of the two is meant");
}

#[test]
fn a_name_or_link_that_must_not_be_cut_is_refused_when_it_is_too_long() {
    let long = "đ".repeat(4001);

    assert!(refused(|r| r.owner.name = long.clone()).contains("owner's name is too long"));
    assert!(refused(|r| r.papers[0].link = Some(long.clone())).contains("link to a paper is too long"));
    assert!(refused(|r| r.unit_name = long.clone()).contains("unit's name is too long"));
}

#[test]
fn the_day_of_refusal_is_told_of_refused_and_stopped_dossiers_alone() {
    let told =
        |status| built(|r| (r.status, r.refused_at) = (status, Some(afternoon())))["NgayTuChoi"].clone();

    assert_eq!(
        (told(Status::Refused), told(Status::Stopped)),
        (json!("20240529150000"), json!("20240529150000"))
    );
    assert_eq!((told(Status::Processing), told(Status::Decided)), (json!(""), json!("")));
}

#[test]
fn x_11_satisfaction_is_told_as_counted_and_never_made_up() {
    let told = satisfaction::build(&[crate::contract::portal::rated()]).unwrap();
    assert_eq!((&told[0]["NgayTongHop"], &told[0]["TongSoNguoiDanhGia"]), (&json!("5-2024"), &json!("8")));
    let shares = ["RatHaiLong", "HaiLong", "ChuaHaiLong"]
        .map(|kind| told[0][format!("PhanTramDanhGia{kind}")].clone());
    assert_eq!(shares, ["63%", "25%", "13%"]);
    assert_eq!(told[0]["PhanTramDanhGiaDichVuHaiLong"], "");

    let nobody =
        Satisfaction { very_satisfied: 0, satisfied: 0, dissatisfied: 0, ..crate::contract::portal::rated() };
    let failure = satisfaction::build(&[nobody]).unwrap_err();
    assert!(!failure.is_retry() && failure.reason().contains("nobody has rated"), "{failure}");
}

#[test]
fn an_answer_is_found_in_whatever_it_is_wrapped() {
    let rows = json!([{"MATTHC": "2.000815"}]);
    let inner = json!({"error_code": 0, "message": "Thành công", "result": rows});
    for said in [
        inner.clone(),
        json!({"error_code": "0", "message": "ok", "result": rows.to_string()}),
        json!({"error_code": "0", "message": inner.to_string()}),
        json!({"error_code": "0", "message": rows.to_string()}),
        json!({"code": 200, "status": true, "response": {"error_code0": "0", "message": "ok", "data": rows}}),
        json!({"errorCode": "0", "message": "ok", "result": {"data": rows}}),
    ] {
        let listed = answers::Said::of(said.clone()).unwrap().listed().unwrap();
        assert_eq!(json!(listed), rows, "{said}");
    }
}

#[test]
fn an_answer_means_what_its_code_and_its_words_say() {
    let meant = |said: Value| format!("{:?}", answers::Said::of(said).map(|said| said.verdict));

    for code in [json!("3"), json!(-3), json!("0"), json!(0)] {
        assert_eq!(meant(json!({"error_code": code, "message": "Mã hồ sơ ĐÃ TỒN TẠI"})), "Some(Known)");
    }
    assert_eq!(meant(json!({"error_code": -1, "message": "Phiên làm việc hết hạn"})), "Some(SessionLost)");
    assert_eq!(meant(json!({"error_code": "-1", "message": "Hồ sơ không tồn tại"})), "Some(Absent)");
    assert_eq!(meant(json!({"error_code": "-1", "message": "Lỗi"})), "Some(Refused(\"-1\", \"Lỗi\"))");
    let inside = json!({"error_code": "-1", "message": "Lỗi"}).to_string();
    assert!(
        meant(json!({"error_code": "0", "message": inside})).contains("Refused"),
        "the inner code counts"
    );
    for unreadable in
        [json!({}), json!([]), json!("0"), json!({"message": "Thành công"}), json!({"error_code": null})]
    {
        assert_eq!(meant(unreadable), "None");
    }
    let nothing = answers::Said::of(json!({"error_code": 0, "message": "Thành công"})).unwrap().listed();
    assert!(nothing.unwrap_err().is_retry(), "no list is not an empty list");
}
