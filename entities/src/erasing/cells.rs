//! Which cells of which tables are overwritten for a dossier, and with what.

use super::blanks::{DOCUMENT, NOBODY, NONE, PERSON, WORDS};
use crate::error::Error;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use uuid::Uuid;

/// What a cell becomes, as SQL.
#[derive(Debug, Clone, Copy)]
enum Blank {
    /// Nothing.
    Null,
    /// No text.
    Empty,
    /// A blank of `blanks`, or the name of nobody.
    Text(&'static str),
    /// The row's own key: unique, and about nobody.
    Key,
}

use Blank::{Empty, Key, Null, Text};

const DOSSIER: &str = "dossier_id = $1";
const ITEM: &str = "digitisation_id IN (SELECT id FROM digitisations WHERE dossier_id = $1)";
const SHIPMENT: &str = "shipment_id IN (SELECT id FROM shipments WHERE dossier_id = $1)";
const PAYMENT: &str = "payment_id IN (SELECT id FROM payments WHERE dossier_id = $1)";

type Row = (&'static str, &'static str, &'static [(&'static str, Blank)]);

/// Table, which of its rows, and what becomes of their cells. The history and the chronicle are not here: they are only
/// added to, and what names somebody in them is closed with the own key of the dossier.
const CELLS: [Row; 35] = [
    (
        "dossiers",
        "id = $1",
        &[
            ("owner", Text(NOBODY)),
            ("holder", Null),
            ("applicant_name", Text(NOBODY)),
            ("applicant_folded", Text("(da xoa)")),
            ("applicant_index", Null),
            ("applicant_sealed", Text(PERSON)),
            ("form_sealed", Text(DOCUMENT)),
            ("summary", Text(NOBODY)),
            ("originals", Null),
        ],
    ),
    (
        "mandates",
        DOSSIER,
        &[
            ("holder", Text(NOBODY)),
            ("holder_sealed", Text(WORDS)),
            ("holder_index", Null),
            ("witness_sealed", Null),
            ("ended_by", Null),
            ("ended_reason_sealed", Null),
        ],
    ),
    (
        "result_links",
        "result_id IN (SELECT id FROM results WHERE dossier_id = $1)",
        &[("made_by", Text(NOBODY)), ("made_name", Text(NOBODY)), ("purpose", Text(NOBODY))],
    ),
    ("papers", DOSSIER, &[("name", Text(NOBODY)), ("file_id", Null), ("document_id", Null)]),
    ("supplements", DOSSIER, &[("reason_sealed", Text(WORDS)), ("despite_sealed", Null)]),
    ("corrections", DOSSIER, &[("reason_sealed", Text(WORDS))]),
    (
        "consultations",
        DOSSIER,
        &[("question_sealed", Text(WORDS)), ("answer_sealed", Null), ("file_id", Null)],
    ),
    ("handovers", DOSSIER, &[("note_sealed", Null)]),
    ("visits", DOSSIER, &[("report_sealed", Text(NONE))]),
    ("flags", DOSSIER, &[("detail_sealed", Null)]),
    ("ratings", DOSSIER, &[("opinion_sealed", Null)]),
    ("forms", DOSSIER, &[("content_sealed", Text(NONE)), ("sha256", Null)]),
    (
        "notices",
        DOSSIER,
        &[
            ("recipient_index", Key),
            ("recipient_sealed", Text(WORDS)),
            ("person", Text(NOBODY)),
            ("addressee", Null),
            ("words_sealed", Text(NONE)),
            ("party_ref", Null),
            ("seen_by", Null),
        ],
    ),
    (
        "payments",
        DOSSIER,
        &[
            ("payer_sealed", Null),
            ("evidence_sealed", Null),
            ("rejection_sealed", Null),
            ("pay_url", Null),
            ("qr_content", Null),
            ("client_ip", Null),
            ("voucher_file_id", Null),
        ],
    ),
    ("payment_messages", PAYMENT, &[("body", Empty)]),
    ("receipts", DOSSIER, &[("payer_sealed", Text(PERSON)), ("cancel_reason_sealed", Null)]),
    (
        "refunds",
        DOSSIER,
        &[("reason_sealed", Text(WORDS)), ("rejection_sealed", Null), ("proof_sealed", Null)],
    ),
    ("statement_differences", DOSSIER, &[("words_sealed", Null)]),
    ("tax_notices", DOSSIER, &[("tax_number_sealed", Text(WORDS))]),
    ("tax_receipts", DOSSIER, &[("told_sealed", Text(NONE)), ("file_id", Null)]),
    ("portal_accounts", DOSSIER, &[("account_sealed", Null)]),
    ("portal_exchanges", DOSSIER, &[("request_sealed", Text(WORDS)), ("answer_sealed", Null)]),
    ("portal_messages", DOSSIER, &[("body_sealed", Text(WORDS))]),
    ("portal_papers", DOSSIER, &[("name", Text(NOBODY)), ("link_sealed", Null), ("file_id", Null)]),
    (
        "shipments",
        DOSSIER,
        &[
            ("raw_message_sealed", Null),
            ("taken_by_sealed", Null),
            ("taken_back_sealed", Null),
            ("contents", Null),
        ],
    ),
    ("sightings", SHIPMENT, &[("raw_message_sealed", Text(WORDS))]),
    ("refused_sightings", DOSSIER, &[("raw_message_sealed", Text(WORDS)), ("words_sealed", Null)]),
    (
        "results",
        DOSSIER,
        &[
            ("number_sealed", Text(WORDS)),
            ("owner", Text(NOBODY)),
            ("owner_index", Null),
            ("sha256", Empty),
            ("ended_basis_sealed", Null),
            ("ended_reason_sealed", Null),
        ],
    ),
    (
        "digitisations",
        DOSSIER,
        &[("name", Text(NOBODY)), ("owner_sealed", Null), ("owner_index", Null), ("file_id", Null)],
    ),
    ("digitisation_stages", ITEM, &[("report_sealed", Null), ("output_sha256", Null)]),
    ("digitised_pages", ITEM, &[("picture_sha256", Empty), ("text_sealed", Null)]),
    (
        "digitised_fields",
        ITEM,
        &[("read_sealed", Null), ("first_sealed", Null), ("second_sealed", Null), ("final_sealed", Null)],
    ),
    ("digitisation_events", ITEM, &[("words_sealed", Null)]),
    ("digitisation_uses", ITEM, &[("purpose", Text(NOBODY))]),
    ("documents", "dossier_id = $1 AND state <> 'in_force'", &[("ended_reason_sealed", Null)]),
];

/// Overwrites everything; gives how many cells.
pub(super) async fn overwrite(tx: &DatabaseTransaction, dossier: Uuid) -> Result<u64, Error> {
    let backend = tx.get_database_backend();
    let mut cells = 0;
    for (table, rows, columns) in CELLS {
        let set: Vec<String> =
            columns.iter().map(|(column, blank)| format!("{column} = {}", sql(*blank, backend))).collect();
        let update = format!("UPDATE {table} SET {} WHERE {rows}", set.join(", "));
        let done = tx.execute_raw(Statement::from_sql_and_values(backend, update, [dossier.into()])).await?;
        cells += done.rows_affected() * u64::try_from(columns.len()).unwrap_or_default();
    }
    Ok(cells)
}

/// All texts are constants of this file, and none holds a quote.
fn sql(blank: Blank, backend: DbBackend) -> String {
    match blank {
        Null => "NULL".into(),
        Empty => "''".into(),
        Text(text) => format!("'{text}'"),
        Key if backend == DbBackend::Postgres => "id::text".into(),
        Key => "lower(hex(id))".into(),
    }
}
