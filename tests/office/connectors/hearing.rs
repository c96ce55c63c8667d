//! What a party that is off sends us: a portal is refused in words, and the message is kept.

use super::stage::Stage;
use crate::support::house::json;
use connectors::portal::sandbox::INBOX_KEY;
use reqwest::Method;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

#[tokio::test]
async fn a_portal_that_is_off_is_refused_in_words_and_its_message_is_kept() {
    let stage = Stage::open(json!({})).await;
    json(stage.say("/v1/admin/connectors/dvcqg/state", "off", 0).await, 200).await;

    let message = json!({"madonvi": "H99", "service": "TraCuuHoSo", "masohoso": "H99-1"});
    let asked = stage.house.ask(Method::POST, "/v1/callbacks/portals/dvcqg/search_call");
    let asked = asked.header("x-security-key", INBOX_KEY).json(&message);
    let told = json(asked.send().await.unwrap(), 200).await;

    assert!(told.to_string().contains("dvcqg is off"), "{told}");
    let db = stage.house.database.reader();
    let kept = Statement::from_string(db.get_database_backend(), "SELECT verdict FROM portal_messages");
    let kept = db.query_one_raw(kept).await.unwrap().expect("the message is kept");
    assert_eq!(kept.try_get::<String>("", "verdict").unwrap(), "off");
}
