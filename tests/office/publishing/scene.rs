//! What the national database would publish about a procedure, and the office that reads it.

use crate::support::commune::{CONTROLLER, Commune, text};
use crate::support::house::json;
use entities::publishing::drafting::{Drawn, draw};
use reqwest::{Method, Response};
use rules::deadlines::TimeUnit;
use rules::procedure::{Revision, Tier};
use rules::published::{
    LegalText, PublishedCase, PublishedFee, PublishedPaper, PublishedProcedure, PublishedResult, PublishedWay,
};
use serde_json::Value;

/// Certified copies, which the commune offers.
pub const COPIES: &str = "2.000815";

/// What is in force here, as the national database would say it.
pub async fn published(commune: &Commune, code: &str) -> PublishedProcedure {
    let database = &commune.database;
    let at = commune.clock.now();
    let revised = commune.office.catalogue.in_force(database.reader(), code, at).await.unwrap();
    said(code, &revised.content)
}

fn said(code: &str, revision: &Revision) -> PublishedProcedure {
    let level = |tier: &Tier| match tier {
        Tier::Province => 1,
        Tier::District => 2,
        Tier::Commune | Tier::PostalPoint => 3,
    };
    let ways = revision.channels.iter().map(|terms| PublishedWay {
        channel: Some(terms.channel),
        time: terms.limit.amount.to_string(),
        time_unit: match terms.limit.unit {
            TimeUnit::WorkingDays => "Ngày làm việc",
            TimeUnit::WorkingHours => "Giờ làm việc",
            _ => "Trong ngày",
        }
        .to_owned(),
        description: String::new(),
        fees: terms.fees.iter().map(|fee| fee_of(&fee.code, i64::from(fee.amount))).collect(),
    });
    let papers = revision.components.iter().map(|component| PublishedPaper {
        code: component.code.clone(),
        name: component.name.clone(),
        originals: component.originals.into(),
        copies: component.copies.into(),
        replaced_by: Vec::new(),
        form: String::new(),
    });
    let text = |number: &String| LegalText {
        number: number.clone(),
        title: String::new(),
        issued: None,
        in_force_from: None,
    };
    PublishedProcedure {
        code: code.to_owned(),
        name: revision.name.clone(),
        published_by: "000.00.00.G15".to_owned(),
        decision: "QĐ 12/QĐ-BTP".to_owned(),
        in_force: true,
        conditions: revision.conditions.join("\n"),
        fields: vec![(revision.field.code.clone(), revision.field.name.clone())],
        levels: revision.tiers.iter().map(level).collect(),
        steps: revision.sequence.clone(),
        ways: ways.collect(),
        applicants: revision.applicants.clone(),
        applicants_in_words: Vec::new(),
        cases: vec![PublishedCase { name: String::new(), papers: papers.collect() }],
        results: revision
            .results
            .iter()
            .map(|result| PublishedResult { code: result.code.clone(), name: result.name.clone() })
            .collect(),
        legal_basis: revision.legal_bases.iter().map(text).collect(),
        competent: Vec::new(),
    }
}

pub fn fee_of(code: &str, amount: i64) -> PublishedFee {
    PublishedFee {
        code: code.to_owned(),
        amount: Some(amount),
        unit: String::new(),
        description: String::new(),
    }
}

/// Draws a draft, as the job does after reading.
pub async fn drawn(commune: &Commune, published: &PublishedProcedure) -> Drawn {
    let tx = commune.database.begin().await.unwrap();
    let drawn = draw(&tx, &commune.office.catalogue, published, commune.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    drawn
}

/// The draft that was drawn, as the controller of procedures reads it.
pub async fn drafted(commune: &Commune, published: &PublishedProcedure) -> Value {
    let Drawn::Drafted(id) = drawn(commune, published).await else { panic!("no draft") };
    commune.read(CONTROLLER, &format!("/v1/revision-drafts/{id}")).await
}

/// The controller adopts a draft as they saw it.
pub async fn adopt(commune: &Commune, draft: &Value, valid_from: &str) -> Response {
    let path = format!("/v1/revision-drafts/{}/adoption", text(&draft["draft"], "id"));
    let request = commune.ask_as(CONTROLLER, Method::POST, &path);
    let request = request.header("idempotency-key", crate::support::commune::key());
    let request = request.header("if-match", format!("\"{}\"", draft["draft"]["version"]));
    let body = serde_json::json!({"valid_from": valid_from, "reason": "Theo Quyết định công bố 12/QĐ-UBND."});
    request.json(&body).send().await.unwrap()
}

/// The controller writes what the draft should say.
pub async fn write(commune: &Commune, draft: &Value, revision: &Value) -> Value {
    let path = format!("/v1/revision-drafts/{}", text(&draft["draft"], "id"));
    let request = commune.ask_as(CONTROLLER, Method::PUT, &path);
    let request = request.header("if-match", format!("\"{}\"", draft["draft"]["version"]));
    json(request.json(&serde_json::json!({ "revision": revision })).send().await.unwrap(), 200).await
}

/// Pointers of what a draft changes.
pub fn pointers(draft: &Value) -> Vec<&str> {
    let found = draft["differences"].as_array().unwrap();
    found.iter().map(|difference| difference["pointer"].as_str().unwrap()).collect()
}
