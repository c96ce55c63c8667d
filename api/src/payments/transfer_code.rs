//! The codes by which a fee is transferred to the unit's account.

use crate::catalogue::keys;
use crate::catalogue::listing::query_invalid;
use crate::identity::Asker;
use crate::manners::drawing;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading;
use entities::payments::transfer::{TransferCode, codes};
use rules::access::Sight;
use rules::fees::FeeKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// One transfer that pays the fee, or one kind of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TransferCode, example = json!({"kind": null, "amount": 12000, "purpose": "TT HS H551012603100001",
    "text": "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA53037045405120005802VN62260822TT HS H55101260310000163049B0C",
    "bank_bin": "970436", "bank_name": "Ngân hàng Ví Dụ", "account": "0123456789", "holder": "UBND PHUONG DUC XUAN"}))]
pub(crate) struct TransferCodeView {
    /// What it pays; the whole fee when null.
    #[schema(value_type = Option<keys::FeeKind>)]
    kind: Option<FeeKind>,
    /// Đồng.
    amount: i64,
    /// What the bank is told, with the short reference of the dossier in it.
    purpose: String,
    /// The text of the square code (EMVCo, NAPAS 247).
    text: String,
    /// Six digits of the bank.
    bank_bin: String,
    /// Its name.
    bank_name: String,
    /// Number of the account.
    account: String,
    /// Owner of the account; the payer compares it with what their bank shows.
    holder: String,
}

/// Which picture of which code.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PictureQuery {
    /// `svg` or `png`; `svg` when absent.
    #[param(example = "png")]
    format: Option<String>,
    /// Of which kind, where phí and lệ phí have codes of their own.
    #[param(value_type = Option<keys::FeeKind>)]
    kind: Option<FeeKind>,
}

/// Show the codes for a transfer
///
/// One for each account the fee goes to. A transfer is no online payment on the national platform, and is paid only when
/// the accountant has seen it (law.md §4.4). 409 when nothing is due or no account is recorded.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = Vec<TransferCodeView>))
)]
#[get("/v1/dossiers/{id}/transfer-code")]
pub(crate) async fn show_transfer_code(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let codes = office.transfer_codes(&asker, *id).await?;
    Ok(HttpResponse::Ok().json(codes.into_iter().map(TransferCodeView::from).collect::<Vec<_>>()))
}

/// Draw the code for a transfer
///
/// As SVG or PNG, to be shown at the desk or on the payer's screen.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the dossier"), PictureQuery),
    responses((status = 200, description = "The picture", content((String = "image/svg+xml"), (Vec<u8> = "image/png"))))
)]
#[get("/v1/dossiers/{id}/transfer-code/picture")]
pub(crate) async fn draw_transfer_code(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
    query: web::Query<PictureQuery>,
) -> Result<HttpResponse, Problem> {
    let codes = office.transfer_codes(&asker, *id).await?;
    let wanted = codes.into_iter().find(|code| query.kind.is_none() || code.kind == query.kind);
    let code = wanted.ok_or_else(|| query_invalid("kind"))?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("cache-control", "private, no-store"));
    Ok(match query.format.as_deref() {
        None | Some("svg") => answer.content_type("image/svg+xml").body(drawing::svg(&code.text)?),
        Some("png") => answer.content_type("image/png").body(drawing::png(&code.text)?),
        Some(_) => return Err(query_invalid("format")),
    })
}

impl Office {
    async fn transfer_codes(&self, asker: &Asker, id: Uuid) -> Result<Vec<TransferCode>, Problem> {
        let db = self.db.reader();
        let (dossier, sight) = reading::find(db, &self.sealer, asker, id).await?;
        if sight != Sight::Full {
            return Err(Code::Forbidden.into());
        }
        Ok(codes(db, &dossier, self.settings.account.as_ref(), self.clock.now()).await?)
    }
}

impl From<TransferCode> for TransferCodeView {
    fn from(code: TransferCode) -> Self {
        Self {
            kind: code.kind,
            amount: code.amount,
            purpose: code.purpose,
            text: code.text,
            bank_bin: code.account.bank_bin,
            bank_name: code.account.bank_name,
            account: code.account.number,
            holder: code.account.holder,
        }
    }
}
