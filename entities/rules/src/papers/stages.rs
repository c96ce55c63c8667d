//! How far a paper is on its way to the store, and what it waits for, in words.

use crate::lang::Lang;
use serde::{Deserialize, Serialize};

/// A station on the way of a paper (D-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It lies at the desk and is put through the scanner.
    Scan,
    /// Its file is in quarantine.
    Inspect,
    /// Upright pages are made of it (D-06).
    Normalise,
    /// Its text is read.
    Recognise,
    /// Its signatures are checked.
    Signatures,
    /// Its fields are found.
    Extract,
    /// People look at what the machine is not sure of.
    Check,
    /// It is put into the store (D-05).
    File,
    /// It is in the store.
    Filed,
}

impl Stage {
    /// All stations, in their order.
    pub const ALL: [Self; 9] = [
        Self::Scan,
        Self::Inspect,
        Self::Normalise,
        Self::Recognise,
        Self::Signatures,
        Self::Extract,
        Self::Check,
        Self::File,
        Self::Filed,
    ];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Inspect => "inspect",
            Self::Normalise => "normalise",
            Self::Recognise => "recognise",
            Self::Signatures => "signatures",
            Self::Extract => "extract",
            Self::Check => "check",
            Self::File => "file",
            Self::Filed => "filed",
        }
    }

    /// The station of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// What happens there, in words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::Scan => ("quét giấy tờ", "scanning"),
            Self::Inspect => ("kiểm tra tệp", "inspection of the file"),
            Self::Normalise => ("chuẩn hóa trang", "making upright pages"),
            Self::Recognise => ("nhận dạng chữ", "reading the text"),
            Self::Signatures => ("kiểm tra chữ ký số", "checking signatures"),
            Self::Extract => ("trích xuất dữ liệu", "finding the fields"),
            Self::Check => ("người kiểm tra", "checking by a person"),
            Self::File => ("lưu vào kho", "filing"),
            Self::Filed => ("đã lưu kho", "filed"),
        };
        lang.pick(vi, en)
    }
}

/// How a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemState {
    /// It waits for a person or a tool.
    Waiting,
    /// A job has it.
    Working,
    /// It cannot go on until a person has done something.
    Stuck,
    /// It is in the store.
    Filed,
    /// It is not digitised, for a recorded reason.
    Dropped,
}

impl ItemState {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Working, Self::Stuck, Self::Filed, Self::Dropped];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Working => "working",
            Self::Stuck => "stuck",
            Self::Filed => "filed",
            Self::Dropped => "dropped",
        }
    }

    /// The state of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Nothing more happens to it.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Filed | Self::Dropped)
    }

    /// The state in words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::Waiting => ("đang chờ", "waiting"),
            Self::Working => ("đang xử lý", "being worked on"),
            Self::Stuck => ("bị vướng", "stuck"),
            Self::Filed => ("đã số hóa", "digitised"),
            Self::Dropped => ("không số hóa", "not digitised"),
        };
        lang.pick(vi, en)
    }
}

/// What a paper waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitsFor {
    /// Somebody at the scanner.
    Scanner,
    /// The inspection of its file.
    Inspection,
    /// A program that is not installed or set up.
    Tools,
    /// A person who looks at fields.
    Check,
    /// An officer: scan again, try again, or drop it with a reason.
    Operator,
}

impl WaitsFor {
    /// All reasons to wait.
    pub const ALL: [Self; 5] = [Self::Scanner, Self::Inspection, Self::Tools, Self::Check, Self::Operator];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Scanner => "scanner",
            Self::Inspection => "inspection",
            Self::Tools => "tools",
            Self::Check => "check",
            Self::Operator => "operator",
        }
    }

    /// The reason of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|waits| waits.key() == key)
    }

    /// What it waits for and what an officer can do, in words.
    pub fn words(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Self::Scanner => (
                "Chờ cán bộ một cửa quét và tải tệp lên.",
                "It waits for the desk to scan it and hand in the file.",
            ),
            Self::Inspection => (
                "Tệp đang được kiểm tra an toàn; không phải làm gì.",
                "Its file is being inspected; nothing is to be done.",
            ),
            Self::Tools => (
                "Chờ chương trình chưa cài đặt; báo quản trị hệ thống.",
                "It waits for a program that is not installed: tell the administrator.",
            ),
            Self::Check => (
                "Chờ cán bộ kiểm tra các trường máy đọc chưa chắc chắn.",
                "It waits for an officer to check the fields that the machine is not sure of.",
            ),
            Self::Operator => (
                "Cần cán bộ: quét lại, thử lại, hoặc bỏ số hóa và ghi lý do.",
                "An officer is needed: scan it again, try again, or drop it with a reason.",
            ),
        };
        lang.pick(vi, en)
    }
}

/// Where a paper to be digitised comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Handed in with a dossier (D-01).
    Intake,
    /// The result of a dossier (D-02).
    Result,
    /// An old paper from the shelf (R-C2).
    Backlog,
}

impl Origin {
    /// All origins.
    pub const ALL: [Self; 3] = [Self::Intake, Self::Result, Self::Backlog];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Result => "result",
            Self::Backlog => "backlog",
        }
    }

    /// The origin of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.key() == key)
    }

    /// Its place in the queue: what is handed in goes before results, old papers come last (R-C2).
    pub fn priority(self) -> i32 {
        match self {
            Self::Intake => 0,
            Self::Result => 1,
            Self::Backlog => 5,
        }
    }
}

/// What a paper counts as: the targets tell dossiers and results apart (R-C3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// A component of a dossier (thành phần hồ sơ).
    Dossier,
    /// A result (kết quả giải quyết).
    Result,
}

impl PaperKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Dossier, Self::Result];

    /// Key in the database.
    pub fn key(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Result => "result",
        }
    }

    /// The kind of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_leads_back_to_what_it_names() {
        assert!(Stage::ALL.into_iter().all(|one| Stage::from_key(one.key()) == Some(one)));
        assert!(ItemState::ALL.into_iter().all(|one| ItemState::from_key(one.key()) == Some(one)));
        assert!(WaitsFor::ALL.into_iter().all(|one| WaitsFor::from_key(one.key()) == Some(one)));
        assert!(Origin::ALL.into_iter().all(|one| Origin::from_key(one.key()) == Some(one)));
        assert!(PaperKind::ALL.into_iter().all(|one| PaperKind::from_key(one.key()) == Some(one)));
    }

    #[test]
    fn r_c2_what_comes_in_goes_before_what_lies_on_the_shelf() {
        assert!(Origin::Intake.priority() < Origin::Backlog.priority());
        assert!(Origin::Result.priority() < Origin::Backlog.priority());
    }
}
