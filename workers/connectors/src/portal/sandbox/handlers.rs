//! The portal's own end of the login and of the integration calls.

use super::{PASSWORD, USERNAME, state::Portal};
use crate::loose_json::text;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

pub(super) async fn login(portal: web::Data<Portal>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    portal.notebook.note(&request, &body);
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    if text(&asked, "username") != USERNAME || text(&asked, "password") != PASSWORD {
        return said("-1", "Sai tài khoản hoặc mật khẩu");
    }
    HttpResponse::Ok()
        .json(json!({"error_code": 0, "message": "Thành công", "session": portal.give_session()}))
}

pub(super) async fn integrate(
    portal: web::Data<Portal>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    portal.notebook.note(&request, &body);
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    if portal.notebook.take(&["session_expired"]).is_some() {
        portal.forget_sessions();
    }
    if !portal.knows_session(&text(&asked, "session")) {
        return said("-1", "Phiên làm việc không hợp lệ hoặc đã hết hạn");
    }
    if request.headers().get("dstcode").is_none() && !request.query_string().contains("dstcode=") {
        return said("-1", "Thiếu dstcode");
    }
    match text(&asked, "service").as_str() {
        "DongBoHoSoMC" => take_records(&portal, &asked),
        "CapNhatTienDoHoSoMC" => take_progress(&portal, &asked),
        "TraCuuHoSo" => look_up(&portal, &asked),
        _ => said("-1", "Dịch vụ không hợp lệ"),
    }
}

const REQUIRED: [&str; 11] = [
    "MaHoSo",
    "MaTTHC",
    "TenTTHC",
    "MaLinhVuc",
    "TenLinhVuc",
    "ChuHoSo",
    "LoaiDoiTuong",
    "TrichYeuHoSo",
    "TrangThaiHoSo",
    "HinhThuc",
    "DonViXuLy",
];

fn take_records(portal: &Portal, asked: &Value) -> HttpResponse {
    if portal.notebook.take(&["refuses"]).is_some() {
        return said("-1", "Mã thủ tục hành chính không hợp lệ");
    }
    let updating = text(asked, "isUpdating") == "True";
    for record in list(asked) {
        if let Some(missing) = REQUIRED.iter().find(|field| text(record, field).is_empty()) {
            return said("-1", &format!("Thiếu trường {missing}"));
        }
        // As in the field: the code says little, the words tell it (wire.md §1.6.7).
        if !updating && portal.holds(&text(record, "MaHoSo")).is_some() {
            return said("3", "Mã hồ sơ đã tồn tại");
        }
        portal.keep(record);
    }
    said("0", "Đồng bộ thành công")
}

fn take_progress(portal: &Portal, asked: &Value) -> HttpResponse {
    if list(asked).len() > 10 {
        return said("-1", "Mỗi lần gửi tối đa 10 dòng");
    }
    for line in list(asked) {
        if !portal.add_progress(line) {
            return said("-1", "Hồ sơ không tồn tại");
        }
    }
    said("0", "Cập nhật thành công")
}

fn look_up(portal: &Portal, asked: &Value) -> HttpResponse {
    let found: Vec<_> = portal.holds(&text(asked, "mahoso")).into_iter().collect();
    HttpResponse::Ok().json(json!({"error_code": "0", "message": "Thành công", "result": found}))
}

fn list(asked: &Value) -> &[Value] {
    asked.get("data").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn said(code: &str, words: &str) -> HttpResponse {
    HttpResponse::Ok().json(json!({"error_code": code, "message": words}))
}
