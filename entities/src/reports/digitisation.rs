//! How much is digitised, by unit: what came in over a period, and what lies on the shelves (R-C1..R-C4, D-13).

use crate::error::Error;
use chrono::{DateTime, TimeDelta, Utc};
use rules::local_time::local_date;
use rules::papers::Share;
use rules::past::Period;
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How long an open paper may wait before it is counted as waiting too long.
pub const PATIENCE: TimeDelta = TimeDelta::days(2);

/// What is counted of one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitCounts {
    /// Dossiers received in the period; done are those with a readable file in their components and a result file.
    pub dossiers: Share,
    /// Papers handed in with dossiers and opened in the period.
    pub components: Share,
    /// Results opened in the period that are in force.
    pub results: Share,
    /// Old papers of dossiers on the shelves, by the inventories.
    pub old_dossiers: Share,
    /// Old results on the shelves that are in force, by the inventories.
    pub old_results: Share,
    /// Open papers.
    pub open: u64,
    /// Those of them that an officer must see to.
    pub stuck: u64,
    /// Those to which nothing has happened for two days.
    pub waiting_too_long: u64,
}

impl UnitCounts {
    /// Both together.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        Self {
            dossiers: self.dossiers.with(other.dossiers),
            components: self.components.with(other.components),
            results: self.results.with(other.results),
            old_dossiers: self.old_dossiers.with(other.old_dossiers),
            old_results: self.old_results.with(other.old_results),
            open: self.open + other.open,
            stuck: self.stuck + other.stuck,
            waiting_too_long: self.waiting_too_long + other.waiting_too_long,
        }
    }
}

/// Counts by unit; of these units, or of all for none.
pub async fn counts<C: ConnectionTrait>(
    db: &C,
    units: Option<&[Uuid]>,
    (period, now): (Period, DateTime<Utc>),
) -> Result<BTreeMap<Uuid, UnitCounts>, Error> {
    let (mut found, today) = (BTreeMap::new(), local_date(now));
    let over = [period.from.into(), period.until.into()];
    for row in rows(db, among(DOSSIERS, units, over.to_vec())).await? {
        entry(&mut found, &row).dossiers = row.share();
    }
    let mut over = over.to_vec();
    over.push(today.into());
    for row in rows(db, among(OPENED, units, over)).await? {
        let share = row.share();
        let counts = entry(&mut found, &row);
        match row.kind.as_str() {
            "result" => counts.results = share,
            _ => counts.components = share,
        }
    }
    for row in rows(db, among(SHELVES, units, vec![today.into()])).await? {
        let share = row.share();
        let counts = entry(&mut found, &row);
        match row.kind.as_str() {
            "result" => counts.old_results = share,
            _ => counts.old_dossiers = share,
        }
    }
    let late = among(OPEN, units, vec![(now - PATIENCE).into()]);
    waiting(db, &mut found, late).await?;
    Ok(found)
}

/// A question with its values.
type Question = (String, Vec<sea_orm::Value>);

/// A question put to some units: `{among <column>}` in it becomes the condition, or nothing when it is put to all.
fn among(question: &str, units: Option<&[Uuid]>, mut values: Vec<sea_orm::Value>) -> Question {
    let Some((before, (column, after))) =
        question.split_once("{among ").and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return (question.into(), values);
    };
    let Some(units) = units else { return (format!("{before}{after}"), values) };
    let first = values.len() + 1;
    let keys: Vec<String> = (first..first + units.len()).map(|place| format!("${place}")).collect();
    values.extend(units.iter().map(|unit| (*unit).into()));
    // Nobody's units are no units: an empty list is no SQL.
    let keys = if keys.is_empty() { "NULL".to_owned() } else { keys.join(", ") };
    (format!("{before}AND {column} IN ({keys}){after}"), values)
}

/// A dossier of a postal point counts at the unit it is received for. Readable is a clean file; a paper that was to be
/// digitised counts once it is filed (D-13).
const DOSSIERS: &str = "SELECT CASE WHEN u.tier = 'postal_point' THEN d.authority_id ELSE d.unit_id END AS unit, \
    '' AS kind, COUNT(*) AS total, COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM papers p \
    LEFT JOIN files f ON f.id = p.file_id LEFT JOIN digitisations i ON i.paper_id = p.id \
    WHERE p.dossier_id = d.id AND p.part IN ('component', 'supplement', 'shared') \
    AND (i.state = 'filed' OR p.document_id IS NOT NULL OR (i.id IS NULL AND f.state = 'clean'))) \
    AND EXISTS (SELECT 1 FROM papers p JOIN files f ON f.id = p.file_id \
    WHERE p.dossier_id = d.id AND p.part = 'result' AND f.state = 'clean') THEN 1 ELSE 0 END), 0) AS done \
    FROM dossiers d JOIN units u ON u.id = d.unit_id \
    WHERE d.received_at >= $1 AND d.received_at <= $2 \
    {among (CASE WHEN u.tier = 'postal_point' THEN d.authority_id ELSE d.unit_id END)} GROUP BY 1";

/// What was left out for a reason stays in the whole: it is not digitised. What was revoked by a correction is no result.
const OPENED: &str = "SELECT i.unit_id AS unit, i.kind, COUNT(*) AS total, \
    COALESCE(SUM(CASE WHEN i.state = 'filed' THEN 1 ELSE 0 END), 0) AS done FROM digitisations i \
    LEFT JOIN papers p ON p.id = i.paper_id \
    WHERE i.origin <> 'backlog' AND i.opened_at >= $1 AND i.opened_at <= $2 \
    AND (i.kind <> 'result' OR i.valid_until IS NULL OR i.valid_until >= $3) AND COALESCE(p.part, '') <> 'revoked' \
    {among i.unit_id} GROUP BY i.unit_id, i.kind";

/// The inventory says how many there are; what turned out to be expired drops out of both (R-C4).
const SHELVES: &str = "SELECT b.unit_id AS unit, b.kind, \
    CAST(SUM(CASE WHEN b.expected > COALESCE(n.entered, 0) THEN b.expected ELSE n.entered END \
    - COALESCE(n.expired, 0)) AS BIGINT) AS total, CAST(SUM(COALESCE(n.done, 0)) AS BIGINT) AS done FROM paper_batches b LEFT JOIN (SELECT batch_id, COUNT(*) AS entered, \
    SUM(CASE WHEN valid_until < $1 THEN 1 ELSE 0 END) AS expired, \
    SUM(CASE WHEN state = 'filed' AND (valid_until IS NULL OR valid_until >= $1) THEN 1 ELSE 0 END) AS done \
    FROM digitisations WHERE batch_id IS NOT NULL GROUP BY batch_id) n ON n.batch_id = b.id WHERE 1 = 1 {among b.unit_id} GROUP BY b.unit_id, b.kind";

const OPEN: &str = "SELECT unit_id AS unit, COUNT(*) AS total, \
    SUM(CASE WHEN state = 'stuck' THEN 1 ELSE 0 END) AS stuck, \
    SUM(CASE WHEN updated_at < $1 THEN 1 ELSE 0 END) AS late FROM digitisations WHERE ended_at IS NULL \
    {among unit_id} GROUP BY unit_id";

#[derive(Debug, FromQueryResult)]
struct Row {
    unit: Uuid,
    kind: String,
    total: i64,
    done: i64,
}

impl Row {
    fn share(&self) -> Share {
        Share { done: number(self.done), of: number(self.total) }
    }
}

fn number(counted: i64) -> u64 {
    u64::try_from(counted).unwrap_or(0)
}

fn entry<'f>(found: &'f mut BTreeMap<Uuid, UnitCounts>, row: &Row) -> &'f mut UnitCounts {
    found.entry(row.unit).or_default()
}

async fn rows<C: ConnectionTrait>(db: &C, question: Question) -> Result<Vec<Row>, Error> {
    Ok(Row::find_by_statement(statement(db, question)).all(db).await?)
}

fn statement<C: ConnectionTrait>(db: &C, (sql, values): Question) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

#[derive(Debug, FromQueryResult)]
struct OpenRow {
    unit: Uuid,
    total: i64,
    stuck: i64,
    late: i64,
}

async fn waiting<C: ConnectionTrait>(
    db: &C,
    found: &mut BTreeMap<Uuid, UnitCounts>,
    late: Question,
) -> Result<(), Error> {
    for row in OpenRow::find_by_statement(statement(db, late)).all(db).await? {
        let counts = found.entry(row.unit).or_default();
        counts.open = number(row.total);
        counts.stuck = number(row.stuck);
        counts.waiting_too_long = number(row.late);
    }
    Ok(())
}
