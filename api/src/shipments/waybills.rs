//! `/v1/carriers/{key}/waybills`: numbers that a carrier gave out beforehand.

use super::places::must_be_a_carrier;
use crate::admin::must_run_catalogue;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, post, web};
use entities::jobs::waiting;
use entities::shipments::carriers;
use rules::jobs::Queue;
use rules::refusal::Violation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Numbers to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewWaybills {
    /// 1 to 5,000 numbers of at most 60 characters.
    #[schema(min_items = 1, max_items = 5000, example = json!(["EH000000001VN"]))]
    codes: Vec<String>,
}

/// What is left.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"free": 500}))]
pub(crate) struct Waybills {
    /// Numbers that no order has taken.
    #[schema(example = 500)]
    free: usize,
}

/// Read how many waybills are left
#[utoipa::path(tag = "shipments", params(("key" = String, Path, description = "Connector key", example = "vnpost_hcc")),
    responses((status = 200, body = Waybills)))]
#[get("/v1/carriers/{key}/waybills")]
pub(crate) async fn count_waybills(
    office: web::Data<Office>,
    key: web::Path<String>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&asker)?;
    must_be_a_carrier(&key)?;
    let free = carriers::free_waybills(office.db.reader(), &key).await?;
    Ok(HttpResponse::Ok().json(Waybills { free }))
}

/// Add waybills
///
/// Each order of this carrier takes one from now on; once they are used up, orders wait for more and say so.
#[utoipa::path(tag = "shipments",
    params(("key" = String, Path, description = "Connector key", example = "vnpost_hcc"), ("Idempotency-Key" = String, Header, description = "A new key for each thing done")),
    request_body(content = NewWaybills, example = json!({"codes": ["EH000000001VN", "EH000000002VN"]})),
    responses((status = 201, body = Waybills, description = "Added")))]
#[post("/v1/carriers/{key}/waybills")]
pub(crate) async fn add_waybills(
    office: web::Data<Office>,
    key: web::Path<String>,
    ask: Ask<NewWaybills>,
) -> Result<HttpResponse, Problem> {
    must_run_catalogue(&ask.facts.actor)?;
    must_be_a_carrier(&key)?;
    let codes = ask.body.checked()?;
    office
        .once(&ask.facts, async |tx, at| {
            carriers::add_waybills(tx, &key, &codes).await?;
            waiting::bring_forward(tx, &key, at).await?;
            let free = carriers::free_waybills(tx, &key).await?;
            Ok(Answer::created(format!("/v1/carriers/{key}/waybills"), &Waybills { free })?
                .ringing([Queue::Party]))
        })
        .await
}

impl NewWaybills {
    fn checked(self) -> Result<Vec<String>, Problem> {
        let fits =
            |code: &String| (1..=60).contains(&code.len()) && code.chars().all(|c| c.is_ascii_graphic());
        if (1..=5_000).contains(&self.codes.len()) && self.codes.iter().all(fits) {
            return Ok(self.codes);
        }
        Err(Problem::invalid(vec![Violation {
            pointer: "/codes".into(),
            code: "waybill_malformed",
            vi: "Phải có 1 đến 5.000 mã vận đơn, mỗi mã 1 đến 60 ký tự liền.".into(),
            en: "Give 1 to 5,000 numbers of 1 to 60 characters without blanks.".into(),
        }]))
    }
}
