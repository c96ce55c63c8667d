//! What carriers said and could not be taken: who sees it, whose words they are, and settling it by hand.

use super::points::clerk_of_the_point;
use super::scene::{decided, ordered, shipment};
use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, NEIGHBOUR, THU, key, text};
use crate::support::house::{json, problem};
use chrono::TimeDelta;
use entities::Error;
use entities::dossiers::Door;
use entities::people::{Held, assign};
use entities::shipments::sighting::Sighting;
use entities::tables::shipments::Model;
use reqwest::Method;
use rules::actor::{Actor, Assignment, Role};
use serde_json::{Value, json as body};

const LIST: &str = "/v1/refused-sightings";
const SAID: &str = "Phát cho bà Nguyễn Thị Mẫu, Tổ 5";

/// The carrier said that a parcel was delivered, and the office could not take it.
async fn put_aside(commune: &Commune, row: &Model) {
    let (tx, by) = (commune.database.begin().await.unwrap(), Actor::office());
    let office = &commune.office;
    let (catalogue, sealer) = (&office.catalogue, &office.sealer);
    let door = Door { tx: &tx, catalogue, sealer, by: &by, at: commune.clock.now(), trace: None };
    let line = Sighting {
        carrier: "vnpost_hcc",
        event_id: "20261110000000",
        order_number: &row.order_number,
        state: "undelivered",
        raw_code: "5",
        raw_message: SAID,
    };
    door.put_aside(&line, Error::damaged("dossiers.quote", "hỏng")).await.unwrap();
    door.put_aside(&line, Error::damaged("dossiers.quote", "hỏng")).await.unwrap();
    assert!(matches!(door.put_aside(&line, Error::Stale).await, Err(Error::Stale)));
    tx.commit().await.unwrap();
}

async fn settle(commune: &Commune, who: &str, item: &Value, ask: &Value) -> reqwest::Response {
    let path = format!("{LIST}/{}/settlement", text(item, "id"));
    let request = commune.ask_as(who, Method::POST, &path).header("idempotency-key", key());
    request.header("if-match", format!("\"{}\"", item["version"])).json(ask).send().await.unwrap()
}

#[tokio::test]
async fn clerks_of_the_point_the_desk_and_administrators_see_it_and_only_the_desk_reads_the_words() {
    let commune = Commune::open().await;
    clerk_of_the_point(&commune).await;
    administrator(&commune, NEIGHBOUR).await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    put_aside(&commune, &row).await;

    let seen = async |who| commune.read(who, LIST).await["items"].as_array().unwrap().clone();
    let (desk, clerk, administrator) = (seen(DESK).await, seen(THU).await, seen(NEIGHBOUR).await);

    assert_eq!((desk.len(), clerk.len(), administrator.len()), (1, 1, 1), "told twice, kept once");
    assert_eq!((&desk[0]["raw_message"], &desk[0]["code"]), (&body!(SAID), &body!("damaged_data")));
    for item in [&clerk[0], &administrator[0]] {
        assert_eq!((&item["raw_message"], &item["id"]), (&body!(null), &desk[0]["id"]));
    }
    for who in [MAU, INSPECTOR] {
        problem(commune.get(who, LIST).await, 403, "forbidden").await;
    }
}

#[tokio::test]
async fn a_refused_event_is_settled_once_in_words_or_by_taking_it() {
    let commune = Commune::open().await;
    let dossier = decided(&commune).await;
    let row = ordered(&commune, &dossier, "return").await;
    put_aside(&commune, &row).await;
    let item = commune.read(DESK, LIST).await["items"][0].clone();
    let ask = body!({"words": "Đã gọi bưu cục, ghi nhận lại.", "take": true});

    problem(settle(&commune, NEIGHBOUR, &item, &ask).await, 404, "not_found").await;
    problem(settle(&commune, DESK, &item, &body!({"words": " "})).await, 422, "body_invalid").await;
    let settled = json(settle(&commune, DESK, &item, &ask).await, 201).await;
    problem(settle(&commune, DESK, &item, &ask).await, 412, "stale").await;
    let again = settle(&commune, DESK, &settled, &ask).await;
    let again = problem(again, 409, "act_refused").await;

    assert_eq!((&settled["taken"], &settled["words"]), (&body!(true), &ask["words"]));
    assert_eq!(again["blocked_by"][0]["code"], "settled_before");
    assert_eq!(commune.read(DESK, LIST).await["items"], body!([]));
    let past = commune.read(DESK, &format!("{LIST}?settled=true")).await;
    assert_eq!(past["items"][0]["id"], item["id"]);
    let row = shipment(&commune, &dossier, "return").await;
    assert_eq!((row.state.as_str(), row.failed_attempts), ("undelivered", 1));
}

async fn administrator(commune: &Commune, who: &str) {
    let subject = commune.office.demo.as_ref().unwrap().subject_of(who);
    let assignment = Assignment { role: Role::Administrator, unit: None };
    let held = Held { assignment, name: "Quản trị mẫu".into(), title: "Quản trị".into() };
    let tx = commune.database.begin().await.unwrap();
    assign(&tx, &subject, &held, commune.clock.now() - TimeDelta::days(1)).await.unwrap();
    tx.commit().await.unwrap();
}
