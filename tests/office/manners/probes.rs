//! Addresses of the tests alone, for manners that no single real address shows.

use actix_web::{HttpRequest, HttpResponse, web};
use api::Office;
use api::identity::Asker;
use api::manners::answer::Answer;
use api::manners::ask::{Ask, Body};
use api::manners::cursor::{Address, Page, PageQuery};
use api::manners::etag::{IfMatch, IfNoneMatch};
use api::problems::{Code, Problem};
use entities::people::{Held, assign};
use rules::actor::{Assignment, Role};
use rules::refusal::{Block, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};

/// Adds the probes to an application.
pub fn table(config: &mut web::ServiceConfig) {
    config
        .route("/probe/problem/{code}", web::get().to(fail))
        .route("/probe/refusal", web::get().to(refuse))
        .route("/probe/panic", web::get().to(panic_aloud))
        .route("/probe/damage", web::get().to(damage))
        .route("/probe/tagged", web::get().to(tagged))
        .route("/probe/tagged", web::put().to(change_tagged))
        .route("/probe/numbers", web::get().to(numbers))
        .route("/probe/links/{list:.*}", web::get().to(links))
        .route("/probe/body", web::post().to(body))
        .route("/probe/whoami", web::get().to(whoami))
        .route("/probe/effect", web::post().to(effect));
}

async fn fail(code: web::Path<String>) -> Result<HttpResponse, Problem> {
    Err(Code::named(&code).unwrap().into())
}

async fn refuse() -> Result<HttpResponse, Problem> {
    let block = Block {
        code: "fee_unpaid",
        vi: "Chưa nộp lệ phí.".into(),
        en: "The fee has not been paid.".into(),
        legal_basis: Some("NĐ 61/2018 Đ17"),
    };
    let refusal =
        Refusal { act: "return", status: None, blocked_by: vec![block], allowed: vec!["ask_payment"] };
    Err(entities::Error::from(refusal).into())
}

async fn panic_aloud() -> HttpResponse {
    panic!("a bug")
}

async fn damage() -> Result<HttpResponse, Problem> {
    Err(entities::Error::damaged("dossiers.form", "secret contents").into())
}

async fn tagged(known: IfNoneMatch) -> HttpResponse {
    known.answer(7, &json!({"version": 7}))
}

async fn change_tagged(seen: IfMatch) -> Result<HttpResponse, Problem> {
    seen.check(7)?;
    Ok(HttpResponse::NoContent().finish())
}

async fn numbers(
    office: web::Data<Office>,
    page: web::Query<PageQuery>,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let list = "/probe/numbers";
    let after: u64 = page.after.as_deref().map_or(Ok(0), |c| office.cursors.open(list, c))?;
    let items: Vec<u64> = (after + 1..=5).take(usize::try_from(page.limit()).unwrap()).collect();
    let last = *items.last().unwrap();
    let next = if last < 5 { Some(office.cursors.seal(list, &last)?) } else { None };
    Ok(Page { items, next }.answer(&Address::of(&req)))
}

/// A page of whatever list, with more behind it.
async fn links(req: HttpRequest) -> HttpResponse {
    Page { items: vec![1], next: Some("con-tro".to_owned()) }.answer(&Address::of(&req))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particulars {
    name: String,
    parts: Vec<PartOf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartOf {
    pages: u32,
}

async fn body(ask: Body<Particulars>) -> HttpResponse {
    HttpResponse::Ok()
        .json(json!({"name": ask.body.name, "pages": ask.body.parts.iter().map(|p| p.pages).sum::<u32>()}))
}

async fn whoami(asker: Asker) -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "subject": asker.subject, "name": asker.name, "title": asker.title, "national_id": asker.national_id,
        "roles": asker.assignments.iter().map(|a| a.role).collect::<Vec<_>>(), "scopes": asker.scopes,
        "assurance": asker.assurance,
    }))
}

/// An effect that can be counted: each run adds an assignment; a body of `{"fail": true}` fails after it.
async fn effect(office: web::Data<Office>, ask: Ask<Value>) -> Result<HttpResponse, Problem> {
    office
        .once(&ask.facts, async |tx, at| {
            let assignment = Assignment { role: Role::Inspector, unit: None };
            let held = Held { assignment, name: "Người đếm".into(), title: "Đếm".into() };
            let id = assign(tx, "probe|counter", &held, at).await?;
            if ask.body["fail"] == true {
                return Err(Code::Forbidden.into());
            }
            Ok(Answer::created(
                format!("/probe/effect/{id}"),
                &json!({"id": id, "trace": ask.facts.trace.id()}),
            )?
            .versioned(1))
        })
        .await
}
