//! What can go wrong behind the edge; the API turns it into problem documents.

use rules::refusal::{Refusal, Violation};

/// Errors of the office's memory and of the one door.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database did not answer or refused.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// Nothing of this name, or the person asking may not see it.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The term of the dossier was over, and what was kept of persons in it is gone.
    #[error("erased")]
    Erased,
    /// The law or the state of the dossier forbids the act.
    #[error("refused: {0:?}")]
    Refused(Box<Refusal>),
    /// A paper is asked for that lies in the store of its owner already (R-J1).
    #[error("held: {documents:?}")]
    Held {
        /// What blocks, in words.
        refusal: Box<Refusal>,
        /// The documents.
        documents: Vec<uuid::Uuid>,
    },
    /// The row changed since the caller read it.
    #[error("changed meanwhile")]
    Stale,
    /// The content does not fit its schema; every violation at once.
    #[error("invalid: {0:?}")]
    Invalid(Vec<Violation>),
    /// Stored data cannot be read: a bug or a damaged row.
    #[error("damaged {what}: {why}")]
    Damaged {
        /// Table or column.
        what: &'static str,
        /// Parser's words; never personal data.
        why: String,
    },
    /// Sealed with a key that this process has not read yet, or that is gone.
    #[error("sealed with the key {0}, which is not at hand")]
    KeyUnknown(String),
    /// A sealed value cannot be opened with the keys at hand.
    #[error("cannot open sealed data: {0}")]
    Sealed(&'static str),
}

impl Error {
    /// True when a unique index refused the row.
    pub fn is_duplicate(&self) -> bool {
        match self {
            Self::Database(e) => matches!(e.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))),
            _ => false,
        }
    }

    /// Why trying again changes nothing: a stable code, and the office's own words in Vietnamese and English. None where
    /// another attempt may do it.
    pub fn for_good(&self) -> Option<(&'static str, String)> {
        let words = |vi: &str, en: &str| format!("{vi} / {en}");
        Some(match self {
            Self::Database(_) | Self::Stale | Self::KeyUnknown(_) => return None,
            Self::Refused(refusal) | Self::Held { refusal, .. } => {
                let blocks = refusal.blocked_by.iter().map(|block| words(&block.vi, &block.en));
                let code = refusal.blocked_by.first().map_or("refused", |block| block.code);
                (code, blocks.collect::<Vec<_>>().join("; "))
            }
            Self::NotFound(what) => {
                ("not_found", words("không tìm thấy", &format!("there is no such {what}")))
            }
            Self::Erased => {
                ("erased", words("hồ sơ đã được xóa theo thời hạn lưu trữ", "the dossier was erased"))
            }
            Self::Damaged { what, .. } => {
                ("damaged_data", words("dữ liệu hỏng", &format!("damaged data: {what}")))
            }
            Self::Sealed(why) => {
                ("sealed_data", words("không mở được dữ liệu niêm phong", &format!("sealed data: {why}")))
            }
            Self::Invalid(wrong) => {
                let codes: Vec<&str> = wrong.iter().map(|violation| violation.code).collect();
                let said = words("dữ liệu không hợp lệ", &format!("invalid: {}", codes.join(", ")));
                (codes.first().copied().unwrap_or("invalid"), said)
            }
        })
    }

    /// Wraps a JSON error of a stored column.
    pub fn damaged(what: &'static str, why: impl std::fmt::Display) -> Self {
        Self::Damaged { what, why: why.to_string() }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}
