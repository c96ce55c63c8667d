//! How a sheet of comma-separated values is answered.

use actix_web::HttpResponse;

/// `text` as a file to save, with the mark by which spreadsheets know that it is UTF-8.
pub(crate) fn sheet(name: &str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(("content-disposition", format!("attachment; filename=\"{name}\"")))
        .insert_header(("cache-control", "private, no-store"))
        .body(format!("\u{feff}{text}"))
}
