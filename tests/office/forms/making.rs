//! The job that makes a file: once, however often it is begun, and always the same bytes.

use super::desk::{address, does, file, form, hands, jobs, make_all, rows, stored};
use crate::support::commune::{Commune, DESK, HEAD, MAU};
use crate::support::house::problem;
use chrono::TimeDelta;
use object_store::ObjectStoreExt;
use reqwest::Method;
use serde_json::json as body;
use sha2::{Digest, Sha256};
use workers::Outcome;

#[tokio::test]
async fn a_form_is_not_ready_before_its_job_and_a_page_is() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let receipt = form(&commune, MAU, &dossier, "receipt").await;
    assert_eq!((&receipt["ready"], &receipt["sha256"]), (&body!(false), &body!(null)));

    let early = commune.get(MAU, &address(&receipt)).await;
    assert_eq!(early.headers()["retry-after"], "1");
    problem(early, 409, "form_not_ready").await;
    let page = commune.ask_as(MAU, Method::GET, &address(&receipt)).header("accept", "text/html");
    assert_eq!(page.send().await.unwrap().status(), 200);

    make_all(&commune).await;
    let receipt = form(&commune, MAU, &dossier, "receipt").await;
    assert_eq!(receipt["ready"], true);
    let bytes = file(&commune, MAU, &receipt).await;
    assert_eq!(receipt["sha256"], hex::encode(Sha256::digest(&bytes)));
    assert_eq!(receipt["size"], bytes.len());
}

#[tokio::test]
async fn a_job_begun_again_changes_nothing() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let (hands, job) = (hands(&commune), jobs(&commune).await.remove(0));
    assert_eq!(does(&hands, job.clone()).await, Outcome::Done);
    let first = rows(&commune).await.remove(0);

    commune.pass(TimeDelta::hours(1));
    assert_eq!(does(&hands, job).await, Outcome::Done);

    assert_eq!(rows(&commune).await, [first]);
}

#[tokio::test]
async fn a_maker_killed_before_its_record_makes_the_same_bytes_again() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let receipt = rows(&commune).await.remove(0);
    let content = entities::forms::reading::content(&commune.office.sealer, &receipt).unwrap();
    let orphan = forms::render(&content, "https://motcua.example").unwrap();

    commune.pass(TimeDelta::days(1));
    make_all(&commune).await;

    let kept = commune.office.files.get(&stored(&rows(&commune).await[0])).await.unwrap();
    assert!(kept.bytes().await.unwrap() == orphan, "the file left by the first attempt is the file");
}

#[tokio::test]
async fn a_reprint_is_byte_for_byte_whatever_has_happened_since() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let dossier = commune.brought_to_the_head(&dossier).await;
    make_all(&commune).await;
    let receipt = form(&commune, MAU, &dossier, "receipt").await;
    let first = file(&commune, MAU, &receipt).await;

    commune.pass(TimeDelta::days(2));
    commune.done(HEAD, &dossier, "decision", commune.decision("KQ-KS-01").await).await;
    make_all(&commune).await;

    assert!(file(&commune, DESK, &receipt).await == first);
    let etag = format!("\"{}\"", receipt["sha256"].as_str().unwrap());
    let known = commune.ask_as(MAU, Method::GET, &address(&receipt)).header("if-none-match", &etag);
    let known = known.send().await.unwrap();
    assert_eq!((known.status().as_u16(), known.headers()["etag"].to_str().unwrap()), (304, etag.as_str()));
}
