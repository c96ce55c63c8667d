//! What a machine client may call, by the scopes of its token.

use crate::guards::sources::assert_none;
use crate::manners::door::{Door, filled, problem};
use api::identity::scopes::{Decision, decision};
use api::machine_routes::GRANTS;
use api::people_routes::PEOPLE;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[test]
fn every_operation_that_asks_for_a_token_is_decided_once() {
    let mut decided: BTreeMap<&str, usize> = BTreeMap::new();
    let granted = GRANTS.iter().flat_map(|grant| grant.operations);
    for operation in granted.chain(PEOPLE) {
        *decided.entry(operation).or_default() += 1;
    }
    let mut found = Vec::new();
    for (method, path) in operations() {
        let public = api::routes::PUBLIC.contains(&(method.as_str(), path.as_str()));
        let operation = format!("{method} {path}");
        match (public, decided.remove(operation.as_str())) {
            (false, Some(1)) | (true, None) => {}
            (false, None) => found.push(format!("{operation} stands in no list")),
            (true, Some(_)) => found.push(format!("{operation} is public and needs no scope")),
            (false, Some(_)) => found.push(format!("{operation} stands twice")),
        }
    }
    found.extend(decided.keys().map(|gone| format!("{gone} is no operation")));

    assert_none("api/src/machine_routes.rs or people_routes.rs names each operation once", &found);
}

#[test]
fn a_scope_reads_or_writes_and_says_so() {
    let mut found = Vec::new();
    for grant in GRANTS {
        let reads = grant.scope.ends_with(":read");
        if !reads && !grant.scope.ends_with(":write") {
            found.push(grant.scope.to_owned());
        }
        let reading = |operation: &&str| operation.starts_with("GET ") || operation.starts_with("HEAD ");
        // Uploads tell how far they are; offers and previews ask with a body and keep nothing.
        let asks = ["POST /v1/document-offers", "POST /v1/templates/preview"];
        let strange = grant.operations.iter().filter(|o| reads && !reading(o) && !asks.contains(o));
        found.extend(strange.map(|operation| format!("{}: {operation}", grant.scope)));
    }

    assert_none("a scope ends with :read or :write, and what reads changes nothing", &found);
}

#[tokio::test]
async fn a_client_without_scopes_is_let_in_nowhere_and_hears_which_one_it_needs() {
    let door = Door::open().await;
    let mut found = Vec::new();
    for (method, path) in operations() {
        let Some(decision) = decision(&format!("{method} {path}")) else { continue };
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = call(&door, method.clone(), &filled(&path), "openid profile").await;
        let challenge = answer.headers().get("www-authenticate").map(|v| v.to_str().unwrap().to_owned());
        let status = answer.status();
        let told: Value = answer.json().await.unwrap_or_default();
        let good = match decision {
            Decision::Scope(scope) => {
                let named = challenge.is_some_and(|c| c.ends_with(&format!("scope=\"{scope}\"")));
                let said = told["detail"].as_str().is_some_and(|detail| detail.contains(scope));
                named && (said && told["code"] == "scope_missing" || method == Method::HEAD)
            }
            Decision::People => told["code"] == "forbidden",
        };
        if !is_unread(&told) && (status != 403 || !good) {
            found.push(format!("{method} {path}: {status} {told}"));
        }
    }

    assert_none("a machine client without the scope is refused with its name", &found);
}

#[tokio::test]
async fn a_client_with_every_scope_is_still_kept_from_what_is_for_people() {
    let door = Door::open().await;
    let all = GRANTS.iter().map(|grant| grant.scope).collect::<Vec<_>>().join(" ");
    for operation in PEOPLE {
        let (method, path) = operation.split_once(' ').unwrap();
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let told: Value = call(&door, method, &filled(path), &all).await.json().await.unwrap();
        assert!(told["code"] == "forbidden" || is_unread(&told), "{operation}: {told}");
    }
}

#[tokio::test]
async fn a_scope_opens_its_operations_and_no_others() {
    let door = Door::open().await;
    let list = async |scope: &str| call(&door, Method::GET, "/v1/dossiers", scope).await;

    assert_eq!(list("dossiers:read").await.status(), 200);
    assert_eq!(list("files:read dossiers:read openid").await.status(), 200);
    for near in ["dossiers", "dossiers:*", "dossiers:write", "DOSSIERS:READ", "dossiers:read,files:read", ""]
    {
        problem(list(near).await, 403, "scope_missing").await;
    }
    let unknown = call(&door, Method::GET, "/probe/whoami", "dossiers:read").await;
    problem(unknown, 403, "forbidden").await;
}

#[tokio::test]
async fn a_scope_gives_no_sight_of_what_the_roles_do_not_show() {
    let door = Door::open().await;

    let jobs = call(&door, Method::GET, "/v1/admin/jobs", "operations:read").await;
    let dossiers: Value =
        call(&door, Method::GET, "/v1/dossiers", "dossiers:read").await.json().await.unwrap();

    problem(jobs, 403, "forbidden").await;
    assert_eq!(dossiers["items"], json!([]));
}

#[tokio::test]
async fn people_need_no_scope_and_gain_nothing_by_one() {
    let door = Door::open().await;
    let at = door.clock.now().timestamp();
    let claims = json!({
        "iss": "http://office.test/demo", "sub": "an", "aud": "motcua", "exp": at + 60, "motcua_demo": true,
        "LoaiTaiKhoan": 1, "loAs": 2, "SoDinhDanh": "006099000001", "scope": "operations:read",
    });
    let token = door.office.demo.as_ref().unwrap().signed(&claims).unwrap();

    let own = door.as_citizen(Method::GET, "/v1/dossiers").send().await.unwrap();
    let jobs = door.ask(Method::GET, "/v1/admin/jobs").bearer_auth(token).send().await.unwrap();

    assert_eq!(own.status(), 200);
    problem(jobs, 403, "forbidden").await;
}

/// A question that cannot even be read is refused before it is known who asks.
fn is_unread(told: &Value) -> bool {
    ["path_invalid", "query_invalid", "body_invalid"].iter().any(|code| told["code"] == *code)
}

async fn call(door: &Door, method: Method, path: &str, scope: &str) -> Response {
    let at = door.clock.now().timestamp();
    let claims = json!({
        "iss": "http://office.test/demo", "sub": "tich-hop", "aud": "motcua", "exp": at + 60, "scope": scope,
        "preferred_username": "service-account-tich-hop", "motcua_demo": true,
    });
    let token = door.office.demo.as_ref().unwrap().signed(&claims).unwrap();
    let request = door.ask(method, path).header("idempotency-key", "k").header("if-match", "\"1\"");
    request.bearer_auth(token).send().await.unwrap()
}

fn operations() -> Vec<(String, String)> {
    let paths = api::openapi::document().paths.paths;
    let of = |(path, item)| {
        let methods = api::openapi::methods_of(&item).into_iter();
        methods.map(move |method| (method, String::clone(&path))).collect::<Vec<_>>()
    };
    paths.into_iter().flat_map(of).collect()
}
