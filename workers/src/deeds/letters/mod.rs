//! What people are told: the facts of one moment, put into the words in force, for each channel.

mod about;
mod facts;
mod person;
mod speech;
mod telling;
mod words;

pub(super) use about::About;
pub(super) use telling::{follows, pass_on, tell};
