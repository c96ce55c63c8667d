//! Every wire that leaves the house: one folder per kind of party, each with its port, its sandbox and its adapters.

pub mod failure;
pub mod mail;
pub mod payment;
pub mod portal;
pub mod post;
pub mod trip;
