//! What is done with the bytes of a paper: looked at, made upright pages, read, checked for signatures, bound as PDF/A.
//!
//! No database and no jobs in here: bytes and limits go in, findings and bytes come out.

mod limits;
pub mod pages;
pub mod reader;
mod refusals;
pub mod rendition;
pub mod safety;
pub mod signatures;
pub mod tools;
pub mod trial;
pub mod trouble;
