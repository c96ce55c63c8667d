//! Papers arrive whole or in parts, are what their bytes say, and leave only when clean.

use super::door::{Door, problem};
use entities::files::{State, set_state};
use reqwest::{Method, Response};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

#[tokio::test]
async fn a_whole_file_is_recognised_and_put_in_quarantine_with_its_inspection() {
    let door = Door::open().await;
    let answer = whole(&door, "one", "../giấy tờ/tờ khai.pdf", &pdf(100_000)).await;
    assert_eq!(answer.status(), 201);
    let file: Value = answer.json().await.unwrap();
    assert_eq!(file["media_type"], "application/pdf");
    assert_eq!(file["name"], "tờ khai.pdf");
    assert_eq!(file["size"], 100_000);
    assert_eq!(file["state"], "quarantined");
    assert_eq!(jobs(&door).await, 1);
    problem(content(&door, &file, "").await, 409, "file_quarantined").await;
}

#[tokio::test]
async fn the_same_upload_sent_twice_is_one_file() {
    let door = Door::open().await;
    let first: Value = whole(&door, "one", "a.pdf", &pdf(500)).await.json().await.unwrap();
    let again = whole(&door, "one", "a.pdf", &pdf(500)).await;
    assert_eq!(again.headers()["idempotency-replayed"], "true");
    assert_eq!(again.json::<Value>().await.unwrap()["id"], first["id"]);
    problem(whole(&door, "one", "a.pdf", &pdf(501)).await, 422, "idempotency_key_reused").await;
    assert_eq!(jobs(&door).await, 1);
}

#[tokio::test]
async fn a_program_called_pdf_is_refused() {
    let door = Door::open().await;
    let document =
        problem(whole(&door, "one", "a.pdf", b"MZ\x90\x00 a program").await, 422, "file_type_refused").await;
    assert!(document["detail"].as_str().unwrap().contains("không phải PDF"));
    assert_eq!(jobs(&door).await, 0);
}

#[tokio::test]
async fn a_file_past_the_limit_is_refused() {
    let door = Door::open().await;
    problem(whole(&door, "one", "a.pdf", &pdf(300_000)).await, 413, "file_too_large").await;
    let begun = begin(&door, "two", json!({"name": "a.pdf", "size": 300_000})).await;
    problem(begun, 413, "file_too_large").await;
}

#[tokio::test]
async fn what_is_neither_a_form_nor_json_is_refused() {
    let door = Door::open().await;
    let request = door.as_citizen(Method::POST, "/v1/uploads").header("idempotency-key", "one");
    let answer = request.header("content-type", "application/pdf").body(pdf(10)).send().await.unwrap();
    problem(answer, 415, "media_type_unsupported").await;
}

#[tokio::test]
async fn a_file_in_parts_continues_where_it_was_cut_off() {
    let door = Door::open().await;
    let bytes = pdf(20_000);
    let location = begun(&door, json!({"name": "a.pdf", "size": 20_000})).await;
    assert_eq!(part(&door, &location, 0, &bytes[..9_000]).await.status(), 204);
    let mismatch = part(&door, &location, 5_000, &bytes[5_000..10_000]).await;
    assert_eq!(mismatch.headers()["upload-offset"], "9000");
    problem(mismatch, 409, "upload_offset_mismatch").await;
    let head = door.as_citizen(Method::HEAD, &location).send().await.unwrap();
    assert_eq!(head.headers()["upload-offset"], "9000");

    let last = part(&door, &location, 9_000, &bytes[9_000..]).await;

    assert_eq!(last.status(), 200);
    let file: Value = last.json().await.unwrap();
    let upload: Value = door.as_citizen(Method::GET, &location).send().await.unwrap().json().await.unwrap();
    assert_eq!(upload["file_id"], file["id"]);
    assert_eq!(part(&door, &location, 20_000, b"").await.json::<Value>().await.unwrap(), file);
    assert_eq!(jobs(&door).await, 1);
    clean(&door, &file).await;
    assert_eq!(content(&door, &file, "").await.bytes().await.unwrap(), bytes);
}

#[tokio::test]
async fn a_file_that_is_not_what_was_declared_is_refused() {
    let door = Door::open().await;
    let location = begun(&door, json!({"name": "a.pdf", "size": 10, "sha256": "0".repeat(64)})).await;
    problem(part(&door, &location, 0, &pdf(10)).await, 422, "checksum_mismatch").await;
    problem(door.as_citizen(Method::GET, &location).send().await.unwrap(), 404, "not_found").await;
    let request = begin(&door, "bad", json!({"name": " ", "size": 0, "sha256": "x"})).await;
    let document = problem(request, 422, "body_invalid").await;
    let pointers: Vec<_> =
        document["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
    assert_eq!(pointers, ["/size", "/name", "/sha256"]);
}

#[tokio::test]
async fn a_part_says_where_it_begins() {
    let door = Door::open().await;
    let location = begun(&door, json!({"name": "a.pdf", "size": 10})).await;
    let patch = || door.as_citizen(Method::PATCH, &location).body(pdf(10));
    problem(patch().send().await.unwrap(), 415, "media_type_unsupported").await;
    let typed = patch().header("content-type", "application/offset+octet-stream");
    problem(typed.send().await.unwrap(), 400, "header_invalid").await;
    problem(part(&door, &location, 0, &pdf(11)).await, 413, "file_too_large").await;
}

#[tokio::test]
async fn a_clean_file_is_handed_out_whole_or_in_ranges() {
    let door = Door::open().await;
    let bytes = pdf(1_000);
    let file: Value = whole(&door, "one", "tờ khai.pdf", &bytes).await.json().await.unwrap();
    clean(&door, &file).await;

    let all = content(&door, &file, "").await;
    assert_eq!(all.status(), 200);
    assert_eq!(all.headers()["x-content-type-options"], "nosniff");
    let disposition = all.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(
        disposition.starts_with("attachment; filename=\"t_ ") && disposition.contains("UTF-8''t%E1%BB%9D%20")
    );
    assert_eq!(all.bytes().await.unwrap(), bytes);

    for (range, from, to) in
        [("0-9", 0, 10), ("990-", 990, 1_000), ("-5", 995, 1_000), ("995-2000", 995, 1_000)]
    {
        let answer = content(&door, &file, range).await;
        assert_eq!(answer.status(), 206, "{range}");
        assert_eq!(answer.headers()["content-range"], format!("bytes {from}-{}/1000", to - 1));
        assert_eq!(answer.bytes().await.unwrap(), bytes[from..to]);
    }
    for range in ["1000-", "5-1", "x-y"] {
        let answer = content(&door, &file, range).await;
        assert_eq!(answer.headers()["content-range"], "bytes */1000");
        problem(answer, 416, "range_not_satisfiable").await;
    }
}

#[tokio::test]
async fn a_refused_file_is_not_handed_out() {
    let door = Door::open().await;
    let file: Value = whole(&door, "one", "a.pdf", &pdf(100)).await.json().await.unwrap();
    let id = file["id"].as_str().unwrap().parse().unwrap();
    set_state(door.office.db.writer(), id, State::Refused, Some("mã độc")).await.unwrap();
    problem(content(&door, &file, "").await, 410, "file_refused").await;
}

#[tokio::test]
async fn somebody_elses_file_does_not_exist() {
    let door = Door::open().await;
    let file: Value = whole(&door, "one", "a.pdf", &pdf(100)).await.json().await.unwrap();
    clean(&door, &file).await;
    let place = format!("/v1/files/{}", file["id"].as_str().unwrap());
    for path in [place.clone(), format!("{place}/content")] {
        let request = door.ask(Method::GET, &path).bearer_auth(door.token("tran-thi-binh"));
        problem(request.send().await.unwrap(), 404, "not_found").await;
    }
}

fn pdf(length: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    bytes.extend((bytes.len()..length).map(|n| u8::try_from(n % 251).unwrap()));
    bytes
}

async fn whole(door: &Door, key: &str, name: &str, bytes: &[u8]) -> Response {
    let name = name.replace('"', "%22");
    let head = format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    let request = door.as_citizen(Method::POST, "/v1/uploads").header("idempotency-key", key);
    request.header("content-type", "multipart/form-data; boundary=b").body(body).send().await.unwrap()
}

async fn begin(door: &Door, key: &str, body: Value) -> Response {
    let request = door.as_citizen(Method::POST, "/v1/uploads").header("idempotency-key", key);
    request.json(&body).send().await.unwrap()
}

async fn begun(door: &Door, body: Value) -> String {
    let answer = begin(door, "begin", body).await;
    assert_eq!(answer.status(), 201);
    answer.headers()["location"].to_str().unwrap().to_owned()
}

async fn part(door: &Door, location: &str, offset: usize, bytes: &[u8]) -> Response {
    door.as_citizen(Method::PATCH, location)
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", offset.to_string())
        .body(bytes.to_vec())
        .send()
        .await
        .unwrap()
}

async fn content(door: &Door, file: &Value, range: &str) -> Response {
    let path = format!("/v1/files/{}/content", file["id"].as_str().unwrap());
    let request = door.as_citizen(Method::GET, &path);
    let request = if range.is_empty() { request } else { request.header("range", format!("bytes={range}")) };
    request.send().await.unwrap()
}

async fn clean(door: &Door, file: &Value) {
    let id: Uuid = file["id"].as_str().unwrap().parse().unwrap();
    set_state(door.office.db.writer(), id, State::Clean, None).await.unwrap();
}

async fn jobs(door: &Door) -> u64 {
    entities::jobs::row::Entity::find().count(door.office.db.reader()).await.unwrap()
}
