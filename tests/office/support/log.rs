//! What this test logs, kept to be read.

use std::io;
use std::sync::{Arc, Mutex};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing_subscriber::EnvFilter;

/// The log of the thread, until it is dropped.
pub struct Log {
    book: Pen,
    _kept: DefaultGuard,
}

#[derive(Clone, Default)]
struct Pen(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub fn kept() -> Self {
        let book = Pen::default();
        let pen = book.clone();
        let filter = EnvFilter::new("info,api=debug,workers=debug,entities=debug,connectors=debug");
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false);
        let kept = set_default(log.with_writer(move || pen.clone()).finish());
        Self { book, _kept: kept }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.book.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Pen {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
