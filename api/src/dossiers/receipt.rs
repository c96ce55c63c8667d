//! Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01), as a page to print at once.

use crate::forms::printed;
use crate::identity::Asker;
use crate::manners::pages::page;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use entities::dossiers::reading;
use entities::forms::reading as forms;
use rules::access::Sight;
use rules::forms::FormKind;
use uuid::Uuid;

/// Print the receipt of a dossier
///
/// Form 01 as it was issued at the reception: code, person, papers, hour and minute of reception and of the appointment
/// (NĐ 61/2018 Đ17.1c). The file of the same form is among `/v1/dossiers/{id}/forms`. 409 before the dossier has been
/// received.
#[utoipa::path(
    tag = "dossiers",
    params(("id" = Uuid, Path, description = "Key of the dossier")),
    responses((status = 200, body = String, content_type = "text/html", description = "A page to print"))
)]
#[get("/v1/dossiers/{id}/receipt")]
pub(crate) async fn show_receipt(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let (dossier, sight) = reading::find(db, &office.sealer, &asker, *id).await?;
    if sight != Sight::Full {
        return Err(Code::Forbidden.into());
    }
    let receipt = forms::last(db, dossier.id, FormKind::Receipt).await?.ok_or(Code::ReceiptNotYet)?;
    Ok(page(printed(&forms::content(&office.sealer, &receipt)?.sheet())))
}
