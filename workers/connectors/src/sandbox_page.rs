//! The plain page of a sandbox: what was received, and the magic buttons. It needs no script.

use crate::magic_words;
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

pub(crate) const EVERYWHERE: [&str; 7] = ["down", "up", "garbage", "oversized", "error", "busy", "slow"];

pub(crate) async fn page(face: web::Data<Face>) -> HttpResponse {
    let own: String = face.magic.iter().map(|name| button(name)).collect();
    let everywhere: String = EVERYWHERE.iter().map(|name| button(name)).collect();
    let received: String = everything(&face).iter().map(|(name, held)| section(name, held)).collect();
    let down = if face.notebook.is_down() { DOWN } else { "" };
    html(&format!(
        "<h1>{title}</h1>{down}<p>{WHAT}</p><form method=post action=/__magic><table>{own}{everywhere}</table></form>\
         {received}",
        title = face.title,
    ))
}

const WHAT: &str = "Bên thứ ba giả lập: nói đúng giao thức thật, không gửi gì ra ngoài. Mỗi nút dưới đây đổi cách nó trả lời.\
     <br><small>A stand-in for the real party: it speaks the real wire and nothing leaves this machine. Each button changes \
     how it answers. <a href=/__received>JSON</a></small>";

const DOWN: &str = "<p><strong>Đang ngừng máy. <small>It is down.</small></strong></p>";

/// Newest that are shown of one list; `/__received` has them all.
const SHOWN: usize = 50;

/// Lists newest first; questions that come round and round are counted, `/__received` has them word for word.
fn section(name: &str, held: &Value) -> String {
    let Value::Array(all) = held else {
        return shown(name, held, "");
    };
    let told: Vec<&Value> = all.iter().rev().filter(|line| !asks_only(line)).collect();
    let left_out = all.len().saturating_sub(told.len());
    let mut note = match left_out {
        0 => String::new(),
        _ => format!("<p>{left_out} lần hỏi (GET) không kể ở đây; xem <a href=/__received>tất cả</a>.</p>"),
    };
    if told.len() > SHOWN {
        note = format!("{note}<p>{SHOWN} mục mới nhất trong {}.</p>", told.len());
    }
    shown(name, &json!(told.into_iter().take(SHOWN).collect::<Vec<_>>()), &note)
}

fn asks_only(line: &Value) -> bool {
    line.get("method").and_then(Value::as_str) == Some("GET")
}

fn shown(name: &str, held: &Value, note: &str) -> String {
    let empty = held.is_null()
        || held.as_array().is_some_and(Vec::is_empty)
        || held.as_object().is_some_and(Map::is_empty);
    let text = serde_json::to_string_pretty(held).unwrap_or_default();
    let inside = if empty {
        "<p>Chưa có gì. <small>Nothing yet.</small></p>".to_owned()
    } else {
        format!("<pre>{}</pre>", escaped(&text))
    };
    format!("<h2>{}</h2>{note}{inside}", heading(name))
}

fn heading(name: &str) -> String {
    let words = match name {
        "requests" => "Lời gọi đã nhận, mới nhất trước <small>Calls received, newest first</small>",
        "payments" => "Thanh toán <small>Payments</small>",
        "orders" => "Đơn gửi <small>Orders</small>",
        "events" => "Hành trình <small>Events</small>",
        "dossiers" => "Hồ sơ <small>Dossiers</small>",
        "letters" => "Thư <small>Letters</small>",
        "texts" => "Tin nhắn <small>Texts</small>",
        "scans" => "Tệp đã quét <small>Files looked through</small>",
        "desk" => {
            "<a href=/dossiers>Xem từng hồ sơ, gửi về tỉnh <small>Each dossier, and what can be sent</small></a>"
        }
        "kept" => "Những gì khác đã nhận và đã gửi <small>What else was told and sent</small>",
        "receipts" => "Báo phát <small>Receipts</small>",
        "callback_url" => "Địa chỉ báo về <small>Where it calls back</small>",
        other => return escaped(other),
    };
    words.to_owned()
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
        "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>motcua</title><style>{STYLE}</style>{inside}</html>"
    );
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:60em;margin:1em auto;padding:0 1em}\
     pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f4f4;padding:.6em}\
     td{padding:.15em .6em .15em 0;vertical-align:top}small{color:#555;font-weight:normal}button{font:inherit}";

fn button(name: &str) -> String {
    let [label, vi, en] = magic_words::told(name).unwrap_or([name, "", ""]);
    format!(
        "<tr><td><button name=next value={name}>{label}</button><td>{vi}<br><small>{en} <code>{name}</code></small>"
    )
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
