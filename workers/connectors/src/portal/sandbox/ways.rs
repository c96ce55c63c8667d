//! The three ways into the twin: the adapter with its session, a REST façade, and a platform for bare lists.

use super::{BEARER, PASSWORD, USERNAME, answering, answering::said, catalogue, state::Portal};
use crate::loose_json::text;
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

/// Puts the routes of all ways on a server.
pub(super) fn routes(app: &mut web::ServiceConfig) {
    app.route("/mapi/login", web::post().to(login))
        .route("/mapi/g", web::post().to(integrate))
        .route("/mapi/share", web::post().to(integrate))
        .route("/mapi/file", web::post().to(file))
        .route("/KetNoiMotCuaQuocGia/getfile", web::post().to(wrapped_file))
        .route("/KetNoiMotCuaQuocGia/{service}", web::get().to(facade))
        .route("/KetNoiMotCuaQuocGia/{service}", web::post().to(facade))
        .route("/api/SynsTTHCC/getfile", web::get().to(bare_file))
        .route("/api/SynsTTHCC/{service}", web::get().to(bare))
        .route("/api/SynsTTHCC/{service}", web::post().to(bare));
}

async fn login(portal: web::Data<Portal>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    portal.notebook.note(&request, &body);
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    if text(&asked, "username") != USERNAME || text(&asked, "password") != PASSWORD {
        return HttpResponse::Ok().json(said("-1", "Sai tài khoản hoặc mật khẩu"));
    }
    HttpResponse::Ok()
        .json(json!({"error_code": 0, "message": "Thành công", "session": portal.give_session()}))
}

async fn integrate(portal: web::Data<Portal>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let asked = match heard(&portal, &request, &body) {
        Ok(asked) => asked,
        Err(no) => return HttpResponse::Ok().json(no),
    };
    HttpResponse::Ok().json(answering::serve(&portal, &text(&asked, "service"), &asked))
}

async fn file(portal: web::Data<Portal>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    match heard(&portal, &request, &body) {
        Ok(_) => HttpResponse::Ok().json(encoded()),
        Err(no) => HttpResponse::Ok().json(no),
    }
}

fn heard(portal: &Portal, request: &HttpRequest, body: &[u8]) -> Result<Value, Value> {
    portal.notebook.note(request, body);
    let asked: Value = serde_json::from_slice(body).unwrap_or_default();
    if portal.notebook.take(&["session_expired"]).is_some() {
        portal.forget_sessions();
    }
    if !portal.knows_session(&text(&asked, "session")) {
        return Err(said("-1", "Phiên làm việc không hợp lệ hoặc đã hết hạn"));
    }
    if request.headers().get("dstcode").is_none() && !request.query_string().contains("dstcode=") {
        return Err(said("-1", "Thiếu dstcode"));
    }
    Ok(asked)
}

async fn facade(
    portal: web::Data<Portal>,
    service: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    portal.notebook.note(&request, &body);
    if !is_let_in(&request) {
        return HttpResponse::Forbidden().finish();
    }
    let asked = serde_json::from_slice(&body).unwrap_or_else(|_| Value::Object(parameters(&request)));
    let answer = answering::serve(&portal, &service, &asked);
    HttpResponse::Ok().json(wrapped(&answer))
}

async fn wrapped_file(portal: web::Data<Portal>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    portal.notebook.note(&request, &body);
    if !is_let_in(&request) {
        return HttpResponse::Forbidden().finish();
    }
    HttpResponse::Ok().json(json!({"error_code": "0", "message": encoded()}))
}

async fn bare(
    portal: web::Data<Portal>,
    service: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    portal.notebook.note(&request, &body);
    let mut asked = parameters(&request);
    if text(&Value::Object(asked.clone()), "MaDinhDanhDV").is_empty() {
        return HttpResponse::Ok().json(said("-1", "Thiếu MaDinhDanhDV"));
    }
    let list: Value = serde_json::from_slice(&body).unwrap_or_default();
    if !body.is_empty() && !list.is_array() {
        return HttpResponse::Ok().json(said("-1", "Nội dung phải là danh sách"));
    }
    asked.insert("data".to_owned(), list);
    HttpResponse::Ok().json(answering::serve(&portal, &service, &Value::Object(asked)))
}

async fn bare_file(portal: web::Data<Portal>, request: HttpRequest) -> HttpResponse {
    portal.notebook.note(&request, b"");
    HttpResponse::Ok().content_type("text/plain").body(encoded())
}

fn is_let_in(request: &HttpRequest) -> bool {
    let shown = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    shown == Some(&format!("Bearer {BEARER}"))
}

fn parameters(request: &HttpRequest) -> Map<String, Value> {
    let parameters = url::form_urlencoded::parse(request.query_string().as_bytes());
    parameters.map(|(name, value)| (name.into_owned(), Value::from(value.into_owned()))).collect()
}

// The façade puts the whole answer as text into its own, unless there is nothing but words in it.
fn wrapped(answer: &Value) -> Value {
    match answer.get("result") {
        Some(_) => json!({"error_code": "0", "message": answer.to_string()}),
        None => answer.clone(),
    }
}

fn encoded() -> String {
    STANDARD.encode(catalogue::FILE)
}
