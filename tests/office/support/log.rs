//! What this test logs, kept to be read.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, OnceLock};
use tracing::Dispatch;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::EnvFilter;

/// The log of the thread, until it is dropped.
pub struct Log(Arc<Mutex<Vec<u8>>>);

thread_local! {
    static BOOK: RefCell<Option<Arc<Mutex<Vec<u8>>>>> = const { RefCell::new(None) };
}

/// A subscriber of one thread would not do: whoever meets a line of the program first decides for all threads whether it
/// is logged, and a thread without a subscriber decides that it never is.
static LISTENING: OnceLock<()> = OnceLock::new();

impl Log {
    pub fn kept() -> Self {
        LISTENING.get_or_init(|| {
            let filter = EnvFilter::new("info,api=debug,workers=debug,entities=debug,connectors=debug");
            let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false);
            tracing::subscriber::set_global_default(log.with_writer(|| Pen).finish()).unwrap();
            // A line that another thread met meanwhile was decided without us: a new subscriber has all decided again.
            drop(Dispatch::new(NoSubscriber::default()));
        });
        let book = Arc::<Mutex<Vec<u8>>>::default();
        BOOK.set(Some(book.clone()));
        Self(book)
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        BOOK.set(None);
    }
}

/// Writes into the book of the thread; what other tests log is not kept.
struct Pen;

impl io::Write for Pen {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        BOOK.with_borrow(|book| {
            if let Some(book) = book {
                book.lock().unwrap().extend_from_slice(line);
            }
        });
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
