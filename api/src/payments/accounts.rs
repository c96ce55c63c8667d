//! The bank accounts of a unit.

use crate::catalogue::keys;
use crate::identity::Asker;
use crate::manners::answer::Answer;
use crate::manners::ask::Ask;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use entities::catalogue::units;
use entities::payments::accounts::{Account, NewAccount, of, recorded};
use entities::tables::unit_accounts::Model;
use rules::access::{Sight, money_sight, runs_catalogue};
use rules::fees::FeeKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An account that is to be recorded.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewUnitAccount {
    /// What goes there; both kinds when left out.
    #[schema(value_type = Option<keys::FeeKind>)]
    kind: Option<FeeKind>,
    /// Six digits of the bank in the NAPAS network.
    #[schema(example = "970436")]
    bank_bin: String,
    /// Name of the bank.
    #[schema(max_length = 200, example = "Ngân hàng Ví Dụ")]
    bank_name: String,
    /// Number of the account.
    #[schema(max_length = 19, example = "0123456789")]
    number: String,
    /// Its owner, as the bank writes it.
    #[schema(max_length = 200, example = "UBND PHUONG DUC XUAN")]
    holder: String,
    /// First local day.
    valid_from: NaiveDate,
}

/// An account of a unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnitAccount, example = json!({"id": "0194f3c0-0000-7000-8000-000000000010", "kind": null, "bank_bin": "970436",
    "bank_name": "Ngân hàng Ví Dụ", "number": "0123456789", "holder": "UBND PHUONG DUC XUAN", "valid_from": "2026-01-01",
    "recorded_name": "Bùi Thị Kiểm", "recorded_at": "2025-12-30T03:00:00Z"}))]
pub(crate) struct UnitAccountView {
    /// Key.
    id: Uuid,
    /// What goes there; both kinds when null.
    #[schema(value_type = Option<keys::FeeKind>)]
    kind: Option<FeeKind>,
    /// Six digits of the bank.
    bank_bin: String,
    /// Its name.
    bank_name: String,
    /// Number of the account.
    number: String,
    /// Its owner.
    holder: String,
    /// First local day.
    valid_from: NaiveDate,
    /// Name of who recorded it.
    recorded_name: String,
    /// Recorded.
    recorded_at: DateTime<Utc>,
}

/// Record an account of a unit
///
/// By those who run the catalogue, so that who handles the money does not choose where it goes. A recorded account is never
/// changed; a later one takes its place from its first day on.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the unit"), ("Idempotency-Key" = String, Header, description = "A new key for each account")),
    request_body(content = NewUnitAccount, example = json!({"bank_bin": "970436", "bank_name": "Ngân hàng Ví Dụ", "number": "0123456789", "holder": "UBND PHUONG DUC XUAN", "valid_from": "2026-01-01"})),
    responses((status = 201, body = UnitAccountView, description = "Recorded"))
)]
#[post("/v1/units/{id}/accounts")]
pub(crate) async fn record_unit_account(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    ask: Ask<NewUnitAccount>,
) -> Result<HttpResponse, Problem> {
    let Ask { facts, body } = ask;
    if !runs_catalogue(&facts.actor) {
        return Err(Code::Forbidden.into());
    }
    let new = body.of_unit(*id);
    let trace = facts.trace.traceparent();
    office
        .once(&facts, async |tx, at| {
            units::by_id(tx, *id).await?;
            let row = facts.door(&office, tx, at, &trace).record_account(&new).await?;
            Ok(Answer::created(format!("/v1/units/{id}/accounts"), &UnitAccountView::of(row)?)?.ringing([]))
        })
        .await
}

/// List the accounts of a unit
///
/// Newest first; for who handles or oversees its money and for those who run the catalogue.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the unit")),
    responses((status = 200, body = Vec<UnitAccountView>))
)]
#[get("/v1/units/{id}/accounts")]
pub(crate) async fn list_unit_accounts(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    if money_sight(&asker, *id) == Sight::None && !runs_catalogue(&asker) {
        return Err(Code::Forbidden.into());
    }
    let rows = recorded(office.db.reader(), *id).await?;
    let views = rows.into_iter().map(UnitAccountView::of).collect::<Result<Vec<_>, _>>()?;
    Ok(HttpResponse::Ok().json(views))
}

impl NewUnitAccount {
    fn of_unit(self, unit: Uuid) -> NewAccount {
        let Self { kind, bank_bin, bank_name, number, holder, valid_from } = self;
        NewAccount {
            unit,
            account: Account { id: None, kind, bank_bin, bank_name, number, holder },
            valid_from,
        }
    }
}

impl UnitAccountView {
    fn of(row: Model) -> Result<Self, entities::Error> {
        let account = of(&row)?;
        Ok(Self {
            id: row.id,
            kind: account.kind,
            bank_bin: account.bank_bin,
            bank_name: account.bank_name,
            number: account.number,
            holder: account.holder,
            valid_from: row.valid_from,
            recorded_name: row.recorded_name,
            recorded_at: row.recorded_at,
        })
    }
}
