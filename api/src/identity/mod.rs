//! Who asks: access tokens of configured issuers, checked here; no passwords are kept (design §7).

mod asker;
pub mod backchannel_logout;
mod claims;
pub mod demo;
pub mod demo_routes;
mod fitting;
pub mod hints;
mod issuers;
mod keys;
mod logout_token;
mod remembered;
mod roles;
pub mod scopes;
mod sessions;
mod trusted;
pub mod verifier;

pub use asker::Asker;
pub use issuers::{IssuerKind, IssuerSettings};
