//! How often the machine reads a field wrong, by type of paper, as far as people looked.

use crate::error::Error;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use uuid::Uuid;

/// How the readings of one field of one type turned out.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ReadingCounts {
    /// Type of paper; empty where nobody knows it.
    pub paper_type: String,
    /// The field.
    pub field: String,
    /// Readings.
    pub read: i64,
    /// Taken as read, with nobody looking.
    pub taken: i64,
    /// Read unsurely and looked at by a person.
    pub unsure: i64,
    /// Of these, read wrong.
    pub unsure_wrong: i64,
    /// Drawn by lot and settled by people; only these say how often sure readings are wrong.
    pub drawn: i64,
    /// Of these, read wrong.
    pub drawn_wrong: i64,
    /// Drawn fields that two people keyed alike.
    pub agreed: i64,
    /// Drawn fields that two people keyed differently.
    pub differed: i64,
}

/// The counts of fields last touched within these moments, of one unit or of all.
pub async fn counts<C: ConnectionTrait>(
    db: &C,
    unit: Option<Uuid>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<ReadingCounts>, Error> {
    let statement = statement(db, unit, (from, until));
    Ok(ReadingCounts::find_by_statement(statement).all(db).await?)
}

/// The query; public so that the planner can be asked about it.
pub fn statement<C: ConnectionTrait>(
    db: &C,
    unit: Option<Uuid>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Statement {
    let mut values = vec![from.into(), until.into()];
    let of_unit = unit.map_or("", |unit| {
        values.push(unit.into());
        "AND d.unit_id = $3"
    });
    let sql = COUNTS.replace("{of_unit}", of_unit);
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

const COUNTS: &str = "
SELECT COALESCE(d.paper_type, '') AS paper_type, f.name AS field, count(*) AS read,
  count(CASE WHEN f.state = 'taken' THEN 1 END) AS taken,
  count(CASE WHEN f.machine_right IS NOT NULL AND NOT f.drawn THEN 1 END) AS unsure,
  count(CASE WHEN f.machine_right = 'no' AND NOT f.drawn THEN 1 END) AS unsure_wrong,
  count(CASE WHEN f.machine_right IS NOT NULL AND f.drawn THEN 1 END) AS drawn,
  count(CASE WHEN f.machine_right = 'no' AND f.drawn THEN 1 END) AS drawn_wrong,
  count(CASE WHEN f.drawn AND f.state = 'checked' AND f.third_by IS NULL THEN 1 END) AS agreed,
  count(CASE WHEN f.drawn AND (f.state = 'differs' OR f.third_by IS NOT NULL) THEN 1 END) AS differed
FROM digitised_fields f JOIN digitisations d ON d.id = f.digitisation_id
WHERE f.updated_at >= $1 AND f.updated_at <= $2 {of_unit}
GROUP BY COALESCE(d.paper_type, ''), f.name ORDER BY 1, 2";
