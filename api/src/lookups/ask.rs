//! `POST /v1/lookups`: code and secret in, degree of completion out.

use crate::manners::ask::Body;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, post, web};
use entities::dossiers::reading;
use rules::lang::Lang;
use rules::status::Status;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

/// What is printed on the receipt.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUp {
    /// Mã số hồ sơ.
    #[schema(max_length = 60, example = "H03.10.14-261123-0001")]
    pub(super) code: String,
    /// Mã tra cứu.
    #[schema(max_length = 40, example = "K7QF2M9X")]
    secret: String,
}

/// How far a dossier has come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Progress {
    /// Mã số hồ sơ.
    pub(super) code: String,
    /// National code of the status, 1 to 10.
    status_code: u8,
    /// Name of the status in the reader's language.
    pub(super) status_name: &'static str,
}

/// Look a dossier up by its receipt
///
/// Shows the code and the degree of completion, never a person (TT 01/2018 Đ16.2d). A wrong secret and an unknown
/// code are answered alike.
#[utoipa::path(
    tag = "dossiers",
    request_body(content = LookUp, example = json!({"code": "H03.10.14-261123-0001", "secret": "K7QF2M9X"})),
    responses((status = 200, body = Progress, example = json!({"code": "H03.10.14-261123-0001", "status_code": 4, "status_name": "Đang xử lý"})))
)]
#[post("/v1/lookups")]
pub(crate) async fn look_up(
    office: web::Data<Office>,
    Language(lang): Language,
    body: Body<LookUp>,
) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(office.looked_up(&body.body, lang).await?))
}

impl Office {
    /// How far the dossier of this pair has come; a wrong secret and an unknown code fail alike.
    pub(super) async fn looked_up(&self, asked: &LookUp, lang: Lang) -> Result<Progress, Problem> {
        let LookUp { code, secret } = asked;
        let found = reading::by_code(self.db.reader(), code.trim()).await?;
        // The secret of nothing is worked out too, so that the time taken tells no code from another.
        let expected = self.sealer.lookup_secret(found.as_ref().map_or_else(uuid::Uuid::nil, |d| d.id));
        let typed = rules::codes::lookup_secret_as_typed(secret);
        let same = bool::from(expected.as_bytes().ct_eq(typed.as_bytes()));
        let dossier = found.filter(|_| same).ok_or(Code::LookupFailed)?;
        let status = Status::from_key(&dossier.status).ok_or(Code::LookupFailed)?;
        let name = lang.pick(status.name_vi(), status.name_en());
        Ok(Progress { code: dossier.code, status_code: status.code(), status_name: name })
    }
}
