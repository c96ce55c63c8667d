//! Every wire that leaves the house: one folder per kind of party, each with its port, its sandbox and its adapters.

pub mod contract;
pub mod failure;
pub mod journal;
pub mod line;
mod loose_json;
mod magic_words;
pub mod mail;
pub mod monitor;
mod notebook;
pub mod outgoing;
pub mod payment;
pub mod portal;
pub mod post;
pub mod recording;
pub mod registry;
pub mod sandbox;
mod sandbox_page;
pub mod scanner;
pub mod standing_of_addresses;
pub mod text;
pub mod trip;
pub mod way_out;
pub mod wire;
pub mod wires;
