//! How this office speaks HTTP: languages, traces, keys, versions, pages (design §6).

pub mod answer;
pub mod ask;
pub(crate) mod buckets;
pub(crate) mod connections;
pub mod cursor;
pub(crate) mod drawing;
pub(crate) mod edge;
pub mod etag;
pub(crate) mod instants;
mod intake;
pub mod key;
pub mod language;
pub(crate) mod limits;
pub mod once;
pub(crate) mod origins;
pub(crate) mod pages;
pub(crate) mod rehearsal;
pub(crate) mod remembering;
mod safeguarding;
pub(crate) mod shared_buckets;
pub(crate) mod sheets;
pub mod trace;
pub(crate) mod unmasking;
