//! Invariants that one statement can ask; each answers with a row for every breach, named by a dossier's code or a kind.

use sea_orm::{ConnectionTrait, Statement};

/// What holds, and the statement that finds where it does not.
pub type Invariant = (&'static str, &'static str);

/// True at any moment: each transaction leaves it so.
pub const ALWAYS: &[Invariant] = &[
    (
        "a running job is held under a lease, and no other is",
        "SELECT kind AS breach FROM jobs WHERE (state = 'running') <> \
         (lease_owner IS NOT NULL AND lease_until IS NOT NULL)",
    ),
    (
        "a job that has ended says when, and no other does",
        "SELECT kind AS breach FROM jobs WHERE (state IN ('done', 'dead', 'cancelled')) <> (finished_at IS NOT NULL)",
    ),
    (
        "the entries of a dossier are numbered from 1 without a gap, and it counts them",
        "SELECT d.code AS breach FROM dossiers d LEFT JOIN (SELECT dossier_id, count(*) AS n, min(seq) AS a, \
         max(seq) AS b FROM history GROUP BY dossier_id) h ON h.dossier_id = d.id \
         WHERE h.n IS NULL OR h.a <> 1 OR h.b <> h.n OR d.entries <> h.n",
    ),
    (
        "each entry goes on where the one before it ended",
        "SELECT d.code AS breach FROM history b JOIN dossiers d ON d.id = b.dossier_id LEFT JOIN history a \
         ON a.dossier_id = b.dossier_id AND a.seq = b.seq - 1 \
         WHERE (b.seq = 1) <> (b.from_status IS NULL) OR (b.seq > 1 AND b.from_status <> a.to_status)",
    ),
    (
        "the clock events of a dossier are numbered from 1 without a gap, and it counts them",
        "SELECT d.code AS breach FROM dossiers d LEFT JOIN (SELECT dossier_id, count(*) AS n, min(seq) AS a, \
         max(seq) AS b FROM clock_events GROUP BY dossier_id) c ON c.dossier_id = d.id \
         WHERE d.clock_events <> COALESCE(c.n, 0) OR c.a <> 1 OR c.b <> c.n",
    ),
    (
        "a clock event was caused by an entry that is there",
        "SELECT d.code AS breach FROM clock_events c JOIN dossiers d ON d.id = c.dossier_id LEFT JOIN history h \
         ON h.dossier_id = c.dossier_id AND h.seq = c.entry WHERE h.seq IS NULL",
    ),
    (
        "a fee is paid when money for it came in, once, and owed when none did",
        "SELECT d.code AS breach FROM dossiers d LEFT JOIN (SELECT dossier_id, count(*) AS n, sum(amount) AS total \
         FROM payments WHERE state = 'paid' GROUP BY dossier_id) p ON p.dossier_id = d.id \
         WHERE (d.fee_state = 'paid') <> (p.n IS NOT NULL) OR p.n > 1 OR p.total <> d.fee_total",
    ),
    (
        "a dossier counts the requests for papers after reception",
        "SELECT d.code AS breach FROM dossiers d LEFT JOIN (SELECT dossier_id, count(*) AS n FROM supplements \
         WHERE stage <> 'intake' GROUP BY dossier_id) s ON s.dossier_id = d.id WHERE d.rounds <> COALESCE(s.n, 0)",
    ),
    (
        "a dossier counts its hand-overs",
        "SELECT d.code AS breach FROM dossiers d LEFT JOIN (SELECT dossier_id, count(*) AS n FROM handovers \
         GROUP BY dossier_id) h ON h.dossier_id = d.id WHERE d.handovers <> COALESCE(h.n, 0)",
    ),
    (
        "a result is decided once",
        "SELECT d.code AS breach FROM dossiers d LEFT JOIN (SELECT dossier_id, count(*) AS n FROM decisions \
         GROUP BY dossier_id) x ON x.dossier_id = d.id WHERE (d.status = 'decided' AND x.n IS NULL) OR x.n > 1",
    ),
    (
        "a carrier was given each order number once",
        "SELECT order_number AS breach FROM shipments GROUP BY carrier, order_number HAVING count(*) > 1",
    ),
    (
        "a paper of a dossier has its file",
        "SELECT d.code AS breach FROM papers p JOIN dossiers d ON d.id = p.dossier_id LEFT JOIN files f \
         ON f.id = p.file_id WHERE p.file_id IS NOT NULL AND f.id IS NULL",
    ),
    (
        "an upload that came to its end has its file",
        "SELECT u.name AS breach FROM uploads u LEFT JOIN files f ON f.id = u.file_id \
         WHERE u.file_id IS NOT NULL AND f.id IS NULL",
    ),
    (
        "a job written for a dossier finds it",
        "SELECT j.kind AS breach FROM jobs j LEFT JOIN dossiers d ON d.id = j.dossier_id \
         WHERE j.dossier_id IS NOT NULL AND d.id IS NULL",
    ),
    (
        "a notice tells of an entry that is there",
        "SELECT n.event AS breach FROM notices n LEFT JOIN history h ON h.dossier_id = n.dossier_id \
         AND h.seq = n.entry WHERE h.seq IS NULL",
    ),
    (
        "the portal is told of entries that are there",
        "SELECT CAST(p.entry AS VARCHAR(9)) AS breach FROM portal_pushes p LEFT JOIN history h \
         ON h.dossier_id = p.dossier_id AND h.seq = p.entry WHERE h.seq IS NULL",
    ),
    (
        "receipts issued for a payment make up no more than the payment",
        "SELECT p.reference AS breach FROM payments p JOIN (SELECT payment_id, sum(amount) AS total FROM receipts \
         WHERE state = 'issued' GROUP BY payment_id) r ON r.payment_id = p.id WHERE r.total > p.amount",
    ),
];

/// True when all work is done.
pub const AT_REST: &[Invariant] = &[
    ("no job is open", "SELECT kind AS breach FROM jobs WHERE state IN ('ready', 'running')"),
    ("no job was given up", "SELECT kind AS breach FROM jobs WHERE state = 'dead'"),
    ("no notice waits", "SELECT event AS breach FROM notices WHERE state IN ('waiting', 'handing')"),
    (
        "every form is made",
        "SELECT kind AS breach FROM forms WHERE dossier_id IS NOT NULL AND sha256 IS NULL",
    ),
    (
        "a result that goes home by post was ordered",
        "SELECT d.code AS breach FROM dossiers d LEFT JOIN shipments s ON s.dossier_id = d.id AND s.leg = 'return' \
         WHERE d.return_method = 'post' AND d.status = 'decided' AND s.ordered_at IS NULL",
    ),
    ("no parcel is in flight", "SELECT leg AS breach FROM shipments WHERE in_flight"),
    ("every file was judged", "SELECT name AS breach FROM files WHERE state = 'quarantined'"),
    ("no payment is being opened", "SELECT reference AS breach FROM payments WHERE state = 'opening'"),
];

/// The breaches of these, each with the name of what does not hold.
pub async fn breaches(db: &impl ConnectionTrait, invariants: &[Invariant]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, sql) in invariants {
        let statement = Statement::from_string(db.get_database_backend(), *sql);
        let rows = db.query_all_raw(statement).await.unwrap_or_else(|e| panic!("{name}: {e}"));
        let named = |row: &sea_orm::QueryResult| row.try_get::<String>("", "breach").unwrap();
        found.extend(rows.iter().map(|row| format!("{name}: {}", named(row))));
    }
    found
}
