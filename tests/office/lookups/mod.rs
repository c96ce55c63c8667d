//! The public look-up: code and secret in, degree of completion out (L-51).

mod alike;

use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::house::{json, problem};
use reqwest::{Method, Response};
use serde_json::{Value, json as body};

async fn look_up(commune: &Commune, code: &str, secret: &str) -> Response {
    let request = commune.ask(Method::POST, "/v1/lookups").json(&body!({"code": code, "secret": secret}));
    request.send().await.unwrap()
}

async fn printed(commune: &Commune) -> (Value, String) {
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let secret = text(&commune.now(MAU, &dossier).await, "lookup_secret").to_owned();
    (dossier, secret)
}

#[tokio::test]
async fn l_51_the_right_pair_tells_the_code_and_how_far_it_is() {
    let commune = Commune::open().await;
    let (dossier, secret) = printed(&commune).await;
    let code = text(&dossier, "code");
    let told = json(look_up(&commune, code, &secret).await, 200).await;
    assert_eq!(told, body!({"code": code, "status_code": 1, "status_name": "Mới đăng ký"}));
    commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let english = commune.ask(Method::POST, "/v1/lookups").header("accept-language", "en");
    let english = english.json(&body!({"code": code, "secret": secret})).send().await.unwrap();
    assert_eq!(json(english, 200).await, body!({"code": code, "status_code": 2, "status_name": "Received"}));
}

#[tokio::test]
async fn the_secret_is_taken_as_people_type_it() {
    let commune = Commune::open().await;
    let (dossier, secret) = printed(&commune).await;
    let code = text(&dossier, "code");
    let (left, right) = secret.split_at(4);
    for typed in [
        secret.to_lowercase(),
        format!("{left}-{right}"),
        format!(" {left} {right} "),
        format!("{}-{}", left.to_lowercase(), right),
    ] {
        json(look_up(&commune, code, &typed).await, 200).await;
    }
    json(look_up(&commune, &format!(" {code} "), &secret).await, 200).await;
}

#[tokio::test]
async fn c_16_a_wrong_secret_and_an_unknown_code_are_answered_alike() {
    let commune = Commune::open().await;
    let (dossier, secret) = printed(&commune).await;
    let (other, other_secret) = printed(&commune).await;
    let code = text(&dossier, "code");
    let mut answers = Vec::new();
    for (code, secret) in [
        (code, "AAAAAAAA"),
        (code, ""),
        (code, &secret[..7]),
        (code, &format!("{secret}A")),
        (code, &other_secret),
        (text(&other, "code"), &secret),
        ("H55.101-260310-9999", &secret),
        ("", &secret),
        ("'; --", &secret),
    ] {
        let mut told = problem(look_up(&commune, code, secret).await, 404, "look_up_failed").await;
        told.as_object_mut().unwrap().remove("trace_id");
        answers.push(told);
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
}

#[tokio::test]
async fn a_look_up_of_the_wrong_form_is_told() {
    let commune = Commune::open().await;
    for wrong in [body!({"code": "x"}), body!({"code": "x", "secret": "y", "id": "z"}), body!([])] {
        let request = commune.ask(Method::POST, "/v1/lookups").json(&wrong);
        problem(request.send().await.unwrap(), 422, "body_invalid").await;
    }
}

#[tokio::test]
async fn l_51_the_code_on_the_form_leads_to_a_page_that_asks_for_the_secret() {
    let commune = Commune::open().await;
    let (dossier, secret) = printed(&commune).await;
    let code = text(&dossier, "code");
    let page = commune.ask(Method::GET, &format!("/v1/lookups?code={code}")).send().await.unwrap();
    let page = page.text().await.unwrap();
    assert!(page.contains(code) && page.contains("<form") && !page.contains("Mẫu"), "{page}");

    let filled = async |secret: &str| {
        let form = commune.ask(Method::POST, "/v1/lookups/page");
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        form.body(format!("code={code}&secret={secret}")).send().await.unwrap().text().await.unwrap()
    };

    assert!(filled(&secret).await.contains(&format!("Hồ sơ {code}: Mới đăng ký.")));
    assert!(filled("AAAA2222").await.contains("Không tìm thấy hồ sơ"));
    let hostile = commune.ask(Method::GET, "/v1/lookups?code=%22%3E%3Cscript%3E").send().await.unwrap();
    assert!(!hostile.text().await.unwrap().contains("<script>"));
}
