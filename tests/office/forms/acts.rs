//! Which act issues which form, and what stands on it.

use super::desk::{assert_says, form, forms_of, rows, words};
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, text};
use chrono::{TimeDelta, TimeZone, Utc};
use serde_json::{Value, json as body};

async fn received(commune: &Commune) -> Value {
    let dossier = commune.submit(MAU, commune.trial(2), |a| {
        a["applicant"]["phone"] = body!("0900000001");
        a["applicant"]["address"] =
            body!({"line": "Tổ 5", "commune": "phường Đức Xuân", "province": "tỉnh Thử Nghiệm"});
    });
    let dossier = dossier.await;
    commune.pass(TimeDelta::minutes(7));
    commune.done(DESK, &dossier, "acceptance", body!({})).await
}

#[tokio::test]
async fn l_03_a_reception_issues_the_receipt_with_hour_and_minute() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let secret = commune.now(MAU, &dossier).await["lookup_secret"].as_str().unwrap().to_owned();

    let receipt = form(&commune, MAU, &dossier, "receipt").await;
    let read = words(&commune, MAU, &dossier, "receipt").await;

    assert_eq!((&receipt["form_number"], &receipt["regime"]), (&body!(1), &body!("r2025")));
    assert_eq!((&receipt["number"], &receipt["entry"]), (&body!(1), &body!(2)));
    let said = [
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG ĐỨC XUÂN",
        "Số: 01/TNHS",
        "Đức Xuân, ngày 10 tháng 3 năm 2026",
        "Thời gian nhận hồ sơ: 09 giờ 07 phút, ngày 10 tháng 3 năm 2026",
        "17 giờ 00 phút, ngày 24 tháng 3 năm 2026",
        "Nguyễn Thị Mẫu",
        "Tổ 5, phường Đức Xuân, tỉnh Thử Nghiệm",
        "0900000001",
        "Thủ tục thử tạm dừng khi bổ sung",
        "Giấy thử thứ nhất",
        "01 bộ",
        "10 ngày làm việc",
        "Nhận tại Bộ phận Một cửa",
        "Quyển số 2026, số thứ tự 1",
        "Hoàng Văn Cửa",
    ];
    assert_says(&read, &said);
    assert_says(&read, &[text(&dossier, "code"), &secret, "https://motcua.example/v1/lookups"]);
}

#[tokio::test]
async fn l_05_receipts_are_numbered_without_a_gap_in_the_book_of_the_year() {
    let commune = Commune::open().await;
    for _ in 0..2 {
        received(&commune).await;
    }
    let dry = commune.submit(MAU, commune.trial(2), |_| {}).await;
    assert_eq!(commune.dry(DESK, &dry, "acceptance", &body!({})).await.status(), 200);
    received(&commune).await;

    let numbers: Vec<(i32, i32)> = rows(&commune).await.iter().map(|row| (row.year, row.number)).collect();

    assert_eq!(numbers, [(2026, 1), (2026, 2), (2026, 3)], "a dry run takes no number");
}

#[tokio::test]
async fn l_04_a_request_for_papers_says_what_is_missing_and_why() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let asked = body!({"reason": "Ảnh chụp bị mờ.\nĐề nghị chụp lại đủ bốn góc.", "components": ["CC-02"]});

    commune.done(DESK, &dossier, "supplement-request", asked).await;

    let read = words(&commune, MAU, &dossier, "supplement_request").await;
    let said = ["PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Số: 01/HDHS", "Ảnh chụp bị mờ.", "đủ bốn góc."];
    assert_says(&read, &said);
    assert_says(&read, &["Mẫu số 02", "Hoàng Văn Cửa", text(&dossier, "code")]);
}

#[tokio::test]
async fn l_03_a_refusal_says_its_reason() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;

    commune.done(DESK, &dossier, "refusal", body!({"reason": "Thuộc thẩm quyền của xã khác."})).await;

    let read = words(&commune, MAU, &dossier, "refusal").await;
    assert_says(&read, &["PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Thuộc thẩm quyền của xã khác."]);
    assert_eq!(forms_of(&commune, DESK, &dossier).await.len(), 1);
}

#[tokio::test]
async fn l_40_an_apology_says_the_old_and_the_new_appointment() {
    let commune = Commune::open().await;
    let dossier = received(&commune).await;
    let asked = body!({"new_due": "2026-03-27", "reason": "Cần xác minh tại nơi cấp."});

    commune.done(HEAD, &dossier, "extension", asked).await;

    let read = words(&commune, MAU, &dossier, "apology").await;
    let said = [
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Mẫu số 04",
        "17 giờ 00 phút, ngày 24 tháng 3 năm 2026",
        "17 giờ 00 phút, ngày 27 tháng 3 năm 2026",
        "Cần xác minh tại nơi cấp.",
        "Nông Văn Duyệt",
    ];
    assert_says(&read, &said);
}

#[tokio::test]
async fn l_44_a_stop_issues_its_notice_and_closes_the_control_slip() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;

    commune.done(HEAD, &dossier, "stop", body!({"reason": "Người nộp không bổ sung giấy tờ."})).await;

    let read = words(&commune, MAU, &dossier, "stop_notice").await;
    assert_says(&read, &["THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Mẫu số 05", "không bổ sung giấy tờ."]);
    let slip = words(&commune, DESK, &dossier, "control_slip").await;
    assert_says(&slip, &["PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", "Mẫu số 06", "Triệu Thị Lý"]);
}

#[tokio::test]
async fn l_53_a_decision_closes_the_control_slip_with_who_gave_and_took_it() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;

    commune.done(HEAD, &dossier, "decision", commune.decision("KQ-KS-01").await).await;

    let slip = words(&commune, CASE, &dossier, "control_slip").await;
    let said = ["Người giao: Hoàng Văn Cửa", "Người giao: Triệu Thị Lý", "09 giờ 00 phút, ngày 10/03/2026"];
    assert_says(&slip, &said);
    assert_says(&slip, &[text(&dossier, "code"), "Nông Văn Duyệt"]);
}

#[tokio::test]
async fn l_44_a_dossier_gets_the_forms_of_the_regime_it_was_received_under() {
    let commune = Commune::open_at(Utc.with_ymd_and_hms(2025, 6, 24, 2, 0, 0).unwrap()).await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    commune.pass(TimeDelta::days(8));

    let dossier = commune.done(HEAD, &dossier, "stop", body!({"reason": "Người nộp xin dừng."})).await;

    let forms = forms_of(&commune, DESK, &dossier).await;
    let numbers: Vec<_> =
        forms.iter().map(|f| (text(f, "kind"), text(f, "regime"), &f["form_number"])).collect();
    let (one, five) = (body!(1), body!(5));
    assert_eq!(numbers, [("receipt", "r2018", &one), ("control_slip", "r2018", &five)], "no form 05 of 2025");
    assert_says(&words(&commune, DESK, &dossier, "control_slip").await, &["Mẫu số 05"]);
}

#[tokio::test]
async fn l_44_what_was_submitted_before_and_received_under_the_new_regime_has_its_forms() {
    let commune = Commune::open_at(Utc.with_ymd_and_hms(2025, 6, 30, 2, 0, 0).unwrap()).await;
    let dossier = commune.submit(MAU, commune.trial(2), |_| {}).await;
    commune.pass(TimeDelta::days(1));
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;

    let dossier = commune.done(HEAD, &dossier, "stop", body!({"reason": "Người nộp xin dừng."})).await;

    let forms = forms_of(&commune, DESK, &dossier).await;
    let kinds: Vec<_> = forms.iter().map(|form| (text(form, "kind"), text(form, "regime"))).collect();
    assert_eq!(kinds, [("receipt", "r2025"), ("control_slip", "r2025"), ("stop_notice", "r2025")]);
}

#[tokio::test]
async fn l_20_a_receipt_for_another_unit_says_from_when_its_time_counts() {
    let commune = Commune::open_at(Utc.with_ymd_and_hms(2026, 11, 10, 2, 0, 0).unwrap()).await;
    let handed_in = body!({
        "procedure": "9.000501", "unit": commune.unit, "authority": commune.neighbour, "channel": "online",
        "applicant_kind": "citizen", "applicant": {"name": "Nguyễn Thị Mẫu"}, "form": {"note": "thử"},
        "papers": [{"component": "T51-01"}], "return_method": "desk",
    });
    let dossier = commune.submit(MAU, handed_in, |_| {}).await;

    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;

    let read = words(&commune, MAU, &dossier, "receipt").await;
    let authority = commune.read(MAU, &format!("/v1/units/{}", commune.neighbour)).await;
    let counted = format!("Tính từ khi {} nhận đủ hồ sơ hợp lệ", text(&authority, "name"));
    assert_says(&read, &["09 giờ 00 phút, ngày 10 tháng 11 năm 2026", &counted]);
}
