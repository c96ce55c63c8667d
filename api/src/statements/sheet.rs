//! The differences of a statement as a sheet.

use crate::identity::Asker;
use crate::manners::sheets::sheet;
use crate::office::Office;
use crate::problems::Problem;
use actix_web::{HttpResponse, get, web};
use entities::statements::reading;
use entities::tables::statement_differences::Model;
use rules::fees::sheets::line;
use uuid::Uuid;

/// Take the differences of a statement as a sheet
///
/// Comma-separated; no cell is taken for a formula.
#[utoipa::path(
    tag = "payments",
    params(("id" = Uuid, Path, description = "Key of the statement")),
    responses((status = 200, body = String, content_type = "text/csv", description = "The sheet"))
)]
#[get("/v1/statements/{id}/sheet")]
pub(crate) async fn show_statement_sheet(
    office: web::Data<Office>,
    id: web::Path<Uuid>,
    asker: Asker,
) -> Result<HttpResponse, Problem> {
    let db = office.db.reader();
    let statement = reading::find(db, &asker, *id).await?;
    let mut text = line(HEAD);
    for row in reading::differences(db, &asker, statement.id).await? {
        let words = reading::words(&office.sealer, &asker, &row)?.unwrap_or_default();
        text.push_str(&told(&row, &words));
    }
    Ok(sheet(&format!("chenh-lech-{}.csv", statement.day), text))
}

const HEAD: [&str; 7] = ["kind", "reference", "transaction_id", "ours", "theirs", "state", "words"];

fn told(row: &Model, words: &str) -> String {
    let sum = |sum: Option<i64>| sum.map(|sum| sum.to_string()).unwrap_or_default();
    let (ours, theirs) = (sum(row.ours), sum(row.theirs));
    line([&row.kind, &row.reference, &row.transaction_id, &ours, &theirs, &row.state, words])
}
