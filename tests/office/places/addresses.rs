//! Addresses of applicants: codes that ended are told with what continues them, unknown ones are taken.

use crate::support::commune::{Commune, MAU, text};
use crate::support::house::{json, problem};
use entities::seeding::{importing, reading};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;

const PLACES: &str = r#"places:
  - { code: "06", name: "Tỉnh Bắc Kạn", valid_from: "2018-06-21", valid_to: "2025-06-30", document: "QĐ 1" }
  - { code: "19", name: "Tỉnh Thái Nguyên", valid_from: "2018-06-21", document: "QĐ 1" }
  - { code: "01834", name: "Phường Minh Khai", parent: "06", valid_from: "2018-06-21", valid_to: "2025-06-30", document: "QĐ 1" }
  - { code: "01846", name: "Phường Huyền Tụng", parent: "06", valid_from: "2018-06-21", valid_to: "2025-06-30", document: "QĐ 1" }
  - { code: "01861", name: "Xã Nhạn Môn", parent: "06", valid_from: "2018-06-21", valid_to: "2025-06-30", document: "QĐ 1" }
  - { code: "01840", name: "Phường Đức Xuân", parent: "19", valid_from: "2025-07-01", document: "QĐ 19" }
  - { code: "01843", name: "Phường Bắc Kạn", parent: "19", valid_from: "2025-07-01", document: "QĐ 19" }
  - { code: "01999", name: "Phường Mai Sau", parent: "19", valid_from: "2030-01-01", document: "QĐ 99" }
place_successors:
  - { from: "01834", to: "01840", on: "2025-07-01" }
  - { from: "01846", to: "01840", on: "2025-07-01", share: part }
  - { from: "01846", to: "01843", on: "2025-07-01", share: part }
"#;

async fn commune() -> Commune {
    let commune = Commune::open().await;
    let tx = commune.database.begin().await.unwrap();
    importing::import(&tx, &reading::read_all(&[("a", PLACES)], &BTreeSet::new()).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    commune
}

async fn handed_in(commune: &Commune, change: impl FnOnce(&mut Value)) -> reqwest::Response {
    let mut application = commune.copies();
    commune.attach(MAU, &mut application).await;
    change(&mut application["applicant"]["address"]);
    commune.hand_in(MAU, &application).await
}

async fn complaint(commune: &Commune, code: &str) -> Value {
    let answer = handed_in(commune, |address| address["commune_code"] = body!(code)).await;
    problem(answer, 422, "body_invalid").await["errors"][0].clone()
}

#[tokio::test]
async fn don_vi_hanh_chinh_an_ended_code_is_told_with_its_successor() {
    let commune = commune().await;

    let told = complaint(&commune, "01834").await;

    assert_eq!(
        (text(&told, "pointer"), text(&told, "code")),
        ("/applicant/address/commune_code", "place_not_in_force")
    );
    assert!(
        told.to_string().contains("Phường Minh Khai (01834) không còn; nay thuộc Phường Đức Xuân (01840)"),
        "{told}"
    );
}

#[tokio::test]
async fn don_vi_hanh_chinh_a_code_that_fell_apart_is_told_with_all_that_came_of_it() {
    let commune = commune().await;

    let apart = complaint(&commune, "01846").await.to_string();
    let nothing = complaint(&commune, "01861").await.to_string();
    let early = complaint(&commune, "01999").await.to_string();

    assert!(
        apart.contains("hãy chọn nơi đúng trong: Phường Đức Xuân (01840), Phường Bắc Kạn (01843)"),
        "{apart}"
    );
    assert!(nothing.contains("hãy ghi đơn vị hành chính hiện nay"), "{nothing}");
    assert!(early.contains("chưa có hiệu lực"), "{early}");
}

#[tokio::test]
async fn codes_of_today_unknown_ones_and_none_are_taken() {
    let commune = commune().await;

    for code in [body!("01840"), body!("27001"), body!(null)] {
        let answer = handed_in(&commune, |address| address["commune_code"] = code.clone()).await;

        json(answer, 201).await;
    }
    assert_eq!(complaint(&commune, "19").await["code"], "place_malformed");
}

#[tokio::test]
async fn ma_dinh_danh_dia_diem_is_kept_with_the_address() {
    let commune = commune().await;

    let answer = handed_in(&commune, |address| address["location_id"] = body!("190018400123")).await;
    let dossier = json(answer, 201).await;
    let wrong = handed_in(&commune, |address| address["location_id"] = body!("19001840")).await;

    let shown = commune.now(MAU, &dossier).await;
    assert_eq!(shown["applicant"]["address"]["location_id"], "190018400123");
    let told = problem(wrong, 422, "body_invalid").await;
    assert_eq!(told["errors"][0]["code"], "location_malformed");
}
