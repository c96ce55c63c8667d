//! One dossier as each reader sees it.

use crate::support::commune::{
    CASE, Commune, DESK, HEAD, INSPECTOR, MAU, MONEY, NEIGHBOUR, POSTMAN, THU, text,
};
use crate::support::house::{json, problem};
use reqwest::Method;
use serde_json::{Value, json as body};

const VIEWS: [&str; 7] = ["", "/history", "/deadline", "/actions", "/receipt", "/papers", "/payments"];

async fn received(commune: &Commune) -> (String, Value) {
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    (format!("/v1/dossiers/{}", text(&dossier, "id")), dossier)
}

#[tokio::test]
async fn its_person_and_its_unit_see_it_whole() {
    let commune = Commune::open().await;
    let (path, _) = received(&commune).await;
    for who in [MAU, DESK, CASE, HEAD, MONEY, POSTMAN] {
        let shown = commune.read(who, &path).await;
        assert_eq!((text(&shown, "applicant_name"), &shown["form"]["pages"]), ("Nguyễn Thị Mẫu", &body!(2)));
        assert_eq!(shown["applicant"]["email"], "mau@vidu.example");
        assert_eq!(text(&shown, "lookup_secret").len(), 8);
        assert_eq!(shown["unit_name"], "Ủy ban nhân dân phường Đức Xuân");
    }
}

#[tokio::test]
async fn for_strangers_it_does_not_exist() {
    let commune = Commune::open().await;
    let (path, _) = received(&commune).await;
    for who in [THU, NEIGHBOUR] {
        for view in VIEWS {
            let seen = commune.get(who, &format!("{path}{view}")).await;
            let nowhere = format!("/v1/dossiers/0194f3c0-0000-7000-8000-000000000001{view}");
            let mut seen = problem(seen, 404, "not_found").await;
            let mut nothing = problem(commune.get(who, &nowhere).await, 404, "not_found").await;
            for answer in [&mut seen, &mut nothing] {
                answer.as_object_mut().unwrap().retain(|name, _| name != "instance" && name != "trace_id");
            }
            assert_eq!(seen, nothing, "{who} {view}");
        }
    }
}

#[tokio::test]
async fn nobody_unknown_reads() {
    let commune = Commune::open().await;
    let (path, _) = received(&commune).await;
    for view in VIEWS {
        let answer = commune.ask(Method::GET, &format!("{path}{view}")).send().await.unwrap();
        problem(answer, 401, "token_missing").await;
    }
}

#[tokio::test]
async fn an_inspector_sees_the_work_and_no_person() {
    let commune = Commune::open().await;
    let (path, dossier) = received(&commune).await;
    let asked = body!({"reason": "Bà Mẫu gửi ảnh mờ."});
    commune.done(CASE, &dossier, "supplement-request", asked).await;

    let shown = commune.read(INSPECTOR, &path).await;
    let history = commune.read(INSPECTOR, &format!("{path}/history")).await;
    let list = commune.read(INSPECTOR, "/v1/dossiers").await;

    assert_eq!(shown["applicant_name"], "N. T. M.");
    for hidden in ["applicant", "form", "lookup_secret"] {
        assert!(shown.get(hidden).is_none(), "{hidden}");
    }
    for read in [&shown, &history, &list] {
        let text = read.to_string();
        assert!(!text.contains("Mẫu") && !text.contains("mau@vidu"), "{text}");
    }
    assert_eq!(history[1]["actor_name"], "Hoàng Văn Cửa", "officers act in their office's name");
    assert!(history[2].get("note").is_none());
    problem(commune.get(INSPECTOR, &format!("{path}/receipt")).await, 403, "forbidden").await;
}

#[tokio::test]
async fn an_inspector_moves_nothing() {
    let commune = Commune::open().await;
    let (path, _) = received(&commune).await;
    let answer = commune.post(INSPECTOR, &format!("{path}/payments"), &body!({})).await;
    problem(answer, 403, "forbidden").await;
    assert_eq!(commune.read(INSPECTOR, &format!("{path}/payments")).await, body!([]));
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let commune = Commune::open().await;
    let (path, dossier) = received(&commune).await;
    let tag = commune.get(MAU, &path).await.headers()["etag"].to_str().unwrap().to_owned();
    let known = |tag: String| commune.ask_as(MAU, Method::GET, &path).header("if-none-match", tag).send();

    let same = known(tag.clone()).await.unwrap();
    assert_eq!((same.status().as_u16(), same.headers()["etag"].to_str().unwrap()), (304, tag.as_str()));
    assert_eq!(same.text().await.unwrap(), "");
    commune.done(DESK, &dossier, "forwarding", body!({})).await;
    let other = known(tag).await.unwrap();
    assert_eq!(other.headers()["etag"], "\"3\"");
    assert_eq!(json(other, 200).await["status"], "processing");
}

#[tokio::test]
async fn the_status_is_named_in_the_readers_language() {
    let commune = Commune::open().await;
    let (path, _) = received(&commune).await;
    for (language, name) in [("vi", "Được tiếp nhận"), ("en", "Received"), ("de", "Được tiếp nhận")]
    {
        let answer = commune.ask_as(MAU, Method::GET, &path).header("accept-language", language).send().await;
        assert_eq!(json(answer.unwrap(), 200).await["status_name"], name);
    }
}

#[tokio::test]
async fn one_who_was_named_by_a_verified_id_owns_it_too() {
    let commune = Commune::open().await;
    let mut application = commune.brought("Trần Văn Thử");
    application["applicant"]["id_number"] = body!("006099000002");
    let dossier = commune.submit(DESK, application, |_| {}).await;
    assert_eq!(commune.now(THU, &dossier).await["applicant_name"], "Trần Văn Thử");
    let withdrawn = commune.done(THU, &dossier, "withdrawal", body!({"reason": "Tôi đổi ý."})).await;
    assert_eq!(withdrawn["status"], "withdrawn");
}

#[tokio::test]
async fn an_address_that_is_no_key_is_told() {
    let commune = Commune::open().await;
    problem(commune.get(MAU, "/v1/dossiers/abc").await, 400, "path_invalid").await;
}
