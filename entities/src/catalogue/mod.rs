//! The catalogue in memory: revisions never change, units and calendars are read again after a minute.

pub mod calendars;
pub mod procedures;
pub mod unit_codes;
pub mod units;

use crate::columns::from_json;
use crate::digitisations::roadmap;
use crate::error::Error;
use crate::law::LawSettings;
use crate::tables::procedure_revisions;
use chrono::{DateTime, TimeDelta, Utc};
use rules::calendar::Calendar;
use rules::papers::Roadmap;
use rules::procedure::Revision;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// How long a unit or calendar is believed before it is read again.
const FRESH: TimeDelta = TimeDelta::seconds(60);

/// What the catalogue says, kept near; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Catalogue(Arc<Mutex<Shelf>>, LawSettings);

#[derive(Debug, Default)]
struct Shelf {
    revisions: HashMap<Uuid, Arc<Revised>>,
    current: HashMap<String, (DateTime<Utc>, Uuid)>,
    units: HashMap<Uuid, (DateTime<Utc>, Arc<units::Unit>)>,
    calendar: Option<(DateTime<Utc>, Arc<Calendar>)>,
    calendars: HashMap<u32, Arc<Calendar>>,
    roadmap: Option<(DateTime<Utc>, Arc<Roadmap>)>,
}

/// A revision with its keys and its compiled form schema.
#[derive(Debug)]
pub struct Revised {
    /// Key of the revision.
    pub id: Uuid,
    /// Key of the procedure.
    pub procedure_id: Uuid,
    /// National code of the procedure.
    pub national_code: String,
    /// Number within the procedure.
    pub number: i32,
    /// What it says.
    pub content: Revision,
    /// The e-form schema, compiled once.
    pub form: jsonschema::Validator,
}

impl Catalogue {
    /// A catalogue of an office that has chosen so.
    pub fn under(law: LawSettings) -> Self {
        Self(Arc::default(), law)
    }

    /// What the office has chosen where the law leaves it the choice.
    pub fn law(&self) -> LawSettings {
        self.1
    }

    /// A revision by key.
    pub async fn revision<C: ConnectionTrait>(&self, db: &C, id: Uuid) -> Result<Arc<Revised>, Error> {
        if let Some(found) = self.shelf().revisions.get(&id) {
            return Ok(Arc::clone(found));
        }
        let row =
            procedure_revisions::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound("revision"))?;
        let procedure = procedures::by_id(db, row.procedure_id).await?;
        let revised = Arc::new(revised(row, procedure.national_code)?);
        self.shelf().revisions.insert(id, Arc::clone(&revised));
        Ok(revised)
    }

    /// The revision of a national code in force on the local day of `at`.
    pub async fn in_force<C: ConnectionTrait>(
        &self,
        db: &C,
        national_code: &str,
        at: DateTime<Utc>,
    ) -> Result<Arc<Revised>, Error> {
        let known = self.shelf().current.get(national_code).copied();
        if let Some((read_at, id)) = known
            && at - read_at < FRESH
        {
            return self.revision(db, id).await;
        }
        let id = procedures::revision_in_force(db, national_code, rules::local_time::local_date(at)).await?;
        self.shelf().current.insert(national_code.to_owned(), (at, id));
        self.revision(db, id).await
    }

    /// A unit by key.
    pub async fn unit<C: ConnectionTrait>(
        &self,
        db: &C,
        id: Uuid,
        at: DateTime<Utc>,
    ) -> Result<Arc<units::Unit>, Error> {
        if let Some((read_at, unit)) = self.shelf().units.get(&id)
            && at - *read_at < FRESH
        {
            return Ok(Arc::clone(unit));
        }
        let unit = Arc::new(units::by_id(db, id).await?);
        self.shelf().units.insert(id, (at, Arc::clone(&unit)));
        Ok(unit)
    }

    /// The working calendar: its highest adopted version.
    pub async fn calendar<C: ConnectionTrait>(
        &self,
        db: &C,
        at: DateTime<Utc>,
    ) -> Result<Arc<Calendar>, Error> {
        if let Some((read_at, calendar)) = &self.shelf().calendar
            && at - *read_at < FRESH
        {
            return Ok(Arc::clone(calendar));
        }
        let calendar = Arc::new(calendars::ready(&calendars::newest(db).await?)?);
        self.shelf().calendar = Some((at, Arc::clone(&calendar)));
        Ok(calendar)
    }

    /// The working calendar as an adopted version says, however old; dossiers keep the one they started under (W-17).
    pub async fn calendar_version<C: ConnectionTrait>(
        &self,
        db: &C,
        version: u32,
    ) -> Result<Arc<Calendar>, Error> {
        if let Some(calendar) = self.shelf().calendars.get(&version) {
            return Ok(Arc::clone(calendar));
        }
        let row = calendars::adopted().filter(calendars::Column::Version.eq(version)).one(db).await?;
        let calendar = Arc::new(calendars::ready(&row.ok_or(Error::NotFound("calendar"))?)?);
        self.shelf().calendars.insert(version, Arc::clone(&calendar));
        Ok(calendar)
    }

    /// From which day on each tier digitises what it receives (D-03).
    pub async fn roadmap<C: ConnectionTrait>(
        &self,
        db: &C,
        at: DateTime<Utc>,
    ) -> Result<Arc<Roadmap>, Error> {
        if let Some((read_at, roadmap)) = &self.shelf().roadmap
            && at - *read_at < FRESH
        {
            return Ok(Arc::clone(roadmap));
        }
        let roadmap = Arc::new(roadmap::roadmap(db).await?);
        self.shelf().roadmap = Some((at, Arc::clone(&roadmap)));
        Ok(roadmap)
    }

    /// Forgets what may have changed, after an import or a new calendar.
    pub fn forget(&self) {
        let mut shelf = self.shelf();
        shelf.current.clear();
        shelf.units.clear();
        shelf.calendar = None;
        shelf.roadmap = None;
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn revised(row: procedure_revisions::Model, national_code: String) -> Result<Revised, Error> {
    let content: Revision = from_json("procedure_revisions.content", &row.content)?;
    let form = jsonschema::options()
        .should_validate_formats(true)
        .build(&content.form_schema)
        .map_err(|e| Error::damaged("form_schema", e))?;
    Ok(Revised {
        id: row.id,
        procedure_id: row.procedure_id,
        national_code,
        number: row.number,
        content,
        form,
    })
}
