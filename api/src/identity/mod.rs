//! Who asks: access tokens of configured issuers, checked here; no passwords are kept (design §7).

mod asker;
pub mod backchannel_logout;
mod binding;
mod claims;
pub mod demo;
pub mod demo_routes;
mod fitting;
pub mod hints;
mod issuers;
mod keys;
mod logout_token;
mod parties;
mod proof;
mod remembered;
mod roles;
pub mod scopes;
mod sessions;
mod shown;
mod trusted;
mod used_proofs;
pub mod verifier;

pub use asker::Asker;
pub use issuers::{IssuerKind, IssuerSettings};
pub use shown::Shown;
