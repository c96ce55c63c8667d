//! The JSON form of a place.

use crate::catalogue::keys;
use chrono::NaiveDate;
use entities::tables::places::Model;
use serde::Serialize;
use utoipa::ToSchema;

/// An administrative unit of the country as it was from one day to another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Place)]
pub(crate) struct PlaceView {
    /// Code of 2 digits for a province, 3 for a district, 5 for a commune.
    #[schema(example = "01840")]
    code: String,
    /// Level.
    #[schema(value_type = keys::PlaceLevel)]
    level: String,
    /// Full Vietnamese name.
    #[schema(example = "Phường Đức Xuân")]
    name: String,
    /// Code of the place it lies in; absent for a province.
    #[schema(example = "19")]
    parent: Option<String>,
    /// First day.
    valid_from: NaiveDate,
    /// Last day; absent while no end is known.
    valid_to: Option<NaiveDate>,
    /// Document that orders it.
    document: String,
}

impl PlaceView {
    /// The view of a row.
    pub(super) fn of(row: Model) -> Self {
        let Model { code, level, name, parent_code: parent, valid_from, valid_to, document, .. } = row;
        Self { code, level, name, parent, valid_from, valid_to, document }
    }
}
