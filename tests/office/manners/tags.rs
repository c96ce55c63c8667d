//! Versions are ETags: nothing is overwritten unseen, nothing known is sent again.

use super::door::{Door, problem};
use reqwest::Method;

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let door = Door::open().await;
    let first = door.get("/probe/tagged").await;
    assert_eq!(first.headers()["etag"], "\"7\"");
    for (known, status) in
        [("\"7\"", 304), ("\"6\", \"7\"", 304), ("W/\"7\"", 304), ("*", 304), ("\"8\"", 200)]
    {
        let again =
            door.ask(Method::GET, "/probe/tagged").header("if-none-match", known).send().await.unwrap();
        assert_eq!(again.status(), status, "{known}");
        assert_eq!(again.headers()["etag"], "\"7\"");
        assert_eq!(again.bytes().await.unwrap().is_empty(), status == 304);
    }
}

#[tokio::test]
async fn nothing_is_changed_unseen() {
    let door = Door::open().await;
    let put = || door.ask(Method::PUT, "/probe/tagged");
    problem(put().send().await.unwrap(), 428, "precondition_required").await;
    for stale in ["\"6\"", "W/\"7\"", "7", "\"7-gzip\""] {
        problem(put().header("if-match", stale).send().await.unwrap(), 412, "stale").await;
    }
    assert_eq!(put().header("if-match", "\"7\"").send().await.unwrap().status(), 204);
    assert_eq!(put().header("if-match", "*").send().await.unwrap().status(), 204);
}
