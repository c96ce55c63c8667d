//! The page of the demo: all twins with their links, and the clock that can be moved. It needs no script.

use super::twins::Twins;
use crate::assembly::House;
use crate::commands::api::listen;
use actix_web::dev::ServerHandle;
use actix_web::http::header::LOCATION;
use actix_web::{App, HttpResponse, HttpServer, web};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use connectors::registry::Kind;
use entities::catalogue::Catalogue;
use entities::clock::Clock;
use entities::database::Database;
use entities::jobs::Wake;
use rules::jobs::Queue;
use rules::local_time::{instant, local};
use serde::Deserialize;

/// What the page shows and moves.
#[derive(Clone)]
struct Hall {
    rows: String,
    api: String,
    db: Database,
    clock: Clock,
    catalogue: Catalogue,
    wake: Wake,
}

/// Port of the page, after the API's.
const OFFSET: u16 = 9;

/// Serves the page at an address that it gives back, until it is told to stop.
pub(crate) fn serve(port: u16, house: &House, twins: &Twins) -> Result<(String, ServerHandle), String> {
    let url = format!("http://127.0.0.1:{}", port + OFFSET);
    let hall = Hall {
        rows: twins.all().iter().map(row).collect(),
        api: format!("http://127.0.0.1:{port}"),
        db: house.db.clone(),
        clock: house.clock.clone(),
        catalogue: house.catalogue.clone(),
        wake: house.wake.clone(),
    };
    let listener = listen(url.trim_start_matches("http://"))?;
    let app = move || {
        App::new()
            .app_data(web::Data::new(hall.clone()))
            .route("/", web::get().to(page))
            .route("/clock", web::post().to(moved))
    };
    let server = HttpServer::new(app).workers(1).disable_signals().shutdown_timeout(1);
    let server = server.listen(listener).map_err(|e| e.to_string())?.run();
    let handle = server.handle();
    tokio::spawn(server);
    Ok((url, handle))
}

fn row(twin: &super::twins::Twin) -> String {
    let (vi, en) = twin.entry.kind.words();
    let (page, key) = (&twin.running.page_url, twin.entry.key);
    let more = match twin.entry.kind {
        Kind::Mail => format!(" · <a href={page}/letters>thư / letters</a>"),
        Kind::Portal => format!(" · <a href={page}/dossiers>hồ sơ / dossiers</a>"),
        Kind::Payment | Kind::Post | Kind::Monitor | Kind::Text | Kind::Scanner => String::new(),
    };
    let idle = if twin.used { "" } else { "<br><small>không nối ở đây / not set up here</small>" };
    format!(
        "<tr><td>{vi}<br><small>{en}</small><td><a href={page}/>{key}</a>{more}{idle}<td>{about}<td><code>{url}</code>",
        about = twin.entry.about,
        url = twin.running.url,
    )
}

async fn page(hall: web::Data<Hall>) -> HttpResponse {
    let now = local(hall.clock.now()).format("%H:%M:%S ngày %d/%m/%Y");
    let (api, rows) = (&hall.api, &hall.rows);
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(format!(
        "<!doctype html><html lang=vi><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>motcua: bản dùng thử</title><style>{STYLE}</style>\
         <h1>Một cửa: bản dùng thử <small>motcua demo</small></h1>\
         <p><a href={api}/docs/>Tài liệu API</a> · <a href={api}/demo/people>Người dùng thử</a>\
         <br><small>API documents · demo people</small></p>\
         <h2>Đồng hồ <small>Clock</small></h2><p><strong>{now}</strong></p>\
         <form method=post action=/clock><p>\
         <button name=to value=hour>+1 giờ <small>+1 hour</small></button> \
         <button name=to value=working_day>+1 ngày làm việc <small>+1 working day</small></button> \
         <button name=to value=morning>Đến 07:30 sáng hôm sau <small>to 07:30 next morning</small></button></p></form>\
         <p><small>Việc đến hạn chạy ngay. Mã truy cập có hạn tám giờ theo đồng hồ này. \
         What becomes due runs at once; tokens are good for eight hours of this clock.</small></p>\
         <h2>Các bên giả lập <small>Stand-ins of the outside parties</small></h2>\
         <table><tr><th>Loại<th>Trang<th>Là gì<th>Địa chỉ{rows}</table></html>"
    ))
}

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:70em;margin:1em auto;padding:0 1em}\
     td,th{padding:.25em 1em .25em 0;vertical-align:top;text-align:left}small{color:#555;font-weight:normal}\
     button{font:inherit}";

/// Where the clock is moved to.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    to: Until,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Until {
    Hour,
    WorkingDay,
    Morning,
}

async fn moved(hall: web::Data<Hall>, asked: web::Form<Move>) -> HttpResponse {
    match hall.until(asked.to).await {
        Ok(then) => hall.clock.set(then),
        Err(words) => return HttpResponse::InternalServerError().body(words),
    }
    hall.wake.ring_all(Queue::ALL);
    HttpResponse::SeeOther().insert_header((LOCATION, "/")).finish()
}

impl Hall {
    async fn until(&self, to: Until) -> Result<DateTime<Utc>, String> {
        let now = self.clock.now();
        let wall = local(now);
        let next_day = wall.date().checked_add_days(Days::new(1)).unwrap_or(wall.date());
        Ok(match to {
            Until::Hour => now + TimeDelta::hours(1),
            Until::Morning => instant(next_day.and_time(half_past_seven())),
            Until::WorkingDay => {
                let calendar =
                    self.catalogue.calendar(self.db.reader(), now).await.map_err(|e| e.to_string())?;
                now + (calendar.next_working_day(wall.date()) - wall.date())
            }
        })
    }
}

fn half_past_seven() -> NaiveTime {
    NaiveTime::from_hms_opt(7, 30, 0).unwrap_or_default()
}
