//! What the portal asks: where a dossier stands, and what is to be paid for it.

use super::scene::{KEY, Scene, dossier};
use crate::payments::tally::{confirm, tell, verdicts};
use crate::support::commune::{DESK, MAU, text};
use crate::support::house::json;
use entities::tables::payments;
use sea_orm::EntityTrait;
use serde_json::{Value, json as body};

async fn look_up(scene: &Scene, code: &str) -> Value {
    let form = format!("madonvi=H55&service=TraCuu&masohoso={code}");
    json(scene.call("search_call", Some(KEY), form).await, 200).await
}

#[tokio::test]
async fn a_look_up_by_either_code_tells_what_the_wire_asks_and_nothing_else() {
    let scene = Scene::open().await;
    let taken = scene.taken(&dossier("G22.99-260310-0001")).await;

    let (ours, theirs) = (look_up(&scene, &taken.code).await, look_up(&scene, "G22.99-260310-0001").await);

    assert_eq!(ours, theirs);
    assert_eq!((&ours["MaTTHC"], &ours["TrangThaiHoSo"]), (&body!("9.000002"), &body!("1")));
    assert!(!ours.to_string().contains("Nguyễn Thị Mẫu"), "{ours}");
    let unknown = look_up(&scene, "H55.101-260310-9999").await;
    assert_eq!(unknown["error_code"], "-1");
}

#[tokio::test]
async fn f_01_a_bill_tells_the_sums_of_each_kind_while_they_are_owed() {
    let scene = Scene::open().await;
    let owing = scene.commune.submit(MAU, scene.commune.trial(1), |_| {}).await;
    let free = scene.taken(&dossier("G22.99-260310-0001")).await;
    let homeless = scene.send("dptracuuthanhtoanhs", &body!({"MaHoSo": owing["code"]})).await;
    assert_eq!(homeless["error_code"], "-1", "no account is invented");
    scene.give_account().await;

    let bill = scene.send("dptracuuthanhtoanhs", &body!({"MaHoSo": owing["code"]})).await;
    let nothing = scene.send("dptracuuthanhtoanhs", &body!({"MaHoSo": free.code})).await;
    let unknown = scene.send("dptracuuthanhtoanhs", &body!({"MaHoSo": "H55.101-260310-9999"})).await;

    assert_eq!(bill["error_code"], "1", "{bill}");
    let fees = &bill["message"]["PhiLePhi"];
    assert_eq!((&fees[0]["LoaiPhiLePhi"], &fees[0]["SoTien"]), (&body!("2"), &body!("50000")));
    assert_eq!(bill["message"]["TKThuHuong"], "0011000000001");
    assert_eq!((&nothing["error_code"], &unknown["error_code"]), (&body!("0"), &body!("-1")));
    let paid = body!({"receipt_number": "00000012"});
    scene.commune.done(DESK, &owing, "cash-payment", paid).await;
    let settled = scene.send("dptracuuthanhtoanhs", &body!({"MaHoSo": owing["code"]})).await;
    assert_eq!(settled["error_code"], "0");
}

#[tokio::test]
async fn what_is_paid_on_the_bill_of_the_portal_settles_the_fee() {
    let scene = Scene::open().await;
    scene.give_account().await;
    let owing = scene.commune.submit(MAU, scene.commune.trial(1), |_| {}).await;
    let ask = body!({"MaHoSo": owing["code"]});

    let bill = scene.send("dptracuuthanhtoanhs", &ask).await;
    let again = scene.send("dptracuuthanhtoanhs", &ask).await;
    let reference = text(&bill["message"], "transaction_id");
    let rows = payments::Entity::find().all(scene.commune.database.reader()).await.unwrap();
    tell(&scene.commune, confirm(reference, &[("SoTien", "50000")]).to_string()).await;

    assert_eq!(text(&again["message"], "transaction_id"), reference);
    assert_eq!((rows.len(), rows[0].state.as_str(), rows[0].amount), (1, "pending", 50_000));
    assert_eq!(verdicts(&scene.commune).await, ["settled"]);
    assert_eq!(scene.send("dptracuuthanhtoanhs", &ask).await["error_code"], "0");
}

#[tokio::test]
async fn a_bill_told_to_the_portal_is_no_page_for_who_wants_to_pay_here() {
    let scene = Scene::open().await;
    scene.give_account().await;
    let owing = scene.commune.submit(MAU, scene.commune.trial(1), |_| {}).await;
    let path = format!("/v1/dossiers/{}/payments", text(&owing, "id"));
    scene.send("dptracuuthanhtoanhs", &body!({"MaHoSo": owing["code"]})).await;

    let opened = json(scene.commune.post(MAU, &path, &body!({})).await, 201).await;
    let told = scene.send("dptracuuthanhtoanhs", &body!({"MaHoSo": owing["code"]})).await;

    assert_eq!(opened["state"], "opening");
    let rows = payments::Entity::find().all(scene.commune.database.reader()).await.unwrap();
    let open = rows.iter().find(|row| row.state == "opening").unwrap();
    assert_eq!(told["message"]["transaction_id"], open.reference.as_str(), "one payment is asked for twice");
}
