//! What the processes log: lines for machines to read, and nothing about the people or the secrets.

use super::books::Books;
use super::premises::{Api, Plan, Premises};
use super::walk::{Office, Walk, Who, application, files};
use crate::support::evidence;
use entities::tables::payments;
use reqwest::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const FILTER: &str = "debug,api=trace,workers=trace,entities=trace,connectors=trace,rules=trace,motcua=trace";
/// What a request holds where nothing of it may be told: a token, a signature, a body that cannot be read.
const MARK: &str = "dau-vet-khong-duoc-ghi-7f3a";
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
    let receipt = looked_up(&office, &api, &paid).await;
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

    assert_discreet(&office.log(), &[secrets(&office), vec![receipt, MARK.to_owned()]].concat());
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
    let id = "019a0000-0000-7000-8000-000000000002";
    for path in [
        format!("/v1/files/{id}/shared?expires=1&signature={MARK}"),
        format!("/v1/result-links/{id}?expires=1&signature={MARK}"),
        format!("/v1/verifications/{MARK}"),
        format!("/v1/dossiers/{MARK}"),
        format!("/{MARK}?{MARK}={MARK}"),
    ] {
        let request = client.get(format!("{}{path}", api.url)).bearer_auth(MARK).header("cookie", MARK);
        assert!(!request.send().await.unwrap().status().is_server_error(), "{path}");
    }
    for body in
        [format!("{{\"secret\": \"{MARK}\""), format!("{{\"code\": \"{MARK}\", \"secret\": 7}}"), MARK.into()]
    {
        let request =
            client.post(format!("{}/v1/lookups", api.url)).header("content-type", "application/json");
        assert!(request.body(body).send().await.unwrap().status().is_client_error());
    }
}

/// Looks the dossier up with the secret of its receipt, and gives that secret.
async fn looked_up(office: &Premises, api: &Api, walk: &Walk) -> String {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let shown =
        client.get(format!("{}/v1/dossiers/{}", api.url, walk.id)).bearer_auth(office.citizen(1).token);
    let shown: Value = shown.send().await.unwrap().json().await.unwrap();
    let secret = shown["lookup_secret"].as_str().unwrap().to_owned();
    for (code, status) in [(walk.code.as_str(), 200), ("H55.101-260310-9999", 404)] {
        let request =
            client.post(format!("{}/v1/lookups", api.url)).json(&json!({"code": code, "secret": secret}));
        assert_eq!(request.send().await.unwrap().status(), status);
    }
    secret
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
    let mut all =
        vec![text("sealing", "master"), text("api", "cursor_secret"), text("office", "link_secret")];
    held(&serde_json::to_value(&settings["connectors"]).unwrap(), &mut all);
    assert!(all.len() > 6, "the connectors have secrets too: {}", all.len());
    all
}

/// The texts of settings whose names say that nobody else may know them.
fn held(settings: &Value, all: &mut Vec<String>) {
    let secret = |name: &str| ["secret", "password", "token", "key"].iter().any(|word| name.ends_with(word));
    for (name, value) in settings.as_object().into_iter().flatten() {
        match value {
            Value::String(text) if secret(name) && text.len() > 5 => all.push(text.clone()),
            inner => held(inner, all),
        }
    }
}

fn assert_discreet(log: &str, secrets: &[String]) {
    let forbidden: Vec<&str> = PERSONAL.into_iter().chain(secrets.iter().map(String::as_str)).collect();
    let (mut requests, mut attempts, mut lines) = (0, 0, 0);
    for line in log.lines() {
        let read: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        requests += usize::from(read["target"] == "access");
        attempts += usize::from(read["message"] == "attempt ended");
        let plain = read.to_string();
        lines += 1;
        for word in &forbidden {
            assert!(!line.contains(word) && !plain.contains(word), "{word} in {line}");
        }
    }
    let words = u64::try_from(forbidden.len()).unwrap();
    evidence::keep("logs", &[("lines_searched", lines), ("words_searched", words), ("words_found", 0)]);
    assert!(requests > 10 && attempts > 5, "both processes logged: {requests} requests, {attempts} attempts");
}
