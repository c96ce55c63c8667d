//! Every sealed text opens, with the keys at hand and in the place it was sealed for.

use entities::Error;
use entities::erasing::blanks::NOBODY;
use entities::sealing::{Opened, OwnSealer, Sealer};
use entities::tables::dossiers;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryResult, Statement};
use std::collections::BTreeMap;
use uuid::Uuid;

pub const OPENS: &str = "every sealed text opens where it stands";

/// Column, and what its text was sealed for; names in braces are columns of the same row.
const PLACES: &[(&str, &str, &str)] = &[
    ("chronicle", "name_sealed", "chronicle:{id}:name"),
    ("chronicle", "purpose_sealed", "chronicle:{id}:purpose"),
    ("consultations", "answer_sealed", "consultation_answer:{id}"),
    ("consultations", "question_sealed", "consultation:{id}"),
    ("corrections", "reason_sealed", "correction:{dossier_id}:{seq}"),
    ("digitisation_events", "words_sealed", "digitisation_event:{id}"),
    ("digitisation_stages", "report_sealed", "digitisation_report:{digitisation_id}"),
    ("digitisations", "owner_sealed", "digitisation_owner:{id}"),
    ("digitised_fields", "final_sealed", "digitised_field:{digitisation_id}:{name}:final"),
    ("digitised_fields", "first_sealed", "digitised_field:{digitisation_id}:{name}:first"),
    ("digitised_fields", "read_sealed", "digitised_field:{digitisation_id}:{name}:read"),
    ("digitised_fields", "second_sealed", "digitised_field:{digitisation_id}:{name}:second"),
    ("digitised_pages", "text_sealed", "digitised_page:{digitisation_id}:{page}"),
    ("documents", "data_sealed", "document:{id}:data"),
    ("documents", "ended_reason_sealed", "document:{id}:ended"),
    ("documents", "number_sealed", "document:{id}:number"),
    ("documents", "owner_sealed", "document:{id}:owner"),
    ("documents", "signature_report_sealed", "document:{id}:signature"),
    ("dossiers", "applicant_sealed", "applicant:{id}"),
    ("dossiers", "form_sealed", "form:{id}"),
    ("drafts", "body_sealed", "draft:{id}"),
    ("flags", "detail_sealed", "flag:{id}"),
    ("forms", "content_sealed", "issued-form:{id}"),
    ("handovers", "note_sealed", "handover:{dossier_id}:{seq}"),
    ("history", "actor_name_sealed", "actor:{dossier_id}:{seq}"),
    ("history", "note_sealed", "note:{dossier_id}:{seq}"),
    ("mandates", "ended_reason_sealed", "mandate:{dossier_id}:reason"),
    ("mandates", "holder_sealed", "mandate:{dossier_id}:holder"),
    ("mandates", "witness_sealed", "mandate:{dossier_id}:witness"),
    ("notices", "recipient_sealed", "notice-recipient:{id}"),
    ("notices", "words_sealed", "notice-words:{id}"),
    ("payments", "evidence_sealed", "payment_evidence:{id}"),
    ("payments", "payer_sealed", "payer:{id}"),
    ("payments", "rejection_sealed", "payment_rejection:{id}"),
    ("portal_accounts", "account_sealed", "portal_account:{dossier_id}"),
    ("portal_exchanges", "answer_sealed", "portal_answer:{id}"),
    ("portal_exchanges", "request_sealed", "portal_request:{id}"),
    ("portal_messages", "body_sealed", "portal_message:{id}"),
    ("portal_papers", "link_sealed", "portal_paper:{id}"),
    ("questions", "asked_sealed", "question:{id}"),
    ("ratings", "opinion_sealed", "rating:{dossier_id}"),
    ("receipts", "cancel_reason_sealed", "receipt_cancelled:{id}"),
    ("receipts", "payer_sealed", "payer:{id}"),
    ("refunds", "proof_sealed", "refund_proof:{id}"),
    ("refunds", "reason_sealed", "refund:{id}"),
    ("refunds", "rejection_sealed", "refund_rejection:{id}"),
    ("refused_sightings", "raw_message_sealed", "sighting:{shipment_id}:{event_id}"),
    ("refused_sightings", "words_sealed", "refused_sighting:{id}"),
    ("replays", "body", "replays|{actor}|{key}"),
    ("results", "ended_basis_sealed", "result:{id}:basis"),
    ("results", "ended_reason_sealed", "result:{id}:ended"),
    ("results", "number_sealed", "result:{id}:number"),
    ("shipments", "raw_message_sealed", "carrier_words:{id}"),
    ("shipments", "taken_back_sealed", "taken_back:{id}"),
    ("shipments", "taken_by_sealed", "shipment:{id}"),
    ("sightings", "raw_message_sealed", "sighting:{shipment_id}:{event_id}"),
    ("statement_differences", "words_sealed", "statement_difference:{id}"),
    ("supplements", "despite_sealed", "despite:{dossier_id}:{round}"),
    ("supplements", "reason_sealed", "supplement:{dossier_id}:{round}"),
    ("tax_notices", "tax_number_sealed", "tax_notice:{id}"),
    ("tax_receipts", "told_sealed", "tax_receipt:{id}"),
    ("visits", "report_sealed", "visit:{id}"),
];

/// Texts that do not open, and columns with texts of which nobody knows what they were sealed for.
pub async fn breaches(db: &impl ConnectionTrait, sealer: &Sealer) -> Vec<String> {
    let (mut found, dossiers) = (Vec::new(), dossiers(db).await);
    for (table, column) in sealed_columns(db).await {
        let place = PLACES.iter().find(|(of, named, _)| *of == table && *named == column);
        if place.is_none() {
            found.push(format!("{OPENS}: nobody knows what {table}.{column} is sealed for"));
        }
        for row in rows(db, &table, &column).await {
            let sealed: String = row.try_get("", &column).unwrap();
            let about = about(&table, &row, &dossiers);
            let opens = place.is_some_and(|(_, _, owner)| {
                match own(sealer, about).and_then(|own| own.open(&filled(owner, &row), &sealed)) {
                    Ok(Opened::Text(_)) => true,
                    // Nobody reads what is about an erased dossier; any other has its key.
                    Ok(Opened::Erased) => about.is_some_and(|dossier| dossier.owner == NOBODY),
                    Err(_) => false,
                }
            });
            if !opens {
                found.push(format!("{OPENS}: {table}.{column}"));
            }
        }
    }
    found
}

async fn dossiers(db: &impl ConnectionTrait) -> BTreeMap<Uuid, dossiers::Model> {
    let rows = dossiers::Entity::find().all(db).await.unwrap();
    rows.into_iter().map(|row| (row.id, row)).collect()
}

/// The dossier that a row is about, where it is about one.
fn about<'a>(
    table: &str,
    row: &QueryResult,
    dossiers: &'a BTreeMap<Uuid, dossiers::Model>,
) -> Option<&'a dossiers::Model> {
    let column = if table == "dossiers" { "id" } else { "dossier_id" };
    let id = row.try_get::<Option<Uuid>>("", column).ok().flatten()?;
    dossiers.get(&id)
}

fn own<'a>(sealer: &'a Sealer, about: Option<&dossiers::Model>) -> Result<OwnSealer<'a>, Error> {
    sealer.own(about.map_or_else(Uuid::nil, |row| row.id), about.and_then(|row| row.key_wrapped.as_deref()))
}

async fn sealed_columns(db: &impl ConnectionTrait) -> Vec<(String, String)> {
    let sql = match db.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND (c.name LIKE '%\\_sealed' ESCAPE '\\' OR m.name || c.name = 'replaysbody')"
        }
        _ => {
            "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns WHERE \
             table_schema = 'public' AND (column_name LIKE '%\\_sealed' OR table_name || column_name = 'replaysbody')"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    let named = |row: &QueryResult| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
    let columns: Vec<(String, String)> = rows.iter().map(named).collect();
    assert!(columns.len() > 40, "{columns:?}");
    columns
}

async fn rows(db: &impl ConnectionTrait, table: &str, column: &str) -> Vec<QueryResult> {
    let sql = format!("SELECT * FROM {table} WHERE {column} IS NOT NULL");
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap()
}

fn filled(owner: &str, row: &QueryResult) -> String {
    let mut parts = owner.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (column, rest) = part.split_once('}').unwrap();
        text + &shown(row, column) + rest
    })
}

/// Columns of words. SQLite takes any sixteen letters for a UUID.
const WORDS: [&str; 4] = ["actor", "event_id", "key", "name"];

fn shown(row: &QueryResult, column: &str) -> String {
    if WORDS.contains(&column) {
        return row.try_get("", column).unwrap();
    }
    let key = row.try_get::<Uuid>("", column).map(|key| key.to_string());
    let number = || row.try_get::<i32>("", column).map(|number| number.to_string());
    key.or_else(|_| number()).or_else(|_| row.try_get::<String>("", column)).unwrap()
}

#[tokio::test]
async fn a_key_of_sixteen_letters_is_no_uuid() {
    let database = crate::support::database::TestDatabase::fresh().await;
    let sql = Statement::from_string(database.backend(), "SELECT '100-cash-payment' AS \"key\"");
    let row = database.reader().query_one_raw(sql).await.unwrap().unwrap();

    assert_eq!(filled("replays|{key}", &row), "replays|100-cash-payment");
}
