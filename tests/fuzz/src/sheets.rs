//! Files that officers hand in: calendars, seeds, settings, the lists of banks.

use crate::{halves, text};
use api::ApiSettings;
use entities::seeding::reading;
use entities::statements::importing::{Columns, References, movements};
use rules::calendar::{Calendar, CalendarFile};

pub(crate) fn calendars(bytes: &[u8]) {
    let Ok(file) = serde_json::from_slice::<CalendarFile>(bytes) else { return };
    if let Ok(calendar) = Calendar::from_file(&file) {
        let day = file.valid_from;
        let _ = (calendar.is_working_day(day), calendar.why_not(day), calendar.next_working_day(day));
    }
}

pub(crate) fn seeds(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let _ = reading::read("catalogue.yaml", text);
}

pub(crate) fn settings(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let _ = toml::from_str::<ApiSettings>(text);
}

pub(crate) fn statements(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (head, sheet) = halves(text);
    let mut names = head.split('|').map(str::to_owned);
    let mut name = || names.next().unwrap_or_default();
    let columns = Columns { transaction: name(), amount: name(), purpose: name() };
    let references: References = ["H55261123000001".to_owned(), "K7QF2M9X".to_owned()].into_iter().collect();
    if let Ok(all) = movements(sheet, &columns, &references) {
        assert!(all.len() <= sheet.lines().count() + 1);
    }
}
