//! Who asks: access tokens of configured issuers, checked here; no passwords are kept (design §7).

mod asker;
mod claims;
pub mod demo;
pub mod demo_routes;
mod fitting;
mod issuers;
mod keys;
mod remembered;
mod roles;
pub mod scopes;
mod trusted;
pub mod verifier;

pub use asker::Asker;
pub use issuers::{IssuerKind, IssuerSettings};
