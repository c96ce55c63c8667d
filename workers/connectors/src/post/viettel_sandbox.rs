//! The twin of Viettel Post: logs in twice, takes orders, and tells events on its list or by itself.

use crate::{
    loose_json::text,
    notebook::Notebook,
    sandbox::{Clock, Running, StandIn, serve},
    sandbox_page::Face,
};
use actix_web::{HttpRequest, HttpResponse, web};
use rules::local_time::local;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Account the twin knows.
pub const USERNAME: &str = "0900000099";
/// Its password; it protects nothing.
pub const PASSWORD: &str = "bi-mat-viettel-thu";
/// Token in the events it sends.
pub const WEBHOOK_TOKEN: &str = "the-su-kien-thu";
/// The twin's status codes; none of the real carrier's is established.
pub const STATES: [(&str, &str, &str); 8] = [
    ("1", "created", "Tạo đơn thành công"),
    ("2", "collected", "Đã lấy hàng"),
    ("3", "in_transit", "Đang vận chuyển"),
    ("4", "delivered", "Giao thành công"),
    ("5", "undelivered", "Giao không thành công"),
    ("6", "returning", "Đang chuyển hoàn"),
    ("7", "cancelled", "Đã hủy"),
    ("8", "out_for_delivery", "Đang giao"),
];
/// What can be made to happen to the next order, or to the token. A receiver's name with `[echoes]` in it is repeated in
/// every message, with telephone and address.
pub const MAGIC: [&str; 4] = ["refuses", "delivers", "undelivered", "token_expired"];

/// The number that the twin gives an order of ours.
pub fn waybill(ours: &str) -> String {
    let digits: String = ours.chars().filter(char::is_ascii_digit).collect();
    format!("VTP{digits}")
}

struct Carrier {
    notebook: Notebook,
    clock: Clock,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    token: u64,
    orders: BTreeMap<String, Value>,
    events: Vec<Value>,
}

impl Carrier {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn advance(&self, ours: &str, to: &str) -> bool {
        let mut inside = self.inside();
        let Some((code, _, words)) = STATES.iter().find(|(code, name, _)| *name == to || *code == to) else {
            return false;
        };
        // Each event is a second after the one before, as the clock of the twin may stand still.
        let nth = i64::try_from(inside.events.len()).unwrap_or_default();
        let at = (self.clock)() + chrono::TimeDelta::seconds(nth);
        let known = inside.orders.contains_key(ours);
        if known {
            let words = format!("{words}{}", inside.orders.get(ours).map(echo).unwrap_or_default());
            inside.events.push(json!({
                "ORDER_NUMBER": waybill(ours), "ORDER_REFERENCE": ours, "ORDER_STATUS": code, "STATUS_NAME": words,
                "ORDER_STATUSDATE": local(at).format("%d/%m/%Y %H:%M:%S").to_string(),
            }));
        }
        known
    }
}

/// Starts the twin. Beside the wire it has `POST /__advance/{order} {"to": "delivered"}`.
pub fn start(stand_in: StandIn) -> io::Result<Running> {
    let notebook = Notebook::new(stand_in.late);
    let carrier = Arc::new(Carrier { notebook, clock: stand_in.clock, inside: Mutex::default() });
    let shown = Arc::clone(&carrier);
    let holdings = move || json!({"orders": shown.inside().orders, "events": shown.inside().events});
    let notebook = carrier.notebook.clone();
    let face =
        Face {
            title: "Viettel Post (thử nghiệm)", magic: &MAGIC, notebook, holdings: Arc::new(holdings)
        };
    serve(stand_in.listener, face, move |app| {
        app.app_data(web::Data::from(Arc::clone(&carrier)))
            .route("/user/Login", web::post().to(log_in))
            .route("/user/ownerconnect", web::post().to(log_in))
            .route("/order/getPriceAll", web::post().to(prices))
            .route("/order/createOrder", web::post().to(order))
            .route("/order/UpdateOrder", web::post().to(update))
            .route("/order/tracking", web::get().to(tracking))
            .route("/__advance/{order:.*}", web::post().to(advance));
    })
}

async fn log_in(carrier: web::Data<Carrier>, request: HttpRequest, body: web::Json<Value>) -> HttpResponse {
    carrier.notebook.note(&request, body.to_string().as_bytes());
    if text(&body, "USERNAME") != USERNAME || text(&body, "PASSWORD") != PASSWORD {
        return said(204, "Sai tài khoản hoặc mật khẩu", Value::Null);
    }
    if request.path() == "/user/Login" {
        return said(200, "OK", json!({"token": "tam-thoi"}));
    }
    if header(&request) != "tam-thoi" {
        return said(202, "Token invalid", Value::Null);
    }
    let mut inside = carrier.inside();
    inside.token = inside.token.saturating_add(1);
    said(200, "OK", json!({"token": format!("lau-dai-{}", inside.token)}))
}

async fn prices(carrier: web::Data<Carrier>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    match heard(&carrier, &request, &body) {
        Some(_) => HttpResponse::Ok().json(json!([{"MA_DV_CHINH": "VCN", "GIA_CUOC": 32_000}])),
        None => said(201, "Token invalid", Value::Null),
    }
}

async fn order(carrier: web::Data<Carrier>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let Some(asked) = heard(&carrier, &request, &body) else {
        return said(201, "Token invalid", Value::Null);
    };
    let magic = carrier.notebook.take(&["refuses", "delivers", "undelivered"]);
    if magic.as_deref() == Some("refuses") || asked.get("RECEIVER_PROVINCE").is_none() {
        let words = format!("Địa chỉ người nhận không hợp lệ{}", echo(&asked));
        return said(203, &words, Value::Null);
    }
    let number = text(&asked, "ORDER_NUMBER");
    if carrier.inside().orders.insert(number.clone(), asked.clone()).is_none() {
        meet_fate(&carrier, &number, &asked, magic.as_deref());
    }
    said(200, "OK", json!({"ORDER_NUMBER": waybill(&number)}))
}

/// The receiver once more, where the name asks for it.
fn echo(order: &Value) -> String {
    let fields = ["RECEIVER_FULLNAME", "RECEIVER_PHONE", "RECEIVER_ADDRESS"];
    let told = fields.map(|field| text(order, field)).join(", ");
    if told.contains("[echoes]") { format!(" {told}") } else { String::new() }
}

fn meet_fate(carrier: &Carrier, number: &str, asked: &Value, magic: Option<&str>) {
    carrier.advance(number, "created");
    let receiver = text(asked, "RECEIVER_FULLNAME");
    let end = match magic {
        Some("delivers") => "delivered",
        Some("undelivered") => "undelivered",
        _ if receiver.contains("[delivers]") => "delivered",
        _ if receiver.contains("[undelivered]") => "undelivered",
        _ => return,
    };
    for state in ["collected", "in_transit", end] {
        carrier.advance(number, state);
    }
}

async fn update(carrier: web::Data<Carrier>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    let Some(asked) = heard(&carrier, &request, &body) else {
        return said(201, "Token invalid", Value::Null);
    };
    let theirs = text(&asked, "ORDER_NUMBER");
    let ours = carrier.inside().orders.keys().find(|ours| waybill(ours) == theirs).cloned();
    let Some(ours) = ours.filter(|_| text(&asked, "TYPE") == "4") else {
        return said(207, "Không tìm thấy vận đơn", Value::Null);
    };
    carrier.advance(&ours, "cancelled");
    said(200, "OK", Value::Null)
}

async fn tracking(carrier: web::Data<Carrier>, request: HttpRequest) -> HttpResponse {
    match heard(&carrier, &request, b"{}") {
        Some(_) => said(200, "OK", Value::from(carrier.inside().events.clone())),
        None => said(201, "Token invalid", Value::Null),
    }
}

async fn advance(
    carrier: web::Data<Carrier>,
    number: web::Path<String>,
    body: web::Json<Value>,
) -> HttpResponse {
    if !carrier.advance(&number, &text(&body, "to")) {
        return HttpResponse::NotFound().json(json!({"error": "no such order or state"}));
    }
    let event = carrier.inside().events.last().cloned();
    HttpResponse::Ok().json(json!({"DATA": event, "TOKEN": WEBHOOK_TOKEN}))
}

// Nothing when the token is not good; the magic makes the present one bad just before.
fn heard(carrier: &Carrier, request: &HttpRequest, body: &[u8]) -> Option<Value> {
    let mut inside = carrier.inside();
    if carrier.notebook.take(&["token_expired"]).is_some() {
        inside.token = inside.token.saturating_add(1);
    }
    if header(request) != format!("lau-dai-{}", inside.token) {
        return None;
    }
    carrier.notebook.note(request, body);
    Some(serde_json::from_slice(body).unwrap_or_default())
}

fn header(request: &HttpRequest) -> String {
    let token = request.headers().get("token");
    token.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

fn said(status: u16, words: &str, data: Value) -> HttpResponse {
    let body = json!({"status": status, "error": status != 200, "message": words, "data": data});
    HttpResponse::Ok().json(body)
}
