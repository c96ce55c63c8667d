//! The chronicle: what concerns a person, what inspectors see of it, and the proofs that nothing was changed.

mod access_log;
mod entries;
mod keys;
mod proof;

pub(crate) use access_log::*;
pub(crate) use entries::*;
pub(crate) use keys::*;
pub(crate) use proof::*;
