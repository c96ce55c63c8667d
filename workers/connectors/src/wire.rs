//! What every connector is built with beside its settings: the line to its party, and a recording where one is kept.

use crate::{line::Line, recording::Recording};

/// Handed to [`crate::registry::Entry::build`]; the default keeps no recording and an open line of its own.
#[derive(Debug, Clone, Default)]
pub struct Wire {
    /// Whether the party may be called now, and how the calls went.
    pub line: Line,
    /// Where the calls are kept, secrets masked.
    pub recording: Option<Recording>,
}

impl Wire {
    /// A wire whose calls are recorded.
    pub fn recorded(recording: Recording) -> Self {
        Self { recording: Some(recording), ..Self::default() }
    }

    /// A wire on a line.
    pub fn on(line: Line) -> Self {
        Self { line, recording: None }
    }
}
