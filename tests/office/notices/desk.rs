//! Templates, wishes, unsubscribing and receipts over HTTP.

use crate::support::house::{CITIZEN, CONTROLLER, House, json, problem};
use entities::notices::unsubscribing::sign;
use reqwest::Method;
use serde_json::{Value, json as body};
use uuid::Uuid;

fn sms(text: &str) -> Value {
    body!({"event": "accept", "language": "vi", "wording": {"channel": "sms", "text": text, "accents": false}})
}

#[tokio::test]
async fn words_are_drafted_adopted_and_then_never_change() {
    let house = House::open().await;
    let first = sms("Ho so {code} da nhan, hen {due_short}.");

    let drafted = house.act_as(CONTROLLER, "/v1/templates", "t-1", &first).await;
    let tag = drafted.headers()["etag"].to_str().unwrap().to_owned();
    let draft = json(drafted, 201).await;
    let path = format!("/v1/templates/{}", draft["id"].as_str().unwrap());
    let adopt =
        house.ask_as(CONTROLLER, Method::POST, &format!("{path}/adoption")).header("idempotency-key", "t-2");
    let adopted =
        json(adopt.header("if-match", tag).json(&body!({"reason": "Ngắn hơn"})).send().await.unwrap(), 201)
            .await;
    let again = house.ask_as(CONTROLLER, Method::PUT, &path).header("if-match", "*").json(&first);

    assert_eq!((&draft["version"], &adopted["state"]), (&1.into(), &"adopted".into()));
    problem(again.send().await.unwrap(), 409, "act_refused").await;
    let in_force = json(house.read_as(CONTROLLER, "/v1/templates/in-force?event=accept").await, 200).await;
    let words = in_force.as_array().unwrap().iter();
    let words: Vec<_> = words.filter(|w| w["wording"]["channel"] == "sms" && w["language"] == "vi").collect();
    assert_eq!((&words[0]["version"], &words[0]["wording"]["text"]), (&1.into(), &first["wording"]["text"]));
    let list = json(house.read_as(CONTROLLER, "/v1/templates?event=accept").await, 200).await;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    problem(house.read_as(CITIZEN, "/v1/templates").await, 403, "forbidden").await;
}

#[tokio::test]
async fn words_that_would_fail_or_mislead_are_refused_with_their_place() {
    let house = House::open().await;
    let letter = |text: &str, html: Option<&str>| body!({"event": "accept", "language": "vi", "wording": {"channel": "email", "subject": "Hồ sơ {code}", "text": text, "html": html}});
    for (words, pointer, code) in [
        (sms("Ho so {code} {nobody}"), "/wording/text", "placeholder_unknown"),
        (sms("Ho so {code} {reason}"), "/wording/text", "placeholder_unknown"),
        (sms("Da nhan ho so"), "/wording/text", "placeholder_missing"),
        (sms("Ho so {code"), "/wording/text", "brace_open"),
        (sms(&format!("{{code}} {}", "x".repeat(300))), "/wording/text", "too_many_segments"),
        (sms("{code}: https://ke-gian.example/x"), "/wording/text", "link_elsewhere"),
        (sms("{code}: mo {url} nhap mat khau"), "/wording/text", "link_asks_for_credentials"),
        (letter("Hẹn {due}", Some("<p>{due}</p><script>x</script>")), "/wording/html", "markup_forbidden"),
        (letter("Hẹn {due}", Some("<p>chào</p>")), "/wording/html", "placeholder_missing"),
        (
            body!({"event": "consult", "language": "vi", "wording": {"channel": "sms", "text": "{code}"}}),
            "/wording/channel",
            "channel_not_for_event",
        ),
        (
            body!({"event": "request_payment", "language": "vi", "wording": {"channel": "inbox", "subject": "A", "text": "{code} {amount} https://127.0.0.1:8080"}}),
            "/wording/text",
            "link_beside_money",
        ),
    ] {
        for path in ["/v1/templates", "/v1/templates/preview"] {
            let request = house
                .ask_as(CONTROLLER, Method::POST, path)
                .header("idempotency-key", Uuid::now_v7().to_string());
            let told = problem(request.json(&words).send().await.unwrap(), 422, "body_invalid").await;
            let errors = told["errors"].as_array().unwrap();
            assert!(errors.iter().any(|e| e["pointer"] == pointer && e["code"] == code), "{words} {told}");
        }
    }
}

#[tokio::test]
async fn a_preview_tells_of_nobody() {
    let house = House::open().await;

    let request = house.ask_as(CONTROLLER, Method::POST, "/v1/templates/preview");
    let told = json(request.json(&sms("Hồ sơ {code}, hẹn {due_short}.")).send().await.unwrap(), 200).await;

    assert_eq!(told["wording"]["text"], "Ho so 000.14.10.H99-261231-0001, hen 17:00 31/12/2026.");
    assert_eq!(told["segments"], 1);
}

#[tokio::test]
async fn l_16_wishes_are_kept_but_one_channel_stays() {
    let house = House::open().await;
    let path = "/v1/me/notice-preferences";
    let usual = house.read_as(CITIZEN, path).await;
    let tag = usual.headers()["etag"].to_str().unwrap().to_owned();
    let put = async |wishes: Value| {
        house.ask_as(CITIZEN, Method::PUT, path).header("if-match", &tag).json(&wishes).send().await.unwrap()
    };

    let none = body!({"channels": [], "language": null, "quiet_hours": true, "reminders": false});
    problem(put(none).await, 422, "body_invalid").await;
    let kept = body!({"channels": ["sms"], "language": "en", "quiet_hours": false, "reminders": false});
    assert_eq!(json(put(kept.clone()).await, 200).await, kept);
    problem(put(kept.clone()).await, 412, "stale").await;

    assert_eq!(json(house.read_as(CITIZEN, path).await, 200).await, kept);
}

#[tokio::test]
async fn an_unsubscription_link_is_good_for_its_own_notice_alone() {
    let house = House::open().await;
    let (notice, other) = (Uuid::now_v7(), Uuid::now_v7());
    let signature = sign(&house.office.settings.link_secret, other);

    for signature in ["", "00", "zz", signature.as_str()] {
        for method in [Method::GET, Method::POST] {
            let path = format!("/v1/notices/{notice}/unsubscription?signature={signature}");
            problem(house.ask(method, &path).send().await.unwrap(), 403, "link_invalid").await;
        }
    }
}

#[tokio::test]
async fn receipts_of_nobody_are_not_taken_and_the_inbox_of_a_newcomer_is_empty() {
    let house = House::open().await;

    let stranger =
        house.ask(Method::POST, "/v1/callbacks/texts/sms_gateway").body("{}").send().await.unwrap();
    problem(stranger, 404, "not_found").await;
    let inbox = json(house.read_as(CITIZEN, "/v1/me/notices").await, 200).await;
    assert_eq!(inbox["items"], body!([]));
    let speed = "/v1/admin/notices/speed?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z";
    assert_eq!(json(house.read_as(CONTROLLER, speed).await, 200).await, body!([]));
    problem(house.read_as(CITIZEN, speed).await, 403, "forbidden").await;
}
