//! What is wrong with an export, in words.

/// What was found wrong, up to a number that somebody can read.
#[derive(Debug, Default)]
pub(crate) struct Flaws(Vec<String>);

/// Flaws that are told one by one.
const TOLD: usize = 200;

impl Flaws {
    /// Adds one.
    pub(crate) fn add(&mut self, flaw: String) {
        match self.0.len() {
            few if few < TOLD => self.0.push(flaw),
            TOLD => self.0.push("and more of the kind".into()),
            _ => {}
        }
    }

    /// All of them; none means that everything is right.
    pub(crate) fn told(self) -> Vec<String> {
        self.0
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
