//! Papers as they are printed, old prints and new ones, about people who do not exist.

mod families;
mod people;
mod property;

/// A paper and what is to be read on it; nothing else is.
pub(super) struct Sample {
    pub(super) code: &'static str,
    pub(super) lines: &'static [&'static str],
    pub(super) fields: &'static [(&'static str, &'static str)],
}

/// All papers.
pub(super) fn samples() -> impl Iterator<Item = &'static Sample> {
    [families::SAMPLES, people::SAMPLES, property::SAMPLES].into_iter().flatten()
}
