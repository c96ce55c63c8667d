//! Why a version of the calendar may not be edited or adopted, in words.

use crate::error::Error;
use rules::refusal::{Block, Refusal, Violation};

/// An adopted version never changes.
pub(super) fn adopted(act: &'static str, version: i32) -> Error {
    refused(
        act,
        "calendar_adopted",
        format!("Lịch phiên bản {version} đã ban hành nên không sửa được; hãy lập bản nháp mới."),
        format!("Version {version} of the calendar is adopted and never changes; begin a new draft."),
    )
}

/// Somebody adopted another version after this draft was begun; adopting it would undo theirs.
pub(super) fn overtaken(act: &'static str, version: i32, newest: i32) -> Error {
    refused(
        act,
        "calendar_overtaken",
        format!(
            "Phiên bản {version} không dựa trên phiên bản {newest} đang áp dụng; hãy sửa dựa trên phiên bản đó."
        ),
        format!(
            "Version {version} is not based on version {newest}, which is in force: base it on that one."
        ),
    )
}

/// Only the version in force can be applied to open dossiers.
pub(super) fn not_in_force(act: &'static str, version: i32) -> Error {
    refused(
        act,
        "calendar_not_in_force",
        format!("Phiên bản {version} không phải là lịch đang áp dụng."),
        format!("Version {version} is not the calendar in force."),
    )
}

fn refused(act: &'static str, code: &'static str, vi: String, en: String) -> Error {
    let block = Block { code, vi, en, legal_basis: None };
    Refusal { act, status: None, blocked_by: vec![block], allowed: Vec::new() }.into()
}

/// Longest reason, in characters; it goes into the history and the letters with the name of who decided.
const LONGEST_REASON: usize = 1_000;

/// The reason of an adoption or a recomputation, trimmed; fails when it says nothing or too much.
pub(super) fn reason(text: &str) -> Result<&str, Error> {
    let text = text.trim();
    if text.chars().any(char::is_alphabetic) && text.chars().count() <= LONGEST_REASON {
        return Ok(text);
    }
    Err(Error::Invalid(vec![Violation {
        pointer: "/reason".into(),
        code: "reason_missing",
        vi: "Phải nêu lý do bằng lời, không quá 1.000 ký tự.".into(),
        en: "A reason in words is needed, of at most 1,000 characters.".into(),
    }]))
}
