//! The page where a person looks at the twin's dossiers and presses what happens to them, and the same for programs.

use super::{
    pushes,
    state::{Held, Portal},
};
use crate::{
    loose_json::text,
    portal::dvcqg::inbox::FAMILIES,
    sandbox_page::{escaped, html},
};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};

/// Puts the routes of the page on a server.
pub(super) fn routes(app: &mut web::ServiceConfig) {
    app.route("/dossiers", web::get().to(page))
        .route("/__dossiers/{code}/{what}", web::post().to(change))
        .route("/__push/{family}", web::get().to(example))
        .route("/__push/{family}", web::post().to(push))
        .route("/__callback", web::post().to(callback_url));
}

/// `{"url": "…"}`: the address below which messages go from now on, without the name of a family.
async fn callback_url(portal: web::Data<Portal>, body: web::Json<Value>) -> HttpResponse {
    let url = text(&body, "url");
    if url.is_empty() {
        return HttpResponse::BadRequest().json(json!({"error": "say {\"url\": \"…\"}"}));
    }
    portal.call_back_at(url.clone());
    HttpResponse::Ok().json(json!({"url": url}))
}

/// The message that a push of the family would send about the dossier `G22.99-000000-000001`.
async fn example(portal: web::Data<Portal>, family: web::Path<String>) -> HttpResponse {
    match pushes::message(&family, "G22.99-000000-000001", &portal.now()) {
        Some(message) => HttpResponse::Ok().json(message),
        None => unknown_family(),
    }
}

/// Sends a message of the family. `{"key": "…"}` says which dossier it is about, `{"message": {…}}` what it says;
/// without them it is about a new dossier, or about the last one that was pushed.
async fn push(
    portal: web::Data<Portal>,
    family: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let key =
        Some(text(&asked, "key")).filter(|key| !key.is_empty()).unwrap_or_else(|| key_for(&portal, &family));
    let Some(usual) = pushes::message(&family, &key, &portal.now()) else {
        return unknown_family();
    };
    let message = asked.get("message").cloned().unwrap_or(usual);
    let told = pushes::send(&portal, &family, &message).await;
    answered(&request, told)
}

fn key_for(portal: &Portal, family: &str) -> String {
    let opens = matches!(family, "addtthcKhuyenMai" | "mapped");
    let last = portal.kept("pushes").into_iter().rev().find_map(|told| key_of(told.get("sent")?));
    let now = portal.now();
    let day: String = now.chars().skip(2).take(6).collect();
    let fresh = || format!("G22.99-{day}-{:06}", portal.next_number());
    last.filter(|_| !opens).unwrap_or_else(fresh)
}

fn key_of(sent: &Value) -> Option<String> {
    let data = sent.get("data").unwrap_or(sent);
    let keys = ["MaHoSoQG", "MaHoSo"].map(|name| text(data, name));
    keys.into_iter().find(|key| !key.is_empty())
}

/// `forget` drops a dossier, `drift` changes its status behind the province's back.
async fn change(
    portal: web::Data<Portal>,
    asked: web::Path<(String, String)>,
    request: HttpRequest,
) -> HttpResponse {
    let (code, what) = asked.into_inner();
    let done = match what.as_str() {
        "forget" => portal.forget(&code),
        "drift" => portal.drift(&code),
        _ => false,
    };
    if !done {
        return HttpResponse::NotFound()
            .json(json!({"error": "no such dossier, or neither forget nor drift"}));
    }
    answered(&request, json!({"code": code, "done": what}))
}

fn unknown_family() -> HttpResponse {
    HttpResponse::NotFound().json(json!({"error": "no such family", "known": FAMILIES}))
}

fn answered(request: &HttpRequest, told: Value) -> HttpResponse {
    let accept = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if accept.contains("html") {
        return HttpResponse::SeeOther().insert_header(("location", "/dossiers")).finish();
    }
    HttpResponse::Ok().json(told)
}

async fn page(portal: web::Data<Portal>) -> HttpResponse {
    let buttons: String = FAMILIES.iter().map(|family| push_button(family)).collect();
    let rows: String = portal.dossiers().iter().rev().map(|(code, held)| row(code, held)).collect();
    let kept: String = ["pushes", "statuses", "satisfaction", "questions", "answers"]
        .map(|name| section(name, portal.kept(name)))
        .concat();
    html(&format!(
        "<h1>Hồ sơ trên Cổng (thử nghiệm)</h1><p><a href=/>Tất cả những gì đã nhận / everything received</a></p>\
         <form method=post><p>Gửi về tỉnh / send to the province: {buttons}</p></form>\
         <table border=1><tr><th>Mã hồ sơ<th>Trạng thái<th>Các lần báo<th>Tiến độ<th></tr>{rows}</table>{kept}"
    ))
}

fn push_button(family: &str) -> String {
    let words = match family {
        "addtthcKhuyenMai" => "Hồ sơ khuyến mại",
        "nhanhsdvcqg" => "Bổ sung hồ sơ vừa gửi",
        "search_call" => "Tra cứu hồ sơ",
        "NhanThongBaoThueDat" => "Thông báo thuế đất",
        "NhanChungTuThueDat" => "Chứng từ thuế đất",
        "dptracuuthanhtoanhs" => "Tra cứu thanh toán",
        _ => "Hồ sơ mới",
    };
    format!("<button formaction=/__push/{family} title={family}>{words}</button> ")
}

fn row(code: &str, held: &Held) -> String {
    let status = text(&held.record, "TrangThaiHoSo");
    let last = held.progress.last().map(|line| text(line, "NoiDungXuLy")).unwrap_or_default();
    let button = |what: &str, words: &str| {
        format!("<button formaction=\"/__dossiers/{code}/{what}\">{words}</button> ", code = escaped(code))
    };
    format!(
        "<tr><td>{code}<td>{status}<td>{trail}<td>{lines}: {last}<td><form method=post>{forget}{drift}</form></tr>",
        code = escaped(code),
        status = escaped(&status),
        trail = escaped(&held.trail.join(" → ")),
        lines = held.progress.len(),
        last = escaped(&last),
        forget = button("forget", "Quên hồ sơ"),
        drift = button("drift", "Đổi trạng thái"),
    )
}

fn section(name: &str, mut kept: Vec<Value>) -> String {
    kept.reverse();
    kept.truncate(20);
    if kept.is_empty() {
        return String::new();
    }
    let words = serde_json::to_string_pretty(&kept).unwrap_or_default();
    format!("<h2>{name}</h2><pre>{}</pre>", escaped(&words))
}
