//! The look-up as a page: where the code printed on the forms leads a telephone.

use super::LookUp;
use crate::manners::pages::{escaped, page};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, post, web};
use rules::lang::Lang;
use serde::Deserialize;
use utoipa::IntoParams;

/// What the printed code already says.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUpQuery {
    /// Mã số hồ sơ.
    #[serde(default)]
    #[param(max_length = 60, example = "H03.10.14-261123-0001")]
    code: String,
}

/// Show the page of the public look-up
///
/// The forms carry its address as a square code; the page asks for the secret that is printed beside it.
#[utoipa::path(
    tag = "dossiers",
    params(LookUpQuery),
    responses((status = 200, body = String, content_type = "text/html", description = "A page to fill in"))
)]
#[get("/v1/lookups")]
pub(crate) async fn show_look_up(query: web::Query<LookUpQuery>) -> HttpResponse {
    page(printed(&query.code, ""))
}

/// Look a dossier up by its receipt, on the page
///
/// Says what `POST /v1/lookups` says, in words; counted with it.
#[utoipa::path(
    tag = "dossiers",
    request_body(content = LookUp, content_type = "application/x-www-form-urlencoded",
        example = json!({"code": "H03.10.14-261123-0001", "secret": "K7QF2M9X"})),
    responses((status = 200, body = String, content_type = "text/html", description = "The page with the answer"))
)]
#[post("/v1/lookups/page")]
pub(crate) async fn look_up_on_page(
    office: web::Data<Office>,
    form: web::Form<LookUp>,
) -> Result<HttpResponse, Problem> {
    let asked = form.into_inner();
    let said = match office.looked_up(&asked, Lang::Vi).await {
        Ok(progress) => format!("Hồ sơ {}: {}.", progress.code, progress.status_name),
        Err(problem) if problem.code() == Code::LookupFailed => {
            "Không tìm thấy hồ sơ với mã hồ sơ và mã tra cứu này.".to_owned()
        }
        Err(problem) => return Err(problem),
    };
    Ok(page(printed(&asked.code, &said)))
}

const PAGE: &str = include_str!("page.html");

fn printed(code: &str, said: &str) -> String {
    PAGE.replace("{{said}}", &escaped(said)).replace("{{code}}", &escaped(code))
}
