//! From the national database to a revision in force here: readings, drafts and what they change, adoption (L-54, N-04).

mod adoption;
mod discard;
mod drafts;
mod lines;
mod pull;
mod pulls;
mod replace;
mod show_draft;
mod view;

pub(crate) use adoption::*;
pub(crate) use discard::*;
pub(crate) use drafts::*;
pub(crate) use lines::*;
pub(crate) use pull::*;
pub(crate) use pulls::*;
pub(crate) use replace::*;
pub(crate) use show_draft::*;
