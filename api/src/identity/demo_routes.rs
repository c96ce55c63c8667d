//! `/demo/…`: the keys and the tokens of the demo's issuer; not there outside the demo.

use crate::manners::ask::Body;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whom to sign in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Key of a demo person.
    #[schema(example = "nguyen-van-an")]
    pub person: String,
}

/// A token of the demo.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DemoToken {
    /// To be sent as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds it is good for.
    pub expires_in: u32,
}

/// One person of the demo.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DemoPersonView {
    /// Key to sign in with.
    pub person: String,
    /// Name.
    pub name: String,
}

/// Public keys of the demo's issuer
#[utoipa::path(tag = "demo", responses((status = 200, body = Object, example = json!({"keys": []}))))]
#[get("/demo/jwks.json")]
pub(crate) async fn demo_keys(office: web::Data<Office>) -> Result<HttpResponse, Problem> {
    let issuer = office.demo.as_ref().ok_or(Code::RouteUnknown)?;
    Ok(HttpResponse::Ok().json(issuer.keys()))
}

/// People of the demo
#[utoipa::path(tag = "demo", responses((status = 200, body = [DemoPersonView],
    example = json!([{"person": "nguyen-van-an", "name": "Nguyễn Văn An"}]))))]
#[get("/demo/people")]
pub(crate) async fn demo_people(
    office: web::Data<Office>,
) -> Result<web::Json<Vec<DemoPersonView>>, Problem> {
    let issuer = office.demo.as_ref().ok_or(Code::RouteUnknown)?;
    let view = |p: &super::demo::DemoPerson| DemoPersonView { person: p.key.clone(), name: p.name.clone() };
    Ok(web::Json(issuer.people().iter().map(view).collect()))
}

/// Sign in as a person of the demo
#[utoipa::path(tag = "demo", request_body(content = SignIn, example = json!({"person": "nguyen-van-an"})),
    responses((status = 200, body = DemoToken,
        example = json!({"access_token": "eyJ…", "token_type": "Bearer", "expires_in": 28800}))))]
#[post("/demo/tokens")]
pub(crate) async fn demo_token(
    office: web::Data<Office>,
    ask: Body<SignIn>,
) -> Result<web::Json<DemoToken>, Problem> {
    let issuer = office.demo.as_ref().ok_or(Code::RouteUnknown)?;
    let access_token = issuer.token(&ask.body.person, office.clock.now())?;
    Ok(web::Json(DemoToken { access_token, token_type: "Bearer", expires_in: 8 * 3_600 }))
}
