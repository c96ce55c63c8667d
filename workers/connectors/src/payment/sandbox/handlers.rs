//! The platform's own end of INIT, QUERY and GET_BILL.

use super::{
    PARTNER,
    payment::State,
    speech::{is_signed, receipt, said, standing},
    state::Platform,
};
use crate::loose_json::{text, with};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};
use std::sync::Arc;

const INIT_FIELDS: [&str; 14] = [
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
];
const QUESTION_FIELDS: [&str; 5] = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"];

pub(super) async fn init(
    platform: web::Data<Platform>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let asked = match heard(&platform, &request, &body, &INIT_FIELDS) {
        Ok(asked) => asked,
        Err(no) => return answer(&request, &no),
    };
    let (reference, description) = (text(&asked, "MaThamChieu"), text(&asked, "ThongTinGiaoDich"));
    let Ok(amount) = text(&asked, "SoTien").parse() else {
        return answer(&request, &said("04", "Số tiền không hợp lệ"));
    };
    match platform.open(&reference, amount, &description) {
        None => return answer(&request, &said("02", "Mã tham chiếu đã dùng cho số tiền khác")),
        Some(true) => meet_fate(platform.clone().into_inner(), reference.clone(), amount),
        Some(false) => {}
    }
    let url = format!("{}/pay/{reference}", platform.base);
    let yes = with(said("00", "Thành công"), "MaThamChieu", reference);
    answer(&request, &with(yes, "UrlThanhToan", url))
}

// The payer moves on their own time, after INIT is answered.
fn meet_fate(platform: Arc<Platform>, reference: String, amount: i64) {
    if let Some(magic) = platform.fate(amount) {
        tokio::spawn(async move { platform.play(&reference, &magic).await });
    }
}

pub(super) async fn query(
    platform: web::Data<Platform>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let said = match heard(&platform, &request, &body, &QUESTION_FIELDS) {
        Ok(asked) => match platform.payment(&text(&asked, "MaThamChieu")) {
            Some(payment) => standing(&payment, &platform.now()),
            None => said("02", "Không có giao dịch này"),
        },
        Err(no) => no,
    };
    answer(&request, &said)
}

pub(super) async fn bill(
    platform: web::Data<Platform>,
    request: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let asked = match heard(&platform, &request, &body, &QUESTION_FIELDS) {
        Ok(asked) => asked,
        Err(no) => return answer(&request, &no),
    };
    match platform.payment(&text(&asked, "MaThamChieu")) {
        Some(payment) if payment.state == State::Paid => {
            HttpResponse::Ok().content_type("application/pdf").body(receipt(&payment))
        }
        _ => answer(&request, &said("05", "Chưa có biên lai")),
    }
}

/// `{"url": "…"}`: where confirmations go from now on.
pub(super) async fn callback_url(platform: web::Data<Platform>, body: web::Json<Value>) -> HttpResponse {
    let url = text(&body, "url");
    if url.is_empty() {
        return HttpResponse::BadRequest().json(json!({"error": "say {\"url\": \"…\"}"}));
    }
    platform.call_back_at(url.clone());
    HttpResponse::Ok().json(json!({"url": url}))
}

fn heard(platform: &Platform, request: &HttpRequest, body: &[u8], fields: &[&str]) -> Result<Value, Value> {
    platform.notebook.note(request, body);
    let asked: Value = serde_json::from_slice(body).map_err(|_| said("96", "Không đọc được bản tin"))?;
    if !is_signed(&asked, fields) {
        return Err(said("97", "Sai mã xác thực"));
    }
    if text(&asked, "MaDoiTac") != PARTNER {
        return Err(said("03", "Sai mã đối tác"));
    }
    Ok(asked)
}

// With a token the caller came through the integration axis, which wraps the answer as text.
fn answer(request: &HttpRequest, said: &Value) -> HttpResponse {
    if request.headers().contains_key(header::AUTHORIZATION) {
        return HttpResponse::Ok().json(json!({"error_code": "0", "message": said.to_string()}));
    }
    HttpResponse::Ok().json(said)
}
