//! Answers that cost something, remembered for a short time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Most answers remembered at once.
const MOST: usize = 20_000;

/// Values by key, each forgotten after the same age.
#[derive(Debug)]
pub(super) struct Remembered<T> {
    known: Mutex<HashMap<String, (Instant, Arc<T>)>>,
    age: Duration,
}

impl<T> Remembered<T> {
    /// Remembers for `seconds`; 0 remembers nothing.
    pub(super) fn for_seconds(seconds: u64) -> Self {
        Self { known: Mutex::default(), age: Duration::from_secs(seconds) }
    }

    pub(super) fn get(&self, key: &str) -> Option<Arc<T>> {
        let known = self.known();
        known.get(key).filter(|(since, _)| since.elapsed() < self.age).map(|(_, value)| Arc::clone(value))
    }

    /// Remembers `value`, unless too many younger ones are remembered already.
    pub(super) fn keep(&self, key: &str, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut known = self.known();
        if known.len() >= MOST {
            known.retain(|_, (since, _)| since.elapsed() < self.age);
        }
        if known.len() < MOST {
            known.insert(key.to_owned(), (Instant::now(), Arc::clone(&value)));
        }
        value
    }

    fn known(&self) -> MutexGuard<'_, HashMap<String, (Instant, Arc<T>)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
