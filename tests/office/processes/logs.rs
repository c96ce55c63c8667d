//! What the processes log: lines for machines to read, and nothing about the people or the secrets.

use super::books::Books;
use super::premises::{Api, Plan, Premises};
use super::walk::{Office, Walk, Who, application, files};
use entities::tables::payments;
use reqwest::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const FILTER: &str = "info,api=debug,workers=debug,entities=debug,connectors=debug,motcua=debug";
const REASON: &str = "Bản chính bị tẩy xóa nên không chứng thực được.";
const PERSONAL: [&str; 12] = [
    "Người Mẫu",
    "người mẫu",
    "Ng%C6%B0%E1%BB%9Di",
    "006199000001",
    "006199000003",
    "0900000001",
    "cong-dan-1@",
    "cong-dan-3@",
    "Tổ 5",
    "Bằng tốt nghiệp",
    "tẩy xóa",
    // Every bearer token begins so.
    "eyJ",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_are_json_and_hold_no_personal_data_and_no_secret() {
    let office = Premises::open(Plan { log: Some(FILTER), ..Plan::default() }).await;
    let (api, books) = (office.api().await, Books { database: &office.database, parties: &office.parties });
    let worker = office.worker().await;
    let door = office.at(&api);

    let mut paid = Walk::begin(&door, 1).await;
    for _ in ["acceptance", "supplement-request", "supplement", "payment-request"] {
        assert!(paid.step(&door).await);
    }
    let refused = Walk::begin(&door, 3).await;
    office.parties.portal.magic("session_expired").await;
    asked(&door, Who::Officer, &refused.path("refusal"), json!({ "reason": REASON }), 201).await;
    asked(&door, Who::Citizen(1), &paid.path("payments"), json!({}), 201).await;
    blunders(&office, &api, &refused).await;
    books.settle().await;
    let payment = payments::Entity::find().one(office.database.reader()).await.unwrap().unwrap();
    assert!(payment.pay_url.is_some(), "the platform knows the payment");
    for process in [&api.process, &worker] {
        process.terminate().await;
    }
    assert!(api.process.end().await.success() && worker.end().await.success());

    assert_discreet(&office.log(), &secrets(&office));
}

/// Requests that end badly, each with something personal in it.
async fn blunders(office: &Premises, api: &Api, refused: &Walk) {
    let door = office.at(api);
    let again = json!({ "reason": REASON });
    asked(&door, Who::Officer, &refused.path("refusal"), again, 409).await;
    let papers =
        files(&office.database, &[door.subject(Who::Citizen(1)), door.subject(Who::Citizen(1))]).await;
    let mut unfit = application(office.unit, 1, &papers);
    unfit["applicant"]["phone"] = json!(["0900000001"]);
    asked(&door, Who::Citizen(1), "/v1/dossiers", unfit, 422).await;
    let secret = json!({ "code": "Người Mẫu 1", "secret": "006199000001" });
    let guess = door.ask(Who::Citizen(1), "/v1/lookups").json(&secret).send().await.unwrap();
    assert!(guess.status().is_client_error());

    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let search = format!("{}/v1/dossiers?q=Ng%C6%B0%E1%BB%9Di%20M%E1%BA%ABu%201", api.url);
    let token = office.citizen(1).token;
    for (token, status) in [(token.clone(), StatusCode::OK), (token + "x", StatusCode::UNAUTHORIZED)] {
        assert_eq!(client.get(&search).bearer_auth(token).send().await.unwrap().status(), status);
    }
}

async fn asked(door: &impl Office, who: Who, path: &str, body: Value, status: u16) {
    let answer = door.ask(who, path).json(&body).send().await.unwrap();
    let told = answer.status();
    assert_eq!(told, status, "{path}: {}", answer.text().await.unwrap());
}

/// Every secret of the settings file.
fn secrets(office: &Premises) -> Vec<String> {
    let settings = office.settings();
    let text = |section: &str, name: &str| settings[section][name].as_str().unwrap().to_owned();
    vec![text("sealing", "master"), text("api", "cursor_secret"), text("office", "link_secret")]
}

fn assert_discreet(log: &str, secrets: &[String]) {
    let forbidden: Vec<&str> = PERSONAL.into_iter().chain(secrets.iter().map(String::as_str)).collect();
    let (mut requests, mut attempts) = (0, 0);
    for line in log.lines() {
        let read: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        requests += usize::from(read["target"] == "access");
        attempts += usize::from(read["message"] == "attempt ended");
        let plain = read.to_string();
        for word in &forbidden {
            assert!(!line.contains(word) && !plain.contains(word), "{word} in {line}");
        }
    }
    assert!(requests > 10 && attempts > 5, "both processes logged: {requests} requests, {attempts} attempts");
}
