//! Dossiers over HTTP: handing in, every act, and reading.

mod acting;
mod actions;
mod deadlines;
mod deciding;
mod extensions;
mod guarded;
mod listing;
mod misfits;
mod promises;
mod receipts;
mod rehearsals;
mod showing;
mod submitting;
mod supplements;
