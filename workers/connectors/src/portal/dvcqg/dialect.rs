//! What differs from one installation of the portal's wire to another and is not published: settings, not code.

use crate::failure::Failure;
use rules::status::Status;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Example: `{"statuses": {"stopped": "8"}, "held": {"status": "TrangThaiHoSo"}}`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dialect {
    /// Codes of statuses in records and progress lines (`TrangThaiHoSo`, `TrangThai`), where they are not the national
    /// ones 1 to 10. A status that is not named keeps its own code (law.md §10 X-01).
    pub statuses: BTreeMap<Status, String>,
    /// The same for dossiers handed in at the portal (`DongBoTrangThaiHoSo`), whose wire has known others.
    pub told_statuses: BTreeMap<Status, String>,
    /// Names in the answer to a look-up; the answer is not published, the defaults are those of the record.
    pub held: HeldNames,
    /// Further words with which a look-up is refused when the portal holds nothing, beside `không tồn tại` and
    /// `không tìm thấy`; capital letters do not matter.
    pub absent: Vec<String>,
}

/// Names of what a look-up tells.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HeldNames {
    /// Of the status.
    pub status: String,
    /// Of the instant of reception.
    pub received_at: String,
    /// Of the due date.
    pub due_at: String,
}

impl Default for HeldNames {
    fn default() -> Self {
        Self {
            status: "TrangThaiHoSo".to_owned(),
            received_at: "NgayTiepNhan".to_owned(),
            due_at: "NgayHenTra".to_owned(),
        }
    }
}

impl Dialect {
    /// The same, or why it would tell a dossier as done that is not (law.md §10 X-01).
    pub(super) fn truthful(&self) -> Result<Self, Failure> {
        let is_done = |status: Status| matches!(status, Status::Decided | Status::Returned);
        for code in [Self::status, Self::told_status] {
            let (done, others): (Vec<_>, Vec<_>) =
                Status::ALL.into_iter().partition(|status| is_done(*status));
            let known = |status: &Status| [code(self, *status), status.code().to_string()];
            let done: Vec<String> = done.iter().flat_map(known).collect();
            if let Some(false_one) = others.into_iter().find(|other| done.contains(&code(self, *other))) {
                let key = false_one.key();
                return Err(Failure::fail(format!(
                    "the dialect tells {key} with the code of a dossier that is done"
                )));
            }
        }
        Ok(self.clone())
    }

    /// The code of a status in records and progress lines.
    pub(super) fn status(&self, status: Status) -> String {
        self.statuses.get(&status).cloned().unwrap_or_else(|| status.code().to_string())
    }

    /// The code of a status of a dossier handed in at the portal.
    pub(super) fn told_status(&self, status: Status) -> String {
        self.told_statuses.get(&status).cloned().unwrap_or_else(|| status.code().to_string())
    }

    /// The status of a code in records; none when it is no code of one, or of several.
    pub(super) fn read_status(&self, code: &str) -> Option<Status> {
        let mut found = Status::ALL.into_iter().filter(|status| self.status(*status) == code);
        found.next().filter(|_| found.next().is_none())
    }
}
