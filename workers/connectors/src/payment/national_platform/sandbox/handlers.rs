//! The platform's own end of INIT, QUERY and GET_BILL.

use super::{
    receipt::receipt,
    speech::{is_signed, said, standing},
};
use crate::{
    loose_json::{text, with},
    payment::sandbox::{Opening, PARTNER, State, Till},
};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};

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

pub(super) async fn init(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let asked = match heard(&till, &request, &body, &INIT_FIELDS) {
        Ok(asked) => asked,
        Err(no) => return answer(&request, &no),
    };
    let (reference, description) = (text(&asked, "MaThamChieu"), text(&asked, "ThongTinGiaoDich"));
    let Ok(amount) = text(&asked, "SoTien").parse() else {
        return answer(&request, &said("04", "Số tiền không hợp lệ"));
    };
    if till.open(&reference, amount, &description) == Opening::Taken {
        return answer(&request, &said("02", "Mã tham chiếu đã dùng cho số tiền khác"));
    }
    let yes = with(said("00", "Thành công"), "MaThamChieu", reference.as_str());
    answer(&request, &with(yes, "UrlThanhToan", till.pay_url(&reference)))
}

pub(super) async fn query(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let said = match heard(&till, &request, &body, &QUESTION_FIELDS) {
        Ok(asked) => match till.payment(&text(&asked, "MaThamChieu")) {
            Some(payment) => standing(&payment, till.now()),
            None => said("02", "Không có giao dịch này"),
        },
        Err(no) => no,
    };
    answer(&request, &said)
}

pub(super) async fn bill(till: web::Data<Till>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let asked = match heard(&till, &request, &body, &QUESTION_FIELDS) {
        Ok(asked) => asked,
        Err(no) => return answer(&request, &no),
    };
    match till.payment(&text(&asked, "MaThamChieu")) {
        Some(payment) if payment.state == State::Paid => {
            HttpResponse::Ok().content_type("application/pdf").body(receipt(&payment))
        }
        _ => answer(&request, &said("05", "Chưa có biên lai")),
    }
}

fn heard(till: &Till, request: &HttpRequest, body: &[u8], fields: &[&str]) -> Result<Value, Value> {
    till.notebook.note(request, body);
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
