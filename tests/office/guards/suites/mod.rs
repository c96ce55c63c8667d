//! What each suite that keeps figures tries, what its figures count, and what they must be.

mod doors;
mod falls;
mod keeping;

/// A suite that keeps figures with `support::evidence::keep`, or a script that writes `ENGINE-key.json` itself.
pub(in crate::guards) struct Suite {
    /// As in the call.
    pub key: &'static str,
    /// One or two sentences about what is done to the office.
    pub tries: &'static str,
    /// Name, what it counts, what it must be.
    pub figures: &'static [(&'static str, &'static str, Must)],
    /// Whether it is left out of `make test`, so that the page may say that it was not run.
    pub long: bool,
}

/// What a figure must be.
#[derive(Clone, Copy)]
pub(in crate::guards) enum Must {
    /// Nothing of the kind was found.
    BeNone,
    /// At least so many were tried.
    Reach(u64),
    /// A measure that the test itself holds beside its limit.
    BeShown,
}

impl Must {
    /// As the page says it.
    pub fn words(self) -> String {
        match self {
            Self::BeNone => "0".into(),
            Self::Reach(least) => format!("at least {least}"),
            Self::BeShown => "judged by its test".into(),
        }
    }
}

/// All suites, in the order of the page.
pub(in crate::guards) fn suites() -> impl Iterator<Item = &'static Suite> {
    [doors::SUITES, keeping::SUITES, falls::SUITES].into_iter().flatten()
}
