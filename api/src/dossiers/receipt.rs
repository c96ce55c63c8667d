//! Giấy tiếp nhận hồ sơ và hẹn trả kết quả (form 01), as a page to print.

use crate::identity::Asker;
use crate::manners::pages::{self, escaped};
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use entities::catalogue::{Revised, units::Unit};
use entities::dossiers::reading;
use entities::tables::{dossiers, papers};
use rules::access::Sight;
use rules::local_time::local;
use std::sync::Arc;
use uuid::Uuid;

const PAGE: &str = include_str!("receipt.html");

/// Print the receipt of a dossier
///
/// Form 01: code, person, papers, hour and minute of reception and of the appointment (NĐ 61/2018 Đ17.1c). 409 before
/// the dossier has been received.
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
    let received = dossier.received_at.ok_or(Code::ReceiptNotYet)?;
    let unit = office.catalogue.unit(db, dossier.unit_id, office.clock.now()).await?;
    let revised = office.catalogue.revision(db, dossier.revision_id).await?;
    let papers = reading::papers(db, dossier.id).await?;
    let entries = reading::entries(db, dossier.id).await?;
    let officer = entries.iter().find(|e| e.act == "accept").map_or("", |e| e.actor_name.as_str());
    let page = office.filled(&dossier, (&unit, &revised), &papers, received, officer)?;
    Ok(pages::page(page))
}

impl Office {
    fn filled(
        &self,
        dossier: &dossiers::Model,
        (unit, revised): (&Arc<Unit>, &Arc<Revised>),
        papers: &[papers::Model],
        received: DateTime<Utc>,
        officer: &str,
    ) -> Result<String, Problem> {
        let applicant = reading::applicant(&self.sealer, dossier)?;
        let address = applicant.address.as_ref().map_or_else(String::new, |a| a.one_line());
        let rows: String = papers
            .iter()
            .filter(|p| p.part != "result")
            .enumerate()
            .map(|(n, p)| row(n, p, revised))
            .collect();
        let due = dossier.due_at.map_or_else(|| "(đang tạm dừng)".to_owned(), moment);
        let secret = self.sealer.lookup_secret(dossier.id);
        let fields = [
            ("unit", unit.row.name.as_str()),
            ("contact", unit.row.contact.as_deref().unwrap_or_default()),
            ("code", &dossier.code),
            ("secret", &secret),
            ("applicant", &applicant.name),
            ("address", &address),
            ("phone", applicant.phone.as_deref().unwrap_or_default()),
            ("email", applicant.email.as_deref().unwrap_or_default()),
            ("procedure", &revised.content.name),
            ("received", &moment(received)),
            ("due", &due),
            ("return", returned(&dossier.return_method)),
            ("fee", &dossier.fee_total.to_string()),
            ("officer", officer),
            ("look_up", &format!("{}/v1/lookups", self.settings.public_url)),
        ];
        let page = fields.iter().fold(PAGE.to_owned(), |page, (name, value)| {
            page.replace(&format!("{{{{{name}}}}}"), &escaped(value))
        });
        Ok(page.replace("{{papers}}", &rows))
    }
}

fn row(n: usize, paper: &papers::Model, revised: &Revised) -> String {
    let component = paper.component.as_deref().and_then(|code| revised.content.component(code));
    let (originals, copies) = component.map_or((0, 0), |c| (c.originals, c.copies));
    format!(
        "<tr><td>{}</td><td>{}</td><td>{originals}</td><td>{copies}</td></tr>",
        n + 1,
        escaped(&paper.name)
    )
}

/// Hour and minute first, as the form prints them.
fn moment(at: DateTime<Utc>) -> String {
    local(at).format("%H giờ %M phút, ngày %d/%m/%Y").to_string()
}

fn returned(method: &str) -> &'static str {
    match method {
        "post" => "Gửi qua dịch vụ bưu chính công ích",
        "electronic" => "Trả bản điện tử trong tài khoản của người nộp",
        _ => "Nhận tại Bộ phận Một cửa",
    }
}
