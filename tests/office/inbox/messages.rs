//! The portal's messages for administrators: what came, what became of it, and trying again what was mended.

use super::scene::{Scene, dossier};
use crate::support::commune::{CONTROLLER, DESK, key, text};
use crate::support::house::{json, problem};
use entities::inbox::messages::body;
use reqwest::Method;
use serde_json::json as said;

#[tokio::test]
async fn administrators_see_what_became_of_each_message_and_nothing_of_its_content() {
    let scene = Scene::open().await;
    scene.taken(&dossier("G22.99-260310-0001")).await;
    scene.call("mapped", None, dossier("G22.99-260310-0002").to_string()).await;

    let all = scene.commune.read(CONTROLLER, "/v1/portal-messages").await;
    let strangers = scene.commune.read(CONTROLLER, "/v1/portal-messages?verdict=not_admitted").await;

    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&all["items"][1]["verdict"], &all["items"][1]["family"]),
        (&said!("taken"), &said!("mapped"))
    );
    assert_eq!(strangers["items"].as_array().unwrap().len(), 1);
    assert!(!all.to_string().contains("Nguyễn Thị Mẫu"), "{all}");
    problem(scene.commune.get(DESK, "/v1/portal-messages").await, 403, "forbidden").await;
}

#[tokio::test]
async fn the_pages_of_messages_follow_each_other() {
    let scene = Scene::open().await;
    for number in 1..=3 {
        scene.taken(&dossier(&format!("G22.99-260310-000{number}"))).await;
    }

    let first = scene.commune.read(CONTROLLER, "/v1/portal-messages?limit=2").await;
    let after = text(&first, "next");
    let second = scene.commune.read(CONTROLLER, &format!("/v1/portal-messages?limit=2&after={after}")).await;

    assert_eq!(first["items"][0]["national_id"], "G22.99-260310-0003");
    assert_eq!(second["items"][0]["national_id"], "G22.99-260310-0001");
    assert!(second["next"].is_null());
}

#[tokio::test]
async fn a_message_is_kept_as_it_came_and_sealed() {
    let scene = Scene::open().await;
    let sent = dossier("G22.99-260310-0001");

    scene.taken(&sent).await;

    let row = scene.messages().await.remove(0);
    assert!(!row.body_sealed.contains("MaHoSoQG"));
    assert_eq!(body(&scene.commune.office.sealer, &row).unwrap(), sent.to_string().into_bytes());
}

#[tokio::test]
async fn what_was_refused_is_tried_again_once_it_is_mended() {
    let scene = Scene::open().await;
    let mut message = dossier("G22.99-260310-0001");
    message["data"]["DonVi"] = said!("H55.777");
    scene.send("mapped", &message).await;
    let refused = scene.messages().await.remove(0);
    let path = format!("/v1/portal-messages/{}/replay", refused.id);

    let still = json(scene.commune.post(CONTROLLER, &path, &said!({})).await, 200).await;
    give_code(&scene, "H55.777").await;
    let key = key();
    let ask = || scene.commune.ask_as(CONTROLLER, Method::POST, &path).header("idempotency-key", &key);
    let taken = json(ask().json(&said!({})).send().await.unwrap(), 200).await;
    let again = json(ask().json(&said!({})).send().await.unwrap(), 200).await;

    assert_eq!((text(&still, "verdict"), &still["replays"]), ("no_unit", &said!(1)));
    assert_eq!((text(&taken, "verdict"), &taken["replays"]), ("taken", &said!(2)));
    assert_eq!(taken, again);
    assert_eq!(scene.dossiers().await.len(), 1);
    assert_eq!(scene.messages().await.len(), 1);
    let over = scene.commune.post(CONTROLLER, &path, &said!({})).await;
    problem(over, 409, "act_refused").await;
}

#[tokio::test]
async fn what_a_stranger_sent_is_never_tried_again() {
    let scene = Scene::open().await;
    scene.call("mapped", Some("khoa-sai"), dossier("G22.99-260310-0001").to_string()).await;
    let row = scene.messages().await.remove(0);
    let path = format!("/v1/portal-messages/{}/replay", row.id);

    let answer = scene.commune.post(CONTROLLER, &path, &said!({})).await;

    problem(answer, 409, "act_refused").await;
    problem(scene.commune.post(DESK, &path, &said!({})).await, 403, "forbidden").await;
    assert_eq!(scene.dossiers().await, []);
}

async fn give_code(scene: &Scene, code: &str) {
    let path = format!("/v1/admin/units/{}/codes", scene.commune.unit);
    let given = said!({"code": code, "valid_from": "2026-01-01", "document": "QĐ 1/QĐ-UBND"});
    let answer = scene.commune.post(CONTROLLER, &path, &given).await;
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
}
