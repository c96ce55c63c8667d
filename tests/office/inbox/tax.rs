//! Land tax: what is owed is kept and shown; a receipt pays it when dossier, notice and sum fit.

use super::scene::{Scene, dossier};
use crate::support::commune::{DESK, INSPECTOR, MAU, text};
use crate::support::house::problem;
use crate::support::papers::PDF;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json as body};
use workers::Outcome;

const ID: &str = "G22.99-260310-0001";

fn notice(code: &str, lines: &[(&str, &str, i64)]) -> Value {
    let items: String = lines
        .iter()
        .map(|(decision, item, sum)| {
            format!(
                "<LIST><MA_SO_THUE>8000000001</MA_SO_THUE><SO_QUYET_DINH>{decision}</SO_QUYET_DINH>\
                 <NGAY_QUYET_DINH>09-03-2026</NGAY_QUYET_DINH><TEN_TIEUMUC>{item}</TEN_TIEUMUC>\
                 <SO_TIEN>{sum}</SO_TIEN></LIST>"
            )
        })
        .collect();
    let sheet = format!("<DATA><BODY><ROW_LIST><MA_HSO>{code}</MA_HSO>{items}</ROW_LIST></BODY></DATA>");
    body!({"service": "NhanThongBaoThueDat", "data": {"FileThongBaoThue": STANDARD.encode(sheet)}})
}

fn receipt(code: &str, notice: &str, sum: i64) -> Value {
    body!({"service": "NhanChungTuThueDat", "data": {
        "MaHoSo": code, "HoTenNguoiNopTien": "Nguyễn Thị Mẫu", "UrlFileChungTu": "/files/chung-tu.pdf",
        "ThongTinThanhToan": {"MaThongBaoThue": notice, "ThoiGianThanhToan": "20260310090000",
            "SoTien": sum.to_string(), "NoiDungThanhToan": "Nộp thuế", "TrangThaiThanhToan": "1"},
    }})
}

async fn shown(scene: &Scene, dossier: &entities::tables::dossiers::Model) -> Value {
    scene.commune.read(MAU, &format!("/v1/dossiers/{}/tax-notices", dossier.id)).await
}

#[tokio::test]
async fn a_notice_is_kept_once_and_shown_to_the_owner_and_the_desk() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    let told = notice(&taken.code, &[("TB-1", "Lệ phí trước bạ", 500_000), ("TB-1", "Thuế TNCN", 2_000_000)]);

    let heard =
        [scene.send("NhanThongBaoThueDat", &told).await, scene.send("NhanThongBaoThueDat", &told).await];

    assert_eq!((&heard[0]["error_code"], &heard[1]["error_code"]), (&body!("0"), &body!("1")), "{heard:?}");
    let lines = shown(&scene, &taken).await;
    assert_eq!(lines.as_array().unwrap().len(), 2);
    assert_eq!((&lines[0]["amount"], &lines[0]["state"]), (&body!(500_000), &body!("due")));
    assert_eq!(lines[0]["decided_on"], "2026-03-09");
    let masked = scene.commune.get(INSPECTOR, &format!("/v1/dossiers/{}/tax-notices", taken.id)).await;
    problem(masked, 403, "forbidden").await;
}

#[tokio::test]
async fn another_sum_for_the_same_line_changes_nothing() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    scene.send("NhanThongBaoThueDat", &notice(ID, &[("TB-1", "Lệ phí trước bạ", 500_000)])).await;

    scene.send("NhanThongBaoThueDat", &notice(ID, &[("TB-1", "Lệ phí trước bạ", 5)])).await;

    assert_eq!(shown(&scene, &taken).await[0]["amount"], 500_000);
    assert_eq!(scene.flags().await, ["tax_differs"]);
}

#[tokio::test]
async fn a_receipt_that_fits_pays_and_its_file_is_fetched() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    scene.send("NhanThongBaoThueDat", &notice(ID, &[("TB-1", "Lệ phí trước bạ", 500_000)])).await;
    scene.behind("/files/chung-tu.pdf", Ok(PDF.into()));

    let told = receipt(&taken.code, "TB-1", 500_000);
    let heard =
        [scene.send("NhanChungTuThueDat", &told).await, scene.send("NhanChungTuThueDat", &told).await];

    assert_eq!((&heard[0]["error_code"], &heard[1]["error_code"]), (&body!("0"), &body!("1")), "{heard:?}");
    assert_eq!(scene.fetch_papers().await, [Outcome::Done]);
    let line = shown(&scene, &taken).await[0].clone();
    assert_eq!((text(&line, "state"), text(&line, "paid_at")), ("paid", "2026-03-10T02:00:00Z"));
    assert_eq!(line["receipt"]["amount"], 500_000);
    let file = scene.commune.read(MAU, &format!("/v1/files/{}", text(&line["receipt"], "file"))).await;
    assert_eq!(text(&file, "state"), "quarantined");
    assert_eq!(scene.flags().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_receipt_pays_all_lines_of_a_notice_at_once() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    let lines = [("TB-1", "Lệ phí trước bạ", 500_000), ("TB-1", "Thuế TNCN", 2_000_000), ("TB-2", "Khác", 7)];
    scene.send("NhanThongBaoThueDat", &notice(ID, &lines)).await;

    scene.send("NhanChungTuThueDat", &receipt(ID, "TB-1", 2_500_000)).await;

    let states: Vec<Value> =
        shown(&scene, &taken).await.as_array().unwrap().iter().map(|line| line["state"].clone()).collect();
    assert_eq!(states, [body!("paid"), body!("paid"), body!("due")]);
}

#[tokio::test]
async fn a_receipt_that_does_not_fit_is_kept_and_flagged() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    scene.send("NhanThongBaoThueDat", &notice(ID, &[("TB-1", "Lệ phí trước bạ", 500_000)])).await;

    scene.send("NhanChungTuThueDat", &receipt(ID, "TB-1", 499_999)).await;
    scene.send("NhanChungTuThueDat", &receipt(ID, "TB-9", 500_000)).await;
    let stranger = scene.send("NhanChungTuThueDat", &receipt("H55.101-260310-9999", "TB-1", 500_000)).await;
    let mut unpaid = receipt(ID, "TB-1", 500_000);
    unpaid["data"]["ThongTinThanhToan"]["TrangThaiThanhToan"] = body!("0");
    scene.send("NhanChungTuThueDat", &unpaid).await;

    assert_eq!(shown(&scene, &taken).await[0]["state"], "due");
    assert_eq!(stranger["error_code"], "-1");
    let wrong: Vec<String> = scene.flags().await.into_iter().filter(|code| code.starts_with("tax")).collect();
    assert_eq!(wrong, ["tax_receipt_unmatched", "tax_receipt_unmatched", "tax_unpaid"]);
    assert_eq!(scene.commune.read(DESK, "/v1/flags").await["items"].as_array().unwrap().len(), 6);
}

#[tokio::test]
async fn lines_of_dossiers_that_are_not_here_are_told_back() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    let sheet = format!(
        "<DATA><BODY><ROW_LIST><MA_HSO>{ID}</MA_HSO><LIST><SO_QUYET_DINH>TB-1</SO_QUYET_DINH><SO_TIEN>5</SO_TIEN></LIST>\
         </ROW_LIST><ROW_LIST><MA_HSO>LA</MA_HSO><LIST><SO_QUYET_DINH>TB-2</SO_QUYET_DINH><SO_TIEN>5</SO_TIEN></LIST>\
         </ROW_LIST></BODY></DATA>"
    );

    let told = body!({"data": {"FileThongBaoThue": STANDARD.encode(sheet)}});
    let answer = scene.send("NhanThongBaoThueDat", &told).await;

    assert_eq!(answer["error_code"], "-1");
    assert_eq!(shown(&scene, &taken).await.as_array().unwrap().len(), 1);
    assert_eq!(scene.verdicts().await, ["taken", "partly"]);
}

#[tokio::test]
async fn a_receipt_that_is_told_before_its_notice_pays_it_when_it_comes() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    scene.send("NhanChungTuThueDat", &receipt(ID, "TB-1", 2_500_000)).await;
    let flagged = scene.flags().await;

    let lines = [("TB-1", "Lệ phí trước bạ", 500_000), ("TB-1", "Thuế TNCN", 2_000_000), ("TB-2", "Khác", 7)];
    scene.send("NhanThongBaoThueDat", &notice(ID, &lines)).await;

    assert!(flagged.contains(&"tax_receipt_unmatched".to_owned()), "{flagged:?}");
    assert_eq!(states(&shown(&scene, &taken).await), ["paid", "paid", "due"]);
    assert!(!scene.flags().await.contains(&"tax_receipt_unmatched".to_owned()));
    let again = scene.send("NhanChungTuThueDat", &receipt(ID, "TB-1", 2_500_000)).await;
    assert_eq!(again["error_code"], "1", "{again}");
}

#[tokio::test]
async fn two_receipts_pay_two_lines_of_the_same_sum_and_one_sent_twice_pays_one() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier(ID)).await;
    let lines = [("TB-1", "Lệ phí trước bạ", 500_000), ("TB-1", "Thuế TNCN", 500_000)];
    scene.send("NhanThongBaoThueDat", &notice(ID, &lines)).await;
    let first = receipt(ID, "TB-1", 500_000);
    let mut elsewhere = first.clone();
    elsewhere["data"]["UrlFileChungTu"] = body!("/files/chung-tu-2.pdf");
    let mut second = first.clone();
    second["data"]["ThongTinThanhToan"]["ThoiGianThanhToan"] = body!("20260310100000");

    for told in [&first, &first, &elsewhere] {
        scene.send("NhanChungTuThueDat", told).await;
    }
    let after_one = shown(&scene, &taken).await;
    let one = states(&after_one);
    scene.send("NhanChungTuThueDat", &second).await;

    assert_eq!(one, ["paid", "due"]);
    assert_eq!(states(&shown(&scene, &taken).await), ["paid", "paid"]);
    let kept =
        entities::inbox::tax_receipts::receipts(scene.commune.database.reader(), taken.id).await.unwrap();
    assert_eq!(kept.iter().map(|row| row.matched).collect::<Vec<_>>(), [true, false, true]);
}

fn states(lines: &Value) -> Vec<&str> {
    lines.as_array().unwrap().iter().map(|line| text(line, "state")).collect()
}
