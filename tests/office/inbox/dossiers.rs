//! A dossier that was handed in at the portal: one, however often it is sent; nothing invented, nothing lost.

use super::scene::{KEY, MAU_ID, Scene, dossier};
use crate::support::clock;
use crate::support::commune::{Commune, DESK, MAU, NEIGHBOUR, THU, text};
use crate::support::house::{json, problem};
use chrono::{TimeDelta, TimeZone, Utc};
use entities::dossiers::reading;
use entities::law::LawSettings;
use entities::people;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json as body;

#[tokio::test]
async fn n_04_a_dossier_of_the_portal_goes_the_ordinary_way() {
    let scene = Scene::open().await;

    let taken = scene.taken(&dossier("G22.99-260310-0001")).await;

    assert_eq!((taken.code.as_str(), taken.status.as_str()), ("H55.101-260310-0001", "submitted"));
    assert_eq!((taken.channel.as_str(), taken.return_method.as_str()), ("online", "desk"));
    assert_eq!(taken.sent_at, Some(Utc.with_ymd_and_hms(2026, 3, 10, 1, 30, 0).unwrap()));
    assert_eq!((taken.submitted_at, taken.summary.as_str()), (clock::opening(), "Đề nghị thử nghiệm"));
    assert_eq!(scene.flags().await, Vec::<String>::new());
    let line = scene.commune.read(DESK, &format!("/v1/dossiers/{}", taken.id)).await;
    assert_eq!(line["form"], body!({"note": "thử"}));
    assert_eq!(line["applicant"]["address"]["line"], "Tổ 5");
    let received = scene.commune.done(DESK, &line, "acceptance", body!({})).await;
    assert_eq!(text(&received, "status"), "received");
}

#[tokio::test]
async fn n_04_it_is_taken_where_citizens_may_not_hand_in_here() {
    let scene = Scene::open().await;
    let own_way = Commune::open_under(
        clock::opening(),
        LawSettings { provincial_submission: false, ..LawSettings::default() },
    )
    .await;
    let refused = own_way.hand_in(MAU, &own_way.trial(2)).await;
    problem(refused, 409, "act_refused").await;

    let taken = scene.taken(&dossier("G22.99-260310-0001")).await;

    assert_eq!(taken.status, "submitted");
}

#[tokio::test]
async fn n_05_the_portal_keeps_the_record_of_what_was_handed_in_there() {
    let scene = Scene::open().await;

    let taken = scene.taken(&dossier("G22.99-260310-0001")).await;

    assert_eq!(taken.system_of_record, "dvcqg");
    assert_eq!(taken.national_id.as_deref(), Some("G22.99-260310-0001"));
}

#[tokio::test]
async fn x_07_no_account_is_made_and_the_person_owns_it_by_the_number() {
    let scene = Scene::open().await;

    let taken = scene.taken(&dossier("G22.99-260310-0001")).await;

    assert_eq!(taken.owner, "dvcqg|TECH-0001");
    let people = people::row::Entity::find().all(scene.commune.database.reader()).await.unwrap();
    assert!(people.iter().all(|person| !person.subject.contains("TECH")));
    let mine = scene.commune.read(MAU, "/v1/dossiers").await;
    assert_eq!(mine["items"][0]["id"], body!(taken.id));
    assert_eq!(scene.papers(MAU, taken.id).await[0]["component"], "T2-01");
    let others = scene.commune.get(THU, &format!("/v1/dossiers/{}", taken.id)).await;
    problem(others, 404, "not_found").await;
}

#[tokio::test]
async fn x_05_its_code_is_the_next_of_the_series_and_no_other() {
    let scene = Scene::open().await;
    scene.commune.submit(MAU, scene.commune.trial(2), |_| {}).await;

    let second = scene.taken(&dossier("G22.99-260310-0001")).await;
    let refused = scene.send("mapped", &without_unit("G22.99-260310-0002")).await;
    let third = scene.taken(&dossier("G22.99-260310-0003")).await;

    assert_eq!(refused["error_code"], "-1");
    assert_eq!(second.code, "H55.101-260310-0002");
    assert_eq!(third.code, "H55.101-260310-0003", "a refused one takes no number");
}

#[tokio::test]
async fn x_02_what_is_not_told_stays_away() {
    let scene = Scene::open().await;
    let mut message = dossier("G22.99-260310-0001");
    for member in ["SoDinhDanh", "MaDoiTuong", "DienThoai", "Email", "DiaChi", "MaXa", "HinhThuc", "TrichYeu"]
    {
        message["data"].as_object_mut().unwrap().remove(member);
    }

    let taken = scene.taken(&message).await;

    let known = reading::applicant(&scene.commune.office.sealer, &taken).unwrap();
    assert_eq!((known.id_number, known.phone, known.address, known.tech_id), (None, None, None, None));
    assert_eq!((taken.applicant_index, taken.identity_verified), (None, false));
    assert_eq!(taken.owner, "dvcqg|G22.99-260310-0001");
    assert_eq!(scene.flags().await, ["return_unsaid", "number_missing"]);
}

#[tokio::test]
async fn the_same_message_again_is_the_same_dossier() {
    let scene = Scene::open().await;
    let message = dossier("G22.99-260310-0001");
    let taken = scene.taken(&message).await;
    let before = scene.counts().await;
    scene.commune.pass(TimeDelta::days(1));

    let again = scene.send("mapped", &message).await;

    assert_eq!(again["error_code"], "1", "{again}");
    assert!(text(&again, "message").contains(&taken.code), "{again}");
    assert_eq!(scene.counts().await, before);
    assert_eq!(scene.verdicts().await, ["taken", "known"]);
}

#[tokio::test]
async fn another_content_under_the_same_key_changes_nothing_and_is_noted() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier("G22.99-260310-0001")).await;
    let mut other = dossier("G22.99-260310-0001");
    other["data"]["ChuHoSo"] = body!("Trần Văn Thử");

    let heard = [scene.send("mapped", &other).await, scene.send("mapped", &other).await];

    assert!(heard.iter().all(|answer| answer["error_code"] == "1"), "{heard:?}");
    assert_eq!(scene.dossiers().await, [taken]);
    assert_eq!(scene.verdicts().await, ["taken", "known_other", "known"]);
    assert_eq!(scene.flags().await, ["sent_again"]);
}

#[tokio::test]
async fn eight_at_once_are_one_dossier() {
    let scene = Scene::open().await;
    let message = dossier("G22.99-260310-0001").to_string();

    let calls = (0..8).map(|_| scene.call("mapped", Some(KEY), message.clone()));
    let answers = futures::future::join_all(calls).await;

    let mut codes = Vec::new();
    for answer in answers {
        codes.push(text(&json(answer, 200).await, "error_code").to_owned());
    }
    codes.sort();
    assert_eq!(codes, ["0", "1", "1", "1", "1", "1", "1", "1"]);
    assert_eq!(scene.dossiers().await.len(), 1);
    assert_eq!(scene.dossiers().await[0].code, "H55.101-260310-0001");
    assert_eq!(scene.messages().await.len(), 8);
}

#[tokio::test]
async fn a_form_that_does_not_fit_is_shown_to_the_desk_and_loses_nothing() {
    let scene = Scene::open().await;
    let mut message = dossier("G22.99-260310-0001");
    message["data"]["form"] = body!({"note": 7, "la": "gì"});
    message["data"]["LoaiDoiTuong"] = body!("2");
    message["data"]["HinhThuc"] = body!("1");
    message["data"].as_object_mut().unwrap().remove("DienThoai");

    let taken = scene.taken(&message).await;

    let mut flags = scene.flags().await;
    flags.sort();
    flags.dedup();
    assert_eq!(flags, ["address_missing", "applicant_kind_not_served", "form_invalid"]);
    assert_eq!(taken.return_method, "desk", "the post could not bring it");
    let shown = scene.commune.read(DESK, &format!("/v1/flags?dossier={}", taken.id)).await;
    assert!(
        text(&shown["items"][0], "message").starts_with("Loại")
            || shown["items"].as_array().unwrap().len() >= 3
    );
    assert_eq!(scene.commune.read(NEIGHBOUR, "/v1/flags").await["items"], body!([]));
    let kept = reading::form(&scene.commune.office.sealer, &taken).unwrap();
    assert_eq!(kept, body!({"note": 7, "la": "gì"}));
}

#[tokio::test]
async fn a_flag_is_settled_once_by_an_officer_of_its_unit() {
    let scene = Scene::open().await;
    let mut message = dossier("G22.99-260310-0001");
    message["data"].as_object_mut().unwrap().remove("HinhThuc");
    scene.taken(&message).await;
    let flag = scene.commune.read(DESK, "/v1/flags").await["items"][0].clone();
    let path = format!("/v1/flags/{}/settlement", text(&flag, "id"));

    problem(scene.commune.post(NEIGHBOUR, &path, &body!({})).await, 404, "not_found").await;
    problem(scene.commune.post(MAU, &path, &body!({})).await, 404, "not_found").await;
    let settled = json(scene.commune.post(DESK, &path, &body!({})).await, 200).await;

    assert_eq!(text(&settled, "settled_name"), "Hoàng Văn Cửa");
    assert_eq!(scene.commune.read(DESK, "/v1/flags").await["items"], body!([]));
    let all = scene.commune.read(DESK, "/v1/flags?settled_too=true").await;
    assert_eq!(all["items"][0]["id"], flag["id"]);
}

#[tokio::test]
async fn without_a_unit_nothing_is_guessed() {
    let scene = Scene::open().await;

    let nobody = scene.send("mapped", &without_unit("G22.99-260310-0001")).await;
    let mut stranger = dossier("G22.99-260310-0002");
    stranger["data"]["DonVi"] = body!("H77.999");
    let unknown = scene.send("mapped", &stranger).await;
    let mut province = dossier("G22.99-260310-0003");
    province["data"]["DonVi"] = body!("H55");
    let not_competent = scene.send("mapped", &province).await;

    for answer in [&nobody, &unknown, &not_competent] {
        assert_eq!(answer["error_code"], "-1", "{answer}");
    }
    assert!(text(&not_competent, "message").contains("không tiếp nhận thủ tục này"), "{not_competent}");
    assert_eq!(scene.dossiers().await, []);
    assert_eq!(scene.verdicts().await, ["no_unit", "no_unit", "refused"]);
}

#[tokio::test]
async fn the_settings_lead_to_a_unit_where_the_message_names_none() {
    let scene = Scene::open().await;
    let mut message = without_unit("G22.99-260310-0001");
    message["data"]["MaXa"] = body!("01843");

    let taken = scene.taken(&message).await;

    assert_eq!(taken.unit_id, scene.commune.neighbour);
}

#[tokio::test]
async fn a_procedure_that_is_not_in_force_here_is_refused_in_words() {
    let scene = Scene::open().await;
    let mut message = dossier("G22.99-260310-0001");
    message["data"]["MaTTHC"] = body!("7.777777");

    let answer = scene.send("mapped", &message).await;

    assert_eq!(answer["error_code"], "-1");
    assert!(text(&answer, "message").contains("Thủ tục này chưa có"), "{answer}");
    assert_eq!(scene.dossiers().await, []);
}

#[tokio::test]
async fn the_families_that_are_published_are_taken_too() {
    let scene = Scene::open().await;
    let told = body!({
        "MaHoSo": "G22.99-260310-0009", "MaTTHC": "9.000002", "SoVanBan": "12/TB", "NgayNopHoSo": "20260310083000",
        "TenThuongNhan": "Công ty Thử", "DiaChiDoanhNghiep": {"MaXa": "01843", "DiaChiChiTiet": "Số 1"},
        "MaSoThue": "8000000001", "TenChuongTrinhKhuyenMai": "Tháng khuyến mại",
        "TenTepDonDangKy": "don.pdf", "TepDonDangKy": super::scene::pdf(),
    });

    let answer = scene.send("addtthcKhuyenMai", &told).await;

    assert_eq!(answer["error_code"], "0", "{answer}");
    let dossier = scene.dossiers().await.remove(0);
    assert_eq!(
        (dossier.applicant_name.as_str(), dossier.applicant_kind.as_str()),
        ("Công ty Thử", "enterprise")
    );
    assert_eq!(dossier.summary, "Tháng khuyến mại");
    let files = entities::files::row::Entity::find().count(scene.commune.database.reader()).await.unwrap();
    assert_eq!(files, 1);
    assert_ne!(dossier.applicant_index, Some(scene.commune.office.sealer.index("id", MAU_ID)));
}

fn without_unit(id: &str) -> serde_json::Value {
    let mut message = dossier(id);
    message["data"].as_object_mut().unwrap().remove("DonVi");
    message
}
