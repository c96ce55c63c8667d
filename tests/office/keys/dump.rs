//! Whoever carries away the database and the store reads no number, telephone, address, letter-box or paper of anybody.

use crate::journeys::stage::Stage;
use crate::support::commune::{CASE, Commune, DESK, HEAD, MAU, MAU_ID, text};
use crate::support::evidence;
use chrono::TimeDelta;
use entities::database::Database;
use futures::TryStreamExt;
use object_store::ObjectStoreExt;
use rules::folding::fold;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const NAME: &str = "Lường Thị Hoa Ban";
/// Who signed in, another one than the applicant.
const ACCOUNT: &str = "Nguyễn Thị Mẫu";
const PHONE: &str = "0977123456";
const EMAIL: &str = "hoaban.luong@vidu.example";
const STREET: &str = "Số 17 ngõ Suối Reo";
const SCHOOL: &str = "Trường THPT Đèo Gió";
const REASON: &str = "Bản chụp giấy khai sinh của bà Hoa Ban bị mờ";

/// Nobody finds these anywhere.
const SECRETS: [&str; 7] = [MAU_ID, PHONE, "977123456", EMAIL, STREET, SCHOOL, REASON];

/// Where names are readable, because officers find people by them all day (docs/keys.md).
const NAMED: [&str; 2] = ["dossiers.applicant_folded", "dossiers.applicant_name"];

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_of_the_database_and_the_store_tells_nobodys_secrets() {
    let (stage, mut done) = (Stage::open().await, BTreeSet::new());
    let commune = &stage.commune;
    walked(&stage, &mut done).await;

    let dump = Dump::of(commune).await;

    let found: Vec<String> = SECRETS.iter().flat_map(|secret| dump.holding(secret)).collect();
    assert!(found.is_empty(), "{found:#?}");
    let named: BTreeSet<String> = [NAME, ACCOUNT].iter().flat_map(|name| dump.holding(name)).collect();
    assert_eq!(named.iter().map(String::as_str).collect::<Vec<_>>(), NAMED, "names");
    let bytes: usize = dump.files.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(dump.cells.len() > 1_000 && dump.files.len() > 3, "{} cells", dump.cells.len());
    for (place, bytes) in &dump.files {
        assert!(!bytes.windows(5).any(|five| five == b"%PDF-" || five == b"Catal"), "{place}");
    }
    let count = |number: usize| u64::try_from(number).unwrap();
    evidence::keep(
        "dump",
        &[
            ("columns", count(dump.columns)),
            ("cells", count(dump.cells.len())),
            ("files", count(dump.files.len())),
            ("bytes", count(bytes)),
            ("found", 0),
        ],
    );
}

#[tokio::test]
async fn a_dump_finds_what_lies_open() {
    let commune = Commune::open().await;
    let open = object_store::path::Path::from("files/open");
    let wrong = commune.submit(MAU, commune.copies(), |a| a["applicant"]["name"] = json!(NAME)).await;
    commune.raw.put(&open, SCHOOL.into()).await.unwrap();
    let sql = format!(
        "UPDATE dossiers SET summary = '{}' WHERE code = '{}'",
        "SỐ 17 NGÕ SUỐI REO",
        text(&wrong, "code")
    );
    commune.database.writer().execute_unprepared(&sql).await.unwrap();

    let dump = Dump::of(&commune).await;

    assert_eq!(dump.holding(STREET), ["dossiers.summary"], "whatever its accents and capitals");
    assert_eq!(dump.holding(SCHOOL), ["files/open"]);
}

/// From the click to the postman: a supplement, a payment, letters, the portal, a carrier, a result.
async fn walked(stage: &Stage, done: &mut BTreeSet<uuid::Uuid>) {
    let commune = &stage.commune;
    let dossier = commune.submit(MAU, commune.copies(), |a| {
        a["return_method"] = json!("post");
        a["applicant"] = json!({
            "name": NAME, "id_number": MAU_ID, "phone": PHONE, "email": EMAIL,
            "address": {"line": STREET, "commune": "phường Đức Xuân", "province": "tỉnh Thử Nghiệm"},
        });
        a["form"]["issuer"] = json!(SCHOOL);
    });
    let dossier = dossier.await;
    stage.work(done).await;
    let asked = json!({"reason": REASON, "components": ["CC-01"]});
    let now = commune.done(DESK, &dossier, "supplement-request", asked).await;
    let papers = json!({"papers": [{"component": "CC-01", "file": commune.paper(MAU).await}]});
    let now = commune.done(MAU, &now, "supplement", papers).await;
    stage.work(done).await;
    commune.pass(TimeDelta::minutes(10));
    let mut now = commune.done(DESK, &now, "acceptance", json!({})).await;
    for _ in 0..2 {
        now = commune.done(DESK, &now, "forwarding", json!({})).await;
    }
    now = commune.done(CASE, &now, "claim", json!({})).await;
    now = commune.done(CASE, &now, "payment-request", json!({})).await;
    stage.work(done).await;
    stage.pay(&now, "pays", done).await;
    now = commune.now(CASE, &now).await;
    now = commune.done(CASE, &now, "forwarding", json!({})).await;
    now = commune.done(HEAD, &now, "decision", commune.decision("KQ-CC-01").await).await;
    stage.work(done).await;
    stage.carry(&now, "delivered", done).await;
    let shown: Value = commune.read(MAU, &format!("/v1/dossiers/{}", text(&now, "id"))).await;
    assert_eq!(shown["applicant"]["phone"], PHONE, "the office itself reads it");
}

/// Everything somebody could carry away.
struct Dump {
    columns: usize,
    /// Column and folded content.
    cells: Vec<(String, String)>,
    files: Vec<(String, Vec<u8>)>,
}

impl Dump {
    async fn of(commune: &Commune) -> Self {
        let columns = columns(&commune.database).await;
        let mut cells = Vec::new();
        for (table, column) in &columns {
            let sql = format!(
                "SELECT {} AS cell FROM \"{table}\" WHERE \"{column}\" IS NOT NULL",
                shown(&commune.database, column)
            );
            for row in rows(&commune.database, &sql).await {
                let cell: String = row.try_get("", "cell").unwrap();
                cells.push((format!("{table}.{column}"), fold(&read(&cell))));
            }
        }
        let mut files = Vec::new();
        let listed: Vec<_> = commune.raw.list(None).try_collect().await.unwrap();
        for meta in listed {
            let bytes = commune.raw.get(&meta.location).await.unwrap().bytes().await.unwrap();
            files.push((meta.location.to_string(), bytes.to_vec()));
        }
        Self { columns: columns.len(), cells, files }
    }

    /// Columns and files in which this stands, whatever its accents and capitals.
    fn holding(&self, secret: &str) -> Vec<String> {
        let folded = fold(secret);
        let cells = self.cells.iter().filter(|(_, cell)| cell.contains(&folded)).map(|(place, _)| place);
        let files = self
            .files
            .iter()
            .filter(|(_, bytes)| bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
        let places: BTreeSet<String> = cells.chain(files.map(|(place, _)| place)).cloned().collect();
        places.into_iter().collect()
    }
}

/// A column as text; bytes as `\\x` and hex digits, as PostgreSQL writes them.
fn shown(database: &Database, column: &str) -> String {
    let text = format!("CAST(\"{column}\" AS TEXT)");
    match database.backend() {
        DbBackend::Sqlite => {
            format!("CASE typeof(\"{column}\") WHEN 'blob' THEN '\\x' || hex(\"{column}\") ELSE {text} END")
        }
        _ => text,
    }
}

/// What stands in a cell, also where it is kept as bytes.
fn read(cell: &str) -> String {
    let bytes = cell.strip_prefix("\\x").and_then(|digits| hex::decode(digits).ok());
    bytes.map_or_else(|| cell.to_owned(), |bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// Every column of every table of the office.
async fn columns(database: &Database) -> Vec<(String, String)> {
    let sql = match database.backend() {
        DbBackend::Sqlite => {
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table'"
        }
        _ => {
            "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns \
             WHERE table_schema = 'public'"
        }
    };
    let found = rows(database, sql).await;
    found.iter().map(|row| (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap())).collect()
}

async fn rows(database: &Database, sql: &str) -> Vec<QueryResult> {
    database.reader().query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap()
}
