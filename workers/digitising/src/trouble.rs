//! Why the work on a paper did not succeed, and who can change that.

/// The ways in which the work on a paper ends without its effect. The words are for officers: never personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The paper itself is at fault: another copy is needed.
    #[error("{vi} / {en}")]
    Paper {
        /// Stable code, such as `encrypted`.
        code: &'static str,
        /// Why and what to do, in Vietnamese.
        vi: String,
        /// The same in English.
        en: String,
    },
    /// A program is not on this machine: the paper waits for it.
    #[error("chưa cài chương trình / program not installed: {program}")]
    Missing {
        /// Name of the program, such as `tesseract`.
        program: String,
    },
    /// A program died, hung or ran into its limits: worth another attempt.
    #[error("{program}: {words}")]
    Program {
        /// Name of the program.
        program: String,
        /// What happened.
        words: String,
    },
}

impl Trouble {
    /// A paper at fault, with what to do in both languages.
    pub(crate) fn paper(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self::Paper { code, vi: vi.into(), en: en.into() }
    }
}
