//! The terms a clock counts under, kept from its start so that no later edit moves an open dossier (W-17).

use crate::office_hours::OfficeHours;
use crate::procedure::SupplementPolicy;
use serde::{Deserialize, Serialize};

/// Calendar, office hours, cut-off hour and the rule on supplements as they were when the clock started or was counted anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Version of the working calendar.
    pub calendar: u32,
    /// Office hours of the competent unit.
    pub hours: OfficeHours,
    /// Local hour after which a reception counts from the next working day (W-10); none by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cutoff_hour: Option<u8>,
    /// What a supplement does to this clock (L-25, L-27).
    pub supplement: SupplementPolicy,
}
