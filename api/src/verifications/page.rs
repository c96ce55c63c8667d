//! The check as a page without scripts: where the square code of a result leads a telephone.

use super::{Verification, hash_as_typed};
use crate::manners::language::Language;
use crate::manners::pages::{escaped, page};
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use rules::lang::Lang;
use rules::local_time::local_date;
use serde::Deserialize;
use utoipa::IntoParams;

/// What was filled in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerificationQuery {
    /// The code.
    #[serde(default)]
    #[param(max_length = 60, example = "7K3M-9QXA-40TZ-C2WB-DN8Q")]
    code: String,
    /// SHA-256 of a file in hand, hex.
    #[serde(default)]
    #[param(max_length = 80, example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    sha256: String,
}

/// Show the page on which results are checked
///
/// With a code it says what `GET /v1/verifications/{code}` says, and with a hash also whether the file is the issued one;
/// counted with the look-ups.
#[utoipa::path(
    tag = "results",
    params(VerificationQuery),
    responses((status = 200, body = String, content_type = "text/html", description = "A page to fill in, with the answer"))
)]
#[get("/v1/verifications")]
pub(crate) async fn show_verification(
    office: web::Data<Office>,
    query: web::Query<VerificationQuery>,
    Language(lang): Language,
) -> Result<HttpResponse, Problem> {
    let hash = hash_as_typed(&query.sha256);
    let told = match query.code.trim() {
        "" => None,
        code => Some(office.verified(code, hash.as_deref(), lang).await?),
    };
    Ok(page(printed(told.as_ref(), &query.code, &query.sha256, lang)))
}

const PAGE: &str = include_str!("page.html");

/// The page with the answer, when there is one, and what was filled in.
pub(super) fn printed(told: Option<&Verification>, code: &str, sha256: &str, lang: Lang) -> String {
    let misread = !sha256.trim().is_empty() && hash_as_typed(sha256).is_none();
    let no_hash = lang.pick(
        "Mã băm chưa đúng: phải gồm 64 chữ số thập lục phân.",
        "The hash is not right: it has 64 hexadecimal digits.",
    );
    let compared = told.and_then(|told| told.comparison).or(misread.then_some(no_hash)).unwrap_or_default();
    PAGE.replace("{{lang}}", lang.pick("vi", "en"))
        .replace("{{kind}}", told.map_or("", kind))
        .replace("{{said}}", &escaped(told.map_or("", |told| &told.message)))
        .replace("{{compared}}", &escaped(compared))
        .replace(
            "{{same}}",
            told.and_then(|told| told.same_file).map_or("", |same| if same { "good" } else { "bad" }),
        )
        .replace("{{lines}}", &told.map_or_else(String::new, |told| lines(told, lang)))
        .replace("{{code}}", &escaped(told.and_then(|told| told.code.as_deref()).unwrap_or(code)))
        .replace("{{sha256}}", &escaped(sha256))
}

fn kind(told: &Verification) -> &'static str {
    match told.verdict.as_str() {
        "in_force" => "good",
        "not_yet_in_force" | "expired" | "mistyped" => "doubt",
        _ => "bad",
    }
}

/// What is known of the result, one line each.
fn lines(told: &Verification, lang: Lang) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| day.format("%d/%m/%Y").to_string());
    let endless = told.sha256.as_ref().map(|_| lang.pick("không thời hạn", "without end").to_owned());
    let rows = [
        (lang.pick("Kết quả", "Result"), told.name.clone()),
        (lang.pick("Thủ tục", "Procedure"), told.procedure.clone()),
        (lang.pick("Cơ quan cấp", "Issued by"), told.unit.clone()),
        (lang.pick("Ngày cấp", "Issued on"), day(told.issued_on)),
        (lang.pick("Có hiệu lực từ", "Valid from"), day(told.valid_from)),
        (lang.pick("Có hiệu lực đến", "Valid until"), day(told.valid_until).or(endless)),
        (lang.pick("Hết giá trị từ", "Ended on"), day(told.ended_at.map(local_date))),
        (lang.pick("Mã băm SHA-256 của tệp", "SHA-256 of the file"), told.sha256.clone()),
    ];
    let shown = rows.into_iter().filter_map(|(name, value)| Some((name, value?)));
    shown.map(|(name, value)| format!("<dt>{name}</dt><dd>{}</dd>", escaped(&value))).collect()
}
