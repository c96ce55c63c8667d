//! What the national portal is told is what happened, when it happened (law.md §10).

use super::fixture::{PLAIN, Scene};
use chrono::TimeDelta;
use entities::dossiers::acts::Act;
use entities::dossiers::application::PaperIn;
use entities::files::State;
use entities::pushes::ledger;
use entities::tables::{portal_exchanges, portal_pushes};
use rules::jobs::Job;
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::{Value, json};
use workers::Outcome;

async fn held(scene: &Scene, code: &str) -> Value {
    scene.portal.received().await["dossiers"][code].clone()
}

#[tokio::test]
async fn x_01_every_status_is_told_as_it_was_however_late_it_is_told() {
    let scene = Scene::open().await;
    let (officer, citizen) = (scene.officer(), scene.citizen());
    let dossier = scene.submit().await;
    let asked = Act::RequestSupplement {
        reason: "Thiếu trang 2".into(),
        components: vec!["CC-02".into()],
        despite: Vec::new(),
    };
    let file = scene.file(&citizen, "trang-2.pdf", PLAIN, State::Clean).await;
    let papers = vec![PaperIn { component: "CC-02".into(), file: Some(file), ..PaperIn::default() }];
    let acts = [
        (&officer, Act::Accept),
        (&officer, asked),
        (&citizen, Act::AnswerSupplement { papers, note: String::new() }),
        (&officer, Act::RequestPayment),
        (&officer, Act::Stop { reason: "Bản chính đã bị tẩy xóa".into() }),
    ];
    let mut last = dossier;
    for (by, act) in acts {
        scene.pass(TimeDelta::hours(1));
        last = scene.act(by, last.id, act).await;
    }

    scene.push_all(&last).await;

    let told = held(&scene, &last.code).await;
    assert_eq!(told["trail"], json!(["8"]), "one record for all that waited");
    let progress: Vec<_> =
        told["progress"].as_array().unwrap().iter().map(|l| l["TrangThai"].clone()).collect();
    assert_eq!(json!(progress), json!(["1", "2", "5", "4", "6", "8"]), "one line each and none made up");
    assert_eq!(told["progress"][2]["NoiDungXuLy"], "Yêu cầu bổ sung giấy tờ: Thiếu trang 2");
    assert_eq!(told["progress"][1]["NguoiXuLy"], "Nguyễn Văn Thử");
    let round = &told["record"]["DanhSachHoSoBoSung"][0];
    assert_eq!((&round["NoiDungBoSung"], &round["TrangThaiBoSung"]), (&json!("Thiếu trang 2"), &json!(true)));
    assert_eq!(told["record"]["NgayKetThucXuLy"], "", "nothing was decided");
    assert_eq!(told["record"]["NgayTuChoi"], "20260310140000");
}

#[tokio::test]
async fn an_entry_is_told_without_what_came_later() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.pass(TimeDelta::hours(1));
    let decided = scene.decide(dossier.id).await;
    let held_back = "UPDATE jobs SET state = 'cancelled' WHERE kind = 'push_to_portal' AND place > 1";
    scene.hands.database.writer().execute_unprepared(held_back).await.unwrap();

    scene.run(Job::PushToPortal { dossier: dossier.id, entry: 1 }).await;
    let at_first = held(&scene, &dossier.code).await["record"].clone();
    scene.push_all(&decided).await;
    let at_last = held(&scene, &dossier.code).await["record"].clone();

    assert_eq!((&at_first["NgayTiepNhan"], &at_first["NgayHenTra"]), (&json!(""), &json!("")));
    assert_eq!(
        (&at_first["NgayKetThucXuLy"], &at_first["NgayNopHoSo"]),
        (&json!(""), &json!("20260310090000"))
    );
    assert_eq!(at_first["DanhSachGiayToKetQua"], json!([]));
    assert_eq!(at_last["NgayTiepNhan"], "20260310100000");
    assert_eq!(at_last["NgayKetThucXuLy"], "20260310100000");
}

#[tokio::test]
async fn x_02_an_identity_number_that_is_not_known_is_not_told() {
    let scene = Scene::open().await;
    let known = scene.submit().await;
    let unknown = scene.submit_as(|a| a.applicant.id_number = None).await;

    scene.push_all(&known).await;
    scene.push_all(&unknown).await;

    let (known, unknown) = (held(&scene, &known.code).await, held(&scene, &unknown.code).await);
    assert_eq!(known["record"]["DinhDanhCHS"][0]["SoDinhDanh"], super::fixture::ID_NUMBER);
    assert_eq!(known["record"]["TaiKhoanDuocXacThucVoiVNeID"], "1");
    assert_eq!(unknown["record"]["DinhDanhCHS"], json!([]));
    assert_eq!(unknown["record"]["SoGiayToChuHoSo"], "");
    assert_eq!(unknown["record"]["TaiKhoanDuocXacThucVoiVNeID"], "", "nobody vouched for it");
}

#[tokio::test]
async fn x_02_a_sign_in_elsewhere_is_not_told_as_verified_through_vneid() {
    let mut scene = Scene::open().await;
    let mut office = (*scene.hands.office).clone();
    office.vneid_issuers = vec!["thử".into()];
    scene.hands.office = std::sync::Arc::new(office);
    let dossier = scene.submit().await;

    scene.push_all(&dossier).await;

    assert_eq!(held(&scene, &dossier.code).await["record"]["TaiKhoanDuocXacThucVoiVNeID"], "");
}

#[tokio::test]
async fn x_03_only_a_paper_with_a_readable_file_is_told_as_digitised() {
    let scene = Scene::open().await;
    let waiting = scene.file(&scene.citizen(), "cho.pdf", b"%PDF-1.7 cho", State::Quarantined).await;
    let dossier = scene.submit_as(|a| a.papers[1].file = Some(waiting)).await;

    scene.push_all(&dossier).await;

    let papers = held(&scene, &dossier.code).await["record"]["TaiLieuNop"].clone();
    assert_eq!((&papers[0]["DuocSoHoa"], &papers[1]["DuocSoHoa"]), (&json!("1"), &json!("0")));
    assert_eq!(
        (&papers[0]["MaThanhPhanHoSo"], &papers[0]["TenTepDinhKem"]),
        (&json!("CC-01"), &json!("CC-01.pdf"))
    );
    let link = papers[0]["DuongDanTaiTepTin"].as_str().unwrap();
    assert!(
        link.starts_with("https://motcua.example/v1/files/") && link.contains("/shared?expires="),
        "{link}"
    );
}

#[tokio::test]
async fn x_04_the_result_is_the_issued_one() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let decided = scene.decide(dossier.id).await;

    scene.push_all(&decided).await;

    let record = held(&scene, &dossier.code).await["record"].clone();
    let results = record["DanhSachGiayToKetQua"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["MaGiayToKetQua"], "KQ-CC-01");
    let submitted: Vec<_> =
        record["TaiLieuNop"].as_array().unwrap().iter().map(|p| &p["TepDinhKemId"]).collect();
    assert!(!submitted.contains(&&results[0]["GiayToId"]));
}

#[tokio::test]
async fn x_06_cash_is_not_told_as_paid_online() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.push_all(&dossier).await;
    let unpaid = held(&scene, &dossier.code).await["record"]["DuocThanhToanTrucTuyen"].clone();

    let paid =
        scene.act(&scene.officer(), dossier.id, Act::RecordPayment { proof: "cash 0001".into() }).await;
    scene.push_all(&paid).await;

    assert_eq!(unpaid, "3");
    assert_eq!(held(&scene, &dossier.code).await["record"]["DuocThanhToanTrucTuyen"], "3");
}

#[tokio::test]
async fn an_entry_is_told_once_however_often_the_job_runs() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;

    scene.push_all(&dossier).await;
    scene.push_all(&dossier).await;

    let told = held(&scene, &dossier.code).await;
    assert_eq!((&told["pushes"], told["progress"].as_array().unwrap().len()), (&json!(1), 1));
}

#[tokio::test]
async fn an_old_entry_replayed_does_not_set_a_dossier_of_the_portal_back_in_time() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let accepted = scene.act(&scene.officer(), dossier.id, Act::Accept).await;
    let born_there = "UPDATE dossiers SET national_id = 'G22.99-260310-0001'";
    scene.hands.database.writer().execute_unprepared(born_there).await.unwrap();

    let newest = scene.run(Job::PushToPortal { dossier: dossier.id, entry: accepted.entries }).await;
    let replayed = scene.run(Job::PushToPortal { dossier: dossier.id, entry: 1 }).await;

    assert_eq!((newest, replayed), (Outcome::Done, Outcome::Done));
    let told = scene.calls.calls().into_iter().filter(|call| call.what == "DongBoTrangThaiHoSo");
    assert_eq!(told.count(), 1);
    let rows = portal_pushes::Entity::find().all(scene.hands.database.reader()).await.unwrap();
    assert!(rows.len() == 2 && rows.iter().all(|row| row.told_at.is_some()));
}

#[tokio::test]
async fn a_portal_that_is_down_is_told_later() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    let job = Job::PushToPortal { dossier: dossier.id, entry: 1 };

    scene.portal.magic("down").await;
    let first = scene.run(job.clone()).await;
    scene.portal.magic("up").await;
    let second = scene.run(job).await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(second, Outcome::Done);
    assert_eq!(held(&scene, &dossier.code).await["trail"], json!(["1"]));
}

#[tokio::test]
async fn a_worker_that_fell_before_it_noted_the_answer_repeats_harmlessly() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.push_all(&dossier).await;
    portal_pushes::Entity::delete_many().exec(scene.hands.database.writer()).await.unwrap();

    scene.push_all(&dossier).await;

    let told = held(&scene, &dossier.code).await;
    assert_eq!(
        (&told["pushes"], told["progress"].as_array().unwrap().len()),
        (&json!(2), 1),
        "an update, one line"
    );
}

#[tokio::test]
async fn a_push_that_broke_off_goes_on_at_the_progress_line() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;
    scene.push_all(&dossier).await;
    let accepted = scene.act(&scene.officer(), dossier.id, Act::Accept).await;
    let job = Job::PushToPortal { dossier: dossier.id, entry: accepted.entries };

    scene.portal.magic("slow").await;
    scene.portal.magic("error").await;
    let first = scene.run(job.clone()).await;
    let second = scene.run(job).await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(second, Outcome::Done);
    let told = held(&scene, &dossier.code).await;
    assert_eq!(
        (&told["pushes"], told["progress"].as_array().unwrap().len()),
        (&json!(2), 2),
        "one each an entry"
    );
    let calls = scene.calls.sentences();
    assert_eq!(calls.iter().filter(|call| call.ends_with("DongBoHoSoMC")).count(), 2, "{calls:?}");
}

#[tokio::test]
async fn what_was_sent_is_kept_sealed() {
    let scene = Scene::open().await;
    let dossier = scene.submit().await;

    scene.push_all(&dossier).await;

    let db = scene.hands.database.reader();
    let rows = portal_exchanges::Entity::find().all(db).await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.service.as_str(), row.verdict.as_str())).collect();
    let wanted = [("TraCuuTechID", "answered"), ("DongBoHoSoMC", "taken"), ("CapNhatTienDoHoSoMC", "taken")];
    assert_eq!(told, wanted);
    assert!(rows.iter().all(|row| row.request_sealed.starts_with("s2.")), "{rows:#?}");
    let (request, answer) = ledger::texts(&scene.hands.sealer, &rows[1]).unwrap();
    assert!(request.contains("Trần Thị Mẫu") && request.contains(r#""session":"***""#), "{request}");
    assert!(request.contains("signature=***") && answer.unwrap().contains("error_code"), "{request}");
    let push = entities::pushes::of_dossier(db, dossier.id).await.unwrap();
    assert_eq!((push[0].record_exchange, push[0].line_exchange), (Some(rows[1].id), Some(rows[2].id)));
}
