//! The ceiling: the very rows of one submission, written again and again with nothing around them.

use crate::asked::Asked;
use crate::load::Measured;
use crate::office::{Office, values};
use chrono::{DateTime, Utc};
use entities::database::Database;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;
use uuid::Uuid;

/// pgbench over the statements of one submission: each by itself in one transaction, or all composed into one.
pub struct Pgbench {
    url: String,
    folder: PathBuf,
    inserts: Vec<Insert>,
}

/// An insert with its key columns made new each time.
struct Insert {
    head: String,
    rows: Vec<Vec<(String, String)>>,
    tail: &'static str,
}

impl Pgbench {
    /// Reads the rows that the submission of `dossier` wrote.
    pub async fn of(asked: &Asked, office: &Office, dossier: Uuid) -> Self {
        let db = office.database().await;
        let mut inserts = Vec::new();
        for (table, which, tail) in TABLES {
            inserts.push(insert(&db, table, &which.replace("{id}", &dossier.to_string()), tail).await);
        }
        db.close().await.unwrap();
        Self { url: office.url.clone(), folder: asked.folder(), inserts }
    }

    /// Over so many clients for so many seconds; `composed` writes all rows but the series in one statement.
    pub fn run(&self, clients: usize, seconds: u64, at: DateTime<Utc>, composed: bool) -> Measured {
        let name = format!("pgbench-{clients}-{composed}-{}", at.timestamp_micros());
        let script = self.folder.join(format!("{name}.sql"));
        std::fs::write(&script, self.script(at, composed)).unwrap();
        let (clients, seconds_text) = (clients.to_string(), seconds.to_string());
        let prefix = self.folder.join(&name);
        let told = Command::new("pgbench")
            .args(["--no-vacuum", "--protocol=prepared", "--define=n=0", "--jobs=1"])
            .args(["--client", &clients, "--time", &seconds_text, "--log"])
            .arg(format!("--log-prefix={}", prefix.display()))
            .arg("--file")
            .arg(&script)
            .arg(&self.url)
            .output()
            .unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        Measured::of(self.logged(&name), seconds as f64)
    }

    fn script(&self, at: DateTime<Utc>, composed: bool) -> String {
        // Like UUID v7, the keys begin with the time, so that new rows come at the end of their indices.
        let key = |offset: usize| {
            format!(
                "('{:012x}' || lpad(to_hex(:k::bigint + {offset}), 20, '0'))::uuid",
                at.timestamp_millis()
            )
        };
        let written: Vec<String> = self.inserts.iter().map(|insert| insert.text(&key)).collect();
        let body = if composed {
            let parts: Vec<String> =
                written.iter().enumerate().map(|(n, sql)| format!("w{n} AS ({sql})")).collect();
            format!("WITH {} SELECT 1;\n", parts.join(", "))
        } else {
            written.iter().map(|sql| format!("{sql};\n")).collect()
        };
        format!(
            "\\set n :n + 1\n\\set k (:n * 1000 + :client_id) * 4\n\\set unit random(1, 32)\nBEGIN;\n{SERIES};\n{body}COMMIT;\n"
        )
    }

    fn logged(&self, name: &str) -> Vec<u64> {
        let files = std::fs::read_dir(&self.folder).unwrap().map(|entry| entry.unwrap().path());
        let mine = files.filter(|path| {
            let file = path.file_name().unwrap().to_str().unwrap();
            file.starts_with(name) && !file.ends_with(".sql")
        });
        let text: String = mine.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        text.lines().map(|line| line.split(' ').nth(2).unwrap().parse().unwrap()).collect()
    }
}

const SERIES: &str = "INSERT INTO code_series (prefix, last) VALUES ('H55.101-bench-' || :unit, 1) \
    ON CONFLICT (prefix) DO UPDATE SET last = code_series.last + 1 RETURNING last";

const TABLES: [(&str, &str, &str); 6] = [
    ("dossiers", "id = '{id}'", ""),
    ("papers", "dossier_id = '{id}' ORDER BY id", ""),
    ("history", "dossier_id = '{id}'", ""),
    ("chronicle", "dossier_id = '{id}'", ""),
    ("jobs", "dossier_id = '{id}' ORDER BY id", "ON CONFLICT DO NOTHING"),
    ("replays", "headers LIKE '%{id}%'", ""),
];

async fn insert(db: &Database, table: &str, which: &str, tail: &'static str) -> Insert {
    let columns = format!(
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position"
    );
    let columns = values(db, &columns).await;
    let mut by_column = Vec::new();
    for column in &columns {
        by_column.push(
            values(db, &format!("SELECT quote_nullable({column}::text) FROM {table} WHERE {which}")).await,
        );
    }
    let count = by_column[0].len();
    assert!(count > 0, "the submission wrote no {table}");
    let row =
        |n: usize| columns.iter().cloned().zip(by_column.iter().map(|values| values[n].clone())).collect();
    Insert {
        head: format!("INSERT INTO {table} ({}) VALUES", columns.join(", ")),
        rows: (0..count).map(row).collect(),
        tail,
    }
}

impl Insert {
    fn text(&self, key: &dyn Fn(usize) -> String) -> String {
        let row = |(n, row): (usize, &Vec<(String, String)>)| {
            let values: Vec<String> =
                row.iter().map(|(column, value)| renewed(column, value, n, key)).collect();
            format!("({})", values.join(", "))
        };
        let rows: Vec<String> = self.rows.iter().enumerate().map(row).collect();
        format!("{} {} {}", self.head, rows.join(", "), self.tail)
    }
}

fn renewed(column: &str, value: &str, n: usize, key: &dyn Fn(usize) -> String) -> String {
    match (column, value) {
        (_, "NULL") => "NULL".into(),
        ("id", _) => key(n),
        ("dossier_id", _) => key(0),
        ("code" | "key", _) => format!("{}::text", key(0)),
        ("ordering_key", _) => format!("'portal-{n}:' || {}", key(0)),
        // pgbench would take `:word` inside a text for one of its variables. A text with a backslash comes as E'…'.
        (_, text) if text.starts_with('E') => text.replace(':', "\\x3A"),
        (_, text) if text.contains(':') => format!("E{}", text.replace(':', "\\x3A")),
        (_, text) => text.to_owned(),
    }
}

/// The same rows in a bare loop over Python's own SQLite, one writer, the pragmas of the office.
pub fn sqlite_loop(office: &Office, dossier: Uuid, seconds: u64) -> Measured {
    let file = office.url.trim_start_matches("sqlite://");
    let begun = Instant::now();
    let told = Command::new("python3")
        .args([
            "-c",
            include_str!("bare_sqlite.py"),
            file,
            &dossier.simple().to_string(),
            &seconds.to_string(),
        ])
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    assert!(begun.elapsed().as_secs() >= seconds);
    let micros = String::from_utf8(told.stdout).unwrap();
    Measured::of(micros.split_whitespace().map(|text| text.parse().unwrap()).collect(), seconds as f64)
}
