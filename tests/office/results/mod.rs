//! Issued results over HTTP: written with the decision, read, revoked, fetched by links.

mod issuing;
mod links;
mod revoking;
pub mod scene;
