//! What a look-up tells: the portal holds it or not, and more where the answer has it (wire.md §1.4).

use super::{
    answers::{Said, Verdict, rows},
    dialect::Dialect,
};
use crate::{failure::Failure, loose_json::text, portal::HeldThere, trip::read_stamp};
use serde_json::Value;

/// None when the portal holds nothing under the code.
pub(super) fn read(said: Said, dialect: &Dialect) -> Result<Option<HeldThere>, Failure> {
    if is_absent(&said.verdict, dialect) {
        return Ok(None);
    }
    let result = said.granted()?;
    if let Some(row) = rows(&result).first() {
        return Ok(Some(told(row, dialect)));
    }
    // Words without a shape still say that there is something.
    let some = result.as_str().is_some_and(|words| !words.trim().is_empty());
    Ok(some.then(HeldThere::default))
}

fn is_absent(verdict: &Verdict, dialect: &Dialect) -> bool {
    match verdict {
        Verdict::Absent => true,
        Verdict::Refused(_, words) => {
            let said = words.to_lowercase();
            dialect.absent.iter().any(|words| !words.is_empty() && said.contains(&words.to_lowercase()))
        }
        _ => false,
    }
}

fn told(row: &Value, dialect: &Dialect) -> HeldThere {
    let names = &dialect.held;
    HeldThere {
        status: dialect.read_status(&text(row, &names.status)),
        received_at: read_stamp(&text(row, &names.received_at)),
        due_at: read_stamp(&text(row, &names.due_at)),
    }
}
