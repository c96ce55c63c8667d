//! The plain page of a sandbox: what was received, and the magic buttons.

use crate::notebook::Notebook;
use actix_web::{HttpResponse, web};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What is particular about one sandbox's page.
#[derive(Clone)]
pub(crate) struct Face {
    pub(crate) title: &'static str,
    pub(crate) magic: &'static [&'static str],
    pub(crate) notebook: Notebook,
    /// What the party holds now, merged into `GET /__received`.
    pub(crate) holdings: Arc<dyn Fn() -> Value + Send + Sync>,
}

const EVERYWHERE: [&str; 7] = ["down", "up", "garbage", "oversized", "error", "busy", "slow"];

pub(crate) async fn page(face: web::Data<Face>) -> HttpResponse {
    let buttons: String = face.magic.iter().chain(&EVERYWHERE).map(|name| button(name)).collect();
    let received: String = everything(&face).iter().map(|(name, held)| section(name, held)).collect();
    html(&format!(
        "<h1>{title}</h1><form method=post action=/__magic><p>{buttons}</p></form>{received}",
        title = face.title,
    ))
}

/// Lists newest first; questions that come round and round are counted, `/__received` has them word for word.
fn section(name: &str, held: &Value) -> String {
    let Value::Array(all) = held else {
        return shown(name, held, "");
    };
    let told: Vec<&Value> = all.iter().rev().filter(|line| !asks_only(line)).collect();
    let left_out = all.len().saturating_sub(told.len());
    let note = match left_out {
        0 => String::new(),
        _ => format!("<p>{left_out} lần hỏi (GET) không kể ở đây; xem <a href=/__received>tất cả</a>.</p>"),
    };
    shown(name, &json!(told), &note)
}

fn asks_only(line: &Value) -> bool {
    line.get("method").and_then(Value::as_str) == Some("GET")
}

fn shown(name: &str, held: &Value, note: &str) -> String {
    let text = serde_json::to_string_pretty(held).unwrap_or_default();
    format!("<h2>{name}</h2>{note}<pre>{text}</pre>", name = escaped(name), text = escaped(&text))
}

pub(crate) async fn received(face: web::Data<Face>) -> HttpResponse {
    HttpResponse::Ok().json(Value::Object(everything(&face)))
}

/// `{"next": "…"}` as JSON, or the same as a form from the page.
pub(crate) async fn magic(face: web::Data<Face>, body: String) -> HttpResponse {
    if let Some(next) = body.strip_prefix("next=") {
        face.notebook.set(next);
        return HttpResponse::SeeOther().insert_header(("location", "/")).finish();
    }
    let asked: Value = serde_json::from_str(&body).unwrap_or_default();
    let Some(next) = asked.get("next").and_then(Value::as_str) else {
        return HttpResponse::BadRequest().json(json!({"error": "say {\"next\": \"…\"}"}));
    };
    if !face.magic.iter().chain(&EVERYWHERE).any(|name| *name == next) {
        let known: Vec<_> = face.magic.iter().chain(&EVERYWHERE).collect();
        return HttpResponse::BadRequest().json(json!({"error": "no such magic", "known": known}));
    }
    face.notebook.set(next);
    HttpResponse::Ok().json(json!({"next": next}))
}

pub(crate) fn html(inside: &str) -> HttpResponse {
    let page = format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><title>motcua</title>\
         <style>pre{{white-space:pre-wrap;overflow-wrap:anywhere}}</style>{inside}</html>"
    );
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}

pub(crate) fn button(name: &str) -> String {
    format!("<button name=next value={name}>{name}</button> ")
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn everything(face: &Face) -> Map<String, Value> {
    let mut all = Map::new();
    if let Value::Object(holdings) = (face.holdings)() {
        all.extend(holdings);
    }
    all.insert("requests".to_owned(), Value::from(face.notebook.requests()));
    all
}
