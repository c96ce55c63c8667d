//! Lists and details over many dossiers of one unit, whose rows are copied from a real one by SQL.

use crate::load::{Connection, Measured, ask, get};
use crate::office::{CURSOR_SECRET, Engine, Office, value, values};
use crate::people::{Issuer, subject};
use api::manners::cursor::CursorKey;
use chrono::{DateTime, TimeDelta, Utc};
use entities::database::Database;
use entities::people::{Held, assign};
use rules::actor::{Assignment, Role};
use sea_orm::ConnectionTrait;
use secrecy::SecretString;
use std::sync::Arc;
use uuid::Uuid;

/// A unit with so many dossiers, and its officer.
pub struct Shelf {
    address: String,
    token: String,
    deep: String,
}

/// Where on a shelf a page is taken.
#[derive(Debug, Clone, Copy)]
pub enum Depth {
    /// The newest fifty.
    First,
    /// Fifty after nine tenths of the shelf.
    Deep,
}

impl Shelf {
    /// Copies `dossier` so many times to `unit`, with other keys, codes and names.
    pub async fn fill(
        office: &Office,
        issuer: &Issuer,
        dossier: Uuid,
        unit: Uuid,
        size: u64,
        at: DateTime<Utc>,
    ) -> Self {
        let engine = if office.url.starts_with("sqlite") { Engine::Sqlite } else { Engine::Postgres };
        let db = office.database().await;
        copy(&db, engine, dossier, unit, size).await;
        let key = format!("can-bo-{size}");
        let held = Held {
            assignment: Assignment { role: Role::DeskOfficer, unit: Some(unit) },
            name: "Hoàng Văn Cửa".into(),
            title: "Cán bộ một cửa".into(),
        };
        assign(db.writer(), &subject(&key), &held, at - TimeDelta::hours(1)).await.unwrap();
        db.close().await.unwrap();
        let cursors = CursorKey::new(&SecretString::from(CURSOR_SECRET)).unwrap();
        let deep = cursors.seal("/v1/dossiers?", &copied(size, size / 10)).unwrap();
        let shelf = Self { address: office.address.clone(), token: issuer.officer(&key, at), deep };
        shelf.check().await;
        shelf
    }

    /// Pages of fifty over so many connections.
    pub async fn pages(&self, depth: Depth, connections: usize, seconds: u64) -> Measured {
        let request = get(&self.path(depth), &self.token, "");
        ask(&self.address, connections, seconds, 200, Arc::new(move |_, _| request.clone())).await
    }

    async fn check(&self) {
        let mut connection = Connection::open(&self.address).await;
        for depth in [Depth::First, Depth::Deep] {
            assert_eq!(
                connection.ask(&get(&self.path(depth), &self.token, "")).await,
                200,
                "{}",
                connection.body()
            );
            let page: serde_json::Value = serde_json::from_str(connection.body()).unwrap();
            assert_eq!(page["items"].as_array().unwrap().len(), 50);
            assert!(page["next"].is_string());
        }
    }

    fn path(&self, depth: Depth) -> String {
        match depth {
            Depth::First => "/v1/dossiers?limit=50".into(),
            Depth::Deep => format!("/v1/dossiers?limit=50&after={}", self.deep),
        }
    }
}

/// One dossier read by the citizen it belongs to; with `known` the reader has this version already.
pub async fn details(
    address: &str,
    token: &str,
    dossier: Uuid,
    known: bool,
    (connections, seconds): (usize, u64),
) -> Measured {
    let (status, header) = if known { (304, "If-None-Match: \"1\"\r\n") } else { (200, "") };
    let request = get(&format!("/v1/dossiers/{dossier}"), token, header);
    ask(address, connections, seconds, status, Arc::new(move |_, _| request.clone())).await
}

/// Key of copy number `n` on the shelf of this size; the shelves do not meet.
fn copied(size: u64, n: u64) -> Uuid {
    Uuid::from_u128((u128::from(size) << 64) + u128::from(n))
}

async fn copy(db: &Database, engine: Engine, dossier: Uuid, unit: Uuid, size: u64) {
    let columns = match engine {
        Engine::Postgres => {
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'dossiers'"
        }
        Engine::Sqlite => "SELECT name FROM pragma_table_info('dossiers')",
    };
    let columns = values(db, columns).await;
    let high = format!("{size:016x}");
    let (key, literal): (String, fn(Uuid) -> String) = match engine {
        Engine::Postgres => {
            (format!("('{high}' || lpad(to_hex(g.n), 16, '0'))::uuid"), |id| format!("'{id}'"))
        }
        Engine::Sqlite => {
            (format!("unhex('{high}' || printf('%016x', g.n))"), |id| format!("X'{}'", id.simple()))
        }
    };
    let expressions = columns.iter().map(|column| match column.as_str() {
        "id" => key.clone(),
        "code" => format!("'{size}-' || g.n"),
        "unit_id" | "authority_id" => literal(unit),
        "owner" | "applicant_folded" | "applicant_name" => format!("d.{column} || ' ' || (g.n % 9973)"),
        // A key opens for its own dossier alone.
        "key_wrapped" => "NULL".to_owned(),
        other => format!("d.{other}"),
    });
    let sql = format!(
        "INSERT INTO dossiers ({}) WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {size}) \
         SELECT {} FROM g, dossiers d WHERE d.id = {}",
        columns.join(", "),
        expressions.collect::<Vec<_>>().join(", "),
        literal(dossier)
    );
    db.writer().execute_unprepared(&sql).await.unwrap();
    if engine == Engine::Postgres {
        // What autovacuum would have done a minute later.
        db.writer().execute_unprepared("VACUUM ANALYZE dossiers").await.unwrap();
    }
    let there: i64 =
        value(db, &format!("SELECT count(*) FROM dossiers WHERE unit_id = {}", literal(unit))).await;
    assert_eq!(u64::try_from(there).unwrap(), size);
}
