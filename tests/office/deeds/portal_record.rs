//! Each field of the record comes from what the office knows, and is absent where it knows nothing (law.md §9, §10).

use super::fixture::{PLAIN, Scene, application};
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::dossiers::application::{PaperIn, ReturnMethod};
use entities::files::State;
use entities::payments::desk::Taking;
use entities::receipts::by_hand::HandReceipts;
use entities::tables::dossiers::Model as Dossier;
use rules::fees::receipts::Medium;
use rules::procedure::Channel;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::sync::Arc;
use workers::deeds::OfficeSettings;

async fn told(scene: &Scene, dossier: &Dossier) -> Value {
    scene.push_all(dossier).await;
    scene.portal.received().await["dossiers"][&dossier.code].clone()
}

async fn sql(scene: &Scene, text: &str) {
    scene.hands.database.writer().execute_unprepared(text).await.unwrap();
}

/// Handed in by an officer for somebody, with papers that only the desk has seen.
async fn handed_in(scene: &Scene, channel: Channel) -> Dossier {
    let by = scene.officer();
    let mut application = application(scene.unit);
    application.channel = channel;
    application.papers = ["CC-01", "CC-02"]
        .map(|code| PaperIn { component: code.into(), file: None, ..PaperIn::default() })
        .into();
    let tx = scene.hands.database.begin().await.unwrap();
    let handed_in = scene.door(&tx, &by).submit(&application).await.unwrap();
    handed_in.rows.write(&tx).await.unwrap();
    tx.commit().await.unwrap();
    handed_in.dossier
}

/// The fee is taken at the desk in cash.
pub async fn paid_in_cash(scene: &Scene, dossier: &Dossier) -> Dossier {
    let by = scene.officer();
    let number = Some(dossier.code.clone());
    let receipts = HandReceipts { number, le_phi_number: None, medium: Medium::Paper };
    let taking = Taking { receipts: Some(receipts), ..Taking::default() };
    let tx = scene.hands.database.begin().await.unwrap();
    let paid = scene.door(&tx, &by).take(dossier.id, None, &taking).await.unwrap();
    tx.commit().await.unwrap();
    paid
}

/// An office whose administrator knows some codes of the portal.
fn knowing(scene: &mut Scene, codes: Value) {
    let office = OfficeSettings {
        portal_codes: serde_json::from_value(codes).unwrap(),
        ..OfficeSettings::clone(&scene.hands.office)
    };
    scene.hands.office = Arc::new(office);
}

#[tokio::test]
async fn so_bien_nhan_is_the_number_of_the_receipt_that_was_handed_out() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let before = told(&scene, &dossier).await["record"]["SoBienNhan"].clone();

    let accepted = scene.act(&scene.officer(), dossier.id, Act::Accept).await;

    assert_eq!(before, "", "nothing was handed out yet");
    assert_eq!(told(&scene, &accepted).await["record"]["SoBienNhan"], "01/TNHS");
}

#[tokio::test]
async fn kenh_thuc_hien_is_the_channel_it_came_in_by() {
    let scene = Scene::open().await;
    let ways = [
        (handed_in(&scene, Channel::Desk).await, "1"),
        (scene.submit().await, "2"),
        (handed_in(&scene, Channel::Post).await, "3"),
    ];

    for (dossier, code) in ways {
        assert_eq!(told(&scene, &dossier).await["record"]["KenhThucHien"], code);
    }
}

#[tokio::test]
async fn hinh_thuc_is_the_way_the_result_goes() {
    let scene = Scene::open().await;
    for (way, code) in [(ReturnMethod::Desk, "0"), (ReturnMethod::Post, "1")] {
        let dossier = scene.submit_as(|a| a.return_method = way).await;

        assert_eq!(told(&scene, &dossier).await["record"]["HinhThuc"], code, "{way:?}");
    }
}

#[tokio::test]
async fn ngay_tu_choi_is_told_of_a_refusal_and_of_nothing_else() {
    let scene = Scene::open().await;
    let refused = scene.submit().await;
    let reason = "Không thuộc thẩm quyền".to_owned();
    let refused = scene.act(&scene.officer(), refused.id, Act::Refuse { reason }).await;
    let decided = scene.submit().await;
    let decided = scene.decide(decided.id).await;

    let (refused, decided) = (told(&scene, &refused).await, told(&scene, &decided).await);

    assert_eq!(refused["record"]["NgayTuChoi"], "20260310090000");
    assert_eq!(refused["record"]["GhiChu"], "Không thuộc thẩm quyền");
    assert_eq!(
        (&refused["record"]["TrangThaiHoSo"], &decided["record"]["NgayTuChoi"]),
        (&"3".into(), &"".into())
    );
}

#[tokio::test]
async fn danh_sach_ho_so_bo_sung_holds_a_round_for_each_asking_with_both_due_dates() {
    let scene = Scene::open().await;
    let (officer, citizen) = (scene.officer(), scene.citizen());
    let dossier = scene.submit().await;
    let ask = |reason: &str| Act::RequestSupplement {
        reason: reason.into(),
        components: vec!["CC-02".into()],
        despite: Vec::new(),
    };
    let answer = async || {
        let file = scene.file(&citizen, "trang-2.pdf", PLAIN, State::Clean).await;
        let papers = vec![PaperIn { component: "CC-02".into(), file: Some(file), ..PaperIn::default() }];
        Act::AnswerSupplement { papers, note: String::new() }
    };
    scene.act(&officer, dossier.id, ask("Thiếu trang 2")).await;
    scene.act(&citizen, dossier.id, answer().await).await;
    scene.act(&officer, dossier.id, Act::Accept).await;
    scene.pass(TimeDelta::hours(1));
    scene.act(&officer, dossier.id, ask("Trang 2 bị mờ")).await;
    scene.pass(TimeDelta::days(1));
    let last = scene.act(&citizen, dossier.id, answer().await).await;

    let rounds = told(&scene, &last).await["record"]["DanhSachHoSoBoSung"].clone();

    let of = |field: &str| rounds.as_array().unwrap().iter().map(|r| r[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("NoiDungBoSung"), ["Thiếu trang 2", "Trang 2 bị mờ"]);
    assert_eq!(of("HoSoBoSungId"), [1, 2]);
    assert_eq!(of("NguoiTiepNhanBoSung"), ["", ""], "what came in online was taken by nobody");
    assert_eq!(rounds[0]["NgayHenTraTruoc"], "", "there was no due date at the intake");
    let (before, after) = (&rounds[1]["NgayHenTraTruoc"], &rounds[1]["NgayHenTraMoi"]);
    assert!(before.as_str().unwrap() < after.as_str().unwrap(), "{before} {after}");
    assert_eq!(rounds[1]["DanhSachGiayToBoSung"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nguoi_tiep_nhan_bo_sung_is_the_officer_who_took_the_papers_in() {
    let scene = Scene::open().await;
    let officer = scene.officer();
    let dossier = handed_in(&scene, Channel::Desk).await;
    scene.act(&officer, dossier.id, Act::Accept).await;
    let asked = Act::RequestSupplement {
        reason: "Thiếu trang 2".into(),
        components: vec!["CC-02".into()],
        despite: Vec::new(),
    };
    scene.act(&officer, dossier.id, asked).await;
    let papers = vec![PaperIn { component: "CC-02".into(), file: None, ..PaperIn::default() }];
    let brought = Act::AnswerSupplement { papers, note: "Mang đến quầy số 2".into() };
    let last = scene.act(&officer, dossier.id, brought).await;

    let round = told(&scene, &last).await["record"]["DanhSachHoSoBoSung"][0].clone();

    assert_eq!(round["NguoiTiepNhanBoSung"], "Nguyễn Văn Thử");
    assert_eq!(round["ThongTinTiepNhan"], "Mang đến quầy số 2");
}

#[tokio::test]
async fn x_06_the_way_of_collection_is_told_only_where_its_code_is_known() {
    let mut scene = Scene::open().await;
    let dossier = scene.submit().await;
    let unpaid = told(&scene, &dossier).await["record"]["DanhSachLePhi"].clone();
    let paid = paid_in_cash(&scene, &dossier).await;
    let unknown = told(&scene, &paid).await["record"]["DanhSachLePhi"].clone();

    knowing(&mut scene, json!({"collected": {"cash": "2"}}));
    let other = scene.submit().await;
    let other = paid_in_cash(&scene, &other).await;
    let known = told(&scene, &other).await["record"].clone();

    assert_eq!((&unpaid[0]["HinhThucThu"], &unknown[0]["HinhThucThu"]), (&json!(""), &json!("")));
    assert_eq!(known["DanhSachLePhi"][0]["HinhThucThu"], "2");
    assert_eq!(
        (&known["DanhSachLePhi"][0]["Gia"], &known["DanhSachLePhi"][0]["LoaiPhiLePhi"]),
        (&"10000".into(), &"1".into())
    );
    assert_eq!(known["DuocThanhToanTrucTuyen"], "3", "cash is not online");
}

#[tokio::test]
async fn ds_ket_noi_csdl_names_the_databases_that_papers_came_from() {
    let mut scene = Scene::open().await;
    knowing(&mut scene, json!({"databases": {"database": "1"}}));
    let none = scene.submit().await;
    let some = scene.submit().await;
    sql(&scene, "UPDATE papers SET source = 'database' WHERE component = 'CC-01'").await;
    sql(&scene, &format!("UPDATE papers SET source = 'new' WHERE dossier_id = {}", literal(&scene, &none)))
        .await;

    let (none, some) = (told(&scene, &none).await, told(&scene, &some).await);

    assert_eq!(none["record"]["DSKetNoiCSDL"], json!([]), "no constant stands in for an answer");
    assert_eq!(some["record"]["DSKetNoiCSDL"], json!([{"MaCSDL": "1"}]));
}

#[tokio::test]
async fn x_03_a_paper_is_told_as_reused_when_it_lies_in_another_dossier() {
    let scene = Scene::open().await;
    let file = scene.file(&scene.citizen(), "ho-khau.pdf", PLAIN, State::Clean).await;
    scene.submit_as(|a| a.papers[0].file = Some(file)).await;
    let again = scene.submit_as(|a| a.papers[0].file = Some(file)).await;
    sql(
        &scene,
        &format!("UPDATE papers SET source = 'reused' WHERE dossier_id = {}", literal(&scene, &again)),
    )
    .await;

    let papers = told(&scene, &again).await["record"]["TaiLieuNop"].clone();

    assert_eq!((&papers[0]["DuocTaiSuDung"], &papers[1]["DuocTaiSuDung"]), (&json!("1"), &json!("0")));
    assert_eq!(papers[0]["DuocLayTuKhoDMQG"], "0");
}

#[tokio::test]
async fn ho_so_co_thanh_phan_so_hoa_follows_from_its_papers() {
    let scene = Scene::open().await;
    let some = scene.submit().await;
    let none = handed_in(&scene, Channel::Desk).await;

    let (some, none) = (told(&scene, &some).await, told(&scene, &none).await);

    assert_eq!(some["record"]["HoSoCoThanhPhanSoHoa"], "1");
    assert_eq!(none["record"]["HoSoCoThanhPhanSoHoa"], "0");
    assert_eq!(none["record"]["DanhSachTepDinhKemKhac"], json!([]), "none are taken in outside the list");
}

#[tokio::test]
async fn a_progress_line_carries_its_step_from_the_hand_overs() {
    let scene = Scene::open().await;
    let by = scene.officer();
    let dossier = scene.submit().await;
    scene.act(&by, dossier.id, Act::Accept).await;
    scene.pass(TimeDelta::minutes(30));
    scene.act(&by, dossier.id, Act::Forward { note: String::new() }).await;
    scene.pass(TimeDelta::minutes(20));
    let last = scene.act(&by, dossier.id, Act::Forward { note: String::new() }).await;

    let lines = told(&scene, &last).await["progress"].clone();

    let of = |field: &str| lines.as_array().unwrap().iter().map(|l| l[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("NgayBatDau"), ["", "", "20260310090000", "20260310093000"]);
    assert_eq!(lines[3]["NgayKetThucTheoQuyDinh"], "20260310103000", "the step has one working hour");
    assert_eq!(lines[0]["NgayKetThucTheoQuyDinh"], "", "nobody had it to work on");
    assert_eq!((&lines[0]["ChucDanh"], &lines[0]["PhongBanXuLy"]), (&"".into(), &"".into()));
    assert_eq!(lines[3]["PhongBanXuLy"], "Ủy ban nhân dân phường Đức Xuân");
    assert_eq!(lines[3]["ChucDanh"], "Công chức tư pháp");
}

#[tokio::test]
async fn one_that_was_handed_in_at_the_portal_is_told_by_its_status_alone() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    sql(&scene, "UPDATE dossiers SET system_of_record = 'dvcqg', national_id = 'QG-2026-0007'").await;
    let accepted = scene.act(&scene.officer(), dossier.id, Act::Accept).await;

    scene.push_all(&accepted).await;
    scene.push_all(&accepted).await;

    let calls = scene.calls.calls();
    let services: Vec<_> =
        calls.iter().map(|call| call.what.as_str()).filter(|what| *what != "login").collect();
    assert_eq!(services, ["DongBoTrangThaiHoSo", "DongBoTrangThaiHoSo"], "one for each entry, once");
    let last = &calls.last().unwrap().body["data"];
    assert_eq!((&last["MaHoSo"], &last["MaHoSoDonVi"]), (&"QG-2026-0007".into(), &json!(accepted.code)));
    assert_eq!(last["NgayXuLy"], "20260310090000");
}

/// A key as the engine writes it in a statement.
fn literal(scene: &Scene, dossier: &Dossier) -> String {
    match scene.hands.database.backend() {
        sea_orm::DbBackend::Postgres => format!("'{}'", dossier.id),
        _ => format!("X'{}'", dossier.id.simple()),
    }
}
