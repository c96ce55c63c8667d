//! Answers that cost something, remembered for a short time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Most answers remembered at once.
const MOST: usize = 20_000;

/// Values by key, each forgotten after the same age, or when it is said to be old.
#[derive(Debug)]
pub(super) struct Remembered<T> {
    known: Mutex<Known<T>>,
    age: Duration,
}

#[derive(Debug)]
struct Known<T> {
    values: HashMap<String, (Instant, Arc<T>)>,
    round: Round,
}

/// A stretch of time in which nothing was said to be old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Round(u64);

impl<T> Remembered<T> {
    /// Remembers for `seconds`; 0 remembers nothing.
    pub(super) fn for_seconds(seconds: u64) -> Self {
        let known = Known { values: HashMap::new(), round: Round::default() };
        Self { known: Mutex::new(known), age: Duration::from_secs(seconds) }
    }

    pub(super) fn get(&self, key: &str) -> Option<Arc<T>> {
        let known = self.known();
        known
            .values
            .get(key)
            .filter(|(since, _)| since.elapsed() < self.age)
            .map(|(_, value)| Arc::clone(value))
    }

    /// The present round: to be taken before a value is looked up that `forget` may make old meanwhile.
    pub(super) fn round(&self) -> Round {
        self.known().round
    }

    /// Remembers `value`, unless too many younger ones are remembered already.
    pub(super) fn keep(&self, key: &str, value: T) -> Arc<T> {
        self.keep_of(key, value, self.round())
    }

    /// Remembers `value`, looked up in `round`, unless that is over.
    pub(super) fn keep_of(&self, key: &str, value: T, round: Round) -> Arc<T> {
        let value = Arc::new(value);
        let mut known = self.known();
        if known.values.len() >= MOST {
            known.values.retain(|_, (since, _)| since.elapsed() < self.age);
        }
        if known.values.len() < MOST && known.round == round {
            known.values.insert(key.to_owned(), (Instant::now(), Arc::clone(&value)));
        }
        value
    }

    /// What is remembered under `keys` is old, and so is what is being looked up now.
    pub(super) fn forget(&self, keys: &[String]) {
        let mut known = self.known();
        known.round.0 += 1;
        for key in keys {
            known.values.remove(key);
        }
    }

    /// All that is remembered is old.
    pub(super) fn forget_all(&self) {
        let mut known = self.known();
        known.round.0 += 1;
        known.values.clear();
    }

    fn known(&self) -> MutexGuard<'_, Known<T>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_up_before_it_became_old_is_not_remembered() {
        let remembered = Remembered::for_seconds(600);
        remembered.keep("other", 1);
        let round = remembered.round();

        remembered.forget(&["key".to_owned()]);
        remembered.keep_of("key", 1, round);

        assert_eq!((remembered.get("key"), remembered.get("other")), (None, Some(Arc::new(1))));
        remembered.keep("key", 2);
        assert_eq!(remembered.get("key"), Some(Arc::new(2)));
        remembered.forget_all();
        assert_eq!((remembered.get("key"), remembered.get("other")), (None, None));
    }
}
