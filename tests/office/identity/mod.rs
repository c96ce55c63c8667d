//! Who asks: what a token must be, what it makes of a person, and the demo's own issuer.

mod bound;
mod demo;
pub mod forge;
mod forged;
pub mod issuer;
mod keys;
mod logout;
mod people;
mod scopes;
mod tokens;
